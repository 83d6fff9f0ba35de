// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
)

var calamity = Facts{
	"quality": true, "harm": "death", "laws": []string{"jeugdwet"}, "organisation": "Alfa", "media": false, "missed_contact": false,
	"happened":    Occurrence{From: noon.Add(-30 * time.Hour), To: noon.Add(-30 * time.Hour), Precision: PrecisionMoment},
	"received_at": noon.Add(-time.Hour), "case_number": "2026-001",
}

func with(base Facts, pairs ...any) Facts {
	facts := Facts{}
	for id, value := range base {
		facts[id] = value
	}
	for i := 0; i < len(pairs); i += 2 {
		facts[pairs[i].(string)] = pairs[i+1]
	}
	return facts
}

func table(t *testing.T, ev *Evaluation, id string) TableFinding {
	t.Helper()
	for _, f := range ev.Tables {
		if f.Table.ID == id {
			return f
		}
	}
	t.Fatalf("no table %s", id)
	return TableFinding{}
}

// A proposal explains itself: rule, source sentence, facts used, facts missing.
func TestProposalExplainsItself(t *testing.T) {
	t.Parallel()
	p := load(t)
	f := table(t, p.Evaluate(Input{Facts: Facts{"quality": true}, Now: noon}), "classification")
	if f.Outputs["class"] != "calamity" || !f.Provisional {
		t.Fatalf("proposal %v, provisional %v", f.Outputs, f.Provisional)
	}
	r := f.Reasons[0]
	if r.Rule != "calamity" || r.Source.At != "§3, regel 20" || !cmp.Equal(r.Missing, []string{"harm"}) {
		t.Errorf("reason %+v", r)
	}
	if len(r.Used) != 1 || r.Used[0].Fact != "quality" || r.Used[0].Value.EN != "yes" || r.Used[0].Level != "V2" {
		t.Errorf("used %+v", r.Used)
	}
	if f.Words != (Text{"calamiteit", "calamity"}) {
		t.Errorf("words %v", f.Words)
	}
}

// A proposal is settled when every row that can still win says the same.
func TestSettledWhenItMakesNoDifference(t *testing.T) {
	t.Parallel()
	p := loadText(t, `
tables:
  - id: weigh
    title: Wegen
    outputs: [{id: weight, title: Gewicht, type: choice, options: [{id: heavy, label: Zwaar}, {id: light, label: Licht}]}]
    rules:
      - {id: a, when: media, then: {weight: heavy}}
      - {id: b, when: harm == "death", then: {weight: heavy}}
      - {id: c, then: {weight: light}}
`)
	same := table(t, p.Evaluate(Input{Facts: Facts{"harm": "death"}, Now: noon}), "weigh")
	if same.Outputs["weight"] != "heavy" || same.Provisional {
		t.Errorf("media unknown, death: %v provisional %v; want heavy, settled", same.Outputs, same.Provisional)
	}
	other := table(t, p.Evaluate(Input{Facts: Facts{"harm": "light"}, Now: noon}), "weigh")
	if other.Outputs["weight"] != "heavy" || !other.Provisional {
		t.Errorf("control: media unknown, light: %v provisional %v; want heavy, provisional", other.Outputs, other.Provisional)
	}
}

func TestHitPolicies(t *testing.T) {
	t.Parallel()
	source := func(hit, unknown string) string {
		return `
tables:
  - id: weigh
    title: Wegen
    hit: ` + hit + `
    unknown: ` + unknown + `
    outputs: [{id: weight, title: Gewicht, type: choices, options: [{id: a, label: A}, {id: b, label: B}]}]
    rules:
      - {id: first, when: media, then: {weight: [a]}}
      - {id: second, when: harm == "death", then: {weight: [b]}}
`
	}
	cases := []struct {
		hit, unknown string
		facts        Facts
		want         []string
		provisional  bool
	}{
		{"first", "cautious", Facts{"harm": "death"}, []string{"a"}, true},
		{"first", "skip", Facts{"harm": "death"}, []string{"b"}, true},
		{"first", "skip", Facts{"harm": "death", "media": false}, []string{"b"}, false},
		{"unique", "cautious", Facts{"harm": "death"}, []string{"b"}, false},
		{"unique", "cautious", Facts{"harm": "death", "media": true}, []string{"a"}, true}, // both true: a fault, shown
		{"unique", "cautious", Facts{}, []string{"a"}, true},
		{"unique", "skip", Facts{}, nil, true},
		{"collect", "cautious", Facts{"harm": "death"}, []string{"a", "b"}, true},
		{"collect", "skip", Facts{"harm": "death"}, []string{"b"}, true},
		{"collect", "cautious", Facts{"harm": "death", "media": true}, []string{"a", "b"}, false},
		{"collect", "cautious", Facts{"harm": "light", "media": false}, []string{}, false},
	}
	for _, c := range cases {
		p := loadText(t, source(c.hit, c.unknown))
		f := table(t, p.Evaluate(Input{Facts: c.facts, Now: noon}), "weigh")
		got, _ := f.Outputs["weight"].([]string)
		if !cmp.Equal(got, c.want) || f.Provisional != c.provisional {
			t.Errorf("%s %s over %v: %v provisional %v; want %v %v", c.hit, c.unknown, c.facts, got, f.Provisional, c.want, c.provisional)
		}
	}
}

