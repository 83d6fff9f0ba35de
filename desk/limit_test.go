// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"slices"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// limited is a desk with a case whose text went to bram, and that the privacy officer limits.
func limited(t *testing.T) *guarded {
	t.Helper()
	g := guard(t)
	g.release(t, g.hidden, "bram")
	g.do(t, officer, g.hidden, loket.StepAdded{Step: "bellen", Title: "Terugbellen", Due: g.clock.at.Add(48 * time.Hour)})
	return g
}

func (g *guarded) limit(t *testing.T) {
	t.Helper()
	g.do(t, privacy, g.hidden, loket.LimitPlaced{Ground: "disputed", Reason: "De moeder betwist de datum"})
}

// reached tells which ways to a case, and out of it, are open.
func (g *guarded) reached(t *testing.T) map[string]bool {
	t.Helper()
	ctx, out, id := t.Context(), map[string]bool{}, g.hidden
	try := func(what string, err error) { out[what] = err == nil }
	_, err := g.Case(ctx, shallow, id)
	try("page", err)
	_, err = g.Do(ctx, shallow, id, desk.Change{Want: loket.Noted{Kind: "note", Text: "gezien"}})
	try("note", err)
	_, err = g.Do(ctx, officer, id, desk.Change{Want: loket.Noted{Kind: "note", Text: "gezien"}})
	try("note of who reads it", err)
	_, err = g.Do(ctx, officer, id, desk.Change{Want: loket.ProductReleased{Product: "dat", Version: 2, Recipients: []loket.Recipient{{ID: "bram", Name: "Bram Nepnaam"}}, Purpose: "informeren"}})
	out["release"] = loket.ErrorCode(err) != loket.Stopped || err.Error() != lastingWords
	_, err = g.Read(ctx, colleague, id, "dat", "", 1)
	try("text that was sent", err)
	_, err = g.ReporterCase(ctx, loket.Actor{ID: "reporter", Case: id, Tenant: "vb", Roles: []string{"reporter"}})
	try("own report", err)
	out["clocks"] = len(g.m.s.clocks[id]) > 0
	out["worklist"] = !slices.Contains([]string{"closed", ""}, g.onWorklist(t, id))
	out["notices"] = slices.ContainsFunc(g.m.s.outbox, func(m desk.Message) bool { return m.Case == id })
	v, err := g.Case(ctx, officer, id)
	if err != nil {
		t.Fatal(err)
	}
	out["facts at once"] = len(v.Answers) > 0
	out["offers"] = v.May["record"] || len(v.Proposals) > 0 || len(v.Forms) > 0
	return out
}

// lastingWords is the refusal of everything but keeping, for who reads the case.
var lastingWords = "Dat kan niet zoals deze zaak er nu voor staat: afgesloten, beëindigd, vastgehouden, beperkt of verder in een andere zaak. Kijk de stand van de zaak na."

// AVG 18: a case that is limited is only kept. Nobody changes it, nothing leaves with it, and
// of those who see it few are left, who open each fact with a purpose. Controls: before it, and
// after it was lifted, all of it goes.
func TestLimitedCaseIsOnlyKept(t *testing.T) {
	t.Parallel()
	g, ctx := limited(t), t.Context()
	for way, open := range g.reached(t) {
		if !open {
			t.Errorf("control: %s is closed before it is limited", way)
		}
	}
	g.limit(t)
	for way, open := range g.reached(t) {
		if open {
			t.Errorf("%s is open", way)
		}
	}
	if _, err := g.Case(ctx, shallow, g.hidden); loket.ErrorCode(err) != loket.Stopped {
		t.Errorf("who saw it before is not told why: %v", err)
	}
	if _, err := g.Case(ctx, north, g.hidden); loket.ErrorCode(err) != loket.NotFound {
		t.Errorf("who never saw it learns that it is there: %v", err)
	}
	v, err := g.Case(ctx, privacy, g.hidden)
	if err != nil || v.Limit == nil || v.Limit.Reason != "De moeder betwist de datum" || v.Status != "limited" || !v.MayLimit {
		t.Fatalf("%v, %+v", err, v)
	}
	facts, err := g.Open(ctx, officer, g.hidden, []string{"story"}, "de datum nakijken")
	if err != nil || len(facts) != 1 || facts[0].Value.NL == "" {
		t.Errorf("with a purpose: %v, %+v", err, facts)
	}
	for _, entry := range []string{"pia limit.placed", "samira fields.opened", "samira read"} {
		if !slices.Contains(g.entries("done"), entry) {
			t.Errorf("not in the ledger: %s in %v", entry, g.entries("done"))
		}
	}
	if !slices.Contains(g.entries("refused"), "kijk read") {
		t.Error("the refusal is not in the ledger")
	}
	g.do(t, privacy, g.hidden, loket.LimitLifted{Reason: "De datum klopte"})
	g.do(t, officer, g.hidden, loket.ProductDrafted{Product: "dat", Parts: map[string]string{"what": "Er is iets gebeurd."}})
	for way, open := range g.reached(t) {
		if !open && way != "notices" { // what was held back does not go after all
			t.Errorf("control: %s stays closed", way)
		}
	}
}

