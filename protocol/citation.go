// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Cited is a place in the source document that the protocol rests on.
type Cited struct {
	At     string   // section and line, as the rules name it
	Quotes []string // what stands there, as far as the rules quote it
	Titles []Text   // of the rules, steps and terms that rest on it
}

// Citations are the places that the protocol cites, in the order of the source document
// (R-R-12): what a reader looks up who is told that a rule comes from there.
func (p *Protocol) Citations() []Cited {
	c := citations{at: map[string]int{}}
	c.walk(reflect.ValueOf(p).Elem())
	slices.SortStableFunc(c.found, func(a, b Cited) int { return linePlace(a.At) - linePlace(b.At) })
	return c.found
}

type citations struct {
	found []Cited
	at    map[string]int // place → index in found
}

// walk looks at every element of the grammar, so that a new kind of rule is cited too.
func (c *citations) walk(v reflect.Value) {
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			c.walk(v.Index(i))
		}
	case reflect.Struct:
		if v.Type() == textType || v.Type() == sourceType {
			return
		}
		if source := v.FieldByName("Source"); source.IsValid() && source.Type() == sourceType {
			c.cite(source.Interface().(Source), titleIn(v))
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				c.walk(v.Field(i))
			}
		}
	}
}

func (c *citations) cite(source Source, title Text) {
	if source.At == "" {
		return
	}
	i, known := c.at[source.At]
	if !known {
		i, c.found = len(c.found), append(c.found, Cited{At: source.At})
		c.at[source.At] = i
	}
	place := &c.found[i]
	if source.Quote != "" && !slices.Contains(place.Quotes, source.Quote) {
		place.Quotes = append(place.Quotes, source.Quote)
	}
	if title.NL != "" && !slices.Contains(place.Titles, title) {
		place.Titles = append(place.Titles, title)
	}
}

// titleIn is what an element is called, by whichever key its kind has for that.
func titleIn(element reflect.Value) Text {
	for _, key := range []string{"Title", "Label", "Text"} {
		if field := element.FieldByName(key); field.IsValid() && field.Type() == textType {
			return field.Interface().(Text)
		}
	}
	return Text{}
}

var number = regexp.MustCompile(`\d+`)

// linePlace is the line in the source document: the number that a place ends with, or the first
// of a range. What names none stands first.
func linePlace(at string) int {
	line, _ := strconv.Atoi(number.FindString(at[strings.LastIndex(at, ",")+1:]))
	return line
}
