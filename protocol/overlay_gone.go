// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"reflect"
	"strings"
)

// What a municipality takes away, others of the region may still use. The fault then stands in
// a file of the region, which the municipality cannot change; the cure points at its own file.

// leaves notes an element that the overlay takes away, with the parts that give facts.
func (o *overlayer) leaves(id string, v reflect.Value, pos Pos) {
	o.c.gone[id] = pos
	if v.Type() == reflect.TypeFor[Deadline]() {
		o.c.gone[strings.TrimSuffix(clockFact(id, "due"), "_due")] = pos
	}
	for i := range v.NumField() {
		if list := v.Field(i); list.Kind() == reflect.Slice && list.Type().Elem().Kind() == reflect.Struct {
			o.leavesAll(list, pos)
		}
	}
}

// leavesAll notes fields and outputs; what is in rules and options gives no facts.
func (o *overlayer) leavesAll(list reflect.Value, pos Pos) {
	switch list.Type().Elem() {
	case reflect.TypeFor[Field](), reflect.TypeFor[Section](), reflect.TypeFor[Fact]():
		for i := range list.Len() {
			o.leaves(list.Index(i).FieldByName("ID").String(), list.Index(i), pos)
		}
	}
}

// instead is the cure for a name that is not there: where an overlay took it away, or else
// what the caller says.
func (c *compiled) instead(name, otherwise string) string {
	for id := name; id != ""; {
		if at, ok := c.gone[id]; ok {
			return fmt.Sprintf("%s, regel %d, haalt %q weg: wijzig ook dit onderdeel, of laat het staan.", at.File, at.Line, id)
		}
		last := strings.LastIndexByte(id, '_') // class_decided_at goes with the table class
		id = id[:max(0, last)]
	}
	return otherwise
}

// sameVersion refuses changes that would pass for their own base.
func (l *loader) sameVersion(was About) {
	if now := l.p.About; now.ID == was.ID && now.Version == was.Version {
		l.problem(l.p.Overlay.Pos, "", "Geef de wijzigingen een eigen id, of, als volgende versie, een eigen version: protocol: {id: …, version: …}",
			"Deze wijzigingen heten net zo als hun basis: %s, versie %s.", was.ID, was.Version)
	}
}
