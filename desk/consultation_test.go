// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"strings"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

var (
	carla = loket.Actor{ID: "carla", Role: "desk_coordinator", Roles: []string{"desk_coordinator"}, Tenant: "vb"}
	wim   = loket.Actor{ID: "wim", Role: "alderman", Roles: []string{"alderman"}, Tenant: "vb"}
)

// consulted is versioned, with a coordinator and an alderman who can be asked.
func consulted(t *testing.T) *bench {
	t.Helper()
	b := versioned(t)
	b.clock.at = time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
	b.m.people = append(b.m.people, desk.Person{ID: "carla", Name: "Carla Verzonnen", Email: "carla@example.org", Roles: carla.Roles},
		desk.Person{ID: "wim", Name: "Wim Bedacht", Email: "wim@example.org", Roles: wim.Roles})
	return b
}

var untilJuly = time.Date(2026, 6, 30, 22, 0, 0, 0, time.UTC)

func (b *bench) consult(t *testing.T, roles ...string) {
	t.Helper()
	if err := b.Consult(t.Context(), owner, "3.0", desk.Consulting{Roles: roles, Until: untilJuly, Question: "Is 12 uur haalbaar?"}); err != nil {
		t.Fatal(err)
	}
}

func (b *bench) version(t *testing.T, a loket.Actor, version string) *desk.VersionView {
	t.Helper()
	v, err := b.Version(t.Context(), a, version)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// SM-11 R-R-14 DOC-20 R-I-01: a version goes through consultation, adoption, notice and its
// first day; each step is an event of its case and in the log, and new cases begin with it.
func TestTheWayOfAVersion(t *testing.T) {
	t.Parallel()
	b, ctx := consulted(t), t.Context()
	state := func(want string) {
		t.Helper()
		if got := b.version(t, owner, "3.0").State; got != want {
			t.Fatalf("the version is %q, want %q", got, want)
		}
	}
	state(desk.VersionDraft)
	b.consult(t, "desk_coordinator")
	state(desk.VersionConsultation)
	if err := b.Remark(ctx, carla, "3.0", loket.RemarkMade{Part: "deadlines/T-01", Text: "Te kort voor het weekend."}, "r1"); err != nil {
		t.Fatal(err)
	}
	v := b.version(t, owner, "3.0")
	remark := v.Consultation.Remarks[0]
	if v.Consultation.Unanswered != 1 || remark.Name != "Carla Verzonnen" || remark.Title.NL == "" {
		t.Fatalf("the owner reads %+v", v.Consultation)
	}
	adopt := loket.VersionAdopted{On: "2026-06-01", From: "2026-07-01", Body: "College"}
	code(t, b.AdoptVersion(ctx, owner, "3.0", adopt, "a0"), loket.Invalid) // the consultation still runs
	if err := b.CloseConsultation(ctx, owner, "3.0", "c1"); err != nil {
		t.Fatal(err)
	}
	code(t, b.AdoptVersion(ctx, owner, "3.0", adopt, "a1"), loket.Motivation) // a remark without an answer
	if err := b.AnswerRemark(ctx, owner, "3.0", loket.RemarkAnswered{Remark: remark.ID, Outcome: "not", Text: "Het loket is ook dan open."}, "n1"); err != nil {
		t.Fatal(err)
	}
	if err := b.AdoptVersion(ctx, owner, "3.0", adopt, "a2"); err != nil {
		t.Fatal(err)
	}
	state(desk.VersionAdopted)
	b.tellVersion(t, v.Case)
	state(desk.VersionPublished)
	b.clock.at = time.Date(2026, 6, 30, 21, 59, 0, 0, time.UTC)
	if b.inForce(t) != "1.0" {
		t.Fatal("it began the evening before")
	}
	b.clock.at = b.clock.at.Add(time.Minute)
	if b.inForce(t) != "3.0" {
		t.Fatal("its day came and it does not hold")
	}
	b.began(t, v.Case)
	state(desk.VersionEffective)
	if old := b.version(t, owner, "1.0").State; old != desk.VersionSuperseded {
		t.Errorf("the version before is %q", old)
	}
	for _, action := range []string{"consultation.opened", "consultation.closed", "remark.answered", "version.adopted"} {
		if b.ledger(action, "olga") != 1 {
			t.Errorf("%s is not in the log", action)
		}
	}
	if b.ledger("remark.made", "carla") != 1 || b.ledger("version.began", "system") != 1 {
		t.Error("the remark or the first day is not in the log")
	}
}

// tellVersion releases the notice of the version.
func (b *bench) tellVersion(t *testing.T, id loket.CaseID) {
	t.Helper()
	pr, err := b.Product(t.Context(), owner, id, "protocol_change", "", 0)
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, p := range pr.Parts {
		parts[p.Part.ID] = p.Text
	}
	if !strings.Contains(parts["from"], "1 juli 2026") && !strings.Contains(parts["from"], "1 jul 2026") {
		t.Errorf("the notice does not name the day that was chosen: %q", parts["from"])
	}
	b.do(t, owner, id, loket.ProductDrafted{Product: "protocol_change", Parts: parts})
	b.do(t, owner, id, loket.ProductReleased{Product: "protocol_change", Version: 1, Purpose: "weten wat er verandert",
		Recipients: []loket.Recipient{{ID: "carla", Name: "Carla Verzonnen", Role: "desk_coordinator", Email: "carla@example.org"}}})
}

// began does what is due on the day of a version, twice: it happens once.
func (b *bench) began(t *testing.T, id loket.CaseID) {
	t.Helper()
	for range 2 {
		if err := b.Due(t.Context(), desk.ClockRow{Case: id, Tenant: "vb", Clock: "begins", NextAt: b.clock.at}); err != nil {
			t.Fatal(err)
		}
	}
}

// R-R-14: everybody who is asked gets one mail with a link and no content, reads the version whatever
// else they may, and reads only their own remarks. Control: who was not asked reads nothing of
// it and cannot remark; both are in the log.
func TestWhoIsAskedReadsAndRemarks(t *testing.T) {
	t.Parallel()
	b, ctx := consulted(t), t.Context()
	_, err := b.Version(ctx, wim, "3.0")
	code(t, err, loket.NotFound)
	b.consult(t, "desk_coordinator")
	code(t, b.Remark(ctx, wim, "3.0", loket.RemarkMade{Text: "Ik ook."}, "r0"), loket.NotFound)
	if b.ledger("remark.made", "wim") != 1 || b.ledger("versions.read", "wim") != 1 {
		t.Error("the refusals are not in the log")
	}
	b.consult(t, "desk_coordinator", "alderman")
	var mails []desk.Message
	for _, m := range b.m.s.outbox {
		if m.Product == "consultation" {
			mails = append(mails, m)
		}
	}
	if len(mails) != 3 || mails[0].To != "carla@example.org" || mails[2].To != "wim@example.org" {
		t.Fatalf("asked by mail: %+v", mails)
	}
	for _, m := range mails {
		if !strings.Contains(m.Body, "/versies/3.0") || !strings.Contains(m.Body, "30 jun") || strings.Contains(m.Body+m.Subject, "haalbaar") {
			t.Errorf("the mail says %s", m.Body)
		}
	}
	for _, a := range []loket.Actor{carla, wim} {
		if err := b.Remark(ctx, a, "3.0", loket.RemarkMade{Part: "deadlines", Text: "Van " + a.ID}, a.ID); err != nil {
			t.Fatal(err)
		}
	}
	v := b.version(t, wim, "3.0")
	if len(v.Consultation.Remarks) != 1 || v.Consultation.Remarks[0].Text != "Van wim" || v.Consultation.Asked != nil || v.Opens || v.Owner {
		t.Errorf("who was asked reads %+v", v.Consultation)
	}
	if all, err := b.Versions(ctx, wim); err != nil || len(all) != 1 || all[0].Version != "3.0" {
		t.Errorf("who was asked on one version lists %+v %v", all, err)
	}
}

// SM-11: what the way of a version does not have is refused, and changes nothing.
func TestWaysThatAVersionDoesNotHave(t *testing.T) {
	t.Parallel()
	b, ctx := consulted(t), t.Context()
	consult := func(version string, until time.Time, roles ...string) error {
		return b.Consult(ctx, owner, version, desk.Consulting{Roles: roles, Until: until})
	}
	adopt := func(on, from string) error {
		return b.AdoptVersion(ctx, owner, "3.0", loket.VersionAdopted{On: on, From: from, Body: "College"}, "k"+on+from)
	}
	for name, err := range map[string]error{
		"nobody to ask":        consult("3.0", untilJuly, "no_such_role"),
		"until yesterday":      consult("3.0", b.clock.at.AddDate(0, 0, -1), "desk_coordinator"),
		"adopted in its files": consult("2.0", untilJuly, "desk_coordinator"),
		"nothing to close":     b.CloseConsultation(ctx, owner, "3.0", "c"),
		"adopted tomorrow":     adopt("2026-06-02", "2026-07-01"),
		"begins yesterday":     adopt("2026-06-01", "2026-05-31"),
		"no day":               adopt("", "2026-07-01"),
		"nobody adopted":       b.AdoptVersion(ctx, owner, "3.0", loket.VersionAdopted{On: "2026-06-01", From: "2026-07-01"}, "kn"),
	} {
		if loket.ErrorCode(err) != loket.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	code(t, b.AnswerRemark(ctx, owner, "3.0", loket.RemarkAnswered{Remark: "x", Outcome: "taken", Text: "ja"}, "n"), loket.NotFound)
	code(t, consult("9.9", untilJuly, "desk_coordinator"), loket.NotFound)
	code(t, b.Consult(ctx, carla, "3.0", desk.Consulting{Roles: []string{"alderman"}, Until: untilJuly}), loket.NotFound)
	code(t, b.AdoptVersion(ctx, carla, "3.0", loket.VersionAdopted{On: "2026-06-01", From: "2026-07-01", Body: "Ik"}, "kc"), loket.NotFound)
	if v := b.version(t, owner, "3.0"); v.State != desk.VersionDraft || v.Consultation != nil {
		t.Fatalf("a refusal changed something: %+v", v)
	}
	b.consult(t, "desk_coordinator")
	code(t, b.Remark(ctx, carla, "3.0", loket.RemarkMade{Part: "deadlines/niets", Text: "Hm."}, "r1"), loket.Invalid)
	code(t, b.Remark(ctx, carla, "3.0", loket.RemarkMade{Text: " "}, "r2"), loket.Invalid)
	b.clock.at = untilJuly
	code(t, b.Remark(ctx, carla, "3.0", loket.RemarkMade{Text: "Te laat."}, "r3"), loket.Invalid)
	if err := adopt("2026-07-01", "2026-07-02"); err != nil { // control: the last day is over, nothing stands in the way
		t.Fatal(err)
	}
	code(t, adopt("2026-07-01", "2026-07-03"), loket.Conflict)
}

// SM-11, R-I-01: what is refused leaves nothing behind: no case of the version, no event, no mail.
// Control: what is granted opens the case.
func TestRefusedOpensNoCaseOfAVersion(t *testing.T) {
	t.Parallel()
	b, ctx := consulted(t), t.Context()
	cases := len(b.m.s.cases)
	for name, try := range map[string]func() error{
		"nobody to ask": func() error {
			return b.Consult(ctx, owner, "3.0", desk.Consulting{Roles: []string{"no_such_role"}, Until: untilJuly})
		},
		"a day that is over": func() error {
			return b.Consult(ctx, owner, "3.0", desk.Consulting{Roles: []string{"desk_coordinator"}, Until: b.clock.at.Add(-time.Hour)})
		},
		"nothing to close": func() error { return b.CloseConsultation(ctx, owner, "3.0", "") },
		"no such remark": func() error {
			return b.AnswerRemark(ctx, owner, "3.0", loket.RemarkAnswered{Remark: "x", Outcome: "taken", Text: "Ja."}, "")
		},
		"adopted tomorrow": func() error {
			return b.AdoptVersion(ctx, owner, "3.0", loket.VersionAdopted{On: "2026-07-01", From: "2026-08-01", Body: "College"}, "")
		},
		"adopted by nobody": func() error {
			return b.AdoptVersion(ctx, owner, "3.0", loket.VersionAdopted{On: "2026-06-01", From: "2026-08-01"}, "")
		},
		"not the owner": func() error {
			return b.Consult(ctx, carla, "3.0", desk.Consulting{Roles: []string{"alderman"}, Until: untilJuly})
		},
	} {
		if err := try(); err == nil {
			t.Errorf("%s is granted", name)
		}
		if n := len(b.m.s.cases); n != cases {
			t.Fatalf("%s: refused, and yet there are %d cases more", name, n-cases)
		}
	}
	if len(b.m.s.outbox) > 0 {
		t.Errorf("refused, and yet told: %v", b.m.s.outbox)
	}
	if b.consult(t, "desk_coordinator"); len(b.m.s.cases) != cases+1 {
		t.Error("control: what is granted opened no case")
	}
}
