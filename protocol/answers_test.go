// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"encoding/json"
	"io/fs"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func posted(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

var sendable = []string{"organisation", "Alfa", "happened_date", "2026-03-02", "happened_time", "14:00"}

func read(t *testing.T, pairs ...string) (Facts, map[string]AnswerError) {
	t.Helper()
	p := load(t)
	facts, errors := p.ReadAnswers(p.Form("report"), posted(append(slices.Clone(sendable), pairs...)...), noon)
	byField := map[string]AnswerError{}
	for _, e := range errors {
		byField[e.Field] = e
		if e.Message.NL == "" || e.Message.EN == "" {
			t.Errorf("%s: message without words: %+v", e.Field, e)
		}
	}
	return facts, byField
}

// R-R-137: only organisation and when are needed to send.
func TestReadAnswersNeedsLittle(t *testing.T) {
	t.Parallel()
	facts, errors := read(t)
	if len(errors) != 0 {
		t.Fatalf("refused: %v", errors)
	}
	at := time.Date(2026, 3, 2, 13, 0, 0, 0, time.UTC)
	want := Facts{"organisation": "Alfa", "happened": Occurrence{From: at, To: at, Precision: PrecisionMoment}}
	got, _ := load(t).EncodeFacts(facts)
	wanted, _ := load(t).EncodeFacts(want)
	if diff := cmp.Diff(string(wanted), string(got)); diff != "" {
		t.Error(diff)
	}
	p := load(t)
	_, missing := p.ReadAnswers(p.Form("report"), url.Values{}, noon)
	if len(missing) != 2 || !missing[0].Missing || !missing[1].Missing {
		t.Errorf("nothing posted: %v; want organisation and happened missing", missing)
	}
}

func TestReadAnswersByType(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		pairs []string
		fact  string
		want  any  // nil: not a fact
		fault bool // refused
	}{
		{"choice", []string{"harm", "light"}, "harm", "light", false},
		{"choice unknown option", []string{"harm", "unknown"}, "harm", nil, false},
		{"choice not in list", []string{"harm", "huge"}, "harm", nil, true},
		{"choices", []string{"laws", "wmo", "laws", "jeugdwet", "laws", "wmo"}, "laws", []string{"wmo", "jeugdwet"}, false},
		{"choices unknown only", []string{"laws", "unknown"}, "laws", nil, false},
		{"choices not in list", []string{"laws", "wmo", "laws", "x"}, "laws", nil, true},
		{"words with an option", []string{"laws", "other", "laws_other", " Wlz "}, "laws_other", "Wlz", false},
		{"words without the option", []string{"laws", "wmo", "laws_other", "Wlz"}, "laws_other", nil, false},
		{"yes", []string{"quality", "yes"}, "quality", true, false},
		{"no", []string{"quality", "no"}, "quality", false, false},
		{"neither", []string{"quality", "maybe"}, "quality", nil, true},
		{"number", []string{"persons", "12"}, "persons", int64(12), false},
		{"number too high", []string{"persons", "501"}, "persons", nil, true},
		{"number below zero", []string{"persons", "-1"}, "persons", nil, true},
		{"no number", []string{"persons", "veel"}, "persons", nil, true},
		{"mail", []string{"contact_mail", "mila@example.org"}, "contact_mail", "mila@example.org", false},
		{"no mail", []string{"contact_mail", "mila at example"}, "contact_mail", nil, true},
		{"phone", []string{"contact_phone", "+31 10 000 00 00"}, "contact_phone", "+31 10 000 00 00", false},
		{"no phone", []string{"contact_phone", "bel mij"}, "contact_phone", nil, true},
		{"long text", []string{"story", "a\r\nb\x00"}, "story", "a\nb", false},
		{"too long", []string{"story", strings.Repeat("é", 4001)}, "story", nil, true},
		{"at the limit", []string{"story", strings.Repeat("é", 4000)}, "story", strings.Repeat("é", 4000), false},
		{"not UTF-8", []string{"story", "a\xffb"}, "story", "a�b", false},
		{"not a question", []string{"received_at", "x", "class", "event"}, "class", nil, false},
		{"hidden", []string{"missed_contact", "yes"}, "missed_contact", nil, false},
		{"shown", []string{"missed_contact", "yes", "laws", "wmo", "harm", "death"}, "missed_contact", true, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			facts, errors := read(t, c.pairs...)
			if diff := cmp.Diff(c.want, facts[c.fact]); diff != "" {
				t.Errorf("%s: %s", c.fact, diff)
			}
			if (len(errors) > 0) != c.fault {
				t.Errorf("errors %v; want fault %v", errors, c.fault)
			}
		})
	}
}

