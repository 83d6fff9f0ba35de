// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"sort"
	"strings"
)

// String writes a problem on one line: where, what, and what to write instead.
func (p Problem) String() string {
	where := p.File
	if where == "" {
		where = "(protocol)"
	}
	if p.Line > 0 {
		where = fmt.Sprintf("%s:%d", where, p.Line)
	}
	kind := ""
	if p.Warning {
		kind = "let op: "
	}
	if p.Cure == "" {
		return where + ": " + kind + p.Message
	}
	return where + ": " + kind + p.Message + " → " + p.Cure
}

// Error lists every fault, one per line, so that an author can mend them all in one go.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// sorted orders problems as a reader walks through the folder.
func (ps Problems) sorted() Problems {
	sort.SliceStable(ps, func(i, j int) bool {
		if ps[i].File != ps[j].File {
			return ps[i].File < ps[j].File
		}
		return ps[i].Line < ps[j].Line
	})
	return ps
}

// lineKey finds the line on which one key of one element stands.
type lineKey struct {
	at  Pos
	key string
}

// problem notes a fault at the line of a key of the element at pos; an empty key is
// the element itself.
func (l *loader) problem(pos Pos, key, cure, message string, args ...any) {
	l.note(pos, key, 0, cure, false, fmt.Sprintf(message, args...))
}

// warn notes something odd that does not stop loading.
func (l *loader) warn(pos Pos, key, cure, message string, args ...any) {
	l.note(pos, key, 0, cure, true, fmt.Sprintf(message, args...))
}

func (l *loader) note(pos Pos, key string, offset int, cure string, warning bool, message string) {
	if pos == (Pos{}) && len(l.problems) > 0 && key != "" {
		return // of a block that could not be read, which was told with its line
	}
	at := pos
	if line, ok := l.lines[lineKey{pos, key}]; ok && key != "" {
		at.Line = line + offset
	}
	found := Problem{Pos: at, Message: message, Cure: cure, Warning: warning}
	if l.seen[found] {
		return
	}
	l.seen[found] = true
	if warning {
		l.warnings = append(l.warnings, found)
		return
	}
	l.problems = append(l.problems, found)
}

// nearest finds the known name that looks most like the one written, or "".
func nearest[T any](written string, known map[string]T) string {
	best, distance := "", max(2, len(written)/3)+1
	for name := range known {
		d := editDistance(written, name, distance)
		if len(written) > 3 && strings.HasPrefix(name, written) {
			d = min(d, 2) // the beginning of a name
		}
		if d < distance || d == distance && best != "" && name < best {
			best, distance = name, d
		}
	}
	return best
}

// meant words the cure for a misspelt name.
func meant[T any](written string, known map[string]T, otherwise string) string {
	if name := nearest(written, known); name != "" {
		return fmt.Sprintf("Bedoelt u %q?", name)
	}
	if len(known) > 0 && len(known) <= 12 {
		return strings.TrimSpace(otherwise + " Bekend zijn: " + strings.Join(sortedKeys(known), ", ") + ".")
	}
	return otherwise
}

func sortedKeys[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// editDistance counts insertions, deletions and changes; it stops caring above limit.
func editDistance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := diagonal
			if a[i-1] != b[j-1] {
				change++
			}
			diagonal = row[j]
			row[j] = min(change, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
