// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"slices"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// Case shows one case, no deeper than the reader may see. That they saw it is in the ledger
// before they get it.
func (d *Desk) Case(ctx context.Context, a loket.Actor, id loket.CaseID) (*CaseView, error) {
	o, err := d.load(ctx, a, id)
	if err != nil {
		return nil, err
	}
	if !o.may(a, "case.read", 0) {
		d.refusedTo(ctx, a, id, "read")
		return nil, errHidden // a reporter has a view of its own
	}
	now := d.Now()
	o.ev = o.p.Evaluate(o.Input(now))
	var people []Person
	var dups []DuplicateView
	var near map[loket.CaseID]bool
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		if people, err = tx.People(ctx, a.Tenant); err != nil {
			return err
		}
		if dups, err = d.duplicates(ctx, tx, o); err != nil {
			return err
		}
		near, err = d.onlyRelated(ctx, tx, a, o.p, others(o, dups))
		return err
	})
	if err != nil {
		return nil, err
	}
	r := d.reader(a, o.p, people).of(o)
	r.far = func(other loket.CaseID) bool { return !near[other] }
	r.unspoken = numbersOf(o.Case, r.far)
	o = o.seenBy(a)
	entered := d.readsNow(ctx, a, o, "case", deepest(o.p, r.visible(o.Facts)))
	v := head(o, r, now)
	v.People, v.Duplicates = sharedWith(o, people), dups
	v.HiddenFrom, v.LentUntil = hidings(o, r), o.lentUntil(a, now)
	v.MayLimit = o.wants(a, loket.LimitPlaced{}) || o.wants(a, loket.LimitLifted{})
	v.MayShield, v.MayEmergency = o.wants(a, loket.CaseHidden{}), o.lent == "" && r.opens < "V5" && o.wants(a, loket.EmergencyOpened{})
	body(v, o, r, now)
	v.hideUnrelated(near)
	if err := entered(); err != nil {
		return nil, err
	}
	return v, d.neighbours(ctx, v, o)
}

// head is number, kind, who and where it stands.
func head(o *open, r reader, now time.Time) *CaseView {
	class, provisional := mainClass(o.p, o.ev)
	v := &CaseView{
		ID: o.ID, Number: o.Number, Version: o.Version, Title: class, Organisation: o.row.Organisation, Status: status(o.Case),
		Assigned: o.Assigned, ReceivedAt: o.row.ReceivedAt, Urgent: urgent(o.p, o.Facts), Sees: r.sees, Opens: r.opens,
		Protocol: o.p, OwnWork: o.p.OwnWork(o.Kind), Now: now, May: map[string]bool{}, Questions: questions(o, r), Hold: o.Hold, Limit: o.Limit, Destruction: o.Destruction,
	}
	if k := o.p.Kind(o.Kind); k != nil {
		v.Kind = k.Title
	}
	if laws := lawsOf(o.Facts); len(laws) > 0 && class.NL != "" {
		w := o.p.Words(factLaws, laws)
		v.Title = protocol.Text{NL: class.NL + ", " + w.NL, EN: class.EN + ", " + w.EN}
	}
	if len(o.Reports) > 0 {
		v.Channel = o.Reports[0].Channel
	}
	if o.Assigned != "" {
		v.AssignedName = r.name(o.Assigned)
	}
	for _, action := range protocol.Actions {
		v.May[action] = able(r.a, o.p, action) && (o.Limit == nil || slices.Contains(keepers, action))
	}
	v.May["open"] = v.May["open"] || o.lent != ""
	v.Phases = phasesOf(o)
	v.PhaseID, v.Phase = phaseOf(o, v.Phases)
	v.CloseWhy = closeWhy(o, r, v.PhaseID)
	v.Converts = conversions(o, r.a)
	v.Flags = flags(o, provisional)
	return v
}

// keepers are the abilities that are left on a case that is only kept.
var keepers = []string{"work", "open", "audit", "shield", "retain"}

// phaseOf is the phase that the case is in: the first that is not closed, or the last one
// closed when the case rests there.
func phaseOf(o *open, phases []*protocol.Phase) (id string, title protocol.Text) {
	for _, ph := range phases {
		if s := o.Phases[ph.ID]; s != nil && s.Closed {
			id, title = ph.ID, ph.Title
		} else if status(o.Case) != "closed" {
			return ph.ID, ph.Title
		}
	}
	return id, title
}

