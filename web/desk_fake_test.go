// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"io"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// deskFake adds to fakeDesk what the pages behind login ask for. It records what was
// wanted, and answers with refusal when a test says so.
type deskFake struct {
	*fakeDesk
	view     *desk.CaseView
	product  *desk.ProductView
	fresh    string // the text as the facts make it now; empty: as it was written
	list     *desk.Worklist
	inbox    []desk.InboxItem
	messages []desk.Message
	filters  []desk.WorklistFilter
	wanted   []desk.Change
	on       []loket.CaseID
	opened   []string
	purpose  string
	again    []string
	refusal  error

	emergency desk.EmergencyForm
	openings  *desk.EmergencyView
}

func (f *deskFake) Case(_ context.Context, _ loket.Actor, id loket.CaseID) (*desk.CaseView, error) {
	if id != f.view.ID {
		return nil, loket.Refuse(loket.NotFound, "", "")
	}
	return f.view, nil
}

func (f *deskFake) OpenInEmergency(_ context.Context, _ loket.Actor, form desk.EmergencyForm) (loket.CaseID, error) {
	f.emergency = form
	if refused := loket.CheckEmergency(loket.EmergencyOpened{Ground: form.Ground, Depth: form.Depth, Purpose: form.Purpose, Reason: form.Reason}); refused != nil {
		return "", refused
	}
	return f.view.ID, nil
}

func (f *deskFake) EmergencyOpenings(context.Context, loket.Actor) (*desk.EmergencyView, error) {
	return f.openings, nil
}

func (f *deskFake) Do(_ context.Context, _ loket.Actor, id loket.CaseID, change desk.Change) (int, error) {
	f.wanted, f.on = append(f.wanted, change), append(f.on, id)
	return 2, f.refusal
}

func (f *deskFake) SendForm(ctx context.Context, by loket.Actor, id loket.CaseID, form desk.FormChange) (int, error) {
	if f.refusal != nil {
		return 0, f.refusal
	}
	return f.fakeDesk.SendForm(ctx, by, id, form)
}

func (f *deskFake) Worklist(_ context.Context, _ loket.Actor, filter desk.WorklistFilter) (*desk.Worklist, error) {
	f.filters = append(f.filters, filter)
	return f.list, nil
}

func (f *deskFake) Open(_ context.Context, _ loket.Actor, _ loket.CaseID, fields []string, purpose string) ([]desk.FactView, error) {
	f.opened, f.purpose = fields, purpose
	if f.refusal != nil {
		return nil, f.refusal
	}
	return []desk.FactView{{ID: "description", Known: true, Value: say("Zij viel van de trap.")}}, nil
}

func (f *deskFake) Product(_ context.Context, _ loket.Actor, _ loket.CaseID, _, _ string, version int) (*desk.ProductView, error) {
	if version != desk.AsProposed || f.fresh == "" {
		return f.product, nil
	}
	now := *f.product
	now.Version, now.Released = 0, nil
	now.Parts = []desk.PartView{{Part: f.product.Parts[0].Part, Text: f.fresh}}
	return &now, nil
}

func (f *deskFake) Inbox(context.Context, loket.Actor) ([]desk.InboxItem, error) { return f.inbox, nil }

func (f *deskFake) Read(_ context.Context, _ loket.Actor, _ loket.CaseID, _, _ string, version int) (*desk.ProductView, error) {
	if version != 1 {
		return nil, loket.Refuse(loket.NotFound, "", "")
	}
	return f.product, nil
}

func (f *deskFake) Register(_ context.Context, _ loket.Actor, _ int, w io.Writer) error {
	_, err := io.WriteString(w, "nummer;soort\n2026-0001;melding\n")
	return err
}

func (f *deskFake) People(context.Context, string) ([]desk.Person, error) { return fakePeople, nil }

func (f *deskFake) Deliveries(context.Context, loket.Actor, int) ([]desk.Message, error) {
	return f.messages, nil
}

func (f *deskFake) Redeliver(_ context.Context, _ loket.Actor, id string) error {
	f.again = append(f.again, id)
	return nil
}

