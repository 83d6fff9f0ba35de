// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"strings"
	"sync"
	"time"

	"example.org/loket"
	"example.org/loket/guard"
	"example.org/loket/policies"
	"example.org/loket/protocol"
)

// reader is who looks, and how deep.
type reader struct {
	a           loket.Actor
	p           *protocol.Protocol
	sees, opens protocol.Level
	facts       protocol.Facts    // of the case that is read; they say for whom some facts were given
	names       map[string]string // account id → name

	far      func(loket.CaseID) bool // other cases that are not there for this reader; nil: none
	unspoken []string                // numbers of those, which words on this case may hold
}

func (d *Desk) reader(a loket.Actor, p *protocol.Protocol, people []Person) reader {
	s, o := sees(a, p, onSight|policies.Own)
	r := reader{a: a, p: p, sees: s, opens: o, names: map[string]string{"system": "Loket", "reporter": "melder"}}
	for _, person := range people {
		r.names[person.ID] = person.Name
	}
	return r
}

// of is the reader with a case in hand.
func (r reader) of(o *open) reader {
	r.facts = o.Facts
	if o.Limit != nil {
		r.sees, r.opens = sees(r.a, r.p, (onSight|policies.Own)&^policies.Free)
	}
	r.sees, r.opens = max(r.sees, o.lent), max(r.opens, o.lent)
	return r
}

// tooDeep: the fact is known to the case and not shown to this reader at once.
func (r reader) tooDeep(id string) bool { return levelOf(r.p, id) > r.sees || !r.meant(id) }

// mayOpen: this reader may open the fact, with a purpose.
func (r reader) mayOpen(id string) bool { return levelOf(r.p, id) <= r.opens && r.meant(id) }

// meant: the fact was given for one of the reader's roles, or for everybody. Who gave it
// reads it too (R-I-58).
func (r reader) meant(id string) bool {
	return r.a.Case != "" || r.a.ID == "system" || r.p.Readable(id, r.facts, r.a.Roles)
}

func (r reader) name(id string) string {
	if n := r.names[id]; n != "" {
		return n
	}
	if key, machine := strings.CutPrefix(id, machineActor); machine {
		return "koppeling " + Machine{ID: key}.Mark()
	}
	return id
}

// fact shows one fact at the reader's level: in words, sealed, or unknown.
func (r reader) fact(c *loket.Case, id string, value any, known bool) FactView {
	v := FactView{ID: id, Known: known, Level: levelOf(r.p, id)}
	if f := r.p.Fact(id); f != nil {
		v.Title = f.Title
	}
	if o, ok := c.Origin[id]; ok {
		v.From, v.At, v.By = o.From, o.At, r.name(o.By)
	}
	if gone, erased := c.ErasedFacts[id]; erased && !known {
		v.Erased = &gone
	}
	if !known {
		return v
	}
	if r.tooDeep(id) {
		v.Sealed, v.CanOpen = true, r.mayOpen(id)
		return v
	}
	v.Value = r.p.Words(id, value)
	return v
}

// uses shows the facts behind a reason: those looked at, then those that would settle it.
func (r reader) uses(c *loket.Case, reason protocol.Reason) []FactView {
	var out []FactView
	for _, u := range reason.Used {
		v := FactView{ID: u.Fact, Title: u.Title, Value: u.Value, Known: true, Level: levelOf(r.p, u.Fact), From: "rule"}
		if o, ok := c.Origin[u.Fact]; ok {
			v.From, v.At, v.By = o.From, o.At, r.name(o.By)
		}
		if r.tooDeep(u.Fact) {
			v.Value, v.Sealed, v.CanOpen = protocol.Text{}, true, r.mayOpen(u.Fact)
		}
		out = append(out, v)
	}
	for _, id := range reason.Missing {
		out = append(out, r.fact(c, id, nil, false))
	}
	return out
}