// phasesOf are the phases that this case comes to, in order.
func phasesOf(o *open) []*protocol.Phase {
	all := o.p.PhasesOf(o.Kind)
	conditions := make([]string, len(all))
	for i, ph := range all {
		conditions[i] = ph.When
	}
	var out []*protocol.Phase
	for i, verdict := range o.p.HoldEach(conditions, o.ev) {
		if verdict == protocol.True {
			out = append(out, all[i])
		}
	}
	return out
}

func flags(o *open, provisional bool) []Flag {
	var out []Flag
	if urgent(o.p, o.Facts) {
		out = append(out, Flag{Text: protocol.Text{NL: "Dringend gemeld", EN: "Reported as urgent"}, Style: "soon"})
	}
	if provisional {
		out = append(out, Flag{Text: protocol.Text{NL: "Voorlopig: er ontbreken feiten", EN: "Provisional: facts are missing"}, Style: "open"})
	}
	if joinedTo(o.Case) != "" {
		out = append(out, Flag{Text: protocol.Text{NL: "Gaat verder in een andere zaak", EN: "Continues in another case"}, Style: "plain"})
	}
	for _, f := range o.ev.Tables {
		if f.Decided != nil && f.Differs && proposesAnew(o, f) {
			out = append(out, Flag{Text: protocol.Text{NL: f.Table.Title.NL + ": nieuwe feiten, kijk opnieuw", EN: f.Table.Title.EN + ": new facts, look again"}, Style: "soon"})
		}
	}
	return out
}

// proposesAnew: since the decision the proposal itself changed. Who deviated with a reason
// is not asked again as long as the facts say the same.
func proposesAnew(o *open, f protocol.TableFinding) bool {
	return outputWords(o.p, f.Table, o.Decisions[f.Table.ID].Proposed) != outputWords(o.p, f.Table, f.Outputs)
}

// body fills the parts of the page.
func body(v *CaseView, o *open, r reader, now time.Time) {
	v.Clocks, v.Reachable = clocks(o), reporterAddress(o) != ""
	for _, p := range proposals(o, r.a, now) {
		v.Proposals = append(v.Proposals, r.proposal(o, p))
	}
	for _, p := range doneSteps(o, r.a, now) {
		v.Done = append(v.Done, r.proposal(o, p))
	}
	for _, p := range settledSteps(o, r.a, now) {
		v.Settled = append(v.Settled, r.proposal(o, p))
	}
	fits := fitting(o)
	v.Facts = r.groups(o, fits, now)
	v.Tables, v.Criteria, v.Derived = r.tables(o), r.criteria(o), r.derived(o.ev)
	v.Duties, v.Decisions, v.Deviations = duties(o, r), decisions(o, r), deviations(o, r)
	v.Products, v.Knows = productLines(o, r), knows(o, r)
	v.Rows, v.Links, v.Checks = rowsViews(o, r, fits), links(o, r), r.checks(o.ev)
	v.Waits = checkItems(o, waiting(o, r.a, fits))
	v.Answers, v.Known = r.visible(o.Facts), r.visible(o.knownTo(r.a))
	v.Notes, v.Log = notes(o, r), log(o, r)
	v.Timeline, v.Signing = timeline(o, r, now), signings(o, r)
	v.Forms, v.Elsewhere = forms(o, r.a, fits), decidedElsewhere(o, r.a)
	if o.Limit != nil {
		v.Status, v.Proposals, v.Forms, v.Converts, v.Clocks = statusLimited, nil, nil, nil, nil
	}
}

// followDepth is how many derived facts deep a reason explains itself.
const followDepth = 3

func (r reader) proposal(o *open, p Proposal) Proposal {
	p = r.ownTask(o, p)
	p.Facts = r.uses(o.Case, p.Reason)
	r.follows(o, p.Facts, followDepth)
	p.Reason = r.mask(p.Reason)
	if p.Table != nil {
		t := r.table(*p.Table)
		p.Table = &t
	}
	if p.Criteria != nil {
		c := r.list(*p.Criteria)
		p.Criteria = &c
	}
	return p
}

