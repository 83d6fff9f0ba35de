// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"maps"
	"slices"
	"strings"
)

// meant words the cure for a misspelt name: the nearest known one, or all of them.
func meant[T any](written string, known map[string]T) string {
	best, distance := "", max(2, len(written)/3)+1
	for _, name := range sortedKeys(known) {
		if d := editDistance(written, name); d < distance {
			best, distance = name, d
		}
	}
	if best != "" {
		return "Bedoelt u " + best + "?"
	}
	if len(known) == 0 {
		return ""
	}
	return "Bekend zijn: " + strings.Join(sortedKeys(known), ", ") + "."
}

func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

// editDistance counts the letters to add, drop or change.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
