// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"fmt"
	"strings"

	"github.com/a-h/templ"
	templruntime "github.com/a-h/templ/runtime"
)

// This file holds what the code of a template calls for each piece of text; tools/pages
// puts the calls there. A page has some two thousand pieces, so what one of them costs is
// what the page costs. Each does what templ's own function does, which the tests hold.

// marks are the characters that would end a text or an attribute, and what stands for them.
var marks = [256]string{'&': "&amp;", '\'': "&#39;", '<': "&lt;", '>': "&gt;", '"': "&#34;"}

// escaped writes a text so that nothing in it is HTML. It need not ask whether that went
// well: the buffer remembers a fault, and says so when it is released.
func escaped[T ~string | ~int](w *templruntime.Buffer, s T) {
	text := textOf(s)
	from := 0
	for i := range len(text) {
		mark := marks[text[i]]
		if mark == "" {
			continue
		}
		w.WriteString(text[from:i])
		w.WriteString(mark)
		from = i + 1
	}
	w.WriteString(text[from:])
}

// textOf is what an expression of a template says; templ lets it be a number too.
func textOf[T ~string | ~int](s T) string {
	if text, ok := any(s).(string); ok {
		return text
	}
	return fmt.Sprint(s)
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
