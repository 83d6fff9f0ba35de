// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"strings"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

var shallow = loket.Actor{ID: "kijk", Role: "shallow", Roles: []string{"shallow"}, Tenant: "vb"}

func (g *guarded) emergency(id loket.CaseID) desk.EmergencyForm {
	return desk.EmergencyForm{Number: g.numbers[id], Ground: "safety", Depth: "V5", Purpose: "Ouders waarschuwen", Reason: "Niemand neemt op"}
}

// S10, T2: somebody of another municipality opens a case in an emergency. While it runs they
// see it as deep as they asked; every reading is in the ledger as an emergency; who guards over
// access and who handles the case hear of it; and afterwards it is closed again.
func TestEmergencyOpensForAWhile(t *testing.T) {
	t.Parallel()
	g, ctx := guard(t), t.Context()
	if _, err := g.Case(ctx, north, g.hidden); loket.ErrorCode(err) != loket.NotFound {
		t.Fatalf("control: %v", err)
	}
	told := len(g.m.s.outbox)
	id, err := g.OpenInEmergency(ctx, north, g.emergency(g.hidden))
	if err != nil || id != g.hidden {
		t.Fatal(err)
	}
	v, err := g.Case(ctx, north, g.hidden)
	if err != nil || v.Sees != "V5" || v.Answers["story"] == nil || !v.LentUntil.Equal(noon.Add(4*time.Hour)) {
		t.Fatalf("%v: sees %s until %s", err, v.Sees, v.LentUntil)
	}
	var people []string
	for _, m := range g.m.s.outbox[told:] {
		people = append(people, m.Person)
		if text := m.Subject + m.Body; strings.Contains(text, "Ouders") || strings.Contains(text, "Toon") || !strings.Contains(text, g.numbers[g.hidden]) {
			t.Errorf("the notice says %q", text)
		}
	}
	if got := strings.Join(people, " "); got != "samira bram pia" {
		t.Errorf("told: %s", got)
	}
	var opened, read bool
	for _, e := range g.m.s.ledger {
		opened = opened || e.Actor == "toegang" && e.Action == "emergency.opened" && e.Purpose == "emergency:safety:V5" && e.Case == g.hidden && e.Role == "access"
		read = read || e.Actor == "toegang" && e.Action == "read" && e.Outcome == "done" && e.Purpose == "emergency:case"
	}
	if !opened || !read {
		t.Errorf("ledger: opened %v, read %v", opened, read)
	}
	g.clock.at = noon.Add(4 * time.Hour)
	if _, err := g.Case(ctx, north, g.hidden); loket.ErrorCode(err) != loket.NotFound {
		t.Errorf("after the time: %v", err)
	}
}

