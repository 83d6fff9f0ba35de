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
func write[T ~string | ~int](t *testing.T, text T) string {
	t.Helper()
	var out strings.Builder
	w, _ := templruntime.GetBuffer(&out)
	escaped(w, text)
	if err := templruntime.ReleaseBuffer(w); err != nil {
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

// Numbers come through as templ gives them.
func TestPiecesMayBeNumbers(t *testing.T) {
	t.Parallel()
	if got := write(t, 47); got != "47" {
		t.Errorf("a number became %q", got)
	}
}

// deaf takes some bytes and then no more, like a reader who went away.
type deaf struct{ left int }

func (d *deaf) Write(p []byte) (int, error) {
	if d.left -= len(p); d.left < 0 {
		return 0, errGone
	}
	return len(p), nil
}

var errGone = errors.New("gone")

// A template does not ask after each piece whether it was written (tools/pages): the page as
// a whole still says so. The control is a reader who stays.
func TestFaultOfAPieceIsTold(t *testing.T) {
	t.Parallel()
	page := refusedAlert(strings.Repeat("x", 100_000))
	for left, want := range map[int]error{0: errGone, 5000: errGone, 1 << 20: nil} {
		if err := page.Render(t.Context(), &deaf{left}); !errors.Is(err, want) {
			t.Errorf("after %d bytes the reader went away; rendering says %v", left, err)
		}
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