func say(nl string) protocol.Text { return protocol.Text{NL: nl, EN: nl + " (en)"} }

var fakePeople = []desk.Person{
	{ID: "samira", Name: "Samira Proef", Roles: []string{"officer"}},
	{ID: "wethouder", Name: "Wethouder Verzonnen", Roles: []string{"executive"}, Email: "wethouder@example.org"},
	{ID: "bram", Name: "Bram Nepnaam", Roles: []string{"executive"}},
}

// officer may do everything that the desk's pages offer.
var officer = loket.Actor{ID: "samira", Name: "Samira Proef", Role: "officer", Roles: []string{"officer"}, Tenant: fakeTenant}

// deskRig is the pages with an officer logged in on one case.
type deskRig struct {
	*browser
	fake *deskFake
}

func newDeskRig(t *testing.T, change ...func(*Options)) *deskRig {
	t.Helper()
	f := &deskFake{}
	actor := officer
	r := newRig(t, append([]func(*Options){func(o *Options) {
		f.fakeDesk = o.Service.(*fakeDesk)
		o.Service, o.Sessions = f, fakeSessions{actor: &actor}
	}}, change...)...)
	for i := range f.p.Roles {
		if f.p.Roles[i].ID == "officer" {
			f.p.Roles[i].May = protocol.Actions
		}
	}
	f.view, f.product, f.list = fakeCase(f), fakeProduct(f), fakeWorklist(f)
	return &deskRig{browser: newBrowser(t, r.Server), fake: f}
}

// last is the change that was wanted last.
func (r *deskRig) last() loket.Payload {
	r.t.Helper()
	if len(r.fake.wanted) == 0 {
		r.t.Fatal("nothing was asked of the desk")
	}
	return r.fake.wanted[len(r.fake.wanted)-1].Want
}

var fakeTable = &protocol.Table{
	ID: "class", Title: say("Calamiteit of incident"), DecidedBy: []string{"officer"},
	Outputs: []protocol.Fact{
		{ID: "class_is", Title: say("soort"), Type: protocol.TypeChoice, Options: []protocol.Option{{ID: "calamity", Label: say("Calamiteit")}, {ID: "incident", Label: say("Incident")}}},
		{ID: "legal", Title: say("wettelijk"), Type: protocol.TypeYesNo},
		{ID: "who", Title: say("voor wie"), Type: protocol.TypeChoices, Options: []protocol.Option{{ID: "a", Label: say("Bestuur")}, {ID: "b", Label: say("Raad")}}},
		{ID: "days", Title: say("dagen"), Type: protocol.TypeNumber},
	},
}

var fakeCriteria = &protocol.Criteria{
	ID: "criteria", Title: say("Meldcriteria"), DecidedBy: []string{"officer"},
	Items: []protocol.Rule{{ID: "1", Title: say("Ernstige schade")}, {ID: "2", Title: say("Onrust")}},
}

