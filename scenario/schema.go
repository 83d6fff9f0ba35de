// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"encoding/json"
	"reflect"
)

// Schema is the JSON Schema of a scenario file, for editors that complete and check YAML.
// It is made from the same types that read the file, so it cannot say something else.
func Schema() ([]byte, error) {
	s := &schemer{defs: map[string]any{}}
	root := s.block(reflect.TypeFor[Story]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "Loket scenario"
	root["required"] = []string{"scenario", "people", "steps"}
	root["oneOf"] = []any{map[string]any{"required": []string{"protocol"}}, map[string]any{"required": []string{"tenants"}}}
	root["$defs"] = s.defs
	return json.MarshalIndent(root, "", "  ")
}

type schemer struct{ defs map[string]any }

func (s *schemer) of(t reflect.Type) map[string]any {
	switch t.Kind() {
	case reflect.Pointer:
		return s.of(t.Elem())
	case reflect.Struct:
		return s.ref(t)
	case reflect.Slice:
		item := s.of(t.Elem())
		return map[string]any{"anyOf": []any{item, map[string]any{"type": "array", "items": item}}}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": s.of(t.Elem())}
	case reflect.Bool:
		return map[string]any{"enum": []any{true, false, "yes", "no", "ja", "nee"}}
	case reflect.Int:
		return map[string]any{"type": "integer"}
	default:
		return map[string]any{"type": scalars}
	}
}

// scalars: YAML makes numbers, dates and truths of what a story means as text.
var scalars = []string{"string", "number", "boolean", "null"}

// ref describes a block once and points at it.
func (s *schemer) ref(t reflect.Type) map[string]any {
	name := t.Name()
	if _, ok := s.defs[name]; !ok {
		s.defs[name] = nil // a block may hold itself
		s.defs[name] = s.described(t)
	}
	return map[string]any{"$ref": "#/$defs/" + name}
}

// one is what stands behind a key: one value may also be written as a list of one.
func (s *schemer) one(t reflect.Type) map[string]any {
	if t.Kind() != reflect.String {
		return s.of(t)
	}
	item := s.of(t)
	s.defs["One"] = map[string]any{"anyOf": []any{item, map[string]any{"type": "array", "items": item, "minItems": 1, "maxItems": 1}}}
	return map[string]any{"$ref": "#/$defs/One"}
}

func (s *schemer) described(t reflect.Type) map[string]any {
	if t == valueType {
		item := map[string]any{"type": scalars}
		return map[string]any{"anyOf": []any{
			item, map[string]any{"type": "array", "items": item}, map[string]any{"type": "object", "additionalProperties": item},
		}}
	}
	_, short := keysOf(t)
	if short == "" {
		return s.block(t)
	}
	keys, _ := keysOf(t)
	return map[string]any{"anyOf": []any{s.one(t.Field(keys[short]).Type), s.block(t)}}
}

func (s *schemer) block(t reflect.Type) map[string]any {
	keys, _ := keysOf(t)
	properties := map[string]any{}
	for name, at := range keys {
		properties[name] = s.one(t.Field(at).Type)
	}
	return map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
}
