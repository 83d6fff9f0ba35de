// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"strings"

	"github.com/a-h/templ"
	templruntime "github.com/a-h/templ/runtime"
)

// This file holds what the code of a template calls for each piece of text; tools/pages
// puts the calls there. A page has some two thousand pieces, so what one of them costs is
// what the page costs. Each does what templ's own function does, which the tests hold.

// joined is the text of an expression, and the error that came with it.
func joined[T ~string | ~int](s T, errs ...error) (string, error) {
	if text, ok := any(s).(string); ok && len(errs) == 0 {
		return text, nil
	}
	return templ.JoinStringErrs(s, errs...)
}

// marks are the characters that would end a text or an attribute, and what stands for them.
var marks = [256]string{'&': "&amp;", '\'': "&#39;", '<': "&lt;", '>': "&gt;", '"': "&#34;"}

// escaped writes a text so that nothing in it is HTML.
func escaped[T ~string](w *templruntime.Buffer, s T) error {
	from := 0
	for i := range len(s) {
		mark := marks[s[i]]
		if mark == "" {
			continue
		}
		if _, err := w.WriteString(string(s[from:i])); err != nil {
			return err
		}
		if _, err := w.WriteString(mark); err != nil {
			return err
		}
		from = i + 1
	}
	_, err := w.WriteString(string(s[from:]))
	return err
}

// classes are the names of a class attribute that hold.
func classes(list []any) string {
	var names []string
	for _, item := range list {
		switch class := item.(type) {
		case string:
			names = append(names, class)
		case templ.KeyValue[string, bool]:
			if class.Value {
				names = append(names, class.Key)
			}
		default:
			return templ.CSSClasses(list).String()
		}
	}
	return strings.Join(names, " ")
}
