// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// R-R-74, S08: a case that cannot be read any more takes no other one out of the register;
// its own line says so.
func TestOneUnreadableCaseLeavesTheRegister(t *testing.T) {
	t.Parallel()
	b := start(t)
	first, second := b.report(t, "k1", answers()), b.report(t, "k2", answers("organisation", "Bravo"))
	row := b.m.s.cases[first.Case]
	row.Columns = base64.StdEncoding.EncodeToString([]byte("gone"))
	b.m.s.cases[first.Case] = row
	var csv bytes.Buffer
	if err := b.Register(context.Background(), b.registrar(), 2026, &csv); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(csv.String(), "\n") {
		if strings.HasPrefix(line, first.Number) != strings.Contains(line, "niet leesbaar") {
			t.Errorf("line: %s", line)
		}
	}
	if !strings.Contains(csv.String(), second.Number) {
		t.Error("the other case is missing")
	}
}

func (b *bench) registrar() loket.Actor {
	r := b.p.Role("alderman")
	r.May = append(r.May, "register", "figures", "work")
	return told
}

// DT-24, D-68: who proposes to close a phase is the protocol's word, as is who closes it.
func TestProposedBy(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	id := b.report(t, "k", answers()).Case
	if len(b.p.Phases) == 0 {
		t.Fatal("the example has no phase")
	}
	ph := &b.p.Phases[0]
	propose := func() error {
		why := map[string]string{}
		for _, list := range b.p.Checks {
			for _, check := range list.Items {
				why[check.ID] = "proef"
			}
		}
		_, err := b.Do(ctx, officer, id, desk.Change{Want: loket.CloseProposed{Phase: ph.ID, Motivations: why}})
		return err
	}
	ph.ProposedBy = []string{"alderman"}
	code(t, propose(), loket.Forbidden)
	ph.ProposedBy = []string{"officer"} // control
	if err := propose(); err != nil {
		t.Error(err)
	}
}

// DT-24, D-68: who closes reads why the proposal says that a point may stay open, and need not
// write it again; it is in the timeline for years to come. The control closes without a
// proposal, and is refused.
func TestClosingTakesTheReasonsOfTheProposal(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	id := b.report(t, "k", answers()).Case
	ph := b.p.Phases[0].ID
	b.p.Role("officer").May = append(b.p.Role("officer").May, "close")
	shut := func() error {
		_, err := b.Do(ctx, officer, id, desk.Change{Want: loket.PhaseClosed{Phase: ph}})
		return err
	}
	code(t, shut(), loket.Motivation)
	b.do(t, officer, id, loket.CloseProposed{Phase: ph, Motivations: map[string]string{"decided": "Wij wachten op de inspectie"}})
	v := b.sees(t, officer, id)
	if got := v.CloseWhy["decided"].Text; got != "Wij wachten op de inspectie" {
		t.Errorf("who closes reads %q", got)
	}
	if err := shut(); err != nil {
		t.Fatal(err)
	}
	v = b.sees(t, officer, id)
	if all := fmt.Sprint(v.Timeline); !strings.Contains(all, "De soort is bepaald: Wij wachten op de inspectie") {
		t.Errorf("the timeline does not say why: %s", all)
	}
	if len(v.CloseWhy) != 0 {
		t.Error("a closed phase still asks")
	}
}

// SM-2: what is reopened is a phase of the protocol that was closed; a case that was ended
// goes on in its first phase, and no phase appears that nobody wrote.
func TestReopenWhatIsThere(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	id := b.report(t, "k", answers()).Case
	reopen := func(phase string) error {
		_, err := b.Do(ctx, officer, id, desk.Change{Want: loket.Reopened{Phase: phase, Reason: "nieuwe feiten"}})
		return err
	}
	code(t, reopen("no_such_phase"), loket.Invalid)
	code(t, reopen(b.p.Phases[0].ID), loket.Invalid)
	b.do(t, officer, id, loket.CaseEnded{As: "test", Reason: "proef"})
	code(t, reopen("no_such_phase"), loket.Invalid)
	if err := reopen(""); err != nil {
		t.Fatal(err)
	}
	v, err := b.Case(ctx, officer, id)
	if err != nil || v.Status == "ended" {
		t.Errorf("status %s, %v", v.Status, err)
	}
}

// S03: the name of a row is a name, so that nothing else can be meant by it.
func TestRowNames(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	id := b.report(t, "k", answers()).Case
	for row, want := range map[string]loket.Code{"a/b": loket.Invalid, "a b": loket.Invalid, "é": loket.Invalid, strings.Repeat("a", 65): loket.Invalid, "rij-1_a": "", "": ""} {
		_, err := b.SendForm(ctx, officer, id, desk.FormChange{Form: "party", Row: row, Posted: url.Values{"party_name": {"Bravo"}}})
		if loket.ErrorCode(err) != want {
			t.Errorf("%q: %v", row, err)
		}
	}
}

// DT-18, R-R-50, R-R-57: in a kind of case without persons nobody records one, from the first
// report on; the refusal names the answer. Control: the same answers in a kind with persons.
func TestNoPersonsInSomeKinds(t *testing.T) {
	t.Parallel()
	for _, persons := range []bool{false, true} {
		b, ctx := start(t), context.Background()
		b.p.Kind("incident").Persons = true
		id := b.report(t, "k0", answers()).Case
		b.p.Kind("incident").Persons = persons
		_, err := b.SendReport(ctx, loket.Actor{}, desk.ReportForm{Key: "k1", Tenant: "vb", Form: "report", Posted: withPerson(b.p)})
		refusedWith(t, "report", err, persons)
		_, err = b.SendForm(ctx, officer, id, desk.FormChange{Form: "police", Posted: url.Values{"investigation": {"yes"}}})
		refusedWith(t, "officer", err, persons)
	}
}

func refusedWith(t *testing.T, what string, err error, persons bool) {
	t.Helper()
	switch said, _ := err.(*loket.Error); {
	case persons && err != nil:
		t.Errorf("%s, persons allowed: %v", what, err)
	case !persons && (loket.ErrorCode(err) != loket.Invalid || said == nil || len(said.Fields) == 0):
		t.Errorf("%s, no persons allowed: %v", what, err)
	}
}

// withPerson is a report with everything in it that the example asks about a person.
func withPerson(*protocol.Protocol) url.Values { return answers("contact_phone", "010 000 00 00") }
