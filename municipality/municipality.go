// SPDX-License-Identifier: EUPL-1.2

// Package municipality knows the municipalities of the Netherlands with their CBS codes. They
// are data: municipalities.csv, which is replaced when municipalities merge. A desk uses it to
// fill in a code by name and a name by code; nothing else hangs on it.
//
//	"Gemeente Bergen (NH)" ──Find──▶ 0373 ◀──Find── "GM0373", "373"
package municipality

import (
	_ "embed" // the list
	"encoding/csv"
	"slices"
	"strings"
	"sync"
)

// Municipality is one municipality. Code is the four digits that the CBS gave it.
type Municipality struct {
	Code     string
	Name     string
	Province string
}

//go:embed municipalities.csv
var list string

// all reads the list once; it is part of the program, so a fault in it stops the first test.
var all = sync.OnceValue(func() []Municipality {
	r := csv.NewReader(strings.NewReader(list))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil || len(rows) < 2 {
		panic("municipality: the list cannot be read")
	}
	out := make([]Municipality, 0, len(rows)-1)
	for _, row := range rows[1:] {
		out = append(out, Municipality{row[0], row[1], row[2]})
	}
	slices.SortFunc(out, func(a, b Municipality) int { return strings.Compare(a.Name, b.Name) })
	return out
})

// All are the municipalities in order of name. The caller must not change them.
func All() []Municipality { return all() }

// Find gives the municipality that somebody wrote: its name with or without the word for
// municipality, or its code with or without GM and leading zeros.
func Find(written string) (Municipality, bool) {
	word := strings.ToLower(strings.Join(strings.Fields(written), " "))
	word = strings.TrimPrefix(strings.TrimPrefix(word, "gemeente "), "municipality of ")
	code := strings.TrimPrefix(word, "gm")
	if len(code) < 4 {
		code = strings.Repeat("0", 4-len(code)) + code
	}
	for _, m := range all() {
		if word != "" && (strings.ToLower(m.Name) == word || m.Code == code) {
			return m, true
		}
	}
	return Municipality{}, false
}
