// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

const letters = `
protocol: {id: brieven, version: '1', title: Brieven, effective_from: 2026-01-01}
desk: {opens: '09:00', closes: '17:00', zone: Europe/Amsterdam}
kinds: [{id: report, title: Melding}]
roles: [{id: clerk, title: Klerk, sees: V2, opens: V2, may: [work]}]
forms:
  - id: report
    use: report
    opens: report
    title: Melding
    sections:
      - id: one
        title: Een
        fields:
          - {id: town, type: text, level: V1, label: Plaats}
          - {id: on, type: date, level: V1, label: Dag}
          - {id: at, type: moment, level: V1, label: Moment}
          - {id: kinds, type: choices, level: V1, label: Soort, options: [{id: fire, label: Brand}, {id: other, text: true, label: Iets anders}]}
          - {id: told, type: choice, level: V1, label: Verteld, options: [{id: "yes", label: Ja}, {id: "no", text: true, label: 'Nee, want'}]}
          - {id: secret, type: text, level: V4, label: Geheim}
  - id: task
    use: rows
    by: [clerk]
    title: Taken
    sections:
      - id: task
        title: Taak
        fields:
          - {id: task_what, type: long, level: V1, label: Wat}
          - {id: task_on, type: date, level: V1, label: Wanneer}
checks:
  - id: complete
    title: Compleet
    items:
      - {id: town, title: Plaats, ok: 'known(town)', ask: In welke plaats?}
      - {id: kinds, title: Soort, ok: 'known(kinds)', ask: Wat gebeurde er?}
products:
  - id: letter
    ref: DOC-99
    title: Brief
    level: V2
    recipients: [clerk]
    made_by: [clerk]
    released_by: [clerk]
    purpose: weten wat er is
    subject: Brief
    parts:
      - {id: list, title: Lijst, text: "- Plaats: {{town}}\n- Dag: {{on}}\n- Moment: {{at}}\n- Soort: {{kinds}}\n- Verteld: {{told}}"}
      - {id: alone, title: Alleen, mandatory: true, text: '{{town}}', help: Noem de plaats.}
      - {id: tasks, title: Taken, lines: {of: task, when: 'known(task_on)', text: '- {{task_what}}, {{task_on}}'}}
      - {id: table, title: Tabel, text: "| Wat |\n|---|", lines: {of: task, text: '| {{task_what}} |'}}
      - {id: open, title: Open, lines: {open: complete}}
`

func composed(t *testing.T, facts Facts, rows ...Row) map[string]string {
	t.Helper()
	p, err := Load(fstest.MapFS{"a.yaml": {Data: []byte(letters)}})
	if err != nil {
		t.Fatal(err)
	}
	ev := p.Evaluate(Input{Facts: facts, Rows: map[string][]Row{"task": rows}, Now: noon})
	return p.Compose(p.Product("letter"), ev, nil)
}

// R-R-137: of a case of which nothing is known every gap is named, and a part that would say
// nothing else stays empty for its author.
func TestGapsAreNamed(t *testing.T) {
	t.Parallel()
	got := composed(t, Facts{})
	want := "- Plaats: nog onbekend\n- Dag: nog onbekend\n- Moment: nog onbekend\n- Soort: nog onbekend\n- Verteld: nog onbekend"
	if got["list"] != want || got["alone"] != "" || got["tasks"] != "" {
		t.Errorf("list %q, alone %q, tasks %q", got["list"], got["alone"], got["tasks"])
	}
	if got["open"] != "- In welke plaats?\n- Wat gebeurde er?" {
		t.Errorf("open %q", got["open"])
	}
}

// A letter writes days in full, finishes an option with the words it asks for, says none of
// a list of none, and keeps several lines within their item.
func TestLetterWords(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 28, 13, 0, 0, 0, time.UTC)
	day := time.Date(2026, 3, 27, 23, 0, 0, 0, time.UTC)
	facts := Facts{"town": "Een\n\nTwee", "on": day, "at": at, "kinds": []string{"fire", "other"}, "kinds_other": "rook", "told": "no", "told_no": "het is nacht"}
	want := "- Plaats: Een\n  Twee\n- Dag: zaterdag 28 maart 2026\n- Moment: zaterdag 28 maart 2026 om 14.00 uur\n- Soort: Brand, Iets anders: rook\n- Verteld: Nee, want het is nacht"
	if got := composed(t, facts)["list"]; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	got := composed(t, Facts{"kinds": []string{}, "told": "no"})
	if !strings.Contains(got["list"], "Soort: geen") || !strings.Contains(got["list"], "Nee, want (nog niet toegelicht)") {
		t.Errorf("got %s", got["list"])
	}
	if got["open"] != "- In welke plaats?" {
		t.Errorf("control: an answered check is still open: %q", got["open"])
	}
}

