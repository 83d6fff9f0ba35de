// SPDX-License-Identifier: EUPL-1.2

package scenario

import "strings"

// Value is an answer as it stands in a story: one text, a list, or a block of keys
// (date, time, …). Its meaning depends on the field it answers.
type Value struct {
	Line int
	Text string
	List []string
	Keys map[string]string
}

// String writes the value as a reader would.
func (v Value) String() string {
	switch {
	case v.List != nil:
		return "[" + strings.Join(v.List, ", ") + "]"
	case v.Keys != nil:
		parts := make([]string, 0, len(v.Keys))
		for _, k := range sortedKeys(v.Keys) {
			parts = append(parts, k+": "+v.Keys[k])
		}
		return "{" + strings.Join(parts, ", ") + "}"
	default:
		return v.Text
	}
}

// Words is the value as a list: a text alone is a list of one.
func (v Value) Words() []string {
	switch {
	case v.List != nil:
		return v.List
	case v.Text == "":
		return nil
	default:
		return []string{v.Text}
	}
}
