// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

var (
	noon     = time.Date(2026, 3, 30, 10, 0, 0, 0, time.UTC)
	officer  = loket.Actor{ID: "samira", Role: "officer", Roles: []string{"officer"}, Tenant: "vb"}
	stranger = loket.Actor{ID: "vreemd", Role: "officer", Roles: []string{"officer"}, Tenant: "elders"}
	told     = loket.Actor{ID: "lena", Role: "alderman", Roles: []string{"alderman"}, Tenant: "vb"}
)

type bench struct {
	*desk.Desk
	m     *memory
	clock *hand
	p     *protocol.Protocol
}

func start(t *testing.T) *bench {
	t.Helper()
	p, err := protocol.Load(os.DirFS("../protocol/testdata/voorbeeld"))
	if err != nil {
		t.Fatal(err)
	}
	m, clock, ps := newMemory(), &hand{at: noon}, desk.Protocols{}
	ps.Add(p)
	m.tenants = []desk.Tenant{{ID: "vb", Name: "Voorbeeldstad", Protocol: p.About.ID}, {ID: "elders", Name: "Elders", Protocol: p.About.ID}}
	m.people = []desk.Person{{ID: "samira", Name: "Samira Proef", Roles: []string{"officer"}}, {ID: "lena", Name: "Lena Denkbeeld", Email: "lena@example.org", Roles: []string{"alderman"}}}
	return &bench{Desk: desk.New(desk.Options{Store: m, Sealer: box{}, Rand: &counter{}, Clock: clock, Protocols: ps, BaseURL: "http://loket.example.org"}), m: m, clock: clock, p: p}
}

