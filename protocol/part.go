// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"reflect"
	"slices"
	"strings"
)

// Parts are the lists of a protocol that hold elements, by their keys in the files, in order of
// the grammar: forms, tables, deadlines …
func (p *Protocol) Parts() []string {
	var out []string
	for key, list := range p.lists() {
		if list.Len() > 0 {
			out = append(out, key)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return slices.Index(topKeys, a) - slices.Index(topKeys, b) })
	return out
}

// Part finds a part of the protocol that somebody may speak about, and its title: empty is the
// whole, "deadlines" a list, "deadlines/T-01" an element of it. Lists have no title.
func (p *Protocol) Part(name string) (title Text, found bool) {
	key, id, isElement := strings.Cut(name, "/")
	list, known := p.lists()[key]
	switch {
	case name == "":
		return Text{}, true
	case !known || !isElement:
		return Text{}, known
	}
	i := slices.Index(names(list), id)
	if i < 0 {
		return Text{}, false
	}
	at := place{}.of(list.Index(i))
	if at.title == (Text{}) {
		at.title = Text{NL: id, EN: id}
	}
	return at.title, true
}

// topKeys are the keys of a protocol file, in order of the grammar.
var topKeys = func() []string {
	var out []string
	t := reflect.TypeFor[Protocol]()
	for i := range t.NumField() {
		out = append(out, t.Field(i).Tag.Get("yaml"))
	}
	return out
}()

// lists are the lists of elements with an id.
func (p *Protocol) lists() map[string]reflect.Value {
	out := map[string]reflect.Value{}
	v := reflect.ValueOf(p).Elem()
	for i, key := range topKeys {
		if f := v.Field(i); f.Kind() == reflect.Slice && key != "" && key != "-" && hasID(f.Type().Elem()) {
			out[key] = f
		}
	}
	return out
}