// S10: an emergency opening without ground, purpose or reason does not exist, nor one by
// somebody who was not trusted with it; and it opens no deeper than was asked for.
func TestEmergencyNeedsItsWords(t *testing.T) {
	t.Parallel()
	g, ctx := guard(t), t.Context()
	for name, c := range map[string]struct {
		a    loket.Actor
		with func(*desk.EmergencyForm)
		code loket.Code
	}{
		"no ground":     {north, func(f *desk.EmergencyForm) { f.Ground = "zomaar" }, loket.Invalid},
		"no depth":      {north, func(f *desk.EmergencyForm) { f.Depth = "V9" }, loket.Invalid},
		"no purpose":    {north, func(f *desk.EmergencyForm) { f.Purpose = " " }, loket.Motivation},
		"no reason":     {north, func(f *desk.EmergencyForm) { f.Reason = "" }, loket.Motivation},
		"no such case":  {north, func(f *desk.EmergencyForm) { f.Number = "2026-9999" }, loket.Invalid},
		"not trusted":   {admin, func(*desk.EmergencyForm) {}, loket.NotFound},
		"only looks on": {privacy, func(*desk.EmergencyForm) {}, loket.NotFound},
	} {
		form := g.emergency(g.hidden)
		c.with(&form)
		if _, err := g.OpenInEmergency(ctx, c.a, form); loket.ErrorCode(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := len(g.m.s.emergencies); n != 0 {
		t.Errorf("%d openings", n)
	}
	form := g.emergency(g.hidden)
	form.Depth = "V3"
	if _, err := g.OpenInEmergency(ctx, shallow, form); err != nil {
		t.Fatal(err)
	}
	v, err := g.Case(ctx, shallow, g.hidden)
	if err != nil || v.Sees != "V3" || v.Answers["story"] != nil {
		t.Errorf("%v: sees %s, %v", err, v.Sees, v.Answers["story"])
	}
	if _, err := g.Open(ctx, shallow, g.hidden, []string{"story"}, "dieper"); err == nil {
		t.Error("deeper than was asked for")
	}
}

// D-65: hidden is hidden, in an emergency too; and it answers as a number that is not there.
// Hiding a case ends an opening that runs.
func TestEmergencyNeverPassesHiding(t *testing.T) {
	t.Parallel()
	g, ctx := guard(t), t.Context()
	if _, err := g.OpenInEmergency(ctx, north, g.emergency(g.hidden)); err != nil {
		t.Fatal(err)
	}
	g.hide(t, "toegang")
	if _, err := g.Case(ctx, north, g.hidden); loket.ErrorCode(err) != loket.NotFound {
		t.Errorf("still open: %v", err)
	}
	_, hidden := g.OpenInEmergency(ctx, north, g.emergency(g.hidden))
	form := g.emergency(g.hidden)
	form.Number = "2026-9999"
	_, unknown := g.OpenInEmergency(ctx, north, form)
	if hidden == nil || unknown == nil || hidden.Error() != unknown.Error() {
		t.Errorf("hidden: %v, unknown: %v", hidden, unknown)
	}
	if v, err := g.EmergencyOpenings(ctx, north); err != nil || len(v.Lines) != 0 {
		t.Errorf("their own list names it: %v", err)
	}
}

// T2: what was opened is listed for review, with its words, and reviewed once by somebody else.
func TestEmergencyIsReviewed(t *testing.T) {
	t.Parallel()
	g, ctx := guard(t), t.Context()
	if _, err := g.OpenInEmergency(ctx, north, g.emergency(g.hidden)); err != nil {
		t.Fatal(err)
	}
	v, err := g.EmergencyOpenings(ctx, privacy)
	if err != nil || len(v.Lines) != 1 || !v.All || v.MayOpen || !v.Lines[0].MayReview || v.Lines[0].Purpose.Text != "Ouders waarschuwen" || v.Lines[0].Name != "Toon Bedacht" {
		t.Fatalf("%v: %+v", err, v)
	}
	if own, err := g.EmergencyOpenings(ctx, north); err != nil || len(own.Lines) != 1 || own.All || own.Lines[0].MayReview {
		t.Errorf("own: %v", err)
	}
	review := loket.EmergencyReviewed{Opening: v.Lines[0].Seq, Right: false, Remark: "Er was wel iemand"}
	for _, a := range []loket.Actor{north, officer} { // who opened it, and who shields but does not supervise
		_, err = g.Do(ctx, a, g.hidden, desk.Change{Want: review})
		code(t, err, loket.Forbidden)
	}
	g.do(t, privacy, g.hidden, review)
	_, err = g.Do(ctx, privacy, g.hidden, desk.Change{Want: review})
	code(t, err, loket.Invalid)
	v, err = g.EmergencyOpenings(ctx, privacy)
	if err != nil || v.Lines[0].MayReview || v.Lines[0].Right || v.Lines[0].Remark.Text != "Er was wel iemand" || v.Lines[0].Reviewer != "Pia Denkbeeld" {
		t.Errorf("%v: %+v", err, v.Lines[0])
	}
}