// A bad answer to a question that is not asked refuses nothing.
func TestHiddenFaultsDoNotRefuse(t *testing.T) {
	t.Parallel()
	if _, errors := read(t, "missed_contact", "perhaps"); len(errors) != 0 {
		t.Errorf("refused: %v", errors)
	}
	if _, errors := read(t, "missed_contact", "perhaps", "laws", "wmo", "harm", "death"); len(errors) != 1 {
		t.Errorf("control: the shown question is not refused: %v", errors)
	}
}

const caseForm = `
tables:
  - id: kind_of
    title: Soort
    decided_by: [officer]
    outputs: [{id: class, title: Soort, type: choice, options: [{id: a, label: A}, {id: b, label: B}]}]
    rules:
      - {id: one, when: harm == "light", then: {class: b}}
criteria:
  - {id: council, title: Lijst, items: [{id: "1", title: Een, when: media}]}
facts:
  - {id: inspected, title: Inspectie, any: party, where: party_inspects}
forms:
  - id: party
    title: Partij
    use: rows
    sections: [{id: s, fields: [{id: party_inspects, label: Inspectie, type: yesno, level: V2}]}]
  - id: later
    title: Later
    use: officer
    sections: [{id: s, fields: [{id: why, label: Waarom, type: text, level: V2, show: 'CONDITION'}]}]
`

// A form on an existing case may ask by what the case knows.
func TestReadAnswersInACase(t *testing.T) {
	t.Parallel()
	p := loadText(t, `
forms:
  - id: later
    title: Later
    use: officer
    sections:
      - id: s
        fields:
          - {id: why, label: Waarom, type: text, level: V2, show: harm == "death" && report_sent}
          - {id: media}
          - {id: paper, label: Krant, type: text, level: V2, show: media}
`)
	f := p.Form("later")
	answer := posted("why", "daarom", "paper", "krant")
	if facts, _ := p.ReadAnswers(f, answer, noon); len(facts) != 0 {
		t.Errorf("control: without the case nothing is asked, yet %v", facts)
	}
	known := Facts{"harm": "death", "report_sent": true, "media": true}
	if facts, _ := p.ReadAnswersIn(f, answer, known, noon); facts["paper"] == nil {
		t.Errorf("a question that was not posted keeps what was known, yet its answer was lost: %v", facts)
	}
	cleared := posted("why", "daarom", "paper", "krant", "media", "")
	facts, errors := p.ReadAnswersIn(f, cleared, known, noon)
	if !cmp.Equal(facts, Facts{"why": "daarom"}) || len(errors) != 0 {
		t.Errorf("got %v %v; want why alone: media was cleared in the form", facts, errors)
	}
	for condition, known := range map[string]Facts{
		"inspected":                {"inspected": true},                     // from rows
		`class == "a"`:             {"class": "a", "kind_of_decided": true}, // decided otherwise
		`class == "b"`:             {"class": "a", "harm": "light"},         // found again
		`"1" in council && closed`: {"council": []string{"1"}, "council_decided": true, "closed_at": noon},
	} {
		p := loadText(t, strings.Replace(caseForm, "CONDITION", condition, 1))
		if facts, _ := p.ReadAnswersIn(p.Form("later"), answer, known, noon); facts["why"] == nil {
			t.Errorf("%s over %v: not asked", condition, known)
		}
		if facts, _ := p.ReadAnswersIn(p.Form("later"), answer, Facts{"harm": "death"}, noon); facts["why"] != nil {
			t.Errorf("control: %s is asked without the case", condition)
		}
	}
	if len(known) != 3 {
		t.Errorf("the facts of the case were changed: %v", known)
	}
}