// follows puts under each derived fact of a reason what it follows from, so that "it is not
// safe" says whose answer that was. What hides until both halves are there is unknown to o.ev,
// and so to the reader (R-I-60).
func (r reader) follows(o *open, facts []FactView, depth int) {
	for i := range facts {
		for _, id := range r.p.FollowsFrom(facts[i].ID) {
			if value, known := o.ev.Facts[id]; known && depth > 0 {
				facts[i].Follows = append(facts[i].Follows, r.fact(o.Case, id, value, true))
			}
		}
		r.follows(o, facts[i].Follows, depth-1)
	}
}

// visible are the facts no deeper than the reader sees, as values.
func (r reader) visible(facts protocol.Facts) protocol.Facts {
	out := protocol.Facts{}
	for id, v := range facts {
		if !r.tooDeep(id) {
			out[id] = v
		}
	}
	return out
}

// mask takes values deeper than the reader sees out of a reason.
func (r reader) mask(reason protocol.Reason) protocol.Reason {
	used := make([]protocol.Use, len(reason.Used))
	for i, u := range reason.Used {
		if r.tooDeep(u.Fact) {
			u.Value = protocol.Text{}
		}
		used[i] = u
	}
	reason.Used = used
	return reason
}

// optionWords are the words given with an option, such as why somebody refused.
func (r reader) optionWords(c *loket.Case, field *protocol.Field, facts protocol.Facts) []FactView {
	var out []FactView
	for i := range field.Options {
		if !field.Options[i].Text {
			continue
		}
		id := field.ID + "_" + field.Options[i].ID
		if v, known := facts[id]; known {
			fact := r.fact(c, id, v, true)
			fact.Title, fact.CanOpen = field.Options[i].Label, false // opened with its question
			out = append(out, fact)
		}
	}
	return out
}

// groups are the facts of a case by form section; unknown ones only where a report or an
// officer's form asked for them that this case has, see fitting.
func (r reader) groups(o *open, fits map[string]bool, now time.Time) []FactGroup {
	asking := r.p.Asking(o.Facts, now)
	defer asking.Done()
	var out []FactGroup
	seen := map[string]bool{}
	for _, f := range asked(r.p, o.Case) {
		if hiddenFrom(o, r.a, f.ID) {
			continue
		}
		before := 0 // fields of the sections before
		here := fits[f.ID] || sentOn(o.Case, f.ID)
		asks := sync.OnceValue(func() []bool { return asking.Asked(f) })
		for i := range f.Sections {
			s := &f.Sections[i]
			if facts := r.section(o.Case, f, s, seen, func(at int) bool { return here && asks()[before+at] }); len(facts) > 0 {
				out = append(out, FactGroup{Title: s.Title, Form: f.ID, Facts: facts})
			}
			before += len(s.Fields)
		}
	}
	return out
}

// section are the facts of one section that no section before it showed. asks tells of a
// field, by its place, whether it is asked; most sections never need to know.
func (r reader) section(c *loket.Case, f *protocol.Form, s *protocol.Section, seen map[string]bool, asks func(at int) bool) []FactView {
	var facts []FactView
	for i := range s.Fields {
		field := &s.Fields[i]
		value, known := c.Facts[field.ID]
		_, erased := c.ErasedFacts[field.ID]
		if seen[field.ID] || !known && !erased && (f.Use == "officer" && field.Need == "" || !asks(i)) {
			continue
		}
		if facts == nil {
			facts = make([]FactView, 0, len(s.Fields)-i)
		}
		seen[field.ID] = true
		fact := r.fact(c, field.ID, value, known)
		fact.Title = field.Label // as this form asked it
		facts = append(facts, fact)
		facts = append(facts, r.optionWords(c, field, c.Facts)...)
	}
	return facts
}

// asked are the forms whose questions a case has: those that were sent come first, so
// that an answer stands under the question that its sender read.
func asked(p *protocol.Protocol, c *loket.Case) []*protocol.Form {
	var sent, others []*protocol.Form
	for i := range p.Forms {
		f := &p.Forms[i]
		switch {
		case sentOn(c, f.ID):
			sent = append(sent, f)
		case f.Use != "rows" && f.Use != "advice" && f.Use != "report":
			others = append(others, f)
		}
	}
	return append(sent, others...)
}

