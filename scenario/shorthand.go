// SPDX-License-Identifier: EUPL-1.2

package scenario

import "strings"

// shorten takes apart what a story may write in one word: `tell/row`, `letter#2`, and a
// note beside the step that was done.
func (s *Step) shorten() {
	if s.Done != nil && s.Note != nil && s.Done.Note == "" {
		s.Done.Note, s.Note = s.Note.Text, nil
	}
	var unversioned int
	if s.Done != nil {
		s.Done.Step, s.Done.Row = ofRow(s.Done.Step, s.Done.Row)
	}
	if s.Skip != nil {
		s.Skip.Step, s.Skip.Row = ofRow(s.Skip.Step, s.Skip.Row)
	}
	if s.Draft != nil {
		ofVersion(&s.Draft.Product, &s.Draft.Row, &unversioned)
	}
	if s.Release != nil {
		ofVersion(&s.Release.Product, &s.Release.Row, &s.Release.Version)
	}
	if s.Align != nil {
		ofVersion(&s.Align.Product, &s.Align.Row, &s.Align.Version)
	}
	if s.Withdraw != nil {
		ofVersion(&s.Withdraw.Product, &s.Withdraw.Row, &s.Withdraw.Version)
	}
	if s.Tell != nil {
		var row string // who is told, is told of the text itself
		ofVersion(&s.Tell.Product, &row, &s.Tell.Version)
	}
	if s.Read != nil {
		ofVersion(&s.Read.Product, &s.Read.Row, &s.Read.Version)
	}
}

func ofRow(name, row string) (string, string) {
	if before, after, found := strings.Cut(name, "/"); found && row == "" {
		return before, after
	}
	return name, row
}

func ofVersion(product, row *string, version *int) {
	name, ofThis, number := productName(*product)
	*product = name
	if *row == "" {
		*row = ofThis
	}
	if *version == 0 {
		*version = number
	}
}
