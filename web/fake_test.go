// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"sync"
	"testing"
	"time"
	_ "time/tzdata" // the tests need no zone files on disk

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// fakeDesk is a desk in memory that serves the small protocol of testdata. What a test
// does not set up panics: the embedded interface is nil.
type fakeDesk struct {
	desk.Service
	p       *protocol.Protocol
	now     time.Time
	mu      sync.Mutex
	sent    []desk.ReportForm
	receipt map[string]desk.Receipt // by key
	forms   []desk.FormChange
	refuse  error // SendReport and SendForm answer with it
	view    *desk.ReporterView
}

const (
	fakeTenant = "oefenstad"
	fakeCode   = "abcd-efgh-jkmn-pqrs"
)

func (f *fakeDesk) Protocol(context.Context, string) (*protocol.Protocol, error) {
	if f.p == nil {
		return nil, errors.New("no protocol")
	}
	return f.p, nil
}

func (f *fakeDesk) Tenant(context.Context, string) (desk.Tenant, error) {
	return desk.Tenant{ID: fakeTenant, Name: "Gemeente Oefenstad", Protocol: "oefenstad", Phone: "010 000 00 00"}, nil
}

func (f *fakeDesk) Now() time.Time { return f.now }

func (f *fakeDesk) SendReport(_ context.Context, _ loket.Actor, form desk.ReportForm) (desk.Receipt, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.refuse != nil {
		return desk.Receipt{}, f.refuse
	}
	if first, again := f.receipt[form.Key]; again {
		return first, nil
	}
	facts, faults := f.p.ReadAnswers(f.p.Form(form.Form), form.Posted, f.now)
	if len(faults) > 0 {
		return desk.Receipt{}, &loket.Error{Code: loket.Invalid, Fields: faults}
	}
	_, _, missing := f.p.Progress(f.p.Form(form.Form), facts, f.now)
	facts["received_at"] = f.now
	found := f.p.Evaluate(protocol.Input{Facts: facts, Now: f.now})
	f.sent = append(f.sent, form)
	receipt := desk.Receipt{
		Case: "case1", Number: fmt.Sprintf("2026-%04d", len(f.sent)), Code: fakeCode, ReceivedAt: f.now, Missing: missing,
		DeskOpen: f.p.DeskOpen(f.now), DeskReads: f.p.NextDeskOpening(f.now), Kind: protocol.Text{NL: "melding"},
	}
	if len(found.Deadlines) > 0 {
		receipt.Clock = &found.Deadlines[0]
	}
	f.receipt[form.Key] = receipt
	return receipt, nil
}

func (f *fakeDesk) Receipt(_ context.Context, _ loket.Actor, _, key string) (desk.Receipt, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if first, sent := f.receipt[key]; sent {
		return first, nil
	}
	return desk.Receipt{}, loket.Refuse(loket.NotFound, "", "")
}

func (f *fakeDesk) SendForm(_ context.Context, _ loket.Actor, _ loket.CaseID, form desk.FormChange) (int, error) {
	if f.refuse != nil {
		return 0, f.refuse
	}
	f.forms = append(f.forms, form)
	return 2, nil
}

func (f *fakeDesk) Advise(_ context.Context, _ string, posted url.Values) (*desk.Advice, error) {
	form := f.p.Form("advice")
	facts, faults := f.p.ReadAnswers(form, posted, f.now)
	ev := f.p.Evaluate(protocol.Input{Facts: facts, Now: f.now})
	return &desk.Advice{Form: form, Answers: facts, Errors: faults, Tables: ev.Tables, Criteria: ev.Criteria, Duties: ev.Duties, Answered: len(facts)}, nil
}

func (f *fakeDesk) Reporter(_ context.Context, tenant, number, code string) (loket.Actor, error) {
	if number != "2026-0001" || code != fakeCode {
		return loket.Actor{}, loket.Refuse(loket.Invalid, "Dit nummer en deze code horen niet bij elkaar.", "This number and code do not belong together.")
	}
	return loket.Actor{ID: "reporter", Tenant: tenant, Role: "reporter", Roles: []string{"reporter"}, Case: "case1"}, nil
}

