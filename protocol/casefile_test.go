// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"strings"
	"testing"
	"testing/fstest"
)

// small is a protocol that fits on a page: one form, one table, one list, one clock.
const small = `
protocol: {id: klein, version: "1", title: Klein}
desk: {opens: "09:00", closes: "22:00", zone: Europe/Amsterdam}
roles: [{id: officer, title: Functionaris, side: desk, sees: V3, opens: V5, may: [work]}]
kinds: [{id: report, title: Melding, registered: true, persons: true}]
forms:
  - id: report
    use: report
    opens: report
    title: Melden
    sections:
      - id: all
        title: Alles
        fields:
          - {id: hurt, type: yesno, level: V3, label: Letsel?}
          - {id: age, type: number, level: V3, label: Leeftijd}
          - {id: incident, type: occurrence, level: V1, label: Wanneer?}
          - {id: laws, type: choices, level: V1, label: Wet, options: [{id: a, label: A}, {id: b, label: B}]}
  - id: party
    use: rows
    by: [officer]
    title: Partij
    sections: [{id: p, title: P, fields: [{id: asked_at, type: moment, level: V2, label: Gevraagd}]}]
tables:
  - id: weight
    title: Gewicht
    decided_by: [officer]
    outputs: [{id: class, title: Soort, type: choice, options: [{id: heavy, label: zwaar}, {id: light, label: licht}]}]
    rules:
      - {id: hurt, title: Letsel, when: 'hurt', then: {class: heavy}, because: 'Want er is letsel.'}
      - {id: other, title: Anders, when: 'true', then: {class: light}, because: 'Want er is geen letsel.'}
criteria:
  - id: criteria
    title: Criteria
    decided_by: [officer]
    items: [{id: "1", title: Jong, when: 'age < 18'}]
deadlines:
  - {id: T-01, title: Melden, from: incident, within: 48 hours}
  - {id: T-02, title: Antwoord, each: party, from: asked_at, within: 1 working day}
steps:
  - {id: weigh, title: Weeg, when: 'hurt', owner: [officer], action: 'decide:weight'}
`

