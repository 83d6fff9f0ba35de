// SPDX-License-Identifier: EUPL-1.2

package testkit_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// D-43: the terms of the protocol over twelve years. Nothing goes without a person but what
// the protocol itself lets go; a hold stops the clock; in the end only the number is left.
func TestTermsOverTheYears(t *testing.T) {
	t.Parallel()
	h, ctx := newHouse(t, nil), context.Background()
	r := h.marked()
	h.closePhase(r.Case)
	closed := h.Clock.Now()
	h.at(closed.AddDate(0, 5, 28))
	if found, _ := h.readable(r.Case); len(found) != len(marks) {
		t.Fatalf("control: before the term everything is there: %v", found)
	}
	h.at(closed.AddDate(0, 6, 1))
	if found, _ := h.readable(r.Case); len(found) != 1 || found[0] != "note" {
		t.Errorf("after six months V4 and V5 are gone, V3 stays: %v", found)
	}
	if due := h.due(); len(due) != 0 {
		t.Errorf("proposed too early: %+v", due)
	}
	h.at(closed.AddDate(2, 0, 1))
	if due := h.due(); len(due) != 1 || due[0].Rule != "case_data" {
		t.Fatalf("after two years: %+v", due)
	}
	h.at(closed.AddDate(3, 0, 0))
	if found, _ := h.readable(r.Case); len(found) != 1 {
		t.Errorf("V3 went without a person: %v", found)
	}
	h.do(clerk, r.Case, loket.HoldPlaced{Reason: "schadeclaim"})
	if due := h.due(); len(due) != 0 {
		t.Errorf("proposed while on hold: %+v", due)
	}
	h.do(head, r.Case, loket.HoldLifted{Reason: "claim afgewezen"})
	h.approveAll()
	if found, _ := h.readable(r.Case); len(found) != 0 {
		t.Errorf("approved, and still there: %v", found)
	}
	h.figuresRemain(r)
	h.at(r.ReceivedAt.AddDate(10, 0, 1))
	if due := h.due(); len(due) != 1 || due[0].Rule != "register" || !due[0].Whole {
		t.Fatalf("after ten years: %+v", due)
	}
	h.approveAll()
	if _, err := h.Desk.Case(ctx, head, r.Case); loket.ErrorCode(err) != loket.Gone {
		t.Errorf("after ten years: %v", err)
	}
	h.rowIsEmpty(r)
	if v, err := h.Desk.Retention(ctx, privacy); err != nil || len(v.Certificates) != 2 || len(v.Due) != 0 {
		t.Errorf("in the end: %+v, %v", v, err)
	}
}

// at moves the clock and does what is due.
func (h *house) at(now time.Time) {
	h.t.Helper()
	h.Clock.Set(now)
	if err := h.Work(context.Background()); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) due() []desk.RetentionItem {
	h.t.Helper()
	v, err := h.Desk.Retention(context.Background(), privacy)
	if err != nil {
		h.t.Fatal(err)
	}
	return v.Due
}

func (h *house) approveAll() {
	h.t.Helper()
	var choices []desk.RetentionChoice
	for _, item := range h.due() {
		choices = append(choices, desk.RetentionChoice{Case: item.Case, Rule: item.Rule})
	}
	if _, err := h.Desk.ApproveErasure(context.Background(), head, choices, "", ""); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) closePhase(id loket.CaseID) {
	h.t.Helper()
	v, err := h.Desk.Case(context.Background(), head, id)
	if err != nil {
		h.t.Fatal(err)
	}
	why := map[string]string{}
	for _, checks := range v.Checks {
		for _, item := range checks.Items {
			why[item.Check.ID] = "voor de proef"
		}
	}
	h.do(head, id, loket.PhaseClosed{Phase: "phase1", Motivations: why})
}

// figuresRemain: the register still counts a case whose facts are gone (R-R-75).
func (h *house) figuresRemain(r desk.Receipt) {
	h.t.Helper()
	var out bytes.Buffer
	if err := h.Desk.Register(context.Background(), head, 2026, &out); err != nil {
		h.t.Fatal(err)
	}
	if line := out.String(); !strings.Contains(line, r.Number) || !strings.Contains(line, "Vrijwillig") {
		h.t.Errorf("the register lost its figures:\n%s", line)
	}
}

// R-I-62, promises S05: addresses and results of old keys go thirty days after their use.
func TestAddressesAndResultsAreForgotten(t *testing.T) {
	t.Parallel()
	h, ctx := newHouse(t, nil), context.Background()
	h.marked()
	h.at(h.Clock.Now().Add(time.Minute))
	addresses := func() (n int) {
		messages, err := h.Desk.Deliveries(ctx, head, 10)
		if err != nil || len(messages) == 0 {
			t.Fatalf("%v, %v", messages, err)
		}
		err = h.Store.Read(ctx, func(tx desk.Tx) error {
			messages, err = tx.Messages(ctx, h.Tenant, 10)
			return err
		})
		for _, m := range messages {
			if m.To != "" {
				n++
			}
		}
		return n
	}
	before := h.Clock.Now()
	if addresses() == 0 {
		t.Fatal("control: a fresh message has its address")
	}
	h.at(before.AddDate(0, 0, 29))
	if addresses() == 0 {
		t.Error("forgotten too early")
	}
	h.at(before.AddDate(0, 0, 31))
	if n := addresses(); n != 0 {
		t.Errorf("%d addresses are left", n)
	}
	err := h.Store.Read(ctx, func(tx desk.Tx) error {
		old, err := tx.OldResults(ctx, before.AddDate(0, 0, 1), 10)
		if len(old) != 0 {
			t.Errorf("results are left: %d", len(old))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
