// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/a-h/templ"
	templruntime "github.com/a-h/templ/runtime"
)

// write is what escaped makes of a text.
func write[T ~string](t *testing.T, text T) string {
	t.Helper()
	var out strings.Builder
	w, _ := templruntime.GetBuffer(&out)
	if err := errors.Join(escaped(w, text), templruntime.ReleaseBuffer(w)); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// What somebody typed is never HTML: each piece is escaped as templ does it (S14). The
// control is the text as it came.
func TestPiecesAreEscaped(t *testing.T) {
	t.Parallel()
	texts := []string{"", "Mila Verzonnen", `<script>alert("x")</script>`, "a & b", "'", `"><img src=x>`, "één ‘woord’ & €", "\x00\xff<", strings.Repeat("<&'\">", 3000)}
	for i := range 256 {
		texts = append(texts, "a"+string([]byte{byte(i)})+"b")
	}
	for _, text := range texts {
		if got, want := write(t, text), templ.EscapeString(text); got != want {
			t.Errorf("%q became %q, not %q", text, got, want)
		}
	}
	if got := write(t, templ.SafeURL("/zaak?a=1&b=2")); got != "/zaak?a=1&amp;b=2" {
		t.Errorf("an address became %q", got)
	}
	if text := texts[2]; text == templ.EscapeString(text) {
		t.Error("there is nothing to escape: this test sees nothing")
	}
}

// Texts, numbers and errors of an expression come through as templ gives them.
func TestPiecesAreJoined(t *testing.T) {
	t.Parallel()
	fault := errors.New("fault")
	if text, err := joined("a"); text != "a" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	if text, err := joined(47); text != "47" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	if text, err := joined(templ.SafeURL("/x")); text != "/x" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	if text, err := joined("a", fault); text != "a" || !errors.Is(err, fault) {
		t.Errorf("%q, %v", text, err)
	}
}

// Names of classes are those of templ for everything the pages give.
func TestPiecesOfClasses(t *testing.T) {
	t.Parallel()
	for _, list := range [][]any{
		{}, {"a"}, {"a", "b c"}, {"a", templ.KV("b", true), templ.KV("c", false)}, {templ.KV("b", false)},
		{"a", templ.SafeClass("safe")}, {"a", map[string]bool{"b": true, "c": false}}, {""},
	} {
		if got, want := classes(list), templ.CSSClasses(list).String(); got != want {
			t.Errorf("%v became %q, not %q", list, got, want)
		}
	}
	if got := fmt.Sprint(classes([]any{templ.KV("late", true)})); got != "late" {
		t.Errorf("a class that holds became %q", got)
	}
}
