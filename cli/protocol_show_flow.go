// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"example.org/loket/protocol"
)

func (b *book) flow(p *protocol.Protocol) {
	b.head("Termijnen", "Deadlines", len(p.Deadlines))
	for _, d := range p.Deadlines {
		b.line("- `%s` %s: %s, `%s`%s%s%s%s%s%s%s", d.ID, b.text(d.Title), d.Within, d.From, names("end", d.End), names("each", d.Each), condition(d.When),
			names("met", oneLine(d.Met)), names("pause", d.Pause.From, d.Pause.Until), names("owner", d.Owner), source(d.Source))
		for _, told := range p.AfterEnd(&d) {
			b.line("  - %s", b.text(told))
		}
	}
	b.head("Fasen", "Phases", len(p.Phases))
	for _, ph := range p.Phases {
		b.line("- `%s` %s%s%s%s%s%s", ph.ID, b.text(ph.Title), condition(ph.When), names("then", ph.Then)+names("ends", ph.Ends...), names("checks", ph.Checks), names("proposed_by", ph.ProposedBy...), names("closed_by", ph.ClosedBy...))
	}
	b.head("Stappen", "Steps", len(p.Steps))
	for _, s := range p.Steps {
		b.line("- `%s` %s%s%s%s%s%s%s%s%s%s", s.ID, b.text(s.Title), names("phase", s.Phase), names("action", s.Action), names("owner", s.Owner...), names("of", s.Of...)+names("skipped_by", s.SkippedBy...)+names("about", s.About...),
			names("each", s.Each), names("due", s.Due...), condition(s.When), names("done", oneLine(s.Done)), source(s.Source))
	}
}

func (b *book) products(p *protocol.Protocol) {
	b.head("Producten", "Products", len(p.Products))
	for _, pr := range p.Products {
		b.line("### %s `%s` · %s%s\n", b.text(pr.Title), pr.ID, pr.Level, source(pr.Source))
		for _, to := range pr.Recipients {
			b.line("- to `%s`%s%s%s%s", to.Role, names("of", to.Of...), names("except", to.Except...), names("else", to.Else...), condition(to.When))
		}
		b.line("- goes out%s%s%s%s%s%s", names("made_by", pr.MadeBy...), names("released_by", pr.ReleasedBy...),
			names("align", pr.Align...), names("each", pr.Each), names("identifiers", pr.Identifiers), condition(pr.When))
		b.limits("stop", pr.Stop)
		b.limits("warn", pr.Warn)
		for _, part := range pr.Parts {
			b.line("- part `%s` %s%s%s", part.ID, b.text(part.Title), mandatory(part), condition(part.When))
		}
		b.line("")
	}
}

// limits prints the hard stops and the warnings of a product (R-I-05).
func (b *book) limits(what string, limits []protocol.Stop) {
	for _, s := range limits {
		b.line("- %s `%s` %s%s%s", what, s.ID, b.text(s.Say), names("unless", s.Unless), source(s.Source))
	}
}

// mandatory tells which parts a text cannot go without, and which of those somebody writes.
func mandatory(p protocol.Part) string {
	switch {
	case p.Mandatory && p.Text.NL == "":
		return " · mandatory, to be written"
	case p.Mandatory:
		return " · mandatory"
	default:
		return ""
	}
}

// lists prints what is asked before something is complete or closed, how two cases are
// recognised as one, and what is counted.
func (b *book) lists(p *protocol.Protocol) {
	b.head("Controles", "Checks", len(p.Checks))
	for _, list := range p.Checks {
		b.line("### %s `%s`\n", b.text(list.Title), list.ID)
		for _, item := range list.Items {
			b.line("- `%s` %s%s%s", item.ID, b.text(item.Title), condition(item.When), condition(item.OK))
		}
		b.line("")
	}
	b.head("Mogelijk dezelfde zaak", "Possibly the same case", len(p.Duplicates))
	for _, d := range p.Duplicates {
		b.line("- `%s` %s · %s%s%s%s", d.ID, b.text(d.Title), d.Within, names("same", d.Same...), names("differ", d.Differ...), names("verdict", d.Verdict))
	}
	b.head("Bewaren en wissen", "Keeping and erasing", len(p.Retention))
	for i := range p.Retention {
		r := &p.Retention[i]
		levels := make([]string, len(r.Levels))
		for j, level := range r.Levels {
			levels[j] = string(level)
		}
		b.line("- `%s` %s%s%s%s%s%s", r.ID, b.text(r.Title), names("keep", r.Keep), names("from", r.From), names("levels", levels...), names("fields", r.Fields...), names("then", r.Then)+source(r.Source))
	}
	b.head("Cijfers", "Figures", len(p.Figures))
	for _, f := range p.Figures {
		b.line("- `%s` %s%s%s", f.ID, b.text(f.Title), names("fact", f.Fact), condition(f.Count))
	}
}
