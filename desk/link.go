// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/protocol"
)

// link records a verdict on two cases, or undoes it, in both of them at once: neither
// knows of a link that the other does not (DT-22).
func (d *Desk) link(ctx context.Context, a loket.Actor, id loket.CaseID, ch Change) (int, error) {
	o, err := d.load(ctx, a, id)
	if err != nil {
		return 0, err
	}
	if version, known := d.before(ctx, a, ch.Key); known {
		return version, nil
	}
	if overtaken(o.Case, ch.Expect) {
		return 0, errChanged
	}
	want, otherID := d.linkTarget(o, ch.Want)
	other, err := d.load(ctx, a, otherID)
	if err != nil {
		return 0, err
	}
	if !o.wants(a, want) {
		d.refusedTo(ctx, a, id, want.Type())
		return 0, errMayNot
	}
	return d.writePair(ctx, a, ch.Key, o, other, withNumber(want, other), mirrored(want, o))
}

// linkTarget completes the wish and finds the other case.
func (d *Desk) linkTarget(o *open, want loket.Payload) (loket.Payload, loket.CaseID) {
	switch w := want.(type) {
	case loket.Linked:
		if w.Link == "" {
			w.Link = d.Rand.ID()[:12]
		}
		return w, w.Other
	case loket.Unlinked:
		i := slices.IndexFunc(o.Links, func(l loket.Linked) bool { return l.Link == w.Link })
		if i >= 0 {
			w.Other = o.Links[i].Other
		}
		return w, w.Other
	}
	return want, ""
}

func withNumber(want loket.Payload, other *open) loket.Payload {
	if w, ok := want.(loket.Linked); ok {
		w.Number = other.Number
		return w
	}
	return want
}

// mirrored is the same link as the other case sees it.
func mirrored(want loket.Payload, o *open) loket.Payload {
	switch w := want.(type) {
	case loket.Linked:
		w.Other, w.Number, w.Leads = o.ID, o.Number, !w.Leads
		return w
	case loket.Unlinked:
		w.Other = o.ID
		return w
	}
	return want
}

func (d *Desk) writePair(ctx context.Context, a loket.Actor, key string, o, other *open, here, there loket.Payload) (int, error) {
	now := d.Now()
	var changes []*change
	for _, side := range []struct {
		o, from *open
		want    loket.Payload
	}{{o, other, here}, {other, o, there}} {
		payloads, err := loket.Decide(side.o.Case, side.o.p, side.want, now)
		if err != nil {
			return 0, err
		}
		payloads = append(payloads, sharedFindings(side.o, side.from, side.want)...)
		payloads = append(payloads, d.sharedRows(side.o, side.from, side.want)...)
		ch, err := d.prepare(ctx, a, side.o, payloads, now)
		if err != nil {
			return 0, err
		}
		changes = append(changes, ch)
	}
	err := d.Store.Write(ctx, func(tx Tx) error {
		for _, ch := range changes {
			if err := d.write(ctx, tx, ch); err != nil {
				return err
			}
		}
		return keep(ctx, tx, scoped(a, key), o.Version, now)
	})
	return o.Version, err
}

// sharedFindings keeps one case of two: what the desk had found in the case that now goes on
// in this one holds here too, such as that a criminal investigation runs (R-R-86). What the
// reporters wrote stays with their own report, and what this case knew stays as it was.
func sharedFindings(o, from *open, want loket.Payload) []loket.Payload {
	facts := loket.FactsRecorded{Facts: protocol.Facts{}}
	switch w := want.(type) {
	case loket.Linked:
		if !takesOver(w) {
			return nil
		}
		facts.Reason = tookOver(from)
		for id, value := range from.Facts {
			if _, known := o.Facts[id]; !known && foundByDesk(from, id) {
				facts.Facts[id] = value
			}
		}
	case loket.Unlinked:
		facts.Reason = undone(from)
		facts.Cleared = takenOver(o, w.Link)
	}
	if len(facts.Facts)+len(facts.Cleared) == 0 {
		return nil
	}
	return []loket.Payload{facts}
}

// foundByDesk: somebody of the desk recorded it, where everybody of the desk may see it. What
// tells one person from another (an index) stays in its own case.
func foundByDesk(o *open, id string) bool {
	form := o.p.Form(o.Origin[id].Form)
	if form == nil || form.Use != "officer" || form.HiddenUntil != "" {
		return false
	}
	return !slices.ContainsFunc(form.Sections, func(s protocol.Section) bool {
		return slices.ContainsFunc(s.Fields, func(f protocol.Field) bool { return f.ID == id && f.Index })
	})
}

// takesOver: by this link the other case goes on in this one, because it is the same.
func takesOver(w loket.Linked) bool { return w.Leads && strings.HasPrefix(w.Verdict, "same_") }

func tookOver(from *open) string {
	return "Overgenomen uit zaak " + from.Number + ", die hier verdergaat."
}

func undone(from *open) string {
	return "De koppeling met zaak " + from.Number + " is ongedaan gemaakt."
}

// takenOver are the facts that came with a link and that nobody changed since.
func takenOver(o *open, link string) []string {
	var ids []string
	for _, e := range o.Events {
		w, ok := e.Payload.(loket.Linked)
		if !ok || w.Link != link || !w.Leads {
			continue
		}
		for id, origin := range o.Origin {
			if _, known := o.Facts[id]; known && origin.Form == "" && origin.At.Equal(e.At) {
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	return ids
}