// AVG 18: nothing of it is erased, whatever term ends; a hold stands beside it.
func TestLimitedCaseIsNotErased(t *testing.T) {
	t.Parallel()
	g := limited(t)
	g.limit(t)
	for _, want := range []loket.Payload{
		loket.FactsErased{Fields: []string{"story"}, Reason: "weg"}, loket.DestructionProposed{Ground: "test", Reason: "weg"}, loket.LimitPlaced{Ground: "claim", Reason: "nog eens"},
	} {
		if _, err := g.Do(t.Context(), privacy, g.hidden, desk.Change{Want: want}); err == nil {
			t.Errorf("%T", want)
		}
	}
	g.do(t, privacy, g.hidden, loket.HoldPlaced{Reason: "claim"})
	g.do(t, privacy, g.hidden, loket.HoldLifted{Reason: "klaar"})
	g.do(t, privacy, g.hidden, loket.LimitLifted{Reason: "klaar"})
	g.do(t, privacy, g.hidden, loket.FactsErased{Fields: []string{"story"}, Reason: "weg"}) // control
}

// Who may: the privacy officer, with a ground of the law and a reason. In an emergency a case
// that is limited is opened like any other (AVG 18, second paragraph).
func TestWhoMayLimit(t *testing.T) {
	t.Parallel()
	g, ctx := limited(t), t.Context()
	for name, c := range map[string]struct {
		a    loket.Actor
		want loket.Payload
		code loket.Code
	}{
		"who only shields": {officer, loket.LimitPlaced{Ground: "claim", Reason: "x"}, loket.Forbidden},
		"no ground":        {privacy, loket.LimitPlaced{Reason: "x"}, loket.Invalid},
		"another ground":   {privacy, loket.LimitPlaced{Ground: "zin", Reason: "x"}, loket.Invalid},
		"no reason":        {privacy, loket.LimitPlaced{Ground: "claim"}, loket.Motivation},
		"nothing to lift":  {privacy, loket.LimitLifted{Reason: "x"}, loket.Invalid},
		"control":          {privacy, loket.LimitPlaced{Ground: "claim", Reason: "x"}, ""},
	} {
		_, err := g.Do(ctx, c.a, g.other, desk.Change{Want: c.want})
		if loket.ErrorCode(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			g.do(t, privacy, g.other, loket.LimitLifted{Reason: "terug"})
		}
	}
	g.limit(t)
	_, err := g.OpenInEmergency(ctx, shallow, desk.EmergencyForm{Number: g.numbers[g.hidden], Ground: "safety", Depth: "V4", Purpose: "veilig stellen", Reason: "er is nu gevaar"})
	if err != nil {
		t.Fatal(err)
	}
	if v, err := g.Case(ctx, shallow, g.hidden); err != nil || len(v.Answers) == 0 {
		t.Errorf("in an emergency: %v", err)
	}
	if _, err := g.Do(ctx, shallow, g.hidden, desk.Change{Want: loket.Noted{Kind: "note", Text: "x"}}); err == nil {
		t.Error("an emergency lifts the limit")
	}
	g.clock.at = g.clock.at.Add(24 * time.Hour)
	if _, err := g.Case(ctx, shallow, g.hidden); err == nil {
		t.Error("and never ends")
	}
}
