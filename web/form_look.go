// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// look is something in a free text that may identify a person. It is shown once; the
// same text sent again goes through (R-R-141).
type look struct {
	field, label string
	kinds        []string // bsn, name, phone, email, date
	pieces       []string // the pieces of text themselves
}

// seenName is the posted name under which a page says which texts it warned about.
const seenName = "gezien"

// addLooks reads the free texts of the form for identifying data. A text that was sent
// before was looked at then.
func (v *reader) addLooks(f *formView) {
	if v.scan == nil {
		return
	}
	for field := range f.fields() {
		text := f.Values.Get(field.ID)
		if !field.Scan || text == "" || !f.Shown[field.ID] || f.known[field.ID] == text {
			continue
		}
		found := look{field: field.ID, label: v.P(field.Label)}
		for _, piece := range v.scan(text) {
			found.kinds = append(found.kinds, piece.Kind)
			found.pieces = append(found.pieces, piece.Text)
		}
		if len(found.pieces) > 0 {
			f.Look = append(f.Look, found)
		}
	}
}

// spots tells whether any text of the form, asked or not, holds something to look at twice.
func (v *visit) spots(f *formView) bool {
	if v.scan == nil {
		return false
	}
	for field := range f.fields() {
		if text := f.Values.Get(field.ID); field.Scan && text != "" && len(v.scan(text)) > 0 {
			return true
		}
	}
	return false
}

// looks gives what was found in one field.
func (f *formView) looks(field string) []look {
	for _, found := range f.Look {
		if found.field == field {
			return []look{found}
		}
	}
	return nil
}

// lookMark stands for the texts that were warned about. When the mark that comes back
// with a form is the same, the reader has seen the warning and chose to send.
func (f *formView) lookMark() string {
	if len(f.Look) == 0 {
		return ""
	}
	sum := sha256.New()
	for _, found := range f.Look {
		sum.Write([]byte(found.field + "\x00" + f.Values.Get(found.field) + "\x00"))
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

// unseen tells whether there is a warning that this reader has not seen yet.
func (f *formView) unseen() bool {
	mark := f.lookMark()
	return mark != "" && mark != f.Values.Get(seenName)
}

// lookWords says what was seen, and quotes it.
func (v *reader) lookWords(found look) string {
	var quoted []string
	for _, piece := range found.pieces {
		quoted = append(quoted, v.T("form.quoted", piece))
	}
	if len(quoted) > 3 {
		quoted = append(quoted[:3], "…")
	}
	return strings.Join(quoted, ", ")
}