func sentOn(c *loket.Case, form string) bool {
	for _, r := range c.Reports {
		if r.Form == form {
			return true
		}
	}
	return false
}

// Open shows sealed facts to somebody with a purpose. The opening is an event of the
// case, written before the first value is given (R-R-62, design §3).
func (d *Desk) Open(ctx context.Context, a loket.Actor, id loket.CaseID, fields []string, purpose string) ([]FactView, error) {
	var out []FactView
	_, err := d.act(ctx, a, id, "", 0, func(o *open) ([]loket.Payload, error) {
		want := loket.FieldsOpened{Fields: fields, Purpose: purpose}
		if !o.wants(a, want) {
			d.refusedTo(ctx, a, id, want.Type())
			return nil, errMayNot
		}
		if o.ev == nil {
			o.ev = o.p.Evaluate(o.Input(d.Now()))
		}
		r, o := d.reader(a, o.p, nil).of(o), o.seenBy(a)
		r.sees = r.opens
		var err error
		if r.unspoken, err = d.notToName(ctx, a, o); err != nil {
			return nil, err
		}
		out = out[:0]
		for _, f := range fields {
			if strings.HasPrefix(f, textPrefix) {
				words, err := r.openText(o, f)
				if err != nil {
					return nil, err
				}
				out = append(out, words)
				continue
			}
			if o.p.Fact(f) == nil {
				return nil, loket.Refuse(loket.Invalid, "Het protocol heeft geen vraag “"+f+"”.", "The protocol has no question “"+f+"”.")
			}
			if !r.mayOpen(f) {
				d.refusedTo(ctx, a, id, want.Type())
				return nil, errMayNot
			}
			v, known := o.Facts[f]
			out = append(out, r.fact(o.Case, f, v, known))
		}
		return loket.Decide(o.Case, o.p, want, d.Now())
	})
	if err != nil {
		return nil, unlogged(err)
	}
	return out, nil
}

// known gathers what identifies the people of a case, for the guard.
func known(o *open) guard.Known {
	k := guard.Known{}
	all := []protocol.Facts{o.Facts}
	for _, rows := range o.Rows {
		for _, row := range rows {
			all = append(all, row.Facts)
		}
	}
	for _, facts := range all {
		for id, v := range facts {
			identify(&k, o.p, id, v)
		}
	}
	if at := incidentMoment(o.p, o.Facts); !at.IsZero() {
		k.When = append(k.When, at.In(o.p.Location()))
	}
	k.Common, k.Allowed = commonWords(o.p, all), mayStay(o.p, all)
	return k
}

// identify sorts one fact into what the guard compares with. Personal facts (AVG class P)
// identify; of what people wrote in confidence only the names are looked for.
func identify(k *guard.Known, p *protocol.Protocol, id string, v any) {
	f := p.Fact(id)
	if f == nil {
		return
	}
	if text, ok := v.(string); ok && f.Type == protocol.TypeLong && f.Level >= "V4" {
		k.Texts = append(k.Texts, text)
	}
	if !strings.HasPrefix(f.AVG, "P") {
		return
	}
	switch x := v.(type) {
	case string:
		if f.Type == protocol.TypeText && f.AVG == "P°" && f.Level < "V4" {
			k.Places = append(k.Places, x)
		} else if f.Type != protocol.TypeLong && f.Type != protocol.TypeChoice {
			k.Values = append(k.Values, x)
		}
	case time.Time:
		if f.Type == protocol.TypeDate && f.Level >= "V4" { // when somebody was found is no birth date
			k.BirthDates = append(k.BirthDates, x.In(p.Location()))
		}
	case int64:
		k.Ages = append(k.Ages, int(x))
	}
}