// Of a list each element counts by itself: what is certain does not wait for the rest.
func TestListsSettlePerElement(t *testing.T) {
	t.Parallel()
	p := load(t)
	ev := p.Evaluate(Input{Facts: Facts{"quality": true, "harm": "death", "missed_contact": false}, Now: noon})
	for condition, want := range map[string]struct {
		verdict Verdict
		missing string
	}{
		`"1" in council`:                  {True, ""},
		`"2" in council`:                  {False, "media"}, // not met as it stands, open all the same
		`"3" in council`:                  {False, ""},
		`any_in(council, ["1", "2"])`:     {True, ""},
		`any_in(council, ["2", "3"])`:     {False, "media"},
		`size(council) == 1`:              {True, "media"},
		`council.exists(c, c == "1")`:     {True, ""},
		`council.all(c, c == "1")`:        {True, "media"},
		`"that" in inform`:                {True, ""},
		`"summary" in inform`:             {True, "media"},
		`"2" in council_possible`:         {True, "media"},
		`!known(media) && "1" in council`: {True, ""},
	} {
		verdict, reason := p.Holds(condition, ev, nil)
		if missing := strings.Join(reason.Missing, " "); verdict != want.verdict || missing != want.missing {
			t.Errorf("%s: %v, missing %q; want %v, %q", condition, verdict, missing, want.verdict, want.missing)
		}
	}
}

// A person decides; the decision wins, ends what was provisional, and shows where it differs.
func TestDecisionWins(t *testing.T) {
	t.Parallel()
	p := load(t)
	in := Input{Facts: calamity, Now: noon, Decided: map[string]Decided{
		"classification": {Outputs: Facts{"class": "incident"}, At: noon},
		"council":        {Met: []string{"1", "2"}, At: noon},
	}}
	ev := p.Evaluate(in)
	f := table(t, ev, "classification")
	if !f.Differs || f.Outputs["class"] != "calamity" || ev.Facts["class"] != "incident" || ev.Unsettled["class"] {
		t.Errorf("differs %v, proposed %v, holds %v", f.Differs, f.Outputs, ev.Facts["class"])
	}
	if !ev.Criteria[0].Differs || !cmp.Equal(ev.Facts["council"], []string{"1", "2"}) {
		t.Errorf("criteria: differs %v, hold %v", ev.Criteria[0].Differs, ev.Facts["council"])
	}
	if ev.Facts["classification_decided"] != true || ev.Facts["classify_done"] != true {
		t.Error("the decision does not show as a milestone and a step done")
	}
	in.Decided["classification"] = Decided{Outputs: Facts{"class": "calamity"}}
	in.Decided["council"] = Decided{Met: []string{"1"}}
	if ev := p.Evaluate(in); table(t, ev, "classification").Differs || ev.Criteria[0].Differs {
		t.Error("control: a decision as proposed differs")
	}
}

// A question that does not arise has an empty outcome, for certain.
func TestQuestionThatDoesNotArise(t *testing.T) {
	t.Parallel()
	p := load(t)
	ev := p.Evaluate(Input{Facts: Facts{"quality": false}, Now: noon})
	f := table(t, ev, "form_of_information")
	if f.Arises != False || f.Outputs != nil {
		t.Errorf("arises %v with %v", f.Arises, f.Outputs)
	}
	if v, r := p.Holds(`"that" in inform || known(inform)`, ev, nil); v != False || r.Missing != nil {
		t.Errorf("%v %v; want no, missing nothing", v, r.Missing)
	}
}

