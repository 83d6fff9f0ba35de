// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/loket/locale"
)

// guardRun feeds lines to `loket guard check` and gives what it printed.
func guardRun(t *testing.T, lines string) (out, errs string, status int) {
	t.Helper()
	var o, e bytes.Buffer
	c := &console{ctx: t.Context(), in: strings.NewReader(lines), out: &o, err: &e, lang: locale.NL}
	status = c.status(guardCheckCmd{}.Run(c))
	return o.String(), e.String(), status
}

// R-R-82, DT-25: every line gets an answer, with places in code points.
func TestGuardCheck(t *testing.T) {
	t.Parallel()
	out, errs, status := guardRun(t, "\ufeff"+`{"id":7,"audience":"council","text":"😀 Mila belde 06-12345678.","case":{"names":["Mila Verzonnen"]},"allowed":[]}`+"\r\n\n"+
		`{"id":"b","text":"Stichting Mila belde.","allowed":"Stichting Mila","unknown":{"a":1}}`+"\n"+`{}`)
	if status != exitOK || errs != "" {
		t.Fatalf("status %d, %s", status, errs)
	}
	want := `{"id":7,"findings":[{"start":2,"end":6,"category":"name","reason":"een naam uit deze zaak"},{"start":13,"end":24,"category":"phone","reason":"een telefoonnummer"}]}
{"id":"b","findings":[]}
{"id":null,"findings":[]}
`
	if out != want {
		t.Errorf("got\n%swant\n%s", out, want)
	}
}

// However a fact is written, it is compared.
func TestGuardCheckTakesWhatComes(t *testing.T) {
	t.Parallel()
	for facts, text := range map[string]string{
		`{"names":"Mila Verzonnen"}`: "Mila", `{"names":[{"given":"Mila","family":"Verzonnen"},null]}`: "Mila", `{"birth_dates":["3 maart 2012"]}`: "03-03-2012",
		`{"ages":["16 jaar"],"places":["Ommoord"]}`: "16 jaar uit Ommoord", `{"ages":16,"places":"Ommoord"}`: "16 jaar uit Ommoord", `{"dossier_numbers":[471108]}`: "471108",
		`{"addresses":[{"street":"Fluweelpad","number":7}]}`: "Fluweelpad", `{"birth_dates":["onbekend"],"names":["Mila"]}`: "Mila",
	} {
		out, errs, status := guardRun(t, `{"text":"Het gaat om `+text+`.","case":`+facts+`}`)
		var a guardAnswer
		if err := json.Unmarshal([]byte(out), &a); status != exitOK || err != nil || len(a.Findings) != 1 {
			t.Errorf("%s: status %d, %s%s", facts, status, out, errs)
		}
	}
}

// A line that is wrong is told with its number and a cure, without what it holds; the others
// are checked.
func TestGuardCheckWrongLines(t *testing.T) {
	t.Parallel()
	for line, says := range map[string]string{`{"id":1,`: "geen JSON", `{"text":5}`: `"text"`, `["Mila"]`: "JSON-object", `Mila`: "geen JSON"} {
		out, errs, status := guardRun(t, "{}\n"+line+"\n"+`{"id":3}`)
		if status != exitUsage || strings.Count(out, "\n") != 2 {
			t.Errorf("%s: status %d, %s", line, status, out)
		}
		if !strings.Contains(errs, "Regel 2: ") || !strings.Contains(errs, says) || strings.Contains(errs, "Mila") {
			t.Errorf("%s: %s", line, errs)
		}
	}
}

// A file may be given; one that is not there is told.
func TestGuardCheckFile(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "texts.jsonl")
	if err := os.WriteFile(name, []byte(`{"id":1,"text":"Bel 06-12345678."}`), 0o600); err != nil {
		t.Fatal(err)
	}
	var o, e bytes.Buffer
	if status := Main(t.Context(), []string{"guard", "check", name}, &o, &e); status != exitOK || !strings.Contains(o.String(), `"phone"`) {
		t.Errorf("status %d, %s%s", status, o.String(), e.String())
	}
	if status := Main(t.Context(), []string{"guard", "check", name + "x"}, &o, &e); status != exitUsage || !strings.Contains(e.String(), "texts.jsonlx") {
		t.Errorf("status %d, %s", status, e.String())
	}
}
