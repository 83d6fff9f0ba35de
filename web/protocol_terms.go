// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"slices"
	"strings"

	"example.org/loket/protocol"
)

// The sentences of the book about rules: who decides together, who tells, from when a clock
// runs and where it stands still.

// together says that a decision asks for more than one signature; empty when one person decides.
func (b *protocolBook) together(t *protocol.Table) string {
	var groups []string
	for _, roles := range t.Together {
		groups = append(groups, strings.ReplaceAll(b.roleTitles(roles), ", ", b.T("protocol_book.or")))
	}
	if len(groups) < 2 {
		return ""
	}
	return b.T("protocol_book.together", strings.Join(groups, b.T("protocol_book.and")))
}

// whoTells is who has a duty, in words.
func (b *protocolBook) whoTells(d *protocol.Duty) string {
	if who := b.roleTitles([]string{d.By}); who != "" {
		return b.T("protocol_book.told_by", who)
	}
	return ""
}

// span is how long a clock runs, from when, per what, and between which moments it stands still.
func (b *protocolBook) span(d *protocol.Deadline) string {
	said := []string{b.T("protocol_book.span", b.duration(d.Within), b.anchor(d.From))}
	if d.Each != "" {
		if f := b.protocol.Form(d.Each); f != nil {
			said = append(said, b.T("protocol_book.span_each", b.P(f.Title)))
		}
	}
	if d.Pause.From != "" {
		said = append(said, b.T("protocol_book.span_pause", b.anchor(d.Pause.From), b.anchor(d.Pause.Until)))
	}
	if d.Owner != "" {
		said = append(said, b.T("protocol_book.span_owner", b.roleTitles([]string{d.Owner})))
	}
	return strings.Join(said, " ")
}

// anchor is a fact or another clock, by its title.
func (b *protocolBook) anchor(id string) string {
	if d := b.protocol.Deadline(id); d != nil {
		return b.T("protocol_book.end_of", b.P(d.Title))
	}
	if f := b.protocol.Fact(id); f != nil && b.P(f.Title) != "" {
		return b.T("protocol_book.fact", b.P(f.Title))
	}
	return b.T("protocol_book.fact", id)
}

// dutyWords is what a rule of a duty says: that it must be done, and a note with it. False for
// the outcome of a table.
func (b *protocolBook) dutyWords(key string, value any) (string, bool) {
	words, isText := value.(protocol.Text)
	switch word, _ := value.(string); {
	case key == "note" && isText:
		return b.P(words), true
	case key == "note":
		return word, true
	case key == "must" && word != "":
		return b.T("case.must." + word), true
	}
	return "", false
}

// shortRule is how long a condition may be to stand on one line; a longer one is a list.
const shortRule = 110

// short: the clause reads well on one line.
func (b *protocolBook) short(c protocol.Clause) bool {
	deep := slices.ContainsFunc(c.Parts, func(part protocol.Clause) bool { return len(part.Parts) > 0 })
	return len(c.Parts) == 0 || !deep && len(c.Parts) < 3 && len(b.P(c.Text())) <= shortRule
}

// factNames are questions and facts by their titles.
func (b *protocolBook) factNames(ids []string) string {
	var out []string
	for _, id := range ids {
		if f := b.protocol.Fact(id); f != nil {
			out = append(out, "“"+b.P(f.Title)+"”")
		}
	}
	return strings.Join(out, ", ")
}

func (b *protocolBook) phaseTitles(ids []string) string {
	var out []string
	for _, id := range ids {
		if ph := b.protocol.Phase(id); ph != nil {
			out = append(out, b.P(ph.Title))
		}
	}
	return strings.Join(out, ", ")
}

// stepWords say by when a step is due, and what its form opens with.
func (b *protocolBook) stepWords(s *protocol.Step) (out []string) {
	var due []string
	for _, id := range s.Due {
		if d := b.protocol.Deadline(id); d != nil {
			due = append(due, d.ID+" "+b.P(d.Title))
		}
	}
	if len(due) > 0 {
		out = append(out, b.T("protocol_book.due", strings.Join(due, "; ")))
	}
	if len(s.With) > 0 {
		out = append(out, b.T("protocol_book.with", strings.Join(b.outcome(s.With), "; ")))
	}
	return out
}