// fakeCase is a case with something in every section.
func fakeCase(f *deskFake) *desk.CaseView {
	p, now := f.p, f.now
	source := protocol.Source{At: "§3, regel 9", Quote: "Ernstige schade wordt gemeld."}
	finding := protocol.TableFinding{
		Table: fakeTable, Arises: protocol.True, Words: say("Calamiteit, wettelijk"), Provisional: true,
		Outputs: protocol.Facts{"class_is": "calamity", "legal": true, "who": []string{"b", "a"}, "days": int64(3)},
	}
	list := protocol.CriteriaFinding{Criteria: fakeCriteria, Arises: protocol.True, Items: []protocol.CriterionFinding{
		{Rule: &fakeCriteria.Items[0], Verdict: protocol.True}, {Rule: &fakeCriteria.Items[1], Verdict: protocol.Unknown},
	}}
	may := map[string]bool{}
	for _, action := range protocol.Actions {
		may[action] = true
	}
	phase := protocol.Phase{ID: "one", Title: say("Fase één"), Checks: "closing"}
	q := *p
	q.Phases = []protocol.Phase{phase}
	return &desk.CaseView{
		ID: "zaak1", Number: "2026-0047", Version: 7, Title: say("Calamiteit, Jeugdwet"), Organisation: "Alfa", Status: "open", Phase: phase.Title, PhaseID: phase.ID, Phases: []*protocol.Phase{&phase},
		ReceivedAt: now.Add(-2 * time.Hour), Channel: "phone", Sees: "V3", Opens: "V5", Protocol: &q, Now: now, May: may, People: fakePeople,
		Flags:     []desk.Flag{{Text: say("Dringend gemeld"), Style: "soon"}},
		Clocks:    []desk.ClockView{{Title: p.Deadlines[0].Title, DeadlineFinding: protocol.DeadlineFinding{Deadline: &p.Deadlines[0], State: protocol.ClockRunning, Due: now.Add(3 * time.Hour), Words: say("za 14:00 + 48 uur = ma 15:00")}}},
		Proposals: fakeProposals(now, source, &finding, &list),
		Timeline:  []desk.TimelineDay{{Day: now, Moments: []desk.Moment{{At: now.Add(time.Minute), What: say("Joost sloot de vraag"), Who: "Joost"}, {At: now, Now: true, What: say("Nu")}}}},
		Facts: []desk.FactGroup{{Title: say("Wat gebeurde er"), Form: "report", Facts: []desk.FactView{
			{ID: "place", Title: say("Waar"), Value: say("Thuis"), Known: true, From: "report", At: now},
			{ID: "description", Title: say("Omschrijving"), Known: true, Sealed: true, CanOpen: true, Level: "V5"},
			{ID: "age", Title: say("Leeftijd")},
		}}},
		Answers: protocol.Facts{"age": int64(16)},
		Tables:  []protocol.TableFinding{finding}, Criteria: []protocol.CriteriaFinding{list},
		Duties:    []desk.DutyView{{DutyFinding: protocol.DutyFinding{Duty: &protocol.Duty{ID: "igj", Title: say("Melden bij de inspectie"), By: "reporter"}, Must: "yes", State: "open"}}},
		Decisions: []desk.DecisionView{{Subject: "x", Title: say("Coördinatie"), Outcome: say("Eigen gemeente"), Deviates: true, Proposed: say("Andere"), Motivation: "Zij vroegen het ons", Said: desk.TextView{Text: "Zij vroegen het ons"}, At: now, By: "Samira"}},
		Products:  []desk.ProductLine{{Product: "dat", Title: say("Dat-melding"), Version: 1, State: "released", Level: "V1", At: now, By: "Samira"}},
		Knows: desk.KnowsTable{
			Columns: []desk.KnowsColumn{{Product: "dat", Version: 1, Title: say("Dat-melding"), Level: "V1"}},
			Rows:    []desk.KnowsRow{{Person: loket.Recipient{ID: "wethouder", Name: "Wethouder Verzonnen", Role: "executive"}, Cells: []desk.KnowsCell{{State: "read", At: now}}}},
		},
		Questions:  []desk.QuestionView{{QuestionState: loket.QuestionState{Asked: loket.Asked{Question: "q1", Text: "Wie was erbij?", To: "reporter"}, At: now}, Said: desk.TextView{Text: "Wie was erbij?"}}},
		Duplicates: []desk.DuplicateView{{Other: "zaak2", Number: "2026-0048", Title: say("Waarschijnlijk dezelfde melding"), Verdict: "same_report", Same: []protocol.Text{say("Dossiernummer")}}},
		Links:      []desk.LinkView{{Linked: loket.Linked{Link: "l1", Other: "zaak3", Number: "2026-0040", Verdict: "related"}, At: now, By: "Joost"}},
		Checks: []protocol.ChecksFinding{{Checks: &protocol.Checks{ID: "closing"}, Items: []protocol.CheckFinding{
			{Check: &protocol.Check{ID: "told", Title: say("Bestuur ingelicht"), Ask: say("Licht het bestuur in.")}, OK: protocol.False},
			{Check: &protocol.Check{ID: "class", Title: say("Beoordeeld")}, OK: protocol.True},
		}}},
		Notes: []desk.NoteView{{Note: loket.Note{Noted: loket.Noted{Kind: "handover", Text: "Bel Alfa om negen uur"}, At: now}, Said: desk.TextView{Text: "Bel Alfa om negen uur"}, Name: "Joost"}},
		Log:   []desk.LogLine{{At: now, Who: "Samira", Role: "officer", What: say("zaak geopend")}},
		Forms: []*protocol.Form{p.Form("supplement")},
	}
}

