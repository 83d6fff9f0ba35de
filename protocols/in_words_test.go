// SPDX-License-Identifier: EUPL-1.2

package protocols_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// conditionKeys are where a protocol holds conditions that the book shows or may show.
var conditionKeys = []string{"When", "Show", "Done", "Is", "Where", "Urgent", "OK"}

// conditionsOf gathers every condition of a protocol by its text.
func conditionsOf(v reflect.Value, into map[string]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			conditionsOf(v.Elem(), into)
		}
	case reflect.Slice:
		for i := range v.Len() {
			conditionsOf(v.Index(i), into)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f, name := v.Field(i), v.Type().Field(i).Name
			if !v.Type().Field(i).IsExported() {
				continue
			}
			if kind := v.FieldByName("Type"); name == "Is" && kind.IsValid() && kind.String() != "yesno" {
				continue // a value, not a condition
			}
			if f.Kind() == reflect.String && slices.Contains(conditionKeys, name) && f.String() != "" && f.String() != "true" {
				into[f.String()] = true
			}
			conditionsOf(f, into)
		}
	}
}

// asWritten finds signs of the files in words.
func asWritten(words string) bool {
	return words == "" || strings.ContainsAny(words, "_&|=!<>\"[]") || strings.Contains(words, "  ")
}

// R-R-12 R-I-01: the book says each condition of both protocols in words, Dutch and English, without
// one sign of the files. Control: a condition about something that is no fact has none.
func TestEveryConditionHasWords(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"rotterdam", "ijsselland"} {
		p := load(t, folder(t, name))
		all := map[string]bool{}
		conditionsOf(reflect.ValueOf(p).Elem(), all)
		if len(all) < 150 {
			t.Errorf("%s: only %d conditions found", name, len(all))
		}
		for text := range all {
			clause, ok := p.ConditionWords(text)
			if words := clause.Text(); !ok || asWritten(words.NL) || asWritten(words.EN) {
				t.Errorf("%s: %s\n\t%v %q\n\t%q", name, text, ok, words.NL, words.EN)
			}
		}
		for _, lost := range []string{"nobody_knows_this == 1", "closed && matches(closed_at)", "closed &&", ""} {
			if clause, ok := p.ConditionWords(lost); ok {
				t.Errorf("control: %q has words: %q", lost, clause.Text().NL)
			}
		}
	}
}
