// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"

	"example.org/loket"
	"example.org/loket/protocol"
)

// convert opens the case that a case turned out to be: one of another kind, which takes
// over what its own report form asks, linked to this one, which ends its work there (R-I-02).
// Trying again after a failure halfway finds the case that was opened.
func (d *Desk) convert(ctx context.Context, a loket.Actor, id loket.CaseID, ch Change, want loket.Linked) (int, error) {
	o, version, known, err := d.asked(ctx, a, id, ch, want)
	if err != nil || known {
		return version, err
	}
	if _, err := loket.Decide(o.Case, o.p, want, d.Now()); err != nil {
		return 0, err
	}
	f := opening(o.p, want.Kind)
	if f == nil {
		return 0, loket.Refuse(loket.Invalid, "Geen formulier opent een zaak van die soort. Vraag wie het protocol beheert.", "No form opens a case of that kind. Ask who keeps the protocol.")
	}
	opened, err := d.openAlone(ctx, a, o.p, f, askedBy(f, o.seenBy(a).Facts), "convert|"+string(id)+"|"+want.Kind)
	if err != nil {
		return 0, err
	}
	want.Other, want.Leads = opened, false
	return d.link(ctx, a, id, Change{Key: ch.Key, Want: want})
}

// conversions are the kinds that a case may still be converted into, by this actor.
func conversions(o *open, a loket.Actor) []*protocol.Kind {
	var out []*protocol.Kind
	k := o.p.Kind(o.Kind)
	if k == nil || joinedTo(o.Case) != "" || !o.wants(a, loket.Linked{}) {
		return nil
	}
	for _, id := range k.ConvertsTo {
		if opening(o.p, id) != nil {
			out = append(out, o.p.Kind(id))
		}
	}
	return out
}

// opening is the report form that opens a case of a kind.
func opening(p *protocol.Protocol, kind string) *protocol.Form {
	for i := range p.Forms {
		if f := &p.Forms[i]; f.Use == "report" && f.Opens == kind {
			return f
		}
	}
	return nil
}

// askedBy are the facts that a form asks, words with options included.
func askedBy(f *protocol.Form, known protocol.Facts) protocol.Facts {
	facts := protocol.Facts{}
	for s := range f.Sections {
		for _, field := range f.Sections[s].Fields {
			for _, id := range field.Answers() {
				if v, ok := known[id]; ok {
					facts[id] = v
				}
			}
		}
	}
	return facts
}
