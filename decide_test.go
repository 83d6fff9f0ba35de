// SPDX-License-Identifier: EUPL-1.2

package loket_test

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

var monday = time.Date(2026, 3, 30, 10, 0, 0, 0, time.UTC)

func example(t *testing.T) *protocol.Protocol {
	t.Helper()
	p, err := protocol.Load(os.DirFS("protocol/testdata/voorbeeld"))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// opened is a case with one report: serious harm through care, with a story and a contact.
func opened(t *testing.T, facts protocol.Facts) *loket.Case {
	t.Helper()
	c := loket.NewCase("zaak")
	apply(c, loket.CaseOpened{Number: "2026-0001", Tenant: "voorbeeld", Kind: "incident", Protocol: "voorbeeld", ProtocolVersion: "1.0"})
	apply(c, loket.ReportReceived{Report: "r1", Form: "report", Channel: "web", Organisation: "Alfa", Facts: facts})
	return c
}

func apply(c *loket.Case, payloads ...loket.Payload) {
	for _, p := range payloads {
		c.Apply(loket.Event{Case: c.ID, Seq: c.Version + 1, At: monday, By: "samira", Role: "officer", Payload: p})
	}
}

func want(t *testing.T, c *loket.Case, p *protocol.Protocol, payload loket.Payload) []loket.Payload {
	t.Helper()
	out, err := loket.Decide(c, p, payload, monday)
	if err != nil {
		t.Fatalf("%s refused: %v", payload.Type(), err)
	}
	apply(c, out...)
	return out
}

func refused(t *testing.T, c *loket.Case, p *protocol.Protocol, payload loket.Payload, code loket.Code) *loket.Error {
	t.Helper()
	_, err := loket.Decide(c, p, payload, monday)
	if loket.ErrorCode(err) != code {
		t.Fatalf("%s: want a refusal %q, got %v", payload.Type(), code, err)
	}
	return err.(*loket.Error)
}

var serious = protocol.Facts{"harm": "serious", "quality": true, "laws": []string{"jeugdwet"}, "story": "Mila Verzonnen viel", "contact_mail": "ruth@example.org"}

// R-I-05, R-R-16: confirming needs no reason, deviating does, an empty one is not accepted.
func TestDecisionDeviatesOnlyWithMotivation(t *testing.T) {
	t.Parallel()
	p, c := example(t), opened(t, serious)
	asProposed := want(t, c, p, loket.Decided{Subject: "classification"})[0].(loket.Decided)
	if asProposed.Deviates || asProposed.Outputs["class"] != "calamity" {
		t.Fatalf("the proposal was not taken over: %+v", asProposed)
	}
	other := loket.Decided{Subject: "classification", Outputs: map[string]any{"class": "event"}, Motivation: "  "}
	refused(t, c, p, other, loket.Motivation)
	other.Motivation = "De arts sprak van een kneuzing."
	if d := want(t, c, p, other)[0].(loket.Decided); !d.Deviates || d.Proposed["class"] != "calamity" {
		t.Fatalf("the deviation does not show what was proposed: %+v", d)
	}
	if len(c.Deviations) != 1 {
		t.Fatalf("deviations: %v", c.Deviations)
	}
	refused(t, c, p, loket.Decided{Subject: "classification", Outputs: map[string]any{"class": "ramp"}}, loket.Invalid)
	refused(t, c, p, loket.Decided{Subject: "bestaat_niet"}, loket.Invalid)
}

// R-R-33 … R-R-48: settling an unknown criterion is a judgement; contradicting the facts
// is a deviation.
func TestCriteriaDecision(t *testing.T) {
	t.Parallel()
	p, c := example(t), opened(t, serious)
	if d := want(t, c, p, loket.Decided{Subject: "council", Met: []string{"2"}})[0].(loket.Decided); d.Deviates || !d.Provisional {
		t.Fatalf("an unknown criterion was settled, that is no deviation: %+v", d)
	}
	refused(t, c, p, loket.Decided{Subject: "council", Met: []string{"1"}}, loket.Motivation)
	refused(t, c, p, loket.Decided{Subject: "council", Met: []string{"99"}, Motivation: "x"}, loket.Invalid)
}

// Steps, notes, questions and openings: a reason where the reader needs one later.
func TestReasonsAreNeeded(t *testing.T) {
	t.Parallel()
	p, c := example(t), opened(t, serious)
	refused(t, c, p, loket.FieldsOpened{Fields: []string{"story"}, Purpose: " "}, loket.Motivation) // R-R-62
	refused(t, c, p, loket.CaseEnded{As: "event"}, loket.Motivation)
	refused(t, c, p, loket.FactsErased{Fields: []string{"contact_mail"}}, loket.Motivation)
	refused(t, c, p, loket.Noted{Text: ""}, loket.Invalid)
	refused(t, c, p, loket.Asked{To: "reporter"}, loket.Invalid)
	refused(t, c, p, loket.Linked{Other: c.ID, Verdict: "same_report"}, loket.Invalid)
	refused(t, c, p, loket.StepSkipped{Step: "own:1", Motivation: "later"}, loket.Invalid)
	want(t, c, p, loket.StepAdded{Step: "own:1", Title: "Bel de school"}) // R-I-04
	refused(t, c, p, loket.StepSkipped{Step: "own:1"}, loket.Motivation)
	want(t, c, p, loket.StepSkipped{Step: "own:1", How: "not", Motivation: "School weet het al."})
}

// R-I-05, SM-1: what somebody chooses from a closed list is one of that list, and a name is one
// that the protocol has. Otherwise the record would say something that no rule and no page knows.
func TestChoicesAreKnown(t *testing.T) {
	t.Parallel()
	p, c := example(t), opened(t, serious)
	want(t, c, p, loket.StepAdded{Step: "own:1", Title: "Bel de school"})
	to := loket.Recipient{ID: "lena", Name: "Lena Denkbeeld"}
	for _, wrong := range []loket.Payload{
		loket.StepSkipped{Step: "own:1", How: "never", Motivation: "x"},
		loket.CaseEnded{As: "gone", Reason: "x"},
		loket.Told{Recipient: to, Channel: "fax"},
		loket.Asked{Fields: []string{"story", "stroy"}, To: "reporter"},
		loket.FactsErased{Fields: []string{"contact_mial"}, Reason: "x"},
		loket.ProductDrafted{Product: "dat", LeftEmpty: map[string]string{"nowhere": "x"}},
	} {
		refused(t, c, p, wrong, loket.Invalid)
	}
	// Control: the same with known words.
	for _, right := range []loket.Payload{
		loket.Told{Recipient: to, Channel: "spoken"},
		loket.Asked{Fields: []string{"story"}, To: "reporter"},
		loket.FactsErased{Fields: []string{"contact_mail"}, Reason: "x"},
		loket.ProductDrafted{Product: "dat", LeftEmpty: map[string]string{"what": "x"}},
		loket.CaseEnded{As: "withdrawn", Reason: "x"},
	} {
		want(t, c, p, right)
	}
}

// R-R-63: a further report closes the questions it answers, and only those.
func TestReportAnswersQuestions(t *testing.T) {
	t.Parallel()
	p, c := example(t), opened(t, serious)
	want(t, c, p, loket.Asked{Question: "q1", Fields: []string{"media"}, To: "reporter"})
	want(t, c, p, loket.Asked{Question: "q2", Fields: []string{"persons"}, To: "reporter"})
	want(t, c, p, loket.ReportReceived{Report: "r2", Form: "report", Facts: protocol.Facts{"media": true}})
	if !c.Questions[0].Done || c.Questions[1].Done {
		t.Fatalf("questions after the answer: %+v", c.Questions)
	}
}

// R-R-62: an event prints, logs, marshals and stores as its type only.
func TestEventsDoNotLeak(t *testing.T) {
	t.Parallel()
	e := opened(t, serious).Events[1]
	for _, printed := range []string{fmt.Sprint(e), fmt.Sprintf("%v", e), fmt.Sprintf("%+v", e), fmt.Sprintf("%#v", e), fmt.Sprintf("%s", e), e.LogValue().String()} {
		if strings.Contains(printed, "Mila") {
			t.Errorf("an event prints its content: %s", printed)
		}
	}
	if _, err := json.Marshal(e); err == nil {
		t.Error("an event marshals unsealed")
	}
	var v driver.Valuer = e
	if _, err := v.Value(); err == nil {
		t.Error("database/sql takes an unsealed event")
	}
	if control := fmt.Sprintf("%+v", struct{ Story any }{serious["story"]}); !strings.Contains(control, "Mila") {
		t.Error("control: a plain value should print")
	}
}

// D-26: deep facts lie in the vault; without it the rest of the event is still readable.
func TestEncodeKeepsDeepFactsApart(t *testing.T) {
	t.Parallel()
	p := example(t)
	payload := opened(t, serious).Events[1].Payload
	enc, err := loket.Encode(p, payload)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(enc.Body), "Mila") || strings.Contains(string(enc.Body), "ruth@") {
		t.Error("a V4 or V5 fact lies outside the vault")
	}
	back, err := loket.Decode(p, payload.Type(), enc)
	if err != nil {
		t.Fatal(err)
	}
	if got := back.(loket.ReportReceived).Facts; got["story"] != serious["story"] || got["harm"] != "serious" {
		t.Errorf("facts after the round trip: %v", got)
	}
	back, err = loket.Decode(p, payload.Type(), loket.Encoded{Body: enc.Body})
	if got := back.(loket.ReportReceived).Facts; err != nil || got["quality"] != true || got["harm"] != nil || got["story"] != nil {
		t.Errorf("after erasing the vault: %v, %v", got, err)
	}
}

// A further sending without any answer is refused: it would count as the answer to whatever the
// desk asked in its own words. Control: with one answer it is taken, and answers it.
func TestEmptySendingAnswersNothing(t *testing.T) {
	t.Parallel()
	p := example(t)
	c := opened(t, protocol.Facts{"organisation": "Alfa"})
	apply(c, loket.Asked{Question: "q", Text: "Wie was erbij?", To: "reporter"})
	form := p.Forms[0].ID
	refused(t, c, p, loket.ReportReceived{Report: "r2", Form: form, Channel: "web"}, loket.Invalid)
	want(t, c, p, loket.ReportReceived{Report: "r2", Form: form, Channel: "web", Facts: protocol.Facts{"organisation": "Alfa"}})
	if !c.Questions[0].Done {
		t.Error("control: an answer answers nothing")
	}
}
