// SPDX-License-Identifier: EUPL-1.2

package protocol

import "strings"

// AfterEnd says in sentences whom the desk tells about a clock that ended and was not met, and
// when: the stages of `escalate`, and the reminders of `repeat`. The protocol book shows them,
// so that who owns the protocol sees what was chosen. None when nobody is told.
func (p *Protocol) AfterEnd(d *Deadline) []Text {
	var out []Text
	for _, e := range d.Escalate {
		when, who := Text{NL: "Bij het einde", EN: "At the end"}, p.escalatesTo(e)
		if s, err := parseSpan(e.After); err == nil {
			when = join(s.words(), Text{NL: " na het einde", EN: " after the end"})
		}
		if e.Deputy {
			who = join(Text{NL: "wie vervangt: ", EN: "who stands in for: "}, who)
		}
		out = append(out, join(when, Text{NL: ": bericht aan ", EN: ": a message to "}, who, Text{NL: ".", EN: "."}))
	}
	if s, err := parseSpan(d.Repeat); err == nil {
		from := Text{NL: "bij het einde, en daarna telkens na ", EN: "at the end, and then each "}
		if len(d.Escalate) > 0 {
			from = Text{NL: "telkens na ", EN: "each "}
		}
		out = append(out, join(Text{NL: "Herinnering aan ", EN: "A reminder to "}, p.roleTitle(d.Owner), Text{NL: ": ", EN: ": "}, from, s.words(), remindsOpen(d), Text{NL: ".", EN: "."}))
	}
	return out
}

// remindsOpen says of reminders that they wait for the desk to open.
func remindsOpen(d *Deadline) Text {
	if d.RepeatAt != endDeskOpen {
		return Text{}
	}
	return Text{NL: "; is het loket dicht, dan zodra het opengaat", EN: "; when the desk is closed, as soon as it opens"}
}

// escalatesTo are the roles of a stage, in words.
func (p *Protocol) escalatesTo(e Escalation) Text {
	var nl, en []string
	for _, r := range e.To {
		title := p.roleTitle(r.Role)
		nl, en = append(nl, title.NL), append(en, title.EN)
	}
	return Text{NL: strings.Join(nl, ", "), EN: strings.Join(en, ", ")}
}

// roleTitle is what a role is called; its id when the protocol does not know it.
func (p *Protocol) roleTitle(id string) Text {
	r := p.Role(id)
	if r == nil || r.Title.NL == "" {
		return Text{NL: id, EN: id}
	}
	if r.Title.EN == "" {
		return Text{NL: r.Title.NL, EN: r.Title.NL}
	}
	return r.Title
}