// tables are the questions that a person decides: those that arise in this case, and those
// that somebody decided in it.
func (r reader) tables(o *open) []protocol.TableFinding {
	out := make([]protocol.TableFinding, 0, len(o.ev.Tables))
	for _, t := range o.ev.Tables {
		arises := o.p.Concerns(o.Kind, t.Table.ID, t.Table.When, t.Arises)
		if len(t.Table.DecidedBy) > 0 && (arises || t.Decided != nil) {
			out = append(out, r.table(t))
		}
	}
	return out
}

// derived are the tables that nobody decides; one with an outcome deeper than the reader
// sees stays away.
func (r reader) derived(ev *protocol.Evaluation) []protocol.TableFinding {
	var out []protocol.TableFinding
	for _, t := range ev.Tables {
		deep := slices.ContainsFunc(t.Table.Outputs, func(f protocol.Fact) bool { return r.tooDeep(f.ID) })
		if len(t.Table.DecidedBy) == 0 && t.Arises != protocol.False && !deep {
			out = append(out, r.table(t))
		}
	}
	return out
}

func (r reader) table(t protocol.TableFinding) protocol.TableFinding {
	t.Reasons, t.Others = r.maskAll(t.Reasons), r.maskAll(t.Others)
	return t
}

func (r reader) maskAll(in []protocol.Reason) []protocol.Reason {
	out := make([]protocol.Reason, len(in))
	for i, reason := range in {
		out[i] = r.mask(reason)
	}
	return out
}

func (r reader) criteria(o *open) []protocol.CriteriaFinding {
	out := make([]protocol.CriteriaFinding, 0, len(o.ev.Criteria))
	for _, c := range o.ev.Criteria {
		arises := o.p.Concerns(o.Kind, c.Criteria.ID, c.Criteria.When, c.Arises)
		if arises || c.Decided != nil {
			out = append(out, r.list(c))
		}
	}
	return out
}

func (r reader) list(c protocol.CriteriaFinding) protocol.CriteriaFinding {
	c.Items = slices.Clone(c.Items)
	for i := range c.Items {
		c.Items[i].Reason = r.mask(c.Items[i].Reason)
	}
	return c
}

func (r reader) checks(ev *protocol.Evaluation) []protocol.ChecksFinding {
	out := slices.Clone(ev.Checks)
	for i := range out {
		out[i].Items = slices.Clone(out[i].Items)
		for j := range out[i].Items {
			out[i].Items[j].Reason = r.mask(out[i].Items[j].Reason)
		}
	}
	return out
}

func clocks(o *open) []ClockView {
	var out []ClockView
	for _, f := range o.ev.Deadlines {
		if f.Due.IsZero() {
			continue
		}
		v := ClockView{DeadlineFinding: f, Title: nameOfClock(o, &f), RowTitle: rowTitle(o, f.Deadline.Each, f.Row)}
		for _, m := range o.Moved {
			if m.Deadline == f.Deadline.ID && m.Row == f.Row {
				v.Moved = append(v.Moved, m)
			}
		}
		out = append(out, v)
	}
	return out
}

// forms are those the reader may fill on this case now.
func forms(o *open, a loket.Actor, fits map[string]bool) []*protocol.Form {
	var out []*protocol.Form
	for i := range o.p.Forms {
		if f := &o.p.Forms[i]; fits[f.ID] && o.offers(a, f) {
			out = append(out, f)
		}
	}
	return out
}

// fitting are the ids of the forms that a case of this kind has at this moment, whoever fills
// them in. A form that opens a case of its own is of that case.
func fitting(o *open) map[string]bool {
	conditions := make([]string, len(o.p.Forms))
	for i := range o.p.Forms {
		conditions[i] = o.p.Forms[i].When
	}
	fits := make(map[string]bool, len(conditions))
	for i, verdict := range o.p.HoldEach(conditions, o.ev) {
		f := &o.p.Forms[i]
		fits[f.ID] = f.Use != "advice" && f.Opens == "" && o.p.Concerns(o.Kind, f.ID, f.When, verdict)
	}
	return fits
}

// closeWhy are the motivations of the proposal to close the phase that the case is in, at
// the reader's level: who decides reads them, and need not write them again (DT-24).
func closeWhy(o *open, r reader, phase string) map[string]TextView {
	ph := o.Phases[phase]
	if ph == nil || !ph.Proposed || ph.Closed {
		return nil
	}
	out := map[string]TextView{}
	for check, words := range ph.Why {
		out[check] = r.text(o.Case, ph.WhySeq, words)
	}
	return out
}
