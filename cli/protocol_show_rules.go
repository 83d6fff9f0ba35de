// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"example.org/loket/protocol"
)

// The book names everything by the id that a rule, an example or a scenario calls it by:
// whoever writes those needs no other page (docs/scenarios.md, "Finding the names").

// names prints ids behind what they are: " · owner: `a`, `b`". Nothing for none.
func names(what string, ids ...string) string {
	if len(ids) == 0 || ids[0] == "" {
		return ""
	}
	return " · " + what + ": `" + strings.Join(ids, "`, `") + "`"
}

func (b *book) forms(p *protocol.Protocol) {
	b.head("Formulieren", "Forms", len(p.Forms))
	for _, f := range p.Forms {
		b.line("### %s `%s`%s%s%s%s\n", b.text(f.Title), f.ID, source(f.Source),
			names("use", f.Use), names("opens", f.Opens), names("by", f.By...)+names("of", f.Of...)+condition(f.When)+names("hidden_until", oneLine(f.HiddenUntil)))
		for _, s := range f.Sections {
			for _, field := range s.Fields {
				b.line("- `%s` %s · %s · %s · %s%s", field.ID, b.text(field.Label), field.Type, need(field.Need), field.Level, condition(field.Show))
				b.options(field.Options)
			}
		}
		b.line("")
	}
}

// options prints the answers one can choose; those that ask for words or mean "unknown" say so.
func (b *book) options(options []protocol.Option) {
	var all []string
	for _, o := range options {
		one := "`" + o.ID + "` " + b.text(o.Label)
		if o.Text {
			one += " (+ text)"
		}
		if o.Unknown {
			one += " (= unknown)"
		}
		all = append(all, one)
	}
	if len(all) > 0 {
		b.line("  %s", strings.Join(all, " · "))
	}
}

func need(n string) string {
	if n == "" {
		return "optional"
	}
	return n
}

func condition(c string) string {
	if c == "" {
		return ""
	}
	return " · `" + oneLine(c) + "`"
}

// oneLine is a condition without its line ends.
func oneLine(c string) string { return strings.Join(strings.Fields(c), " ") }

// together prints the groups of which each must sign: " · together: `a` + `b`/`c`".
func together(groups [][]string) string {
	var all []string
	for _, roles := range groups {
		all = append(all, "`"+strings.Join(roles, "`/`")+"`")
	}
	if len(all) == 0 {
		return ""
	}
	return " · together: " + strings.Join(all, " + ")
}

func (b *book) rules(p *protocol.Protocol) {
	b.head("Beslistabellen", "Decision tables", len(p.Tables))
	for _, t := range p.Tables {
		b.line("### %s `%s` (%s)%s%s%s\n", b.text(t.Title), t.ID, t.Hit, source(t.Source), names("decided_by", t.DecidedBy...)+together(t.Together)+names("of", t.Of...), condition(t.When))
		for _, o := range t.Outputs {
			b.line("- → `%s` %s · %s", o.ID, b.text(o.Title), o.Type)
			b.options(o.Options)
		}
		b.rows(t.Rules)
	}
	b.head("Criteria", "Criteria", len(p.Criteria))
	for _, list := range p.Criteria {
		b.line("### %s `%s`%s%s%s\n", b.text(list.Title), list.ID, source(list.Source), names("decided_by", list.DecidedBy...), condition(list.When))
		b.rows(list.Items)
	}
	b.head("Meldplichten", "Duties", len(p.Duties))
	for _, d := range p.Duties {
		b.line("### %s `%s`%s%s\n", b.text(d.Title), d.ID, source(d.Source), names("by", d.By))
		b.rows(d.Rules)
	}
}

func (b *book) rows(rules []protocol.Rule) {
	for _, r := range rules {
		b.line("- `%s` %s%s%s%s", r.ID, b.text(r.Title), condition(r.When), b.then(r.Then), source(r.Source))
		if why := b.text(r.Because); why != "" {
			b.line("  %s", why)
		}
	}
	b.line("")
}

// then prints what a row gives, output by output.
func (b *book) then(outputs map[string]any) string {
	var all []string
	for _, id := range slices.Sorted(maps.Keys(outputs)) {
		value := outputs[id]
		if words, ok := value.(protocol.Text); ok {
			value = b.text(words)
		}
		all = append(all, fmt.Sprintf("%s: %v", id, value))
	}
	if len(all) == 0 {
		return ""
	}
	return " → " + strings.Join(all, ", ")
}
