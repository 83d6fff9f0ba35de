// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"strings"
	"testing"
	"time"
)

const story = `scenario: T
protocol: p
people:
  loket: desk_officer
  alfa: {role: reporter, organisation: Alfa}
canaries: Mila Verzonnen
steps:
  - step: melding
    at: 2026-03-28 16:10
    who: alfa
    report: {case: mila, answers: {kinds: [a, b], incident: {date: 2026-03-28, unknown: yes}, age: 16}}
    expect: {receipt: {due: 2026-03-30 15:00}}
  - step: kijk
    at: +1h
    expect:
      - {as: loket, status: open}
variants:
  - variant: a
    changes:
      - set: melding
        answers: {age: 12}
        expect: {urgent: yes}
      - {after: melding, with: [{step: nieuw, wait: +2h}]}
      - remove: kijk
`

func TestRead(t *testing.T) {
	t.Parallel()
	s, err := Read("t.yaml", []byte(story))
	if err != nil {
		t.Fatal(err)
	}
	if s.People["loket"].Role != "desk_officer" || s.Canaries[0].Text != "Mila Verzonnen" {
		t.Errorf("short forms are not read: %+v %+v", s.People, s.Canaries)
	}
	report := s.Steps[0].Report
	if got := report.Answers["kinds"].String(); got != "[a, b]" {
		t.Errorf("kinds = %s", got)
	}
	if got := report.Answers["incident"].Keys["unknown"]; got != "yes" {
		t.Errorf("incident.unknown = %q", got)
	}
	if s.Steps[1].Expect[0].Line == 0 || s.Steps[0].Line == 0 {
		t.Error("lines are not kept")
	}
}

func TestVariantLeavesTheStoryAlone(t *testing.T) {
	t.Parallel()
	s, err := Read("t.yaml", []byte(story))
	if err != nil {
		t.Fatal(err)
	}
	tales := s.tales()
	if len(tales) != 2 || tales[1].name != "T (a)" {
		t.Fatalf("tales: %+v", tales)
	}
	var labels []string
	for _, step := range tales[1].steps {
		labels = append(labels, step.Label)
	}
	if got := strings.Join(labels, " "); got != "melding nieuw" {
		t.Errorf("steps of the variant: %s", got)
	}
	if got := tales[1].steps[0].Report.Answers["age"].Text; got != "12" {
		t.Errorf("age in the variant: %s", got)
	}
	if got := tales[0].steps[0].Report.Answers["age"].Text; got != "16" {
		t.Errorf("the variant changed the story itself: age %s", got)
	}
	if tales[1].steps[0].Expect[0].Receipt != nil || tales[0].steps[0].Expect[0].Receipt == nil {
		t.Error("expectations of the variant must take the place of those of the story, there only")
	}
}

// Each mistake of an author gives line and cure.
func TestReadFaults(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, change, with, line, says string }{
		{"unknown key", "report:", "rapport:", "t.yaml:11", "Bedoelt u report?"},
		{"unknown person", "who: alfa", "who: alva", "t.yaml:8", "Bedoelt u alfa?"},
		{"unknown label", "remove: kijk", "remove: kijken", "t.yaml:24", "Bedoelt u kijk?"},
		{"two actions", "    at: +1h", "    at: +1h\n    who: loket\n    note: hallo\n    close: fase", "t.yaml:13", "aparte stappen"},
		{"no actor", "    at: +1h", "    at: +1h\n    note: hallo", "t.yaml:13", "wie dit doet"},
		{"no protocol", "protocol: p", "title: x", "t.yaml:1", "protocol: voorbeeldstad"},
		{"twice", "scenario: T", "scenario: T\nscenario: U", "t.yaml:2", "staat er twee keer"},
		{"anchor", "who: alfa", "who: &x alfa\n    about: *x", "t.yaml:11", "variant"},
		{"not a list", "canaries: Mila Verzonnen", "canaries: {tekst: x}", "t.yaml:6", "Bedoelt u text?"},
		{"double label", "step: kijk", "step: melding", "t.yaml:13", "eigen naam"},
		{"two places", "- remove: kijk", "- {remove: kijk, until: melding}", "t.yaml:24", "precies één plek"},
		{"no answers to set", "- set: melding\n        answers", "- set: kijk\n        answers", "t.yaml:20", "geen antwoorden"},
		{"steps for nowhere", "{after: melding, with", "{until: melding, with", "t.yaml:23", "nergens terecht"},
		{"no yaml", "people:", "people: [", "t.yaml:", "YAML"},
		{"yes or no", "as: loket,", "as: loket, no_leak: misschien,", "t.yaml:16", "geen ja of nee"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := Read("t.yaml", []byte(strings.Replace(story, c.change, c.with, 1)))
			if err == nil {
				t.Fatal("no fault found")
			}
			if !strings.Contains(err.Error(), c.line) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("want %s … %s, got:\n%v", c.line, c.says, err)
			}
		})
	}
}

// D-01 D-02 T-01: local moments around a change of the clock.
func TestMoment(t *testing.T) {
	t.Parallel()
	loc, err := location("")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 28, 16, 10, 0, 0, loc)
	cases := map[string]string{
		"2026-03-28 16:10":        "2026-03-28T15:10:00Z",
		"2026-03-30 15:00":        "2026-03-30T13:00:00Z",
		"2026-10-25 02:30":        "2026-10-25T00:30:00Z",
		"2026-10-25 02:30 first":  "2026-10-25T00:30:00Z",
		"2026-10-25 02:30 second": "2026-10-25T01:30:00Z",
		"2026-02-28 24:00":        "2026-02-28T23:00:00Z",
		"2026-06-02":              "2026-06-01T22:00:00Z",
		"16:45":                   "2026-03-28T15:45:00Z",
		"+24h":                    "2026-03-29T15:10:00Z",
		"+1d":                     "2026-03-29T14:10:00Z",
	}
	for text, want := range cases {
		got, err := moment(text, now, loc)
		if err != nil || got.UTC().Format(time.RFC3339) != want {
			t.Errorf("%s = %v, %v; want %s", text, got.UTC(), err, want)
		}
	}
	for _, text := range []string{"2026-03-29 02:30", "morgen", "+veel", "2026-13-01", "25:00", ""} {
		if got, err := moment(text, now, loc); err == nil {
			t.Errorf("%q was read as %v; want an error", text, got)
		}
	}
}
