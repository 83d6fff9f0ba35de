// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"crypto/subtle"

	"example.org/loket"
	"example.org/loket/protocol"
)

// errCode answers alike for a wrong number and a wrong code.
var errCode = loket.Refuse(loket.Invalid, "Dit nummer en deze code horen niet bij elkaar. Kijk op uw ontvangstbewijs. Komt u er niet uit? Bel het loket.",
	"This number and code do not belong together. See your receipt. Still stuck? Call the desk.")

// Reporter turns number and return code into an actor for that one case.
func (d *Desk) Reporter(ctx context.Context, tenant, number, code string) (loket.Actor, error) {
	p, err := d.Protocol(ctx, tenant)
	if err != nil {
		return loket.Actor{}, err
	}
	var row CaseRow
	var found bool
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		row, found, err = tx.CaseByNumber(ctx, tenant, number)
		return err
	})
	if err != nil {
		return loket.Actor{}, err
	}
	right := len(row.CodeHash) > 0 && subtle.ConstantTimeCompare(d.codeHash(tenant, code), row.CodeHash) == 1
	if !found || !right {
		return loket.Actor{}, errCode
	}
	a := asReporter(loket.Actor{Tenant: tenant, Case: row.ID}, p)
	a.Organisation = row.Organisation
	return a, nil
}

// ReporterCase is the own report: status, questions, what may still be sent, messages.
// Nothing of the desk's weighing is in it.
func (d *Desk) ReporterCase(ctx context.Context, a loket.Actor) (*ReporterView, error) {
	if a.Case == "" {
		return nil, errHidden
	}
	o, err := d.load(ctx, a, a.Case)
	if err != nil {
		return nil, err
	}
	if err := d.readNow(ctx, a, o, "own_report", deepest(o.p, ownFacts(o))); err != nil {
		return nil, err
	}
	now := d.Now()
	o.ev = o.p.Evaluate(o.Input(now))
	v := &ReporterView{Case: o.ID, Number: o.Number, Version: o.Version, ReceivedAt: o.row.ReceivedAt, Status: reporterStatus(o), Clock: reportingClock(o.p, o.ev), Reports: o.Reports, Protocol: o.p}
	r := d.reader(a, o.p, nil).of(o)
	fits := fitting(o)
	for _, g := range r.groups(o, fits, now) {
		if own := ownAnswers(g); len(own.Facts) > 0 && sentOn(o.Case, g.Form) {
			v.Answers = append(v.Answers, own)
		}
	}
	v.Facts = ownFacts(o)
	v.Questions, v.Missing = reporterQuestions(o), missing(o, r)
	for _, f := range forms(o, a, fits) {
		if f.Use == "follow_up" {
			v.Forms = append(v.Forms, f)
		}
	}
	for _, t := range o.Told {
		if t.Recipient.ID == "reporter" && t.Channel == "notice" {
			v.Messages = append(v.Messages, InboxItem{Case: o.ID, Number: o.Number, Product: t.Product, Row: t.Row, Version: t.Version, Title: titleFor(o.p, t.Product), At: t.At, ReadAt: t.ReadAt, Withdrawn: withdrawn(o.Case, t)})
		}
	}
	return v, nil
}

// ownFacts are the facts that the reporting side gave, with their values.
func ownFacts(o *open) protocol.Facts {
	own := protocol.Facts{}
	for id, origin := range o.Origin {
		if value, known := o.Facts[id]; known && origin.From == "report" {
			own[id] = value
		}
	}
	return own
}

func reporterStatus(o *open) protocol.Text {
	switch {
	case o.Ended != "":
		return say("Het loket heeft deze melding beëindigd.", "The desk has ended this report.")
	case status(o.Case) == "closed":
		return say("Het loket heeft deze melding afgerond.", "The desk has completed this report.")
	case o.openQuestions() > 0:
		return say("Het loket heeft een vraag aan u.", "The desk has a question for you.")
	case o.Assigned != "" || len(o.Decisions) > 0:
		return say("Het loket werkt aan uw melding.", "The desk is working on your report.")
	}
	return say("Uw melding is ontvangen.", "Your report was received.")
}

// toReporter: what is asked of another party is not for the reporter to know.
func toReporter(q loket.QuestionState) bool { return q.To == "" || q.To == "reporter" }

func (o *open) openQuestions() int {
	n := 0
	for _, q := range o.Questions {
		if !q.Done && toReporter(q) {
			n++
		}
	}
	return n
}

// ownAnswers keeps what the reporter said; the desk's additions stay inside.
func ownAnswers(g FactGroup) FactGroup {
	out := FactGroup{Title: g.Title, Form: g.Form}
	for _, f := range g.Facts {
		if f.From == "report" {
			out.Facts = append(out.Facts, f)
		}
	}
	return out
}

func reporterQuestions(o *open) []ReporterQuestion {
	var out []ReporterQuestion
	for _, q := range o.Questions {
		if !toReporter(q) {
			continue
		}
		rq := ReporterQuestion{ID: q.Question, Text: q.Text, At: q.At, Done: q.Done}
		for _, id := range q.Fields {
			if f := fieldOf(o.p, id); f != nil {
				rq.Fields = append(rq.Fields, f)
			}
		}
		out = append(out, rq)
	}
	return out
}

func fieldOf(p *protocol.Protocol, id string) *protocol.Field {
	for i := range p.Forms {
		for j := range p.Forms[i].Sections {
			s := &p.Forms[i].Sections[j]
			for k := range s.Fields {
				if s.Fields[k].ID == id && s.Fields[k].Like == "" {
					return &s.Fields[k]
				}
			}
		}
	}
	return nil
}

// missing are the wanted answers of the report that are still open.
func missing(o *open, r reader) []FactView {
	var out []FactView
	seen := map[string]bool{}
	for _, rep := range o.Reports {
		f := o.p.Form(rep.Form)
		if f == nil || f.Use != "report" {
			continue
		}
		_, _, ids := o.p.Progress(f, o.Facts, rep.At)
		for _, id := range ids {
			if !seen[id] {
				seen[id] = true
				out = append(out, r.fact(o.Case, id, nil, false))
			}
		}
	}
	return out
}