func TestProgressCountsWhatIsShown(t *testing.T) {
	t.Parallel()
	p := load(t)
	f := p.Form("report")
	answered, asked, missing := p.Progress(f, Facts{"organisation": "Alfa", "harm": "light"}, noon)
	if answered != 2 || asked != 6 || slices.Contains(missing, "missed_contact") {
		t.Errorf("answered %d of %d, missing %v", answered, asked, missing)
	}
	_, asked, missing = p.Progress(f, Facts{"organisation": "Alfa", "harm": "death", "laws": []string{"wmo"}}, noon)
	if asked != 7 || !slices.Contains(missing, "missed_contact") {
		t.Errorf("asked %d, missing %v; want the conditional question among them", asked, missing)
	}
}

func TestFactsKeepTheirTypesInJSON(t *testing.T) {
	t.Parallel()
	p := load(t)
	facts := Facts{
		"a": true, "b": "tekst", "c": []string{"x", "y"}, "d": []string{}, "e": int64(1 << 60), "f": noon,
		"g": Occurrence{From: noon, To: noon.Add(time.Hour), Precision: PrecisionPeriod, Discovered: noon.Add(2 * time.Hour)},
		"h": Occurrence{Precision: PrecisionDiscovered, Discovered: noon},
	}
	data, err := p.EncodeFacts(facts)
	if err != nil {
		t.Fatal(err)
	}
	back, err := p.DecodeFacts(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(facts, back); diff != "" {
		t.Error(diff)
	}
	facts["i"], facts["é"] = "regel 1\nregel \"2\" <b> & \\ é \u2028 \x7f\t", "ü"
	if data, err = p.EncodeFacts(facts); err != nil {
		t.Fatal(err)
	}
	plain := map[string]encoded{}
	if err := json.Unmarshal(data, &plain); err != nil {
		t.Fatalf("no JSON: %s: %v", data, err)
	}
	if again, err := json.Marshal(plain); err != nil || string(again) != string(data) {
		t.Errorf("encoding/json writes\n%s, not\n%s", again, data)
	}
	some, err := p.EncodeSome(facts, func(id string) bool { return id == "a" || id == "e" })
	if err != nil || string(some) != `{"a":{"b":true},"e":{"n":1152921504606846976}}` {
		t.Errorf("%s (%v)", some, err)
	}
	if _, err := p.EncodeFacts(Facts{"a": 1.5}); err == nil {
		t.Error("control: a value of no known type is encoded")
	}
	if _, err := p.DecodeFacts([]byte(`{"a":{}}`)); err == nil {
		t.Error("control: a fact without a value is decoded")
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	p := load(t)
	cases := []struct {
		fact  string
		value any
		want  Text
	}{
		{"harm", "death", Text{"Overleden", "Died"}},
		{"laws", []string{"jeugdwet", "other"}, Text{"Jeugdwet, Anders", "Jeugdwet, Other"}},
		{"quality", true, Text{"ja", "yes"}},
		{"persons", int64(3), Text{"3", "3"}},
		{"inspectorate_must", "consult", Text{"in overleg", "in consultation"}},
		{"nothing", nil, Text{}},
		{"organisation", "Alfa", Text{"Alfa", "Alfa"}},
	}
	for _, c := range cases {
		if got := p.Words(c.fact, c.value); got != c.want {
			t.Errorf("Words(%s, %v) = %v, want %v", c.fact, c.value, got, c.want)
		}
	}
}

func FuzzReadAnswers(f *testing.F) {
	f.Add("harm=death&laws=wmo&missed_contact=yes&happened_date=2026-03-29&happened_time=02:30")
	f.Add("happened_unknown=on&happened_discovered_date=2026-03-01&persons=9999999999999999999")
	f.Add("story=%ff%fe&contact_phone=++++&laws=&laws=%00")
	p := load(f)
	f.Fuzz(func(t *testing.T, query string) {
		values, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		for i := range p.Forms {
			facts, _ := p.ReadAnswers(&p.Forms[i], values, noon)
			data, err := p.EncodeFacts(facts)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := p.DecodeFacts(data); err != nil {
				t.Fatal(err)
			}
			p.Evaluate(Input{Facts: facts, Now: noon})
		}
	})
}

func FuzzLoad(f *testing.F) {
	for _, seed := range []string{
		"protocol: {id: a}\n", "steps: [{id: x, title: X, when: now > now}]", "facts: [{id: a, is: a}]",
		"tables: [{id: t, title: T, outputs: [{id: o, type: yesno}], rules: [{id: r, then: {o: yes}}]}]",
		"forms: [{id: f, use: rows, title: F, sections: [{fields: [{id: a, like: b}, {id: b, like: a}]}]}]",
		"deadlines: [{id: T-1, from: T-1, within: 2 days, title: T}]", "roles: [{id: r, title: R}]\ndeadlines: [{id: T, from: received_at, within: 1 hour, title: T, escalate: [{to: [r]}, {after: 1 desk hour, to: [{role: r, of: [x]}], deputy: true}]}]", "a: &a [*a]", "? [x]: {y}", "x: !!binary 8",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Load(mapFolder("a.yaml", data))
		if err == nil {
			p.Evaluate(Input{Facts: Facts{"received_at": noon}, Now: noon})
		}
	})
}

// R-I-60 R-I-05: “unknown, because” is an answer only with the because; the fault stands at the
// words. Control: with words, with another option, or on an option that asks no reason, all is well;
// a report never waits for a reason.
func TestReasonWithAnOption(t *testing.T) {
	t.Parallel()
	const text = `
protocol: {id: reden, title: Reden, version: "1"}
roles:
  - {id: officer, title: medewerker, side: desk, may: [record]}
forms:
  - id: half
    use: USE
    OPENS
    by: [officer]
    title: Helft
    sections:
      - id: a
        title: A
        fields:
          - {id: safe, type: choice, level: V1, label: Veilig, options: [{id: yes_it_is, label: Ja}, {id: unsure, unknown: true, text: true, reason: true, label: 'Nog niet bekend, want'}, {id: else_where, text: true, label: 'Anders, namelijk'}]}
`
	folder := func(use, opens string) fs.FS {
		return mapFolder("protocol.yaml", []byte(strings.NewReplacer("USE", use, "OPENS", opens).Replace(text)))
	}
	p, err := Load(folder("officer", "ref: half"))
	if err != nil {
		t.Fatal(err)
	}
	for posted, want := range map[string]int{"safe=unsure": 1, "safe=unsure&safe_unsure=++": 1, "safe=unsure&safe_unsure=wij+bellen": 0, "safe=yes_it_is": 0, "safe=else_where": 0, "": 0} {
		values, err := url.ParseQuery(posted)
		if err != nil {
			t.Fatal(err)
		}
		_, faults := p.ReadAnswers(&p.Forms[0], values, noon)
		if len(faults) != want || want == 1 && (faults[0].Field != "safe_unsure" || faults[0].Message != whyMessage) {
			t.Errorf("%q: %+v", posted, faults)
		}
	}
	if _, err := Load(folder("report", "opens: case")); err == nil || !strings.Contains(err.Error(), "wacht niet op een reden") {
		t.Errorf("control: a report waits for a reason: %v", err)
	}
}
