// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/guard"
	"example.org/loket/policies"
	"example.org/loket/protocol"
)

// attempts is how often a change is decided again when somebody else was first and the
// actor did not say which version they saw.
const attempts = 4

var errChanged = loket.Refuse(loket.Conflict, "Iemand anders heeft deze zaak net gewijzigd. Kijk wat er veranderd is en verstuur opnieuw; uw tekst staat er nog.",
	"Somebody else has just changed this case. See what changed and send again; your text is kept.")

// Do adds to a case what the actor wants, and returns the version of the case after it.
func (d *Desk) Do(ctx context.Context, a loket.Actor, id loket.CaseID, ch Change) (int, error) {
	switch w := ch.Want.(type) {
	case loket.Linked:
		if w.Verdict == loket.VerdictConverted {
			return d.convert(ctx, a, id, ch, w)
		}
		return d.link(ctx, a, id, ch)
	case loket.Unlinked:
		return d.link(ctx, a, id, ch)
	case loket.Neighboured:
		return d.neighbour(ctx, a, id, ch, w)
	case loket.ProductAligned:
		a = d.askedToAlign(ctx, a, id, w.Product)
	}
	return d.act(ctx, a, id, ch.Key, ch.Expect, func(o *open) ([]loket.Payload, error) {
		want := signedBy(a, o, d.complete(o, ch.Want))
		if !o.wants(a, want) {
			d.refusedTo(ctx, a, id, want.Type())
			return nil, o.denied(a, want)
		}
		if hiding, ok := want.(loket.CaseHidden); ok {
			if err := d.hides(ctx, o, hiding); err != nil {
				return nil, err
			}
		}
		if released, ok := want.(loket.ProductReleased); ok {
			if err := d.identifying(o, released); err != nil {
				return nil, err
			}
		}
		if assigned, ok := want.(loket.CaseAssigned); ok {
			if err := d.assignable(ctx, o, assigned.To); err != nil {
				return nil, err
			}
		}
		return loket.Decide(o.Case, o.p, want, d.Now())
	})
}

// assignable refuses to hand a case to an account that is not there or that works on no cases:
// it would be on nobody's list.
func (d *Desk) assignable(ctx context.Context, o *open, to string) error {
	people, err := d.People(ctx, o.Tenant)
	if err != nil || to == "" {
		return err
	}
	works := func(p Person) bool {
		return p.ID == to && slices.ContainsFunc(p.Roles, func(id string) bool {
			role := o.p.Role(id)
			return role != nil && slices.Contains(role.May, "work")
		})
	}
	if !slices.ContainsFunc(people, works) {
		return loket.Refuse(loket.Invalid, "Kies iemand die bij dit loket werkt.", "Choose somebody who works at this desk.")
	}
	return nil
}

// May tells whether an actor may want a payload of this kind, and does nothing. A page asks
// it before it speaks of what was typed. Without a case it tells whether they may on a case
// that they come to.
func (d *Desk) May(ctx context.Context, a loket.Actor, id loket.CaseID, want loket.Payload) error {
	if id == "" {
		p, err := d.Protocol(ctx, a.Tenant)
		if err != nil || MayWant(a, p, want) {
			return err
		}
		d.refusedTo(ctx, a, id, want.Type())
		return errHidden
	}
	if w, ok := want.(loket.ProductAligned); ok {
		a = d.askedToAlign(ctx, a, id, w.Product)
	}
	o, err := d.load(ctx, a, id)
	if err == nil && !o.wants(a, want) {
		d.refusedTo(ctx, a, id, want.Type())
		err = o.denied(a, want)
	}
	return err
}

// askedToAlign lets somebody whom a product names agree with it without working on cases:
// an executive, another organisation (R-R-101). It opens that one case to this one act.
func (d *Desk) askedToAlign(ctx context.Context, a loket.Actor, id loket.CaseID, product string) loket.Actor {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil || a.Case != "" || mayOn(a, p, "case.enter", onSight, "", "") {
		return a
	}
	guest := a
	guest.Case = id
	if pr := p.Product(product); pr != nil && a.Has(pr.Align...) && mayOn(guest, p, "product.aligned", policies.Ours|policies.Own|policies.Shown|policies.Free|policies.Keeper|policies.Speaker, "", "") {
		return guest
	}
	return a
}

// act is the road of every change: first result again for a known key, then decide on
// what is there now, then write; a lost race is looked at again, so that the second click
// of two gets the answer of the first.
func (d *Desk) act(ctx context.Context, a loket.Actor, id loket.CaseID, key string, expect int, decide func(*open) ([]loket.Payload, error)) (int, error) {
	return d.actTo(ctx, a, id, "case.enter", key, expect, decide)
}

// actTo is act for somebody who comes to the case by some action.
func (d *Desk) actTo(ctx context.Context, a loket.Actor, id loket.CaseID, action, key string, expect int, decide func(*open) ([]loket.Payload, error)) (int, error) {
	var err error
	for range attempts {
		var version int
		version, err = d.actOnce(ctx, a, id, action, key, expect, decide)
		if loket.ErrorCode(err) != loket.Conflict || errors.Is(err, errChanged) {
			return version, err
		}
	}
	return 0, err
}

