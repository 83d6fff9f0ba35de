// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"example.org/loket/protocol"
)

// Words that a person typed are marked in the payload types: `typed:"V3"`. Nobody knows what
// stands in them, so they count as deep as a case without names (requirements §2.2), deeper
// when their subject is, and they lie in the vault. A word that accounts for an act, such as
// the purpose of opening, is V2: who checks the desk must be able to read it.

// textLevel is what typed words are when nothing says they are deeper.
const textLevel protocol.Level = "V3"

// texted holds for each payload type whether it has typed words.
var texted = func() map[reflect.Type]bool {
	out := map[reflect.Type]bool{}
	for _, t := range payloads {
		out[t] = hasTexts(t)
	}
	return out
}()

func hasTexts(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Slice:
		return hasTexts(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if f := t.Field(i); f.Tag.Get("typed") != "" || f.IsExported() && hasTexts(f.Type) {
				return true
			}
		}
	}
	return false
}

// leaf is one typed word of a payload: its place, such as "motivation", "parts.context" or
// "recipients.0.name", its level, and a way to change it.
type leaf struct {
	place string
	level protocol.Level
	text  string
	set   func(string)
}

// eachText visits the typed words of a struct that may be changed. Maps and slices on the
// way are copied, so that the payload it came from stays as it was.
func eachText(v reflect.Value, at string, do func(leaf)) {
	for i := range v.NumField() {
		f, name := v.Field(i), jsonName(v.Type().Field(i))
		level := protocol.Level(v.Type().Field(i).Tag.Get("typed"))
		switch {
		case level != "" && f.Kind() == reflect.String:
			do(leaf{at + name, level, f.String(), f.SetString})
		case level != "" && f.Kind() == reflect.Map:
			eachEntry(f, at+name+".", level, do)
		case f.Kind() == reflect.Struct && hasTexts(f.Type()):
			eachText(f, at+name+".", do)
		case f.Kind() == reflect.Slice && f.Len() > 0 && hasTexts(f.Type()):
			f.Set(reflect.AppendSlice(reflect.MakeSlice(f.Type(), 0, f.Len()), f))
			for j := range f.Len() {
				eachText(f.Index(j), at+name+"."+strconv.Itoa(j)+".", do)
			}
		}
	}
}

func eachEntry(f reflect.Value, at string, level protocol.Level, do func(leaf)) {
	words, ok := f.Interface().(map[string]string)
	if !ok || len(words) == 0 {
		return
	}
	words = maps.Clone(words)
	f.Set(reflect.ValueOf(words))
	for _, key := range slices.Sorted(maps.Keys(words)) {
		do(leaf{at + key, level, words[key], func(s string) { words[key] = s }})
	}
}

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// changeable is a copy of a payload whose fields can be set.
func changeable(payload Payload) reflect.Value {
	v := reflect.New(reflect.TypeOf(payload)).Elem()
	v.Set(reflect.ValueOf(payload))
	return v
}

// takeTexts parts the typed words from a payload, by their place in it.
func takeTexts(payload Payload) (Payload, map[string]string) {
	if !texted[reflect.TypeOf(payload)] {
		return payload, nil
	}
	v, out := changeable(payload), map[string]string{}
	eachText(v, "", func(l leaf) {
		if l.text != "" {
			out[l.place] = l.text
			l.set("")
		}
	})
	return v.Interface().(Payload), out
}

// putTexts puts the words back where they were taken from.
func putTexts(v reflect.Value, words map[string]string) {
	if len(words) == 0 {
		return
	}
	eachText(v, "", func(l leaf) {
		if s, ok := words[l.place]; ok {
			l.set(s)
		}
	})
}

// TextLevel is how deep the typed words of a payload are: V3, or deeper when the writer said
// so or when what they are about is. It is V0 when there are none.
func TextLevel(p *protocol.Protocol, payload Payload) protocol.Level {
	deepest := protocol.Level("V0")
	for _, l := range leaves(p, payload) {
		if l.text != "" {
			deepest = max(deepest, l.level)
		}
	}
	return deepest
}

// leaves are the typed words of a payload, each with the level it really has.
func leaves(p *protocol.Protocol, payload Payload) []leaf {
	if !texted[reflect.TypeOf(payload)] {
		return nil
	}
	var out []leaf
	v := changeable(payload)
	about := max(said(v), subjectLevel(p, payload))
	eachText(v, "", func(l leaf) {
		l.level = leafLevel(p, payload, l, about)
		out = append(out, l)
	})
	return out
}

func leafLevel(p *protocol.Protocol, payload Payload, l leaf, about protocol.Level) protocol.Level {
	if d, ok := payload.(ProductDrafted); ok && strings.HasPrefix(l.place, "parts.") {
		if pr := p.Product(d.Product); pr != nil && pr.Level != "" {
			return pr.Level // a product is written for its readers
		}
	}
	if l.level < textLevel {
		return l.level
	}
	return max(l.level, about)
}

// said is the level that the writer chose.
func said(v reflect.Value) protocol.Level {
	f := v.FieldByName("Level")
	if !f.IsValid() || f.Kind() != reflect.String || !slices.Contains([]string{"V3", "V4", "V5"}, f.String()) {
		return ""
	}
	return protocol.Level(f.String())
}

// subjectLevel is how deep that lies which the words are about.
func subjectLevel(p *protocol.Protocol, payload Payload) protocol.Level {
	deepest := protocol.Level("")
	switch w := payload.(type) {
	case Decided:
		if t := p.Table(w.Subject); t != nil {
			for _, out := range t.Outputs {
				deepest = max(deepest, out.Level)
			}
		}
	case ProductDrafted:
		if pr := p.Product(w.Product); pr != nil {
			deepest = pr.Level
		}
	}
	for id := range factsOf(payload) {
		if f := p.Fact(id); f != nil {
			deepest = max(deepest, f.Level)
		}
	}
	return deepest
}

// WithLevel writes down how deep the words of a payload are, so that they stay so when the
// facts that they are about are erased. Words not deeper than V3 need no mark.
func WithLevel(p *protocol.Protocol, payload Payload) Payload {
	if level := TextLevel(p, payload); level > textLevel {
		v := changeable(payload)
		if f := v.FieldByName("Level"); f.IsValid() && f.CanSet() {
			f.SetString(string(level))
			return v.Interface().(Payload)
		}
	}
	return payload
}

// WithoutText takes typed words out of a payload: all of them, or only those of the levels
// given. The flag says whether any went.
func WithoutText(p *protocol.Protocol, payload Payload, levels []protocol.Level) (Payload, bool) {
	if !texted[reflect.TypeOf(payload)] {
		return payload, false
	}
	v, gone := changeable(payload), false
	about := max(said(v), subjectLevel(p, payload))
	eachText(v, "", func(l leaf) {
		if l.text != "" && (len(levels) == 0 || slices.Contains(levels, leafLevel(p, payload, l, about))) {
			l.set("")
			gone = true
		}
	})
	return v.Interface().(Payload), gone
}

// Words are the typed words of a payload in the order of its fields; only those of level
// from and deeper.
func Words(p *protocol.Protocol, payload Payload, from protocol.Level) []string {
	var out []string
	for _, l := range leaves(p, payload) {
		if l.text != "" && l.level >= from {
			out = append(out, l.text)
		}
	}
	return out
}