func (f *fakeDesk) ReporterCase(context.Context, loket.Actor) (*desk.ReporterView, error) {
	if f.view != nil {
		return f.view, nil
	}
	description := f.p.Form("report").Sections[2].Fields[0]
	return &desk.ReporterView{
		Case: "case1", Number: "2026-0001", ReceivedAt: f.now, Protocol: f.p,
		Status:    protocol.Text{NL: "Het loket heeft een vraag aan u.", EN: "The desk has a question for you."},
		Forms:     []*protocol.Form{f.p.Form("supplement")},
		Questions: []desk.ReporterQuestion{{ID: "q1", Text: "Wie was erbij?", Fields: []*protocol.Field{&description}, At: f.now}},
		Missing:   []desk.FactView{{ID: "age", Title: protocol.Text{NL: "Leeftijd"}}},
		Answers:   []desk.FactGroup{{Title: protocol.Text{NL: "Eerst dit"}, Facts: []desk.FactView{{Title: protocol.Text{NL: "Uw organisatie"}, Value: protocol.Text{NL: "Alfa"}, Known: true}}}},
	}, nil
}

// fakeSessions logs in whoever the test says.
type fakeSessions struct{ actor *loket.Actor }

func (f fakeSessions) Actor(*http.Request) (loket.Actor, bool) {
	if f.actor == nil {
		return loket.Actor{}, false
	}
	return *f.actor, true
}

func (f fakeSessions) Login(http.ResponseWriter, *http.Request, string, string, string) error {
	return loket.Refuse(loket.Invalid, "Deze naam en dit wachtwoord horen niet bij elkaar.", "This name and password do not belong together.")
}

func (f fakeSessions) Logout(http.ResponseWriter, *http.Request) string { return "" }

// memoryDrafts keeps drafts in memory; broken makes every call fail.
type memoryDrafts struct {
	mu     sync.Mutex
	kept   map[string]url.Values
	until  map[string]time.Time
	clock  func() time.Time
	broken error
}

func newMemoryDrafts(clock func() time.Time) *memoryDrafts {
	return &memoryDrafts{kept: map[string]url.Values{}, until: map[string]time.Time{}, clock: clock}
}

func (m *memoryDrafts) Save(_ context.Context, key string, values url.Values, until time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.broken != nil {
		return m.broken
	}
	m.kept[key], m.until[key] = values, until
	return nil
}

func (m *memoryDrafts) Load(_ context.Context, key string) (url.Values, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.broken != nil || m.clock().After(m.until[key]) {
		return nil, m.broken
	}
	return m.kept[key], nil
}

func (m *memoryDrafts) Delete(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.kept, key)
	return m.broken
}

// countedRand makes keys that are the same in every run.
type countedRand struct {
	mu sync.Mutex
	n  int
}

func (c *countedRand) ID() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	return fmt.Sprintf("key%029d", c.n)
}

// rig is the pages with everything around them faked.
type rig struct {
	*Server
	desk   *fakeDesk
	drafts *memoryDrafts
}

// newRig makes the pages at a fixed moment: Sunday 29 March 2026, 10:50 in Amsterdam.
func newRig(t *testing.T, change ...func(*Options)) *rig {
	t.Helper()
	p, err := protocol.Load(os.DirFS("testdata/oefenstad"))
	if err != nil {
		t.Fatal(err)
	}
	f := &fakeDesk{p: p, now: time.Date(2026, 3, 29, 8, 50, 0, 0, time.UTC), receipt: map[string]desk.Receipt{}}
	drafts := newMemoryDrafts(f.Now)
	o := Options{Service: f, Sessions: fakeSessions{}, Drafts: drafts, Tenant: fakeTenant, Practice: true, Rand: &countedRand{}, Scan: scanMister}
	for _, apply := range change {
		apply(&o)
	}
	return &rig{Server: New(o), desk: f, drafts: drafts}
}
