// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/protocol"
)

func duties(o *open, r reader) []DutyView {
	var out []DutyView
	for _, f := range o.ev.Duties {
		_, recorded := o.Duties[f.Duty.ID]
		if f.Must == "" || !recorded && !o.p.Concerns(o.Kind, f.Duty.ID, "", protocol.True) {
			continue
		}
		f.Reason = r.mask(f.Reason)
		v := DutyView{DutyFinding: f}
		if rec, ok := o.Duties[f.Duty.ID]; ok {
			rec, v.Said = r.dutyNotes(o, rec)
			v.Recorded = &rec
		}
		out = append(out, v)
	}
	return out
}

// decisions are all that were ever made, the newest first; history is kept (H).
func decisions(o *open, r reader) []DecisionView {
	var out []DecisionView
	for _, e := range o.Events {
		w, ok := e.Payload.(loket.Decided)
		if !ok {
			continue
		}
		title, outcome, proposed := decisionWords(o.p, w)
		said := r.text(o.Case, e.Seq, w.Motivation)
		out = append(out, DecisionView{Subject: w.Subject, Title: title, Outcome: outcome, Proposed: proposed, Deviates: w.Deviates, Motivation: said.Text, Said: said, At: e.At, By: r.name(e.By)})
		out[len(out)-1].Waits, out[len(out)-1].Alone = w.Waits, w.Alone
	}
	slices.Reverse(out)
	return out
}

func decisionWords(p *protocol.Protocol, w loket.Decided) (title, outcome, proposed protocol.Text) {
	if t := p.Table(w.Subject); t != nil {
		return t.Title, outputWords(p, t, w.Outputs), outputWords(p, t, w.Proposed)
	}
	if c := p.CriteriaList(w.Subject); c != nil {
		return c.Title, p.Words(c.ID, w.Met), p.Words(c.ID, w.ProposedMet)
	}
	return protocol.Text{NL: w.Subject, EN: w.Subject}, outcome, proposed
}

func outputWords(p *protocol.Protocol, t *protocol.Table, outputs map[string]any) protocol.Text {
	var nl, en []string
	for _, f := range t.Outputs {
		if v, ok := outputs[f.ID]; ok {
			w := p.Words(f.ID, v)
			nl, en = append(nl, labelled(f.Title.NL, w.NL)), append(en, labelled(orDefault(f.Title.EN, f.Title.NL), orDefault(w.EN, w.NL)))
		}
	}
	return protocol.Text{NL: strings.Join(nl, "; "), EN: strings.Join(en, "; ")}
}

// labelled puts words after their label; a label that asks needs no colon.
func labelled(label, words string) string {
	if strings.HasSuffix(label, "?") || strings.HasSuffix(label, ":") {
		return label + " " + words
	}
	return label + ": " + words
}

func deviations(o *open, r reader) []DeviationView {
	out := make([]DeviationView, 0, len(o.Deviations))
	for _, dev := range o.Deviations {
		said := r.text(o.Case, dev.Seq, dev.Motivation)
		dev.Motivation = said.Text
		out = append(out, DeviationView{Deviation: dev, Said: said, Title: titleFor(o.p, dev.What), Name: r.name(dev.By)})
	}
	return out
}

// titleFor names a step, table, list or product by its own title.
func titleFor(p *protocol.Protocol, id string) protocol.Text {
	if s := p.Step(id); s != nil {
		return s.Title
	}
	if t := p.Table(id); t != nil {
		return t.Title
	}
	if c := p.CriteriaList(id); c != nil {
		return c.Title
	}
	if pr := p.Product(id); pr != nil {
		return pr.Title
	}
	return protocol.Text{NL: id, EN: id}
}

func rowsViews(o *open, r reader, fits map[string]bool) []RowsView {
	var out []RowsView
	for i := range o.p.Forms {
		f := &o.p.Forms[i]
		if f.Use != "rows" || !o.offers(r.a, f) || !fits[f.ID] && len(o.Rows[f.ID]) == 0 {
			continue
		}
		v := RowsView{Form: f}
		for _, row := range o.Rows[f.ID] {
			v.Rows = append(v.Rows, RowView{ID: row.ID, Title: titleOf(o.p, f, row.Facts), Facts: r.rowFacts(o.Case, f, row), Answers: r.visible(row.Facts), Elsewhere: !o.ofRow(r.a, f, row.Facts)})
		}
		out = append(out, v)
	}
	return out
}

func (r reader) rowFacts(c *loket.Case, f *protocol.Form, row protocol.Row) []FactView {
	var out []FactView
	for i := range f.Sections {
		fields := f.Sections[i].Fields
		for j := range fields {
			if v, ok := row.Facts[fields[j].ID]; ok {
				fact := r.fact(c, fields[j].ID, v, true)
				fact.CanOpen = false // rows are opened as a whole in their own form
				out = append(out, fact)
				out = append(out, r.optionWords(c, &fields[j], row.Facts)...)
			}
		}
	}
	return out
}

