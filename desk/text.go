// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"strconv"
	"strings"

	"example.org/loket"
	"example.org/loket/protocol"
)

// TextView is words that a person typed, as this reader may see them: the words, or that
// they are sealed, or when and why they were erased.
type TextView struct {
	Ref     string // to open them with a purpose, see Open
	Text    string
	Level   protocol.Level
	Sealed  bool // there, deeper than the reader sees
	CanOpen bool
	Erased  *loket.Erasure
}

// textPrefix begins the reference of typed words in a list of fields; the Seq follows.
const textPrefix = "text:"

func textRef(seq int) string { return textPrefix + strconv.Itoa(seq) }

// textSeq is the event that a reference names.
func textSeq(ref string) (seq int, ok bool) {
	number, found := strings.CutPrefix(ref, textPrefix)
	seq, err := strconv.Atoi(number)
	return seq, found && err == nil
}

// text shows the typed words of event seq at the reader's level.
func (r reader) text(c *loket.Case, seq int, words string) TextView {
	v := TextView{Text: r.unsay(words)}
	if gone, erased := c.ErasedTexts[seq]; erased && words == "" {
		v.Erased = &gone
	}
	if words == "" || seq < 1 || seq > len(c.Events) {
		return v
	}
	return r.said(c.Events[seq-1], words)
}

// said shows words of an event at the reader's level.
func (r reader) said(e loket.Event, words string) TextView {
	v := TextView{Text: r.unsay(words)}
	if words == "" {
		return v
	}
	v.Ref, v.Level = textRef(e.Seq), loket.TextLevel(r.p, e.Payload)
	if v.Level > r.sees {
		v.Text, v.Sealed, v.CanOpen = "", true, v.Level <= r.opens
	}
	return v
}

// unsay leaves out the numbers of cases that are not there for this reader: what was taken
// over from a linked case, and what people write, names it.
func (r reader) unsay(words string) string {
	for _, number := range r.unspoken {
		words = strings.ReplaceAll(words, number, "…")
	}
	return words
}

// numbersOf are those of the cases that were ever linked to this one and that are far from a
// reader.
func numbersOf(c *loket.Case, far func(loket.CaseID) bool) (out []string) {
	for _, e := range c.Events {
		if w, ok := e.Payload.(loket.Linked); ok && w.Number != "" && far(w.Other) {
			out = append(out, w.Number)
		}
	}
	return out
}

// notToName are those numbers for an actor who has no view of the case at hand.
func (d *Desk) notToName(ctx context.Context, a loket.Actor, o *open) (out []string, err error) {
	ids := everLinked(o.Case)
	if len(ids) == 0 {
		return nil, nil
	}
	err = d.Store.Read(ctx, func(tx Tx) error {
		near, err := d.onlyRelated(ctx, tx, a, o.p, ids)
		out = numbersOf(o.Case, func(other loket.CaseID) bool { return !near[other] })
		return err
	})
	return out, err
}

// openText gives typed words to somebody who opened them with a purpose. Texts of products
// have a page and rights of their own.
func (r reader) openText(o *open, ref string) (FactView, error) {
	seq, ok := textSeq(ref)
	if !ok || seq < 1 || seq > len(o.Events) {
		return FactView{}, errHidden
	}
	e := o.Events[seq-1]
	if _, product := e.Payload.(loket.ProductDrafted); product {
		return FactView{}, errHidden
	}
	level := loket.TextLevel(o.p, e.Payload)
	if level > r.opens {
		return FactView{}, errMayNot
	}
	what, _ := eventWords(o.p, e.Payload)
	words := r.unsay(strings.Join(loket.Words(o.p, e.Payload, "V3"), "\n"))
	return FactView{ID: ref, Title: what, Value: say(words, words), Known: words != "", Level: level, At: e.At, By: r.name(e.By)}, nil
}

// ownTask names a task of somebody's own; its words stay sealed for who sees less deep.
func (r reader) ownTask(o *open, p Proposal) Proposal {
	if o.p.Step(p.Step) == nil {
		if v := r.text(o.Case, p.State.TitleBy, p.State.Title); v.Text == "" {
			p.Title = say("Eigen taak (afgeschermd)", "Own task (sealed)")
			if v.Erased != nil {
				p.Title = say("Eigen taak (gewist)", "Own task (erased)")
			}
			p.State.Title = p.Title.NL
		}
	}
	p.Said = r.text(o.Case, p.State.Seq, p.State.Why)
	p.State.Why = p.Said.Text
	return p
}

// questions are those asked on the case; the words of a free question may be sealed.
func questions(o *open, r reader) []QuestionView {
	out := make([]QuestionView, 0, len(o.Questions))
	for _, q := range o.Questions {
		v := QuestionView{QuestionState: q, Said: r.text(o.Case, q.Seq, q.Text)}
		v.Text = v.Said.Text
		out = append(out, v)
	}
	return out
}

// dutyNotes hides the words with a duty that are deeper than the reader sees.
func (r reader) dutyNotes(o *open, rec loket.DutyRecorded) (loket.DutyRecorded, TextView) {
	for i := len(o.Events) - 1; i >= 0; i-- {
		e := o.Events[i]
		if w, ok := e.Payload.(loket.DutyRecorded); ok && w.Duty == rec.Duty {
			said := r.text(o.Case, e.Seq, orDefault(rec.Note, rec.Reference))
			if said.Sealed {
				rec.Note, rec.Reference = "", ""
			}
			return rec, said
		}
	}
	return rec, TextView{}
}

// erasedWords names what went: facts by their titles, words by how many times.
func erasedWords(p *protocol.Protocol, w loket.FactsErased) protocol.Text {
	nl, en := "Gewist", "Erased"
	if rule := ruleOf(p, w.Rule); rule != nil {
		t := both(rule.Title)
		nl, en = nl+" volgens de bewaartermijn «"+t.NL+"»", en+" by the retention rule “"+t.EN+"”"
	}
	var titlesNL, titlesEN []string
	for _, id := range w.Fields {
		t := say(id, id)
		if f := p.Fact(id); f != nil {
			t = both(f.Title)
		}
		titlesNL, titlesEN = append(titlesNL, t.NL), append(titlesEN, t.EN)
	}
	if n := len(w.Texts); n > 0 {
		titlesNL, titlesEN = append(titlesNL, "getypte tekst ("+itoa(n)+")"), append(titlesEN, "typed words ("+itoa(n)+")")
	}
	if len(titlesNL) > 0 {
		nl, en = nl+": "+strings.Join(titlesNL, ", "), en+": "+strings.Join(titlesEN, ", ")
	}
	return say(nl, en)
}
