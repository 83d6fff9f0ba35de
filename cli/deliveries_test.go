// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"context"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// fussy is a mail server that refuses for good until it is told otherwise.
type fussy struct {
	refuse   bool
	accepted []string
}

func (f *fussy) Send(_ context.Context, m desk.Message) error {
	if f.refuse {
		return never{}
	}
	f.accepted = append(f.accepted, m.ID)
	return nil
}

type never struct{}

func (never) Error() string   { return "mail: refused (550 5.1.1)" }
func (never) Permanent() bool { return true }

// R05 R04 S03: a notice that was refused is seen at the desk, and a person can send the
// same one again; nobody else can.
func TestRefusedNoticeIsSentAgain(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	known, err := inForce(nil)
	if err != nil {
		t.Fatal(err)
	}
	clock := &hands{at: time.Date(2026, 3, 28, 13, 0, 0, 0, time.UTC)}
	server := &fussy{refuse: true}
	h, err := open(ctx, parts{place: place{Data: t.TempDir() + "/d"}, sender: server, clock: clock, rand: seededIDs(), protocols: known})
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	p := practice{house: h}
	if err := p.fill(ctx, desk.Tenant{ID: "oefening", Name: "Oefening", Protocol: "rotterdam"}, nil); err != nil {
		t.Fatal(err)
	}
	m := desk.Message{ID: "m1", Tenant: "oefening", Case: "c1", Product: "receipt", To: "sara.fictie@example.org", Subject: "Bericht", CreatedAt: clock.at, DueAt: clock.at}
	if err := h.store.Write(ctx, func(tx desk.Tx) error { return tx.Enqueue(ctx, []desk.Message{m}) }); err != nil {
		t.Fatal(err)
	}
	officer := loket.Actor{ID: "o", Tenant: "oefening", Roles: []string{"desk_officer"}}
	step := func() {
		t.Helper()
		if _, err := h.worker.Step(ctx); err != nil {
			t.Fatal(err)
		}
	}
	step()
	seen, err := h.desk.Deliveries(ctx, officer, 10)
	if err != nil || len(seen) != 1 || !seen[0].Final || seen[0].Error == "" {
		t.Fatalf("the refusal is not seen: %+v, %v", seen, err)
	}
	for _, stranger := range []loket.Actor{{Tenant: "oefening", Roles: []string{"executive"}}, {Tenant: "elders", Roles: []string{"desk_officer"}}} {
		if err := h.desk.Redeliver(ctx, stranger, "m1"); err == nil {
			t.Error("a stranger may send again")
		}
	}
	server.refuse = false
	if err := h.desk.Redeliver(ctx, officer, "m1"); err != nil {
		t.Fatal(err)
	}
	step()
	if len(server.accepted) != 1 || server.accepted[0] != "m1" {
		t.Errorf("accepted %v", server.accepted)
	}
	if err := h.desk.Redeliver(ctx, officer, "m1"); loket.ErrorCode(err) != loket.NotFound {
		t.Errorf("what was sent can be sent again: %v", err)
	}
}