func answers(pairs ...string) url.Values {
	v := url.Values{"organisation": {"Alfa"}, "happened_date": {"2026-03-29"}, "happened_time": {"14:00"}, "harm": {"serious"}, "quality": {"yes"}, "laws": {"jeugdwet"}, "story": {"Mila Verzonnen viel van de trap"}, "contact_mail": {"ruth@example.org"}}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

func (b *bench) report(t *testing.T, key string, v url.Values) desk.Receipt {
	t.Helper()
	r, err := b.SendReport(context.Background(), loket.Actor{}, desk.ReportForm{Key: key, Tenant: "vb", Form: "report", Posted: v})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (b *bench) do(t *testing.T, a loket.Actor, id loket.CaseID, want loket.Payload) {
	t.Helper()
	if _, err := b.Do(context.Background(), a, id, desk.Change{Want: want}); err != nil {
		t.Fatalf("%s: %v", want.Type(), err)
	}
}

func code(t *testing.T, err error, want loket.Code) {
	t.Helper()
	if loket.ErrorCode(err) != want {
		t.Fatalf("want %q, got %v", want, err)
	}
}

// R-R-09, R-R-74, R03: a report is a case before it is acknowledged; the same key twice
// is one case with one receipt.
func TestReportOnceForAKey(t *testing.T) {
	t.Parallel()
	b := start(t)
	first := b.report(t, "k1", answers())
	again := b.report(t, "k1", answers("story", "anders"))
	other := b.report(t, "k2", answers())
	if first.Number != "2026-0001" || first.Code == "" || again.Number != first.Number || again.Code != first.Code || other.Number != "2026-0002" {
		t.Fatalf("receipts: %+v %+v %+v", first, again, other)
	}
	if len(b.m.s.cases) != 2 || len(b.m.s.ledger) != 4 {
		t.Fatalf("%d cases, %d ledger entries", len(b.m.s.cases), len(b.m.s.ledger))
	}
}

// One transaction: when the commit fails, there is no case, no clock, no message, no log.
func TestNothingRemainsOfAFailedReport(t *testing.T) {
	t.Parallel()
	b := start(t)
	b.m.broken = errors.New("schijf vol")
	_, err := b.SendReport(context.Background(), loket.Actor{}, desk.ReportForm{Key: "k", Tenant: "vb", Form: "report", Posted: answers()})
	code(t, err, loket.Internal)
	if n := len(b.m.s.events) + len(b.m.s.cases) + len(b.m.s.outbox) + len(b.m.s.ledger) + len(b.m.s.results); n != 0 {
		t.Fatalf("%d rows remain", n)
	}
}

// R-R-31, R-R-137: a bad answer is named with its field; nothing is stored.
func TestBadAnswersAreNamed(t *testing.T) {
	t.Parallel()
	b := start(t)
	_, err := b.SendReport(context.Background(), loket.Actor{}, desk.ReportForm{Tenant: "vb", Form: "report", Posted: answers("happened_date", "2026-03-29", "happened_time", "02:30", "harm", "heel erg")})
	code(t, err, loket.Invalid)
	var e *loket.Error
	if !errors.As(err, &e) || len(e.Fields) < 2 || len(b.m.s.cases) != 0 {
		t.Fatalf("fields: %+v, %d cases", e, len(b.m.s.cases))
	}
}

// S03: what is not there and what is another's answer alike.
func TestForeignAndUnknownAlike(t *testing.T) {
	t.Parallel()
	b := start(t)
	id := b.report(t, "k", answers()).Case
	_, foreign := b.Case(context.Background(), stranger, id)
	_, unknown := b.Case(context.Background(), officer, "bestaatniet")
	_, noWork := b.Case(context.Background(), told, id)
	if foreign == nil || unknown == nil || noWork == nil || foreign.Error() != unknown.Error() || noWork.Error() != unknown.Error() {
		t.Fatalf("foreign %v, unknown %v, without right %v", foreign, unknown, noWork)
	}
	if e := b.m.s.ledger[len(b.m.s.ledger)-1]; e.Outcome != "refused" {
		t.Errorf("a refusal is not in the log: %+v", e)
	}
	if _, err := b.Case(context.Background(), officer, id); err != nil {
		t.Errorf("control: the officer sees the case: %v", err)
	}
}

// R12: who saw an older version is told, and nothing is overwritten.
func TestConflict(t *testing.T) {
	t.Parallel()
	b := start(t)
	id := b.report(t, "k", answers()).Case
	v, err := b.Case(context.Background(), officer, id)
	if err != nil {
		t.Fatal(err)
	}
	b.do(t, officer, id, loket.Noted{Kind: "note", Text: "eerst"})
	_, err = b.Do(context.Background(), officer, id, desk.Change{Expect: v.Version, Want: loket.Noted{Kind: "note", Text: "te laat"}})
	code(t, err, loket.Conflict)
	b.do(t, officer, id, loket.Noted{Kind: "note", Text: "opnieuw"})
}

// R-R-62: nothing deeper than the reader's level is on the page; opening asks a purpose
// and is written before it is shown.
func TestDeepFactsStaySealed(t *testing.T) {
	t.Parallel()
	b := start(t)
	id := b.report(t, "k", answers()).Case
	v, err := b.Case(context.Background(), officer, id)
	if err != nil {
		t.Fatal(err)
	}
	v.Protocol = nil
	if page := fmt.Sprintf("%+v", v); strings.Contains(page, "Mila") || strings.Contains(page, "ruth@") {
		t.Error("a V5 or V4 fact is on the page of somebody who sees V3")
	}
	_, err = b.Open(context.Background(), officer, id, []string{"story"}, "")
	code(t, err, loket.Motivation)
	opened, err := b.Open(context.Background(), officer, id, []string{"story"}, "beoordelen")
	if err != nil || !strings.Contains(opened[0].Value.NL, "Mila") {
		t.Fatalf("opened: %+v, %v", opened, err)
	}
	if e := b.m.s.ledger[len(b.m.s.ledger)-1]; e.Action != "fields.opened" {
		t.Errorf("the opening is not in the log: %+v", e)
	}
}

// S05 in small: the store holds no word of the report, and a ciphertext cannot be moved.
func TestStoreHoldsNoContent(t *testing.T) {
	t.Parallel()
	b := start(t)
	id := b.report(t, "k", answers()).Case
	if all := stored(b.m.s.events[id]); strings.Contains(all, "Mila") || strings.Contains(fmt.Sprintf("%+v", b.m.s.cases), "Mila") || strings.Contains(fmt.Sprintf("%+v", b.m.s.outbox), "Mila") {
		t.Error("content lies open in the store")
	}
	records := b.m.s.events[id]
	records[1].Sealed = records[0].Sealed
	if _, err := b.Case(context.Background(), officer, id); err == nil {
		t.Error("a moved ciphertext was read")
	}
}

// R-R-63 and the return code: the reporter comes back, is asked, answers, and sees
// nothing of the weighing.
func TestReporterComesBack(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	r := b.report(t, "k", answers())
	_, wrong := b.Reporter(ctx, "vb", r.Number, "code-0000-abcd-efgh")
	_, nobody := b.Reporter(ctx, "vb", "2026-9999", r.Code)
	if wrong == nil || nobody == nil || wrong.Error() != nobody.Error() {
		t.Fatalf("wrong code %v, wrong number %v", wrong, nobody)
	}
	a, err := b.Reporter(ctx, "vb", r.Number, strings.ToUpper(strings.ReplaceAll(r.Code, "-", " ")))
	if err != nil {
		t.Fatal(err)
	}
	b.do(t, officer, r.Case, loket.Asked{Fields: []string{"media"}, To: "reporter"})
	v, err := b.ReporterCase(ctx, a)
	if err != nil || len(v.Questions) != 1 || v.Questions[0].Done {
		t.Fatalf("questions: %+v, %v", v, err)
	}
	if _, err := b.Do(ctx, a, r.Case, desk.Change{Want: loket.Decided{Subject: "classification"}}); err == nil {
		t.Error("a reporter decides")
	}
	if _, err := b.Case(ctx, a, r.Case); err == nil {
		t.Error("a reporter sees the desk's page")
	}
}

// DT-22, D-44: alike cases are proposed, linked by a person in both, and undone in both.
func TestDuplicatesAreLinkedAndUndone(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	one, two := b.report(t, "k1", answers()), b.report(t, "k2", answers())
	b.report(t, "k3", answers("organisation", "Bravo"))
	v, err := b.Case(ctx, officer, two.Case)
	if err != nil || len(v.Duplicates) != 1 || v.Duplicates[0].Other != one.Case {
		t.Fatalf("proposed: %+v, %v", v.Duplicates, err)
	}
	b.do(t, officer, two.Case, loket.Linked{Other: one.Case, Verdict: "same_report"})
	here, _ := b.Case(ctx, officer, two.Case)
	there, _ := b.Case(ctx, officer, one.Case)
	if len(here.Links) != 1 || len(there.Links) != 1 || !there.Links[0].Leads || len(here.Duplicates) != 0 {
		t.Fatalf("links: %+v / %+v", here.Links, there.Links)
	}
	if b.m.s.cases[two.Case].JoinedTo != one.Case {
		t.Error("the joined case still counts as an incident")
	}
	_, err = b.Do(ctx, officer, one.Case, desk.Change{Want: loket.Linked{Other: two.Case, Verdict: "same_report"}})
	code(t, err, loket.Conflict) // otherwise neither would count as an incident
	if at := b.onWorklist(t, two.Case); at != "closed" {
		t.Errorf("a joined case still asks for work: %s", at)
	}
	b.do(t, officer, two.Case, loket.Unlinked{Link: here.Links[0].Link, Reason: "tweeling"})
	there, _ = b.Case(ctx, officer, one.Case)
	if len(there.Links) != 0 || b.m.s.cases[two.Case].JoinedTo != "" {
		t.Error("the undo did not reach both cases")
	}
}

// R-R-20, R-R-68, DT-25: release to a named person: inbox, notice without content, read.
func TestReleaseReachesAPerson(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	r := b.report(t, "k", answers())
	b.do(t, officer, r.Case, loket.Decided{Subject: "classification"})
	b.do(t, officer, r.Case, loket.ProductDrafted{Product: "dat", Parts: map[string]string{"what": "Neem contact op met ruth@example.org"}})
	lena := loket.Recipient{ID: "lena", Name: "Lena Denkbeeld", Role: "alderman", Email: "lena@example.org"}
	release := loket.ProductReleased{Product: "dat", Recipients: []loket.Recipient{lena}, Purpose: "bestuurlijk informeren"}
	_, err := b.Do(ctx, officer, r.Case, desk.Change{Want: release})
	code(t, err, loket.Stopped) // R-R-82: an address of the case is in the text
	b.do(t, officer, r.Case, loket.ProductDrafted{Product: "dat", Parts: map[string]string{"what": "Er is iets gebeurd bij Alfa."}})
	b.do(t, officer, r.Case, release)
	notice := b.m.s.outbox[len(b.m.s.outbox)-1]
	if notice.To != "lena@example.org" || strings.Contains(notice.Body+notice.Subject, "Alfa") || !strings.Contains(notice.Subject, r.Number) {
		t.Fatalf("notice: %+v", notice)
	}
	inbox, err := b.Inbox(ctx, told)
	if err != nil || len(inbox) != 1 {
		t.Fatalf("inbox: %+v, %v", inbox, err)
	}
	if _, err := b.Read(ctx, stranger, r.Case, "dat", "", 2); err == nil {
		t.Error("a stranger reads it")
	}
	page, err := b.Read(ctx, told, r.Case, "dat", "", 2)
	if err != nil || page.Parts[0].Text != "Er is iets gebeurd bij Alfa." {
		t.Fatalf("read: %+v, %v", page, err)
	}
	v, _ := b.Case(ctx, officer, r.Case)
	if v.Knows.Rows[0].Cells[0].State != "read" {
		t.Errorf("who knows what: %+v", v.Knows)
	}
}

// R-R-31, D-01: correcting the anchor moves the clock and keeps what it was.
func TestClockMovesWithItsAnchor(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	r := b.report(t, "k", answers())
	a, err := b.Reporter(ctx, "vb", r.Number, r.Code)
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.SendForm(ctx, a, r.Case, desk.FormChange{Form: "report", Posted: url.Values{"organisation": {"Alfa"}, "happened_date": {"2026-03-28"}, "happened_time": {"14:00"}}})
	if err != nil {
		t.Fatal(err)
	}
	v, _ := b.Case(ctx, officer, r.Case)
	moved := 0
	for _, c := range v.Clocks {
		for _, m := range c.Moved {
			moved++
			if !m.Was.After(c.Due) {
				t.Errorf("history of the clock: %+v", m)
			}
		}
	}
	if moved != 1 {
		t.Errorf("one clock moved, %d are kept", moved)
	}
}

// D-26, R-R-129: what is erased is gone from the store; that it was erased stays.
func TestErase(t *testing.T) {
	t.Parallel()
	b := start(t)
	r := b.report(t, "k", answers())
	before := len(b.m.s.events[r.Case][1].Vault)
	b.do(t, officer, r.Case, loket.FactsErased{Fields: []string{"contact_mail"}, Reason: "dubbelcontrole klaar"})
	if after := len(b.m.s.events[r.Case][1].Vault); after >= before || after == 0 {
		t.Errorf("vault was %d bytes, is %d", before, after)
	}
	opened, err := b.Open(context.Background(), officer, r.Case, []string{"contact_mail", "story"}, "controle")
	if err != nil || opened[0].Known || !opened[1].Known {
		t.Errorf("after erasing one of two facts: %+v, %v", opened, err)
	}
}

// Requirements §13.4: the next shift finds what the last one wrote, until it is accepted.
func TestHandover(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	r := b.report(t, "k", answers())
	b.do(t, officer, r.Case, loket.Noted{Kind: "handover", Text: "Bel Alfa om negen uur"})
	w, err := b.Worklist(ctx, officer, desk.WorklistFilter{})
	if err != nil || len(w.Handover) != 1 || w.Handover[0].By != "Samira Proef" {
		t.Fatalf("handover: %+v, %v", w, err)
	}
	b.do(t, officer, r.Case, loket.Noted{Kind: "handover", Text: "Bel Alfa om tien uur"})
	b.do(t, officer, r.Case, loket.Noted{Kind: "note", Text: "Alfa belde zelf"})
	b.do(t, officer, b.report(t, "k2", answers()).Case, loket.Noted{Kind: "note", Text: "Niets voor straks"})
	if w, err = b.Worklist(ctx, officer, desk.WorklistFilter{}); err != nil || len(w.Handover) != 1 || w.Handover[0].Text != "Bel Alfa om tien uur" || w.Handover[0].Number != r.Number {
		t.Fatalf("the last note for the next shift: %+v, %v", w.Handover, err)
	}
	b.do(t, officer, r.Case, loket.Noted{Kind: "handover", Text: "Diep", Level: "V5"})
	if w, err = b.Worklist(ctx, officer, desk.WorklistFilter{}); err != nil || len(w.Handover) != 1 || !w.Handover[0].Sealed || w.Handover[0].Text != "" {
		t.Fatalf("a note deeper than the reader sees: %+v, %v", w.Handover, err)
	}
	b.do(t, officer, r.Case, loket.Noted{Kind: "accepted", Text: "gezien"})
	if w, err = b.Worklist(ctx, officer, desk.WorklistFilter{}); err != nil || len(w.Handover) != 0 {
		t.Fatalf("after accepting: %+v, %v", w, err)
	}
	if _, err := b.Worklist(ctx, told, desk.WorklistFilter{}); err == nil {
		t.Error("somebody who may not work sees the worklist")
	}
}

// R-R-117, R-R-119: advice stores nothing at all.
func TestAdviceStoresNothing(t *testing.T) {
	t.Parallel()
	b := start(t)
	advice, err := b.Advise(context.Background(), "vb", url.Values{"harm": {"serious"}, "quality": {"yes"}})
	if err != nil || advice.Answered != 2 {
		t.Fatalf("advice: %+v, %v", advice, err)
	}
	if b.m.writes != 0 {
		t.Error("asking for advice wrote something")
	}
}

// R-R-74, R-R-75, R-R-84: the register has every registered case and no person.
func TestRegisterWithoutPersons(t *testing.T) {
	t.Parallel()
	b := start(t)
	b.report(t, "k", answers("organisation", "=Alfa"))
	var out bytes.Buffer
	code(t, b.Register(context.Background(), told, 2026, &out), loket.NotFound)
	role := b.p.Role("officer")
	role.May = append(role.May, "register")
	err := b.Register(context.Background(), officer, 2026, &out)
	if err != nil || strings.Contains(out.String(), "Mila") || !strings.Contains(out.String(), "2026-0001") {
		t.Fatalf("register: %s, %v", out.String(), err)
	}
}

func stored(records []desk.Record) string {
	var b strings.Builder
	for _, r := range records {
		b.Write(r.Sealed)
		b.Write(r.Vault)
	}
	return b.String()
}