// R-R-103: a part has a line for every row that it is about, also as rows of a table.
func TestLinesOfRows(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 3, 27, 23, 0, 0, 0, time.UTC)
	got := composed(t, Facts{}, Row{ID: "1", Facts: Facts{"task_what": "Bellen | *nu*\nen mailen", "task_on": day}}, Row{ID: "2", Facts: Facts{"task_what": "Later"}})
	if want := "- Bellen \\| \\*nu\\*\n  en mailen, zaterdag 28 maart 2026"; got["tasks"] != want {
		t.Errorf("tasks %q, want %q", got["tasks"], want)
	}
	if want := "| Wat |\n|---|\n| Bellen \\| \\*nu\\* en mailen |\n| Later |"; got["table"] != want {
		t.Errorf("table %q, want %q", got["table"], want)
	}
}

// A list of lines that cannot be is refused when the protocol is read.
func TestWrongLines(t *testing.T) {
	t.Parallel()
	for was, fault := range map[string]struct{ is, says string }{
		"{open: complete}": {"{open: compleet}", "complete"},
		"{of: task, when: 'known(task_on)', text: '- {{task_what}}, {{task_on}}'}": {"{of: report, text: x}", "niet herhaald"},
		"lines: {of: task, text: '| {{task_what}} |'}":                             {"lines: {of: task}", "geen tekst"},
		"'| {{task_what}} |'}":       {"'| {{secret}} |'}", "V4"},
		"lines: {open: complete}}\n": {"lines: {open: complete, of: task, text: x}}\n", "twee dingen"},
	} {
		text := strings.Replace(letters, was, fault.is, 1)
		if _, err := Load(fstest.MapFS{"a.yaml": {Data: []byte(text)}}); text == letters || err == nil || !strings.Contains(err.Error(), fault.says) {
			t.Errorf("%s gives %v", fault.is, err)
		}
	}
}

// Specimens come from invented cases; what their file gets wrong is told with its line.
func TestSpecimens(t *testing.T) {
	t.Parallel()
	p, err := Load(fstest.MapFS{"a.yaml": {Data: []byte(letters)}})
	if err != nil {
		t.Fatal(err)
	}
	made := func(text string) ([]Specimen, error) {
		return p.Specimens(fstest.MapFS{"specimens/1.yaml": {Data: []byte(text)}})
	}
	all, err := made("- case: Zaak\n  facts: {town: Ede}\n  documents: {letter: {tasks: Bel vandaag.}, report: {}}\n")
	if err != nil || len(all) != 2 || all[1].Form == nil {
		t.Fatalf("%v %v", all, err)
	}
	file := p.SpecimenText(all[0].Product, all[:1])
	for _, part := range []string{"# Brief (DOC-99)", "- Aan: Klerk", "- Plaats: Ede", "### Taken\n\n> Bel vandaag."} {
		if !strings.Contains(file, part) {
			t.Errorf("the specimen does not say %q:\n%s", part, file)
		}
	}
	if form := p.FormText(all[1].Form, all[1:]); !strings.Contains(form, "- Plaats **Ede**") || !strings.Contains(form, "- Geheim *niet ingevuld*") {
		t.Errorf("form:\n%s", form)
	}
	for text, says := range map[string]string{
		"- case: a\n  documents: {brief: {}}\n":          "brief",
		"- case: a\n  documents: {letter: {slot: x}}\n":  "slot",
		"- case: a\n  facts: {town: Ede}\n":              "documents",
		"- case: a\n  facts: {x: y}\n  documents: all\n": `"x"`,
	} {
		if _, err := made(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q gives %v", text, err)
		}
	}
}