func fakeProposals(now time.Time, source protocol.Source, table *protocol.TableFinding, list *protocol.CriteriaFinding) []desk.Proposal {
	reason := protocol.Reason{Because: say("er is ernstige schade"), Source: source}
	return []desk.Proposal{
		{Key: "classify", Step: "classify", Title: say("Bepaal het soort"), Reason: reason, Action: "decide", Target: "class", Table: table, Due: now.Add(time.Hour), Mine: true,
			Facts: []desk.FactView{{ID: "place", Title: say("Waar"), Value: say("Thuis"), Known: true}, {ID: "age", Title: say("Leeftijd")}}},
		{Key: "criteria", Step: "criteria", Title: say("Bepaal de criteria"), Action: "decide", Target: "criteria", Criteria: list},
		{Key: "ask", Step: "ask", Title: say("Vraag de leeftijd"), Action: "ask", Facts: []desk.FactView{{ID: "age", Title: say("Leeftijd")}}},
		{Key: "dat", Step: "dat", Title: say("Stuur een dat-melding"), Action: "compose", Target: "dat"},
		{Key: "fill", Step: "fill", Title: say("Vul aan"), Action: "form", Target: "supplement"},
		{Key: "call/r1", Step: "call", Row: "r1", Title: say("Bel de melder"), Reason: reason, Action: "note", Late: true, Due: now.Add(-time.Hour), Owner: say("coördinator")},
		{Key: "end", Step: "end", Title: say("Sluit de fase"), Action: "close", Target: "one"},
	}
}

func fakeProduct(f *deskFake) *desk.ProductView {
	return &desk.ProductView{
		Case: "zaak1", Number: "2026-0047", CaseVersion: 7, Version: 1, Current: true, MayRelease: true, MayAlign: true, MayCompose: true,
		Product:  &protocol.Product{ID: "dat", Title: say("Dat-melding"), Level: "V1", Align: []string{"executive"}, Purpose: say("Bestuurlijk verantwoordelijk")},
		Parts:    []desk.PartView{{Part: &protocol.Part{ID: "what", Title: say("Wat er is gebeurd"), Mandatory: true}, Text: "Er is een melding."}},
		Findings: []desk.Finding{{Part: "what", Text: "Mila", Say: say("is een naam"), Blocks: true}},
		Warnings: []desk.Finding{{ID: "align", Say: say("Nog niet afgestemd")}},
		Proposed: fakePeople[1:2], People: fakePeople, ReleasedAt: f.now,
	}
}

func fakeWorklist(f *deskFake) *desk.Worklist {
	job := desk.Job{Case: "zaak1", Number: "2026-0047", Kind: say("Calamiteit"), Provisional: true, Laws: say("Jeugdwet"), Organisation: "Alfa", What: say("Bel de melder"), Because: say("Want de melding is dringend."), Due: f.now.Add(-45 * time.Minute), Late: true, Urgent: true, Assigned: "Samira Proef", More: 2, ReceivedAt: f.now}
	return &desk.Worklist{
		Now: f.now, DeskOpen: true, Closes: f.now.Add(time.Hour), Counts: map[string]int{"team": 11, "late": 1}, Next: "cursor9",
		Groups:   []desk.WorkGroup{{ID: "late", Jobs: []desk.Job{job}}, {ID: "waiting", Jobs: []desk.Job{{Case: "zaak9", Number: "2026-0009", ReceivedAt: f.now}}}},
		Handover: []desk.HandoverNote{{Case: "zaak1", Number: "2026-0047", Text: "Bel Alfa om negen uur", By: "Joost", At: f.now}},
	}
}
