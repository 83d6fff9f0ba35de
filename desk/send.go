// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"net/url"

	"example.org/loket"
	"example.org/loket/protocol"
)

// SendForm takes a filled officer, follow-up or rows form on an existing case.
func (d *Desk) SendForm(ctx context.Context, a loket.Actor, id loket.CaseID, fc FormChange) (int, error) {
	report := d.Rand.ID()
	row := fc.Row
	if row == "" {
		row = d.Rand.ID()[:8]
	}
	return d.act(ctx, a, id, fc.Key, fc.Expect, func(o *open) ([]loket.Payload, error) {
		f := o.p.Form(fc.Form)
		if f == nil {
			return nil, errHidden
		}
		if want := sends(f); !o.wants(a, want) { // before the answers are looked at
			d.refusedTo(ctx, a, id, want.Type())
			return nil, errMayNot
		}
		want, err := d.readForm(a, o, f, fc, report, row)
		if err != nil {
			return nil, err
		}
		if widens(a, o, want) || !o.wants(a, want) { // the answers themselves may say whose the row is
			d.refusedTo(ctx, a, id, want.Type())
			return nil, errMayNot
		}
		if err := explained(a, o, want); err != nil {
			return nil, err
		}
		return loket.Decide(o.Case, o.p, want, d.Now())
	})
}

// explained asks for a reason when a known answer is corrected.
func explained(a loket.Actor, o *open, want loket.Payload) error {
	if w, ok := want.(loket.FactsRecorded); ok {
		return loket.Explained(o.Case, o.p, a.ID, w)
	}
	return nil
}

// readForm turns posted answers into the payload that the form's use asks for.
func (d *Desk) readForm(a loket.Actor, o *open, f *protocol.Form, fc FormChange, report, row string) (loket.Payload, error) {
	if fc.Remove {
		return loket.RowRecorded{Form: f.ID, Row: row, Removed: true, Reason: fc.Reason}, nil
	}
	if o.ev == nil { // what is asked may hang on milestones, such as a phase that was closed
		o.ev = o.p.Evaluate(o.Input(d.Now()))
	}
	facts, faults := o.p.ReadAnswersIn(f, fc.Posted, o.knownTo(a), d.Now())
	if len(faults) > 0 {
		return nil, invalid(faults)
	}
	known := o.Facts
	if f.Use == "rows" {
		known = o.RowFacts(f.ID, row)
	}
	cleared := clearedBy(f, fc.Posted, facts, known)
	switch {
	case f.Use == "rows":
		return loket.RowRecorded{Form: f.ID, Row: row, Facts: facts, Cleared: cleared, Reason: fc.Reason}, nil
	case f.Use == "officer" || f.Use == "register":
		return loket.FactsRecorded{Form: f.ID, Facts: toRecord(o.Case, f, facts, cleared), Cleared: cleared, Reason: fc.Reason}, nil
	}
	channel := "web"
	if a.Case == "" {
		channel = "phone"
	}
	return loket.ReportReceived{Report: report, Form: f.ID, Channel: channel, Organisation: a.Organisation, Facts: facts, Cleared: cleared}, nil
}

// sends is the kind of payload that a form on a case becomes.
func sends(f *protocol.Form) loket.Payload {
	switch f.Use {
	case "rows":
		return loket.RowRecorded{Form: f.ID}
	case "officer", "register":
		return loket.FactsRecorded{Form: f.ID}
	}
	return loket.ReportReceived{Form: f.ID}
}

// toRecord is what is new. Who sends a form for the first time confirms what was known, also
// when nothing in it changes: the report said it, or it was taken over from another case.
func toRecord(c *loket.Case, f *protocol.Form, facts protocol.Facts, cleared []string) protocol.Facts {
	news := changed(facts, c.Facts)
	if _, sent := c.Marks[f.ID+"_sent_at"]; !sent && len(news)+len(cleared) == 0 {
		return facts
	}
	return news
}

// changed leaves out what was known already.
func changed(facts, known protocol.Facts) protocol.Facts {
	out := protocol.Facts{}
	for id, v := range facts {
		if old, ok := known[id]; !ok || !same(old, v) {
			out[id] = v
		}
	}
	return out
}

// clearedBy lists facts that were known, were asked and posted, and now have no answer. A
// field that was not posted at all is left alone.
func clearedBy(f *protocol.Form, posted url.Values, facts, known protocol.Facts) []string {
	var out []string
	for _, s := range f.Sections {
		for _, field := range s.Fields {
			_, was := known[field.ID]
			_, is := facts[field.ID]
			if _, sent := posted[field.ID]; was && !is && sent {
				out = append(out, field.ID)
			}
		}
	}
	return out
}

func invalid(faults []protocol.AnswerError) error {
	return &loket.Error{Code: loket.Invalid, Message: protocol.Text{NL: "Kijk de gemarkeerde antwoorden na. Wat u invulde, staat er nog.", EN: "Check the marked answers. What you filled in is kept."}, Fields: faults}
}
