// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"example.org/loket/protocol"
)

// doorPage is docs/permissions.md as the walk at the desk's door reads it: by action, the ways
// of a person and of a guest, and the states without any.
type doorPage map[string]doorLine

type doorLine struct {
	ways  map[string][][]string // by "person" and "guest"
	never []string
}

func readDoorPage(t *testing.T) doorPage {
	t.Helper()
	text, err := os.ReadFile("../docs/permissions.md")
	if err != nil {
		t.Fatal(err)
	}
	page := doorPage{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) != 7 || !strings.HasPrefix(cells[1], " `") {
			continue
		}
		l := doorLine{ways: map[string][][]string{"person": waysIn(cells[2]), "guest": waysIn(cells[3])}, never: splitTrim(cells[5], ",")}
		page[strings.Trim(cells[1], " `")] = l
	}
	return page
}

func waysIn(cell string) (out [][]string) {
	if strings.TrimSpace(cell) == "nobody" {
		return nil
	}
	for _, way := range splitTrim(cell, ";") {
		out = append(out, splitTrim(way, "+"))
	}
	return out
}

func splitTrim(s, by string) (out []string) {
	for part := range strings.SplitSeq(s, by) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// asks is one question to the page: everything that the asker has or is.
type asks struct {
	who         string // person or guest
	action      string
	has         []string // abilities and relations
	sees, opens protocol.Level
	level       protocol.Level
	state       string
}

func (page doorPage) says(q asks) bool {
	l, known := page[q.action]
	if !known || slices.Contains(l.never, q.state) {
		return false
	}
	return slices.ContainsFunc(l.ways[q.who], func(way []string) bool {
		return !slices.ContainsFunc(way, func(atom string) bool {
			switch atom {
			case "sees":
				return q.level > q.sees
			case "opens":
				return q.level > max(q.sees, q.opens)
			}
			return !slices.Contains(q.has, atom)
		})
	})
}