func links(o *open, r reader) []LinkView {
	var out []LinkView
	for _, e := range o.Events {
		w, ok := e.Payload.(loket.Linked)
		if ok && slices.ContainsFunc(o.Links, func(l loket.Linked) bool { return l.Link == w.Link }) {
			said := r.text(o.Case, e.Seq, w.Reason)
			w.Reason = said.Text
			out = append(out, LinkView{Linked: w, Said: said, At: e.At, By: r.name(e.By)})
		}
	}
	return out
}

func notes(o *open, r reader) []NoteView {
	out := make([]NoteView, 0, len(o.Notes))
	for _, n := range o.Notes {
		said := r.text(o.Case, n.Seq, n.Text)
		n.Text = said.Text
		out = append(out, NoteView{Note: n, Said: said, Name: r.name(n.By)})
	}
	slices.Reverse(out)
	return out
}

// productLines are the products proposed now and every version made.
func productLines(o *open, r reader) []ProductLine {
	var out []ProductLine
	for _, f := range o.ev.Products {
		if f.Open == protocol.False || o.Products[loket.RowKey(f.Product.ID, f.Row)] != nil {
			continue
		}
		out = append(out, ProductLine{Product: f.Product.ID, Row: f.Row, RowTitle: rowTitle(o, f.Product.Each, f.Row), Title: f.Product.Title, State: "proposed", Level: f.Product.Level, Open: f.Open == protocol.True, Reason: r.mask(f.Reason)})
	}
	for i := range o.p.Products {
		pr := &o.p.Products[i]
		for key, s := range o.Products {
			if s.Product == pr.ID {
				out = append(out, versionLines(o, r, pr, key, s)...)
			}
		}
	}
	return out
}

func versionLines(o *open, r reader, pr *protocol.Product, key string, s *loket.ProductState) []ProductLine {
	var out []ProductLine
	for i := len(s.Versions) - 1; i >= 0; i-- {
		v := s.Versions[i]
		l := ProductLine{Product: pr.ID, Row: s.Row, RowTitle: rowTitle(o, pr.Each, s.Row), Title: pr.Title, Version: v.Version, Level: pr.Level, At: v.DraftedAt, By: r.name(v.DraftedBy), State: versionState(s, i)}
		if v.Released != nil {
			l.At, l.By = v.ReleasedAt, r.name(v.ReleasedBy)
		}
		out = append(out, l)
	}
	return out
}

func versionState(s *loket.ProductState, i int) string {
	v := s.Versions[i]
	switch {
	case v.Withdrawn != "":
		return "withdrawn"
	case v.Released == nil && i < len(s.Versions)-1:
		return "superseded"
	case v.Released == nil:
		return "drafted"
	}
	for _, later := range s.Versions[i+1:] {
		if later.Released != nil && later.Withdrawn == "" {
			return "superseded"
		}
	}
	return "released"
}

// knows is person × version: who knows what, since when, how far it came (R-R-20).
func knows(o *open, r reader) KnowsTable {
	var k KnowsTable
	for _, t := range o.Told {
		col := column(&k, o.p, t)
		row := person(&k, t.Recipient)
		for len(k.Rows[row].Cells) < len(k.Columns) {
			k.Rows[row].Cells = append(k.Rows[row].Cells, KnowsCell{})
		}
		k.Rows[row].Cells[col] = KnowsCell{State: t.State, At: t.At, By: r.name(t.By), Note: r.text(o.Case, t.Seq, t.Purpose).Text}
	}
	for i := range k.Rows {
		for len(k.Rows[i].Cells) < len(k.Columns) {
			k.Rows[i].Cells = append(k.Rows[i].Cells, KnowsCell{})
		}
	}
	return k
}

func column(k *KnowsTable, p *protocol.Protocol, t loket.Disclosure) int {
	for i, c := range k.Columns {
		if c.Product == t.Product && c.Row == t.Row && c.Version == t.Version {
			return i
		}
	}
	c := KnowsColumn{Product: t.Product, Row: t.Row, Version: t.Version, Title: titleFor(p, t.Product)}
	if t.Product == "" {
		c.Title = protocol.Text{NL: "Mondeling", EN: "By word of mouth"}
	}
	if pr := p.Product(t.Product); pr != nil {
		c.Level = pr.Level
	}
	k.Columns = append(k.Columns, c)
	return len(k.Columns) - 1
}

func person(k *KnowsTable, who loket.Recipient) int {
	for i, row := range k.Rows {
		if row.Person.ID == who.ID && row.Person.Name == who.Name {
			return i
		}
	}
	k.Rows = append(k.Rows, KnowsRow{Person: who})
	return len(k.Rows) - 1
}
