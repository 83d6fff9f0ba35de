// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"encoding/json"
	"reflect"
)

// Schema is the JSON Schema (2020-12) of one file of a protocol folder, made from the
// types of this package. An editor that is given it completes keys and marks mistakes
// while somebody types; Load checks more (names, conditions, levels).
func Schema() []byte {
	s := &schemer{defs: map[string]any{}}
	root := s.object(reflect.TypeFor[Protocol]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "Loket protocol"
	root["description"] = "One file of a protocol folder. Every top-level key may stand in any file; lists are joined."
	root["$defs"] = s.defs
	out, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		return nil // only strings, maps and lists go in, so this cannot happen
	}
	return append(out, '\n')
}

type schemer struct{ defs map[string]any }

// closed lists of values by type and key.
var closed = map[string][]string{
	"Role.side": {"desk", "reporter", "informed", "outside"}, "Role.may": Actions,
	"Form.use": formUses, "Field.register": Registers,
	"Field.type": factTypes, "Fact.type": factTypes, "Question.type": factTypes,
	"Field.need": {"required", "wanted", "optional"}, "Field.avg": {"N", "P", "P°", "S", "C"}, "Fact.avg": {"N", "P", "P°", "S", "C"},
	"Table.hit": {"first", "unique", "collect"}, "Table.unknown": {"cautious", "skip"},
	"Deadline.repeat_at":  {endDeskOpen},
	"Deadline.strength":   {"term", "target", "watch"},
	"Product.identifiers": {"block", "warn"},
	"Duplicate.verdict":   {"same_report", "same_incident_other_person", "possibly_same_incident"},
	"Retention.then":      {"erase", "propose"},
	"ChartNode.kind":      {"start", "step", "question", "end"},
	"DeskHours.days":      {"mon", "tue", "wed", "thu", "fri", "sat", "sun"},
	"DeskHours.holidays":  {"open", "closed"},
}

// demanded keys by type; Load asks for more where one thing follows from another.
var demanded = map[string][]string{
	"About": {"id"}, "Role": {"id", "title"}, "Kind": {"id", "title"}, "Fact": {"id"}, "Form": {"id", "title", "use"},
	"Field": {"id"}, "Option": {"id"}, "Table": {"id", "title", "outputs", "rules"}, "Rule": {"id"}, "Criteria": {"id", "title"},
	"Duty": {"id", "title"}, "Deadline": {"id", "title", "from", "within"}, "Phase": {"id", "title"}, "Step": {"id", "title"},
	"Product": {"id", "title", "level"}, "Stop": {"unless", "say"}, "Part": {"id"}, "Checks": {"id"}, "Check": {"ok"},
	"Duplicate": {"id"}, "Question": {"id", "text", "type"}, "Figure": {"id"}, "Retention": {"id"}, "Chart": {"id"},
	"Recipient": {"role"}, "Concerns": {"of"}, "PressRoom": {"question"}, "Found": {"form"}, "ChartNode": {"id"}, "ChartArrow": {"node"}, "NamedText": {"id", "text"}, "Term": {"id", "text"},
}

func (s *schemer) object(t reflect.Type) map[string]any {
	properties := map[string]any{}
	for i := range t.NumField() {
		f := t.Field(i)
		if tag := f.Tag.Get("yaml"); tag != "" && tag != "-" {
			properties[tag] = s.property(f.Type, t.Name()+"."+tag)
		}
	}
	if properties["id"] != nil && t.Name() != "About" {
		properties["change"] = map[string]any{"enum": changes} // in an overlay
	}
	o := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if keys := demanded[t.Name()]; keys != nil {
		demand(o, keys, properties["change"] != nil)
	}
	return o
}

// demand asks for keys; of an element of an overlay that says how it changes, only for its id.
func demand(o map[string]any, keys []string, mayChange bool) {
	if !mayChange || len(keys) < 2 {
		o["required"] = keys
		return
	}
	o["anyOf"] = []any{map[string]any{"required": keys}, map[string]any{"required": []string{"id", "change"}}}
}

// property is the schema of one key: a closed list where there is one, else by its type.
func (s *schemer) property(t reflect.Type, key string) any {
	values := closed[key]
	switch {
	case values != nil && t.Kind() == reflect.Slice:
		return map[string]any{"type": "array", "items": map[string]any{"enum": values}}
	case values != nil:
		return map[string]any{"enum": values}
	case key == "Deadline.end":
		return map[string]any{"anyOf": []any{map[string]any{"enum": deadlineEnds}, map[string]any{"type": "string", "pattern": `^\d{1,2}:\d{2}$`}}}
	case key == "Rule.then":
		return map[string]any{"type": "object", "minProperties": 1}
	case key == "Step.with": // empty in an overlay: what the base says goes
		return map[string]any{"type": "object"}
	}
	return s.of(t)
}

func (s *schemer) of(t reflect.Type) any {
	switch {
	case t == textType:
		return s.orPlain("Text", t)
	case t == sourceType:
		return s.orPlain("Source", t)
	case t == recipientType:
		return s.orPlain("Recipient", t)
	case t == clocksType:
		one := map[string]any{"type": []string{"string", "number", "boolean"}}
		return map[string]any{"anyOf": []any{one, map[string]any{"type": "array", "items": one}}}
	case t == reflect.TypeFor[Level]():
		return map[string]any{"enum": levels}
	}
	switch t.Kind() {
	case reflect.Struct:
		return s.refer(t)
	case reflect.Slice:
		return map[string]any{"type": "array", "items": s.of(t.Elem())}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int:
		return map[string]any{"type": "integer", "minimum": 0}
	default: // a YAML scalar without quotes may look like a number or a boolean
		return map[string]any{"type": []string{"string", "number", "boolean"}}
	}
}

func (s *schemer) refer(t reflect.Type) any {
	name := t.Name()
	if _, done := s.defs[name]; !done {
		s.defs[name] = nil // stops a type that contains itself
		s.defs[name] = s.object(t)
	}
	return map[string]any{"$ref": "#/$defs/" + name}
}

// orPlain allows a plain string beside the full form.
func (s *schemer) orPlain(name string, t reflect.Type) any {
	plain := map[string]any{"type": []string{"string", "number", "boolean"}}
	return map[string]any{"anyOf": []any{plain, s.refer(t)}}
}