func TestDutyStates(t *testing.T) {
	t.Parallel()
	p := load(t)
	for _, c := range []struct {
		facts       Facts
		must, state string
		provisional bool
	}{
		{Facts{}, "yes", "unknown", true},
		{calamity, "yes", "open", false},
		{with(calamity, "inspectorate_done_at", noon), "yes", "done", false},
		{with(calamity, "laws", []string{"wmo"}), "consult", "open", false},
		{with(calamity, "quality", false), "no", "not_applicable", false},
	} {
		d := p.Evaluate(Input{Facts: c.facts, Now: noon}).Duties[0]
		if d.Must != c.must || d.State != c.state || d.Provisional != c.provisional {
			t.Errorf("%v: %s %s %v; want %s %s %v", c.facts, d.Must, d.State, d.Provisional, c.must, c.state, c.provisional)
		}
	}
	d := p.Evaluate(Input{Facts: with(calamity, "laws", []string{"wmo"}), Now: noon}).Duties[0]
	if d.Note.EN != "consult the supervisor" || d.Reason.Rule != "wmo" {
		t.Errorf("note %v, rule %s", d.Note, d.Reason.Rule)
	}
}

// Rows overlay the case: steps and clocks run per row, and a row knows its own milestones.
func TestRows(t *testing.T) {
	t.Parallel()
	p := load(t)
	rows := []Row{
		{ID: "r1", Facts: Facts{"party_kind": "care", "party_asked_at": noon.Add(-100 * time.Hour)}},
		{ID: "r2", Facts: Facts{"party_kind": "care", "party_asked_at": noon, "ask_party_done_at": noon.Add(time.Hour)}},
		{ID: "r3", Facts: Facts{}},
	}
	ev := p.Evaluate(Input{Facts: calamity, Rows: map[string][]Row{"party": rows}, Now: noon.Add(2 * time.Hour)})
	states := map[string]DeadlineState{}
	for _, d := range ev.Deadlines {
		if d.Deadline.ID == "T-04" {
			states[d.Row] = d.State
		}
	}
	if want := (map[string]DeadlineState{"r1": ClockLate, "r2": ClockMet, "r3": ClockWaiting}); !cmp.Equal(states, want) {
		t.Errorf("clocks %v, want %v", states, want)
	}
	open := map[string]Verdict{}
	for _, s := range ev.Steps {
		if s.Step.ID == "ask_party" {
			open[s.Row] = s.Open
		}
	}
	if want := (map[string]Verdict{"r1": True, "r2": False, "r3": Unknown}); !cmp.Equal(open, want) {
		t.Errorf("steps %v, want %v", open, want)
	}
	if ev.Facts["party_rows"] != int64(3) || ev.Facts["inspectorate_involved"] != nil {
		t.Errorf("rows %v, inspectorate %v; want 3 and unknown", ev.Facts["party_rows"], ev.Facts["inspectorate_involved"])
	}
	rows[2].Facts["party_kind"] = "inspectorate"
	if ev := p.Evaluate(Input{Rows: map[string][]Row{"party": rows}, Now: noon}); ev.Facts["inspectorate_involved"] != true {
		t.Error("control: one row that fits is not enough")
	}
	if ev := p.Evaluate(Input{Now: noon}); ev.Facts["inspectorate_involved"] != false {
		t.Error("no rows: want no")
	}
}

// D-02 in the engine: a clock from a fact, a chained clock, and conditions over clocks.
func TestClocksInTheEngine(t *testing.T) {
	t.Parallel()
	p := load(t)
	ev := p.Evaluate(Input{Facts: calamity, Now: noon})
	if ev.Facts["t_01_state"] != "met" || ev.Facts["t_03_state"] != "running" {
		t.Errorf("states %v %v", ev.Facts["t_01_state"], ev.Facts["t_03_state"])
	}
	late := p.Evaluate(Input{Facts: with(calamity, "dat_released_at", noon.Add(400*time.Hour)), Now: noon.Add(500 * time.Hour)})
	for _, d := range late.Deadlines {
		if d.Deadline.ID == "T-02" && (d.State != ClockMetLate || !d.Met.Equal(noon.Add(400*time.Hour))) {
			t.Errorf("T-02 %s at %s; want met late at the release", d.State, d.Met)
		}
	}
	for _, d := range p.Evaluate(Input{Facts: with(calamity, "quality", false), Now: noon}).Deadlines {
		if d.Deadline.ID == "T-02" {
			t.Error("control: a clock runs that does not apply")
		}
	}
}

