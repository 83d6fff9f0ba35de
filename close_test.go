// SPDX-License-Identifier: EUPL-1.2

package loket_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"example.org/loket"
	"example.org/loket/protocol"
)

// twoSided has an aftermath that ends the handling beside it, and learning that only follows.
const twoSided = `protocol: {id: two, version: "1", title: Twee}
roles: [{id: officer, title: Loket, side: desk, sees: V3, may: [report, work, record, decide, close]}]
kinds: [{id: k, title: Zaak}]
phases:
  - {id: aftermath, title: Nafase, checks: after, closed_by: [officer], ends: [handling], then: learning}
  - {id: handling, title: Afhandeling, checks: handled, closed_by: [officer]}
  - {id: learning, title: Leren, closed_by: [officer]}
forms:
  - {id: f, title: F, use: report, opens: k, sections: [{id: s, title: S, fields: [{id: found, label: B, type: yesno, level: V1}, {id: told, label: T, type: yesno, level: V1}]}]}
checks:
  - {id: after, title: Nafase, items: [{id: found, title: Gevonden, ok: found, ask: Zoek het uit.}]}
  - {id: handled, title: Afhandeling, items: [{id: found, title: Gevonden, ok: found, ask: Zoek het uit.}, {id: told, title: Verteld, ok: told, ask: Vertel het.}]}
`

func twoPhases(t *testing.T, was, is string) (*loket.Case, *protocol.Protocol) {
	t.Helper()
	p, err := protocol.Load(fstest.MapFS{"protocol.yaml": &fstest.MapFile{Data: []byte(strings.Replace(twoSided, was, is, 1))}})
	if err != nil {
		t.Fatal(err)
	}
	c := loket.NewCase("zaak")
	apply(c, loket.CaseOpened{Number: "2026-0001", Tenant: "two", Kind: "k", Protocol: "two", ProtocolVersion: "1"})
	return c, p
}

// R-I-91, DT-24: a phase that ends another asks what closing both asks, each question once, and
// closes both; what only follows stays open. Reopening one reopens the other.
func TestPhaseEndsAnother(t *testing.T) {
	t.Parallel()
	c, p := twoPhases(t, "", "")
	e := refused(t, c, p, loket.PhaseClosed{Phase: "aftermath"}, loket.Motivation)
	if len(e.Fields) != 2 || e.Fields[0].Field != "found" || e.Fields[1].Field != "told" {
		t.Errorf("closing asks %+v", e.Fields)
	}
	refused(t, c, p, loket.PhaseClosed{Phase: "aftermath", Motivations: map[string]string{"found": "Blijft onbekend."}}, loket.Motivation)
	out := want(t, c, p, loket.PhaseClosed{Phase: "aftermath", Motivations: map[string]string{"found": "Blijft onbekend.", "told": "Niemand te vinden."}})
	if len(out) != 2 {
		t.Fatalf("closed %+v", out)
	}
	if with := out[1].(loket.PhaseClosed); with.Phase != "handling" || with.With != "aftermath" || strings.Join(with.Open, " ") != "found told" {
		t.Errorf("closed with it: %+v", with)
	}
	if !c.Phases["handling"].Closed || c.Phases["learning"] != nil {
		t.Errorf("handling %+v, learning %+v", c.Phases["handling"], c.Phases["learning"])
	}
	refused(t, c, p, loket.Reopened{Phase: "handling"}, loket.Motivation)
	want(t, c, p, loket.Reopened{Phase: "handling", Reason: "Er is nieuws."})
	if c.Phases["handling"].Closed || c.Phases["aftermath"].Closed {
		t.Error("one of the two stays closed, and so does the case")
	}
}

// Control: without ends the handling stays open, and nobody is asked about it.
func TestPhaseEndsAnotherControl(t *testing.T) {
	t.Parallel()
	c, p := twoPhases(t, "ends: [handling], ", "")
	out := want(t, c, p, loket.PhaseClosed{Phase: "aftermath", Motivations: map[string]string{"found": "Blijft onbekend."}})
	if len(out) != 1 || c.Phases["handling"] != nil {
		t.Errorf("closed %+v", out)
	}
}

// What was closed before is not closed again with another.
func TestPhaseEndsOnce(t *testing.T) {
	t.Parallel()
	c, p := twoPhases(t, "", "")
	apply(c, loket.ReportReceived{Report: "r", Form: "f", Facts: protocol.Facts{"found": true}})
	want(t, c, p, loket.PhaseClosed{Phase: "handling", Motivations: map[string]string{"told": "Niemand te vinden."}})
	if out := want(t, c, p, loket.PhaseClosed{Phase: "aftermath"}); len(out) != 1 {
		t.Errorf("closed again: %+v", out)
	}
}
