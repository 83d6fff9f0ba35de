// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// The keys of the store in memory.

func (m *memory) PutMachine(_ context.Context, k desk.Machine) error {
	m.s.machines = append(slices.DeleteFunc(slices.Clone(m.s.machines), func(o desk.Machine) bool { return o.Tenant == k.Tenant && o.ID == k.ID }), k)
	return nil
}

func (m *memory) Machine(_ context.Context, tenant, id string) (desk.Machine, bool, error) {
	for _, k := range m.s.machines {
		if k.Tenant == tenant && k.ID == id {
			return k, true, nil
		}
	}
	return desk.Machine{}, false, nil
}

func (m *memory) MachinesOf(context.Context, string) ([]desk.Machine, error) {
	return m.s.machines, nil
}

func (m *memory) UseMachine(ctx context.Context, tenant, id string, at time.Time) error {
	k, _, _ := m.Machine(ctx, tenant, id)
	k.Used = at
	return m.PutMachine(ctx, k)
}

// keyFor makes a key and gives the machine that comes with it.
func (b *bench) keyFor(t *testing.T, organisation string, scopes ...string) (desk.Machine, string, loket.Actor) {
	t.Helper()
	made, token, err := b.MakeMachine(t.Context(), loket.System("vb"), desk.Machine{Title: "Systeem", Organisation: organisation, Scopes: scopes, Expires: b.Now().Add(24 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	a, err := b.MachineActor(t.Context(), "vb", token)
	if err != nil {
		t.Fatal(err)
	}
	return made, token, a
}

// S04: a key opens what it is for, at its own desk, until it ends or expires; of the secret
// only a hash is kept, and what happens to a key is in the ledger.
func TestMachineKeys(t *testing.T) {
	t.Parallel()
	ctx, b := t.Context(), start(t)
	made, token, a := b.keyFor(t, "Alfa", desk.ScopeReport)
	if a.Organisation != "Alfa" || !strings.HasPrefix(a.ID, "key:") || !desk.Reserved(a.ID) || len(a.Roles) > 0 {
		t.Errorf("the machine is %+v", a)
	}
	if kept := string(b.m.s.machines[0].Hash); strings.Contains(token, kept) || strings.Contains(kept, token) || !strings.HasPrefix(token, strings.TrimSuffix(made.Mark(), "…")) {
		t.Error("the key is kept, or cannot be known again")
	}
	for name, wrong := range map[string]string{"nothing": "", "a word": "loket", "no secret": "loket_" + made.ID, "another secret": "loket_" + made.ID + "_x", "another key": "loket_x_" + token[40:],
		"longer": token + "a", "shorter": token[:len(token)-1], "no mark": strings.TrimPrefix(token, "loket_"), "capitals": strings.ToUpper(token)} {
		if _, err := b.MachineActor(ctx, "vb", wrong); err != desk.ErrMachine {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := b.MachineActor(ctx, "elders", token); err != desk.ErrMachine {
		t.Errorf("at another desk: %v", err)
	}
	used := b.m.s.machines[0].Used
	if used.IsZero() {
		t.Error("its use is not noted")
	}
	b.clock.at = b.clock.at.Add(25 * time.Hour)
	if _, err := b.MachineActor(ctx, "vb", token); err != desk.ErrMachine {
		t.Errorf("expired: %v", err)
	}
	b.clock.at = b.clock.at.Add(-25 * time.Hour)
	if _, err := b.MachineActor(ctx, "vb", token); err != nil {
		t.Fatalf("control: still good: %v", err)
	}
	if err := b.EndMachine(ctx, loket.System("vb"), made.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := b.MachineActor(ctx, "vb", token); err != desk.ErrMachine {
		t.Errorf("revoked: %v", err)
	}
	if b.ledger("key.made", "system") != 1 || b.ledger("key.ended", "system") != 1 || b.ledger("key.used", a.ID) < 3 {
		t.Errorf("in the ledger: %+v", b.m.s.ledger)
	}
	for _, e := range b.m.s.ledger {
		if strings.Contains(e.Purpose, "Alfa") || strings.Contains(e.Purpose, "Systeem") {
			t.Error("the ledger names an organisation or a system")
		}
	}
}

// What a key is asked for must make sense, and who does not set up the desk gives none.
func TestMachineKeyRefused(t *testing.T) {
	t.Parallel()
	ctx, b := t.Context(), start(t)
	good := desk.Machine{Title: "Systeem", Scopes: []string{desk.ScopeRegister}, Expires: b.Now().Add(time.Hour)}
	for name, change := range map[string]func(*desk.Machine){
		"no title": func(m *desk.Machine) { m.Title = " " }, "a long title": func(m *desk.Machine) { m.Title = strings.Repeat("a", 61) },
		"no scope": func(m *desk.Machine) { m.Scopes = nil }, "a scope that is none": func(m *desk.Machine) { m.Scopes = []string{"alles"} },
		"the register for a provider": func(m *desk.Machine) { m.Organisation = "Alfa" },
		"over already":                func(m *desk.Machine) { m.Expires = b.Now() }, "for ever": func(m *desk.Machine) { m.Expires = b.Now().AddDate(2, 0, 0) },
	} {
		m := good
		change(&m)
		if _, token, err := b.MakeMachine(ctx, loket.System("vb"), m); loket.ErrorCode(err) != loket.Invalid || token != "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := b.MakeMachine(ctx, loket.System("vb"), good); err != nil {
		t.Errorf("control: %v", err)
	}
	other := b.adviser("V2", "V2", "work", "record", "decide")
	_, _, err := b.MakeMachine(ctx, other, good)
	_, listed := b.Machines(ctx, other)
	if ended := b.EndMachine(ctx, other, b.m.s.machines[0].ID); err == nil || listed == nil || ended == nil || len(b.entries("refused")) != 3 {
		t.Errorf("somebody who does not set up the desk: %v, %v, %v", err, listed, ended)
	}
}

// S01, S03: a machine sends reports and asks after those of its own organisation's keys; it
// hears nothing of one that a person sent in that name, and sees no case and no list.
func TestMachineFollows(t *testing.T) {
	t.Parallel()
	ctx, b := t.Context(), start(t)
	_, _, alfa := b.keyFor(t, "Alfa", desk.ScopeReport)
	_, _, again := b.keyFor(t, "alfa ", desk.ScopeReport)
	_, _, bravo := b.keyFor(t, "Bravo", desk.ScopeReport)
	_, _, counts := b.keyFor(t, "", desk.ScopeRegister)
	form := desk.ReportForm{Key: "k1", Tenant: "vb", Form: "report", Posted: answers("organisation", "Alfa")}
	receipt, err := b.SendReport(ctx, alfa, form)
	if err != nil {
		t.Fatal(err)
	}
	if twice, err := b.SendReport(ctx, alfa, form); err != nil || twice.Number != receipt.Number {
		t.Errorf("the same once more: %+v, %v", twice, err)
	}
	byHand := b.report(t, "hand", answers("organisation", "Alfa"))
	for name, c := range map[string]struct {
		a      loket.Actor
		number string
		known  bool
	}{
		"its own": {alfa, receipt.Number, true}, "of another key of the organisation": {again, receipt.Number, true}, "of another organisation": {bravo, receipt.Number, false},
		"with a key for the register": {counts, receipt.Number, false}, "sent by a person in its name": {alfa, byHand.Number, false}, "no such number": {alfa, "2026-9999", false},
	} {
		got, err := b.Follow(ctx, c.a, c.number)
		if c.known && (err != nil || got.Number != c.number || got.State != "received") || !c.known && loket.ErrorCode(err) != loket.NotFound {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	if _, err := b.SendReport(ctx, counts, form); loket.ErrorCode(err) != loket.NotFound || !slices.Contains(b.entries("refused"), counts.ID+" report.sent") {
		t.Errorf("a key for the register sent a report: %v", err)
	}
	if _, err := b.Case(ctx, alfa, receipt.Case); loket.ErrorCode(err) != loket.NotFound {
		t.Errorf("a machine saw a case: %v", err)
	}
	if _, err := b.ReporterCase(ctx, alfa); err == nil {
		t.Error("a machine saw a report")
	}
	b.registered(t, alfa, counts)
}

// registered: the register is for a key of the desk itself, with the figures and no persons.
func (b *bench) registered(t *testing.T, not, may loket.Actor) {
	t.Helper()
	lines := 0
	count := func(desk.RegisterLine) error { lines++; return nil }
	if err := b.RegisterLines(t.Context(), not, 2026, count); loket.ErrorCode(err) != loket.NotFound || lines != 0 || !slices.Contains(b.entries("refused"), not.ID+" register.read") {
		t.Errorf("a key of a provider read the register: %v, %d lines", err, lines)
	}
	if err := b.RegisterLines(t.Context(), may, 2026, count); err != nil || b.ledger("register.read", may.ID) != 1 {
		t.Errorf("reading the register: %v, %d lines", err, lines)
	}
}

// The check of the setup names a key in use that ends soon. Control: one that nobody uses, one
// with a long time to go and one that was revoked are not named.
func TestKeyEndsSoon(t *testing.T) {
	t.Parallel()
	ctx, b := t.Context(), start(t)
	admin := b.adviser("V0", "V0", "configure")
	named := func() (out []string) {
		setup, err := b.Setup(ctx, admin)
		if err != nil {
			t.Fatal(err)
		}
		for _, lack := range setup.Lacks {
			if lack.Kind == "key" {
				out = append(out, lack.Say.NL)
			}
		}
		return out
	}
	for title, days := range map[string]int{"kort": 10, "lang": 200, "ingetrokken": 10, "ongebruikt": 10} {
		m, token, err := b.MakeMachine(ctx, loket.System("vb"), desk.Machine{Title: title, Scopes: []string{desk.ScopeReport}, Expires: b.Now().AddDate(0, 0, days)})
		if err != nil {
			t.Fatal(err)
		}
		if title != "ongebruikt" {
			_, _ = b.MachineActor(ctx, "vb", token)
		}
		if title == "ingetrokken" {
			_ = b.EndMachine(ctx, loket.System("vb"), m.ID)
		}
	}
	if got := named(); len(got) != 1 || !strings.Contains(got[0], "kort") {
		t.Errorf("named: %q", got)
	}
}