// A product is filled at its own level; what people typed stays text.
func TestCompose(t *testing.T) {
	t.Parallel()
	p := load(t)
	ev := p.Evaluate(Input{Facts: with(calamity, "organisation", "Alfa *[x](http://example.org)*"), Now: noon})
	parts := p.Compose(p.Product("dat"), ev, nil)
	if !strings.Contains(parts["what"], `een **calamiteit** gemeld door Alfa \*\[x\]`) {
		t.Errorf("what: %s", parts["what"])
	}
	if _, ok := parts["press"]; ok {
		t.Error("a part stands whose condition does not hold")
	}
	ev = p.Evaluate(Input{Facts: with(calamity, "media", true), Now: noon})
	if parts := p.Compose(p.Product("dat"), ev, nil); parts["press"] == "" {
		t.Error("control: the part is gone although its condition holds")
	}
	deep := *p.Product("dat")
	deep.Parts = []Part{{ID: "x", Text: Text{NL: "over {{contact_mail}}{{story}}."}}}
	ev = p.Evaluate(Input{Facts: with(calamity, "contact_mail", "mila@example.org", "story", "geheim"), Now: noon})
	if got := p.Compose(&deep, ev, nil)["x"]; got != "over ." {
		t.Errorf("deeper facts leak into a V1 product: %q", got)
	}
	deep.Level = "V5"
	if got := p.Compose(&deep, ev, nil)["x"]; !strings.Contains(got, "geheim") {
		t.Errorf("control: at V5 the fact is missing: %q", got)
	}
	if got := p.Fill(deep.Subject, "V1", ev, nil); got != (Text{"Melding 2026-001", "Report 2026-001"}) {
		t.Errorf("subject %v", got)
	}
}

func TestHoldsGuardsRelease(t *testing.T) {
	t.Parallel()
	p := load(t)
	stop := p.Product("dat").Stop[0]
	ev := p.Evaluate(Input{Facts: calamity, Now: noon})
	if v, _ := p.Holds(stop.Unless, ev, nil); v != False {
		t.Errorf("before the decision: %v", v)
	}
	ev = p.Evaluate(Input{Facts: calamity, Now: noon, Decided: map[string]Decided{"classification": {Outputs: Facts{"class": "calamity"}}}})
	if v, _ := p.Holds(stop.Unless, ev, nil); v != True {
		t.Errorf("after the decision: %v", v)
	}
	if v, _ := p.Holds("no_such_fact", ev, nil); v != Unknown {
		t.Errorf("a condition that is wrong: %v", v)
	}
	if v, _ := p.Holds(`party_kind == "care"`, ev, Facts{"party_kind": "care"}); v != True {
		t.Errorf("over a row: %v", v)
	}
}

func TestWarnings(t *testing.T) {
	t.Parallel()
	p := loadText(t, `
roles:
  - {id: ghost, title: Niemand}
tables:
  - id: weigh
    title: Wegen
    outputs: [{id: heavy, title: Zwaar, type: yesno}]
    rules:
      - {id: a, then: {heavy: true}}
      - {id: b, when: media, then: {heavy: false}}
products:
  - {id: dat, title: Dat, level: V1, parts: [{id: a, text: Hallo}]}
deadlines:
  - {id: T-01, title: Melden, from: happened, within: 2 days, met: media}
`)
	all := Problems(p.Warnings()).Error()
	for _, want := range []string{"nooit aan de beurt", `rol "ghost"`, "geen ontvangers", "Niemand mag product", "moment niet bekend"} {
		if !strings.Contains(all, want) {
			t.Errorf("no warning with %q in:\n%s", want, all)
		}
	}
	if n := len(load(t).Warnings()); n != 0 {
		t.Errorf("control: the sound example has %d warnings: %v", n, load(t).Warnings())
	}
}

// The worked example in the reference is a protocol that loads.
func TestReferenceExampleLoads(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/protocol-language.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```yaml\n")
	example, _, _ := strings.Cut(rest, "```")
	p, err := Load(mapFolder("protocol.yaml", []byte(example)))
	if err != nil {
		t.Fatal(err)
	}
	f := p.Evaluate(Input{Facts: Facts{"harm": "serious"}, Now: noon}).Tables[0]
	if f.Outputs["class"] != "calamity" || !f.Provisional || !cmp.Equal(f.Reasons[0].Missing, []string{"quality"}) {
		t.Errorf("the page promises a provisional calamity that needs quality: %+v", f)
	}
	_, rest, _ = strings.Cut(rest, "```yaml\n")
	cases, _, _ := strings.Cut(rest, "```")
	results, err := p.RunCases(mapFolder("cases/example.yaml", []byte(cases)))
	if err != nil || len(results) != 1 || !results[0].Passed() {
		t.Errorf("the case of the page: %v %+v", err, results)
	}
}

// loadText lays one file over the sound base of the malformed protocols.
func loadText(t *testing.T, text string) *Protocol {
	t.Helper()
	fsys, _ := folder(t, "testdata/malformed/base.txtar")
	fsys.(fstest.MapFS)["b.yaml"] = &fstest.MapFile{Data: []byte(text)}
	p, err := Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
