// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"
)

// Overlay says of which protocol a folder holds only the changes: those of one municipality
// on what a region agreed. Its elements carry `change`:
//
//	change: add      a new element (also when change is left out)
//	change: replace  what is written takes the place of what the base says; the rest stays
//	change: remove   the element of the base goes
//
// The result is a protocol like any other; Compare shows it as a difference from the base.
type Overlay struct {
	Of      string `yaml:"of"`      // id of the base
	Version string `yaml:"version"` // version of the base that these changes were made for
	Pos     Pos    `yaml:"-"`       // where the base is named
}

// changes are the values of `change`.
var changes = []string{"add", "replace", "remove"}

// OverlayOf tells whether a folder is an overlay, and of what. It parses only the files that
// hold the word.
func OverlayOf(fsys fs.FS) (Overlay, error) {
	names, files, err := parseAll(fsys, "overlay")
	if err != nil {
		return Overlay{}, err
	}
	return overlayIn(names, files), nil
}

func overlayIn(names []string, files []parsed) Overlay {
	var o Overlay
	for i, f := range files {
		for key, value := range mapping(mapping(f.root)["overlay"]) {
			switch key {
			case "of":
				o.Of, o.Pos = value.Value, Pos{File: names[i], Line: value.Line}
			case "version":
				o.Version = value.Value
			}
		}
	}
	return o
}

// LoadOver reads a base with the changes that an overlay makes to it, and checks the whole.
func LoadOver(base, over fs.FS) (*Protocol, error) {
	p, err := loadBoth(base, over)
	if err != nil {
		return nil, err
	}
	p.compiled.against = sync.OnceValue(func() changesOn { // few ask, so the base is read by itself only then
		region, err := Load(base)
		if err != nil || region.About.ID == p.About.ID {
			return changesOn{} // a base with faults of its own shows no difference
		}
		return changesOn{&region.About, Compare(region, p)}
	})
	return p, nil
}

// changesOn is what an overlay changes, and of what.
type changesOn struct {
	base    *About
	changes []Difference
}

// Base says of which protocol this one holds the changes, and what they are. It is nil for a
// protocol that stands by itself, and for a later version that is written as changes.
func (p *Protocol) Base() (base *About, changes []Difference) {
	if p.compiled.against == nil {
		return nil, nil
	}
	on := p.compiled.against()
	return on.base, on.changes
}

// Origin tells where an element of an overlay comes from: "added" or "changed" by the overlay,
// or "base". It is empty for a protocol that stands by itself.
func (p *Protocol) Origin(list, id string) string {
	base, changes := p.Base()
	if base == nil {
		return ""
	}
	for _, x := range changes {
		top, _, inside := strings.Cut(x.ID, "/")
		if x.List != list || top != id {
			continue
		}
		if x.Change == "added" && !inside {
			return "added"
		}
		return "changed"
	}
	return "base"
}

// readOver lays the changes over the base that was read already.
func (l *loader) readOver(over fs.FS) error {
	names, files, err := parseAll(over, "")
	if err != nil {
		return err
	}
	o := &overlayer{loader: l}
	l.blocks = map[string]Pos{} // the changes may name each block of the base once
	l.c.gone = map[string]Pos{}
	base := l.p.About
	was := base.Version
	for i, name := range names {
		switch {
		case files[i].err != nil:
			l.join(name, files[i])
		case files[i].root != nil:
			o.file(name, files[i].root)
		}
	}
	l.sameVersion(base)
	if v := l.p.Overlay.Version; v != was {
		l.problem(l.p.Overlay.Pos, "version", fmt.Sprintf("Kijk de wijzigingen na en schrijf bij overlay: version: %q", was), "Deze wijzigingen zijn gemaakt voor versie %q van %s; de basis is nu versie %q.", v, l.p.Overlay.Of, was)
	}
	return nil
}

// overlayer lays changes over what the loader holds.
type overlayer struct{ *loader }

func (o *overlayer) file(name string, root *yaml.Node) {
	if root.Kind != yaml.MappingNode {
		o.decode(name, root, reflect.ValueOf(o.p).Elem()) // says what is wrong
		return
	}
	o.element(name, root, reflect.ValueOf(o.p).Elem())
}

// element lets what is written in n take the place of what v says. Lists of elements with
// an id are changed by id; every other list is written anew as a whole.
func (o *overlayer) element(file string, n *yaml.Node, v reflect.Value) {
	keys := keysOf(v.Type())
	rest := *n
	rest.Content = nil
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at, known := keys[key.Value]
		switch {
		case key.Value == "change":
			continue
		case known && v.Field(at).Kind() == reflect.Slice && hasID(v.Field(at).Type().Elem()) && (v.Type() == reflect.TypeFor[Protocol]() || saysChange(value)):
			o.list(file, value, v.Field(at))
			continue
		case known && v.Field(at).Kind() == reflect.Slice:
			v.Field(at).SetZero()
		}
		rest.Content = append(rest.Content, key, value)
	}
	o.decodeStruct(file, &rest, v)
}

// saysChange tells that some element of a list says how it changes.
func saysChange(list *yaml.Node) bool {
	return slices.ContainsFunc(list.Content, func(item *yaml.Node) bool { return mapping(item)["change"] != nil })
}

func (o *overlayer) list(file string, n *yaml.Node, list reflect.Value) {
	if n.Kind != yaml.SequenceNode {
		o.decode(file, n, list) // says what is wrong
		return
	}
	for _, item := range n.Content {
		o.change(file, item, list)
	}
}

// change adds, replaces or removes one element of a list.
func (o *overlayer) change(file string, item *yaml.Node, list reflect.Value) {
	keys := mapping(item)
	id, how := "", "add"
	if keys["id"] != nil {
		id = scalar(keys["id"])
	}
	if keys["change"] != nil {
		how = scalar(keys["change"])
	}
	at := slices.Index(names(list), id)
	switch {
	case !slices.Contains(changes, how):
		o.atNode(file, keys["change"], "Gebruik add, replace of remove.", "De wijziging %q bestaat niet.", how)
	case how == "add" && at >= 0 && id != "":
		o.atNode(file, item, "Schrijf change: replace, of kies een ander id.", "De basis heeft al een onderdeel %q.", id)
	case how == "add":
		fresh := reflect.New(list.Type().Elem()).Elem()
		o.element(file, item, fresh)
		list.Set(reflect.Append(list, fresh))
	case at < 0 && id == "":
		o.atNode(file, item, "Voeg toe: id: het onderdeel van de basis.", "Hier staat niet wat er wijzigt: het id ontbreekt.")
	case at < 0 && o.c.gone[id] != Pos{}:
		o.atNode(file, item, "Laat één van de twee staan.", "Het onderdeel %q is al weggehaald, op regel %d.", id, o.c.gone[id].Line)
	case at < 0:
		o.atNode(file, item, meant(id, setOf(names(list)), "Noem een onderdeel van de basis, of schrijf change: add."), "De basis heeft geen onderdeel %q om te wijzigen.", id)
	case how == "replace":
		o.element(file, item, list.Index(at))
	case len(keys) > 2:
		o.atNode(file, item, "Schrijf alleen id en change.", "Van een onderdeel dat vervalt hoeft niets anders gezegd te worden.")
	default:
		o.leaves(id, list.Index(at), Pos{File: file, Line: item.Line})
		kept := reflect.MakeSlice(list.Type(), 0, list.Len()-1)
		kept = reflect.AppendSlice(kept, list.Slice(0, at))
		list.Set(reflect.AppendSlice(kept, list.Slice(at+1, list.Len())))
	}
}
