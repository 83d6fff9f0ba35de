// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"slices"

	"example.org/loket"
	"example.org/loket/guard"
	"example.org/loket/protocol"
)

// Product shows one product: the text composed from the facts when there is no version
// yet, or the version asked for (0: the newest).
func (d *Desk) Product(ctx context.Context, a loket.Actor, id loket.CaseID, product, row string, version int) (*ProductView, error) {
	o, err := d.load(ctx, a, id)
	if err != nil {
		return nil, err
	}
	pr := o.p.Product(product)
	if pr == nil || !o.may(a, "case.read", 0) {
		d.refusedTo(ctx, a, id, "read")
		return nil, errHidden
	}
	if !o.mayAt(a, "product.read", ofProduct(a, pr), pr.Level) {
		d.refused(ctx, a, id)
		return nil, errHidden
	}
	if err := d.readNow(ctx, a, o, pr.ID, pr.Level); err != nil {
		return nil, err
	}
	o.ev = o.p.Evaluate(o.Input(d.Now()))
	people, err := d.People(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	v := d.productView(o, a, pr, row, version)
	var gaps []protocol.Gap
	here, err := d.reachable(ctx, o)
	if err != nil {
		return nil, err
	}
	v.People = addressed(o, here, sharedWith(o, people))
	v.Proposed, gaps = proposedRecipients(o, pr, row, withReporter(o, here))
	v.Warnings = append(v.Warnings, d.gapFindings(ctx, o, gaps)...)
	return v, nil
}

// MaySeeProduct tells whether a product of a case that somebody came to may be read by them.
// Others read what was released to them, in their inbox.
func MaySeeProduct(a loket.Actor, p *protocol.Protocol, pr *protocol.Product) bool {
	return pr != nil && mayOn(a, p, "product.read", onSight|ofProduct(a, pr), pr.Level, "")
}

func (d *Desk) productView(o *open, a loket.Actor, pr *protocol.Product, row string, version int) *ProductView {
	v := &ProductView{
		Case: o.ID, Number: o.Number, CaseVersion: o.Version, Product: pr, Row: row, RowTitle: rowTitle(o, pr.Each, row), Current: true,
		MayCompose: o.wants(a, loket.ProductDrafted{Product: pr.ID}), MayRelease: o.wants(a, loket.ProductReleased{Product: pr.ID}),
		MayAlign: o.wants(a, loket.ProductAligned{Product: pr.ID}),
	}
	for _, f := range o.ev.Products {
		if f.Product.ID == pr.ID && f.Row == row {
			v.Reason = d.reader(a, o.p, nil).of(o).mask(f.Reason)
		}
	}
	parts := d.fillVersion(v, o, version)
	v.Parts = partViews(pr, parts, o.demanded(pr, row))
	d.inspect(v, o, a, pr, row, parts)
	return v
}

// AsProposed asks Product for the text as the facts make it now, whatever was written before.
const AsProposed = -1

// fillVersion takes over what is recorded of a version, and gives its texts.
func (d *Desk) fillVersion(v *ProductView, o *open, version int) map[string]string {
	pv := o.ProductVersion(v.Product.ID, v.Row, version)
	if pv == nil || version < 0 {
		return o.p.Compose(v.Product, o.ev, o.RowFacts(v.Product.Each, v.Row))
	}
	newest := o.ProductVersion(v.Product.ID, v.Row, 0)
	v.Version, v.Withheld, v.Aligned, v.Withdrawn = pv.Version, pv.Withheld, pv.Aligned, pv.Withdrawn
	v.Released, v.ReleasedAt, v.ReleasedBy = pv.Released, pv.ReleasedAt, pv.ReleasedBy
	v.Current = newest.Version == pv.Version
	return pv.Parts
}

// partViews are the parts of a text. A part that is not there does not apply to this case,
// unless it is demanded: then its maker sees it, empty.
func partViews(pr *protocol.Product, parts map[string]string, demanded func(*protocol.Part) bool) []PartView {
	var out []PartView
	for i := range pr.Parts {
		p := &pr.Parts[i]
		text, there := parts[p.ID]
		if !there && p.When != "" && (demanded == nil || !demanded(p)) {
			continue
		}
		out = append(out, PartView{Part: p, Text: text})
	}
	return out
}

// demanded tells of which parts release will ask a text: mandatory, and not known to be out
// of place. What nobody knows yet is asked too (R-I-05).
func (o *open) demanded(pr *protocol.Product, row string) func(*protocol.Part) bool {
	return func(p *protocol.Part) bool {
		if !p.Mandatory {
			return false
		}
		applies, _ := o.p.Holds(p.When, o.ev, o.RowFacts(pr.Each, row))
		return applies != protocol.False
	}
}

// inspect finds what stops or should be seen before release.
func (d *Desk) inspect(v *ProductView, o *open, a loket.Actor, pr *protocol.Product, row string, parts map[string]string) {
	k := known(o)
	for _, part := range v.Parts {
		for _, f := range guard.Apart(guard.Check(part.Text, k)) {
			v.Findings = append(v.Findings, Finding{ID: f.Category, Part: part.Part.ID, Text: f.Text, Say: say(f.Reason.NL, f.Reason.EN), Blocks: pr.Identifiers == "block"})
		}
	}
	facts, w := o.RowFacts(pr.Each, row), waiting(o, a, fitting(o))
	for _, s := range pr.Stop {
		if verdict, _ := o.p.Holds(s.Unless, o.ev, facts); verdict != protocol.True {
			v.Stops = append(v.Stops, Finding{ID: s.ID, Say: s.Say, Source: s.Source, Blocks: true, Waits: w.items(s.Unless)})
		}
	}
	for _, s := range pr.Warn {
		if verdict, _ := o.p.Holds(s.Unless, o.ev, facts); verdict != protocol.True {
			v.Warnings = append(v.Warnings, Finding{ID: s.ID, Say: s.Say, Source: s.Source})
		}
	}
	if pv := o.ProductVersion(pr.ID, row, v.Version); pv != nil && v.Released == nil && !loket.Aligned(pr, pv) {
		v.Warnings = append(v.Warnings, Finding{ID: "align", Say: say("Nog niet afgestemd met: "+roleTitles(o.p, pr.Align).NL+". Geeft u toch vrij? Schrijf dan op waarom.", "Not aligned yet with: "+roleTitles(o.p, pr.Align).EN+". Releasing anyway? Write down why.")})
	}
	for id, why := range leftEmpty(o, pr, row, v.Version) {
		for i := range v.Parts {
			if v.Parts[i].Part.ID == id {
				v.Parts[i].LeftEmpty = why
			}
		}
	}
}

func leftEmpty(o *open, pr *protocol.Product, row string, version int) map[string]string {
	if pv := o.ProductVersion(pr.ID, row, version); pv != nil {
		return pv.LeftEmpty
	}
	return nil
}

// proposedRecipients are the people whom the product names, and everybody who had an earlier
// version or the product it follows up (R-R-20, R-R-139).
func proposedRecipients(o *open, pr *protocol.Product, row string, people []Person) (out []Person, gaps []protocol.Gap) {
	add := func(p Person) {
		if !o.Hides(p.ID) && !slices.ContainsFunc(out, func(x Person) bool { return x.ID == p.ID }) {
			out = append(out, p)
		}
	}
	if pr.Again == "" || !everTold(o, pr.Again) {
		out, gaps = addressees(o, pr, row, people)
	}
	for _, t := range o.Told {
		if t.Product == pr.ID || (pr.Again != "" && t.Product == pr.Again) {
			add(Person{ID: t.Recipient.ID, Name: t.Recipient.Name, Email: t.Recipient.Email, Roles: []string{t.Recipient.Role}})
		}
	}
	return out, gaps
}

func everTold(o *open, product string) bool {
	return slices.ContainsFunc(o.Told, func(t loket.Disclosure) bool { return t.Product == product })
}

// withReporter adds the reporter of this case as somebody who can be told.
func withReporter(o *open, people []Person) []Person {
	p := asReporter(loket.Actor{}, o.p)
	return append(slices.Clone(people), Person{ID: "reporter", Tenant: o.Tenant, Name: orDefault(o.row.Organisation, "melder"), Email: reporterAddress(o), Roles: p.Roles, Organisation: o.row.Organisation})
}

// Inbox is what was released to the actor, newest first.
func (d *Desk) Inbox(ctx context.Context, a loket.Actor) ([]InboxItem, error) {
	defer d.listsNow(ctx, a, "inbox.read")()
	var out []InboxItem
	err := d.Store.Read(ctx, func(tx Tx) error {
		gone, err := hidden(ctx, tx, a)
		if err != nil {
			return err
		}
		rows, err := tx.Disclosures(ctx, a.Tenant, a.ID, 200)
		for _, r := range rows {
			if gone[r.Case] {
				continue
			}
			out = append(out, InboxItem{Case: r.Case, Number: r.Number, Product: r.Product, Row: r.Row, Version: r.Version, Title: decodeText(r.Title), At: r.At, ReadAt: r.ReadAt, Withdrawn: r.Withdrawn})
		}
		return err
	})
	return out, err
}

// Read opens a released product as one of its recipients and records that it was read.
func (d *Desk) Read(ctx context.Context, a loket.Actor, id loket.CaseID, product, row string, version int) (*ProductView, error) {
	o, err := d.load(ctx, loket.System(a.Tenant), id)
	if err != nil {
		return nil, err
	}
	who := recipientID(a)
	pr, pv := o.p.Product(product), o.ProductVersion(product, row, version)
	if o.Tenant != a.Tenant || o.Hides(a.ID) || pr == nil || pv == nil || pv.Released == nil || (a.Case != "" && a.Case != id) ||
		!slices.ContainsFunc(pv.Released.Recipients, func(r loket.Recipient) bool { return r.ID == who }) {
		d.refused(ctx, a, id)
		return nil, errHidden
	}
	if o.Limit != nil {
		d.refused(ctx, a, id)
		return nil, errLimited
	}
	if err := d.Delivered(ctx, Message{Tenant: a.Tenant, Case: id, Product: product, Row: row, Version: version, Person: who}, "read"); err != nil {
		return nil, err
	}
	if err := d.readNow(ctx, a, o, pr.ID, pr.Level); err != nil {
		return nil, err
	}
	v := &ProductView{Case: id, Number: o.Number, Product: pr, Row: row, Version: pv.Version, Released: pv.Released, ReleasedAt: pv.ReleasedAt, Withdrawn: pv.Withdrawn, Current: o.Products[loket.RowKey(product, row)].Current().Version == pv.Version}
	v.Parts = partViews(v.Product, pv.Parts, nil)
	return v, nil
}

func recipientID(a loket.Actor) string {
	if a.Case != "" {
		return "reporter"
	}
	return a.ID
}

// Delivered records how far a notice came: sent, failed, read. The first reading counts.
func (d *Desk) Delivered(ctx context.Context, m Message, state string) error {
	if m.Version == 0 {
		return nil // an acknowledgement; the page of deliveries shows how it went
	}
	sys := loket.System(m.Tenant)
	sys.ID = "system"
	_, err := d.act(ctx, sys, m.Case, "", 0, func(o *open) ([]loket.Payload, error) {
		for _, t := range o.Told {
			if t.Channel != "notice" || t.Product != m.Product || t.Row != m.Row || t.Version != m.Version || t.Recipient.ID != m.Person {
				continue
			}
			if t.State == state || t.State == "read" {
				return nil, nil
			}
			return []loket.Payload{loket.DeliveryChanged{Product: m.Product, Row: m.Row, Version: m.Version, Recipient: m.Person, State: state}}, nil
		}
		return nil, nil
	})
	return err
}