func (d *Desk) actOnce(ctx context.Context, a loket.Actor, id loket.CaseID, action, key string, expect int, decide func(*open) ([]loket.Payload, error)) (int, error) {
	o, err := d.loadTo(ctx, a, id, action)
	if err != nil {
		return 0, err
	}
	if version, known := d.before(ctx, a, key); known {
		return version, nil
	}
	if overtaken(o.Case, expect) {
		return 0, errChanged
	}
	payloads, err := decide(o)
	if err != nil || len(payloads) == 0 {
		return o.Version, err
	}
	now := d.Now()
	ch, err := d.prepare(ctx, a, o, payloads, now)
	if err != nil {
		return 0, err
	}
	err = d.Store.Write(ctx, func(tx Tx) error {
		if err := d.write(ctx, tx, ch); err != nil {
			return err
		}
		return keep(ctx, tx, scoped(a, key), o.Version, now)
	})
	if err == nil && len(ch.notices) > 0 {
		d.Nudge()
	}
	if err == nil && len(ch.erasures) > 0 {
		if _, unfinished := d.finishErasures(ctx); unfinished != nil {
			d.Nudge() // due work goes on with it
		}
	}
	return o.Version, err
}

// overtaken: after the version that the actor saw something happened that they must see
// first. A notice that arrived or a sealed fact that was opened changes nothing they read.
func overtaken(c *loket.Case, expect int) bool {
	if expect == 0 || expect > c.Version {
		return expect > c.Version
	}
	return slices.ContainsFunc(c.Events, func(e loket.Event) bool {
		switch e.Payload.(type) {
		case loket.DeliveryChanged, loket.FieldsOpened:
			return false
		}
		return e.Seq > expect
	})
}

// asked loads the case of a change that reaches beyond it, when the actor may make it and has
// seen what happened there; known: the same key gave this version earlier.
func (d *Desk) asked(ctx context.Context, a loket.Actor, id loket.CaseID, ch Change, want loket.Payload) (o *open, version int, known bool, err error) {
	if o, err = d.load(ctx, a, id); err != nil {
		return nil, 0, false, err
	}
	if version, known = d.before(ctx, a, ch.Key); known {
		return o, version, true, nil
	}
	if overtaken(o.Case, ch.Expect) {
		return nil, 0, false, errChanged
	}
	if !o.wants(a, want) {
		d.refusedTo(ctx, a, id, want.Type())
		return nil, 0, false, o.denied(a, want)
	}
	return o, 0, false, nil
}

// before finds what the same key gave earlier (R03).
func (d *Desk) before(ctx context.Context, a loket.Actor, key string) (version int, known bool) {
	if key == "" {
		return 0, false
	}
	_ = d.Store.Read(ctx, func(tx Tx) error {
		value, found, err := tx.Result(ctx, scoped(a, key))
		if found && json.Unmarshal(value, &version) == nil {
			known = true
		}
		return err
	})
	return version, known
}

// scoped keeps the keys of different actors apart.
func scoped(a loket.Actor, key string) string {
	if key == "" {
		return ""
	}
	return strings.Join([]string{a.Tenant, a.ID, string(a.Case), key}, "|")
}

// complete fills in what only the desk knows: identifiers, names, the number of a linked case.
func (d *Desk) complete(o *open, want loket.Payload) loket.Payload {
	switch w := want.(type) {
	case loket.StepAdded:
		if w.Step == "" {
			w.Step = "own:" + d.Rand.ID()[:8]
		}
		return w
	case loket.Asked:
		if w.Question == "" {
			w.Question = d.Rand.ID()[:8]
		}
		return w
	case loket.FactsErased:
		return d.completeErasure(o, w)
	case loket.ProductAligned:
		if v := o.ProductVersion(w.Product, w.Row, w.Version); v != nil {
			w.Version = v.Version
		}
		return w
	case loket.ProductReleased:
		if v := o.ProductVersion(w.Product, w.Row, w.Version); v != nil {
			w.Version = v.Version
		}
		return w
	}
	return want
}

// signedBy names who decides; of a decision taken together that is a signature.
func signedBy(a loket.Actor, o *open, want loket.Payload) loket.Payload {
	if w, ok := want.(loket.Decided); ok {
		w.Signer, w.As = a.ID, a.Roles
		if t := o.p.Table(w.Subject); t != nil {
			w.As = o.counting(a, t.Of).Roles
		}
		return w
	}
	return want
}

// identifying refuses the release of a text that names a person, where the protocol says
// so: for the council and the media there is no way around it (R-R-82, R-R-83, DT-25).
func (d *Desk) identifying(o *open, w loket.ProductReleased) error {
	pr, v := o.p.Product(w.Product), o.ProductVersion(w.Product, w.Row, w.Version)
	if pr == nil || v == nil {
		return nil
	}
	findings := guard.Apart(guard.Check(strings.Join(texts(pr, v.Parts), "\n"), known(o)))
	if len(findings) == 0 || pr.Identifiers == "" {
		return nil
	}
	if pr.Identifiers == "warn" && strings.TrimSpace(w.Override) != "" {
		return nil
	}
	nl, en := "In deze tekst staat iets dat naar een persoon te herleiden is: ", "This text holds something that points to a person: "
	for i, f := range findings {
		if i > 0 {
			nl, en = nl+"; ", en+"; "
		}
		nl, en = nl+f.Reason.NL, en+f.Reason.EN
	}
	code := loket.Stopped
	if pr.Identifiers == "warn" {
		code, nl, en = loket.Motivation, nl+". Haal het weg, of schrijf op waarom het erin moet.", en+". Remove it, or write down why it must stay."
	} else {
		nl, en = nl+". Haal het weg. Dit geldt ook als het al in de media stond.", en+". Remove it. This also holds when it was in the media already."
	}
	return loket.Refuse(code, nl, en)
}

func texts(pr *protocol.Product, parts map[string]string) []string {
	out := make([]string, 0, len(parts))
	for _, part := range pr.Parts {
		out = append(out, parts[part.ID])
	}
	return out
}