func smallCases(t *testing.T, cases string) []CaseResult {
	t.Helper()
	fsys := fstest.MapFS{"klein.yaml": {Data: []byte(small)}, "cases/geval.yaml": {Data: []byte(cases)}}
	p, err := Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	results, err := p.RunCases(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return results
}

// R-R-31 T-01 D-02: a case file states facts and a moment, and what must follow.
func TestCaseThatHolds(t *testing.T) {
	t.Parallel()
	results := smallCases(t, `
- case: Jong met letsel
  refs: [T-01, DT-09]
  now: 2026-03-28 16:00
  facts: {hurt: yes, age: 16, incident: 2026-03-28 14:00, laws: [a]}
  rows: {party: [{asked_at: 2026-03-27 10:00}]}
  expect:
    facts: {class: heavy, laws: [a], hurt: yes}
    tables: {weight: {class: heavy, rule: hurt, provisional: no, missing: []}}
    criteria: {criteria: {met: ["1"], possible: [], not: []}}
    deadlines: {T-01: {due: 2026-03-30 15:00, state: running}, T-02/1: 2026-03-30 17:00}
    steps: {open: [weigh], not: []}
- case: Nog weinig bekend
  refs: [T-01u]
  now: 2026-03-28 16:00
  facts: {incident: 2026-03-28}
  expect:
    tables: {weight: {class: heavy, provisional: yes, missing: [hurt]}}
    criteria: {criteria: {met: [], possible: ["1"]}}
    deadlines: {T-01: {early: 2026-03-30 01:00, due: 2026-03-31 01:00}, T-02: none}
- case: Anders besloten
  refs: [DT-09]
  now: 2026-03-28 16:00
  facts: {hurt: yes, incident: {discovered: 2026-03-28 12:00}}
  decided: {weight: {class: light}, criteria: []}
  expect:
    tables: {weight: {class: heavy, differs: yes}}
    facts: {class: light}
    deadlines: {T-01: {discovered: yes}}
`)
	if len(results) != 3 {
		t.Fatalf("%d cases ran", len(results))
	}
	for _, r := range results {
		for _, difference := range r.Differences {
			t.Errorf("%s: %s", r.Name, difference)
		}
	}
	if r := results[0]; r.File != "geval.yaml" || r.Line != 2 || len(r.Refs) != 2 || len(r.Fired) == 0 {
		t.Errorf("result %+v does not say where it stands and what it touched", r)
	}
}

// Control: each of these expectations is wrong, and the difference says what was found.
func TestCaseThatDiffers(t *testing.T) {
	t.Parallel()
	for expect, says := range map[string]string{
		`tables: {weight: {class: light}}`:                  "tabel weight, class is heavy, verwacht light. Want er is letsel.",
		`tables: {weight: {provisional: yes}}`:              "voorlopig is no, verwacht yes",
		`criteria: {criteria: {met: []}}`:                   "met is [1], verwacht []",
		`criteria: {criteria: {not: ["1"]}}`:                "1 is er niet bij",
		`deadlines: {T-01: 2026-03-30 14:00}`:               "de klok gaat een uur vooruit",
		`deadlines: {T-02: 2026-03-30 14:00}`:               "termijn T-02 loopt niet",
		`steps: {not: [weigh]}`:                             "weigh is er wel bij",
		`steps: {open: [sleep]}`:                            "sleep is er niet bij; wel: [weigh]",
		`facts: {class: light}`:                             "feit class is heavy, verwacht light",
		`facts: {colour: red}`:                              `het feit "colour" bestaat niet`,
		`tables: {height: {class: light}}`:                  `de tabel "height" bestaat niet`,
		`wishes: {more: yes}`:                               `expect kent geen "wishes"`,
		`deadlines: {T-09: none}`:                           `de termijn "T-09" bestaat niet`,
		`tables: {weight: {rule: other}}`:                   "regel is hurt, verwacht other",
		`deadlines: {T-01: {state: met}}`:                   "state is running, verwacht met",
		`steps: {sleeping: [weigh]}`:                        `stappen kennen geen "sleeping"`,
		`criteria: {criteria: {maybe: []}}`:                 `criteria kennen geen "maybe"`,
		`deadlines: {T-01: {colour: red}}`:                  `kent geen "colour"`,
		`checks: {closing: {ok: []}}`:                       `de controlelijst "closing" bestaat niet`,
		`duties: {igj: yes}`:                                `de meldplicht "igj" bestaat niet`,
		`criteria: {other: {met: []}}`:                      `de lijst "other" bestaat niet`,
		`tables: {weight: {colour: red}}`:                   `tabel weight heeft geen uitkomst "colour"`,
		`steps: {open: [weigh], not: [weigh], done: [nap]}`: "nap is er niet bij",
	} {
		results := smallCases(t, `
- case: Jong met letsel
  now: 2026-03-28 16:00
  facts: {hurt: yes, age: 16, incident: 2026-03-28 14:00}
  expect:
    `+expect+"\n")
		if got := strings.Join(results[0].Differences, "\n"); !strings.Contains(got, says) {
			t.Errorf("%s\n says %q\n want %q", expect, got, says)
		}
	}
}

// A case that cannot be read says where, and the others still run.
func TestCaseThatCannotBeRead(t *testing.T) {
	t.Parallel()
	results := smallCases(t, `
- case: Fout
  now: 2026-03-29 02:30
  facts: {hurt: misschien, age: zestien, laws: [c], colour: red, incident: {since: 2026}}
  rows: {weight: [{}]}
  decided: {height: {}}
  wishes: {}
- case: Zonder verwachting
  now: 2026-03-28 16:00
- case: Goed
  now: 2026-03-28 16:00
  expect: {criteria: {criteria: {met: []}}}
`)
	all := strings.Join(results[0].Differences, "\n")
	for _, says := range []string{
		"regel 3:", "schrijf ja of nee", `er is geen optie "c"`, `het feit "colour" bestaat niet`, `"since" hoort hier niet`,
		`het formulier "weight" is geen lijst`, `de tabel of lijst "height" bestaat niet`, `het woord "wishes" hoort hier niet`, "age:",
	} {
		if !strings.Contains(all, says) {
			t.Errorf("not said: %s\n in %s", says, all)
		}
	}
	if results[1].Passed() || !results[2].Passed() {
		t.Error("a case without expect must differ, a good one must pass")
	}
}

// Files that are no list of cases are an error, with file and line.
func TestCasesThatAreNone(t *testing.T) {
	t.Parallel()
	p, err := Load(fstest.MapFS{"klein.yaml": {Data: []byte(small)}})
	if err != nil {
		t.Fatal(err)
	}
	for text, says := range map[string]string{"case: los\n": "schrijf een lijst", "- case: [\n": "geen geldige YAML"} {
		_, err := p.RunCases(fstest.MapFS{"los.yaml": {Data: []byte(text)}})
		if err == nil || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), "los.yaml") {
			t.Errorf("%q: %v", text, err)
		}
	}
	if results, err := p.RunCases(fstest.MapFS{}); err != nil || len(results) != 0 {
		t.Errorf("an empty folder: %v, %v", results, err)
	}
}

// true is as good as yes where a fact is expected. Control: it is not as good as no.
func TestCasesExpectYesOrTrue(t *testing.T) {
	t.Parallel()
	p := load(t)
	for word, passes := range map[string]bool{"yes": true, "true": true, "no": false, "false": false} {
		text := "- case: x\n  now: 2026-01-01 10:00\n  facts: {quality: true}\n  expect: {facts: {quality: " + word + "}}\n"
		results, err := p.RunCases(mapFolder("cases/x.yaml", []byte(text)))
		if err != nil || results[0].Passed() != passes {
			t.Errorf("%s: %v %v", word, results, err)
		}
	}
}

// A case file that is wrong says so in words of its author: what stands there, what to write,
// and which name may be meant.
func TestCaseFilesSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	p := load(t)
	for text, want := range map[string]string{
		"now: gisteren":                          `"gisteren" is geen moment; schrijf 2026-03-28 14:00`,
		"facts: {persons: twelve}":               `schrijf een heel getal, niet "twelve"`,
		"facts: {qualty: yes}":                   `het feit "qualty" bestaat niet; bedoelt u "quality"?`,
		"facts: {happened: toen}":                `"toen" is geen moment`,
		"expect: {facts: {quality: unknown}}":    "er staat geen now",
		"now: 2026-01-01 10:00\n  case: nog een": "elk één keer",
	} {
		results, err := p.RunCases(mapFolder("cases/wrong.yaml", []byte("- case: x\n  "+text+"\n")))
		if err != nil || len(results) != 1 || !strings.Contains(strings.Join(results[0].Differences, "\n"), want) {
			t.Errorf("%s: %+v, %v; want %q", text, results, err, want)
		}
	}
}
