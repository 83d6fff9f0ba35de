// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Difference is one thing in which two versions of a protocol differ.
type Difference struct {
	List   string // the top-level key: forms, tables, deadlines …
	ID     string // of the element, with what it is part of: report/what/harm, classification/calamity
	Title  Text   // of the element
	Change string // added | removed | changed | moved: other place in a list whose order counts
	Key    string // changed: which key, such as within or label.en
	Was    string // as the file would say it; empty when there was nothing
	Is     string
	Old    Pos // where it stands; zero when it does not
	New    Pos
}

// Compare lists in what the new version differs from the old one, in the order of the
// grammar. What `like` and defaults fill in counts as written.
func Compare(old, new *Protocol) []Difference {
	c := &comparer{}
	was, is := reflect.ValueOf(old).Elem(), reflect.ValueOf(new).Elem()
	for i := range was.NumField() {
		key := was.Type().Field(i).Tag.Get("yaml")
		if key == "" || key == "-" {
			continue
		}
		at := place{list: key, old: old.About.Pos, new: new.About.Pos}
		c.values(at, "", was.Field(i), is.Field(i))
	}
	return c.found
}

// comparer gathers differences.
type comparer struct{ found []Difference }

// place is where in the protocols the comparison is.
type place struct {
	list     string
	id       string
	title    Text
	old, new Pos
}

func (c *comparer) add(at place, change, key, was, is string) {
	c.found = append(c.found, Difference{List: at.list, ID: at.id, Title: at.title, Change: change, Key: key, Was: was, Is: is, Old: at.old, New: at.new})
}

// values compares what stands under one key.
func (c *comparer) values(at place, key string, was, is reflect.Value) {
	switch {
	case was.Type() == textType:
		a, b := was.Interface().(Text), is.Interface().(Text)
		c.words(at, key, a.NL, b.NL)
		c.words(at, dotted(key, "en"), a.EN, b.EN)
	case was.Type() == posType:
	case was.Kind() == reflect.Struct:
		c.structs(at, key, was, is)
	case was.Kind() == reflect.Slice && hasID(was.Type().Elem()):
		c.lists(at, was, is)
	default:
		c.words(at, key, sayValue(was), sayValue(is))
	}
}

func (c *comparer) words(at place, key, was, is string) {
	if was != is {
		c.add(at, "changed", key, was, is)
	}
}

// structs compares key by key; the parts of a part are named with a dot.
func (c *comparer) structs(at place, key string, was, is reflect.Value) {
	for i := range was.NumField() {
		name := was.Type().Field(i).Tag.Get("yaml")
		if name != "" && name != "-" && name != "id" {
			c.values(at, dotted(key, name), was.Field(i), is.Field(i))
		}
	}
}

func dotted(key, name string) string {
	if key == "" {
		return name
	}
	return key + "." + name
}

func hasID(t reflect.Type) bool {
	if t.Kind() != reflect.Struct {
		return false
	}
	_, found := keysOf(t)["id"]
	return found
}

// lists compares elements by id: what went, what came, what changed, and whether those
// that stayed stand in another order.
func (c *comparer) lists(at place, was, is reflect.Value) {
	before, after := names(was), names(is)
	for i, id := range before {
		if !slices.Contains(after, id) {
			gone := at.of(was.Index(i))
			gone.new = Pos{}
			c.add(gone, "removed", "", "", "")
		}
	}
	for i, id := range after {
		here := at.of(is.Index(i))
		j := slices.Index(before, id)
		if j < 0 {
			here.old = Pos{}
			c.add(here, "added", "", "", "")
			continue
		}
		here.old = at.of(was.Index(j)).old
		here.new = at.of(is.Index(i)).new
		c.structs(here, "", was.Index(j), is.Index(i))
	}
	c.order(at, was.Type(), before, after)
}

// order tells that rows stand otherwise where their order means something: in tables,
// lists of criteria, sections, fields and parts.
func (c *comparer) order(at place, list reflect.Type, before, after []string) {
	kept := func(ids, other []string) []string {
		return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !slices.Contains(other, id) })
	}
	a, b := kept(before, after), kept(after, before)
	if at.id != "" && !slices.Equal(a, b) {
		c.add(at, "moved", strings.ToLower(list.Elem().Name()), strings.Join(a, ", "), strings.Join(b, ", "))
	}
}

// names are the ids of a list; what has none goes by its place.
func names(list reflect.Value) []string {
	ids := make([]string, list.Len())
	for i := range ids {
		ids[i] = list.Index(i).FieldByName("ID").String()
		if ids[i] == "" {
			ids[i] = fmt.Sprintf("%d", i+1)
		}
	}
	return ids
}

// of is the place of one element, with its own title and line where it has them.
func (at place) of(element reflect.Value) place {
	at.id = strings.Trim(at.id+"/"+element.FieldByName("ID").String(), "/")
	for _, key := range []string{"Title", "Label", "Text", "Question"} {
		if f := element.FieldByName(key); f.IsValid() && f.Type() == textType && !f.IsZero() {
			at.title = f.Interface().(Text)
			break
		}
	}
	if f := element.FieldByName("Pos"); f.IsValid() && !f.IsZero() {
		at.old, at.new = f.Interface().(Pos), f.Interface().(Pos)
	}
	return at
}

// sayValue writes a value as a protocol file would.
func sayValue(v reflect.Value) string {
	if v.IsZero() {
		return ""
	}
	switch x := v.Interface().(type) {
	case []string:
		return strings.Join(x, ", ")
	case Clocks:
		return strings.Join(x, ", ")
	case map[string]any:
		var parts []string
		for _, key := range sortedKeys(x) {
			parts = append(parts, fmt.Sprintf("%s: %v", key, sayAny(x[key])))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	switch v.Kind() {
	case reflect.Slice:
		var parts []string
		for i := range v.Len() {
			parts = append(parts, sayValue(v.Index(i)))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case reflect.Struct:
		return sayStruct(v)
	}
	return fmt.Sprint(v.Interface())
}

func sayAny(value any) string {
	if text, ok := value.(Text); ok {
		return text.NL
	}
	if list, ok := value.([]string); ok {
		return "[" + strings.Join(list, ", ") + "]"
	}
	return fmt.Sprint(value)
}

// sayStruct is a small block on one line, without what it leaves out.
func sayStruct(v reflect.Value) string {
	if text, ok := v.Interface().(Text); ok {
		return text.NL
	}
	var parts []string
	for i := range v.NumField() {
		key := v.Type().Field(i).Tag.Get("yaml")
		if key == "" || key == "-" || v.Field(i).IsZero() {
			continue
		}
		parts = append(parts, key+": "+sayValue(v.Field(i)))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}
