// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"context"

	"example.org/loket"
	"example.org/loket/desk"
)

// newest is the highest version of a product; 0 when nothing was drafted.
func (p *player) newest(ctx context.Context, c *played, product, row string) (int, error) {
	if p.protocol.Product(product) == nil {
		known := map[string]bool{}
		for _, pr := range p.protocol.Products {
			known[pr.ID] = true
		}
		return 0, mistaken(meant(product, known), "Er is geen product %q in dit protocol.", product)
	}
	view, err := p.view(ctx, c)
	if err != nil {
		return 0, err
	}
	version := 0
	for _, line := range view.Products {
		if line.Product == product && line.Row == row {
			version = max(version, line.Version)
		}
	}
	return version, nil
}

// drafted writes the proposed text, with the story's own words where it gives them.
func (p *player) drafted(ctx context.Context, c *played, who loket.Actor, d *DraftAction) (loket.Payload, error) {
	version, err := p.newest(ctx, c, d.Product, c.rows[d.Row])
	if err != nil {
		return nil, err
	}
	view, err := p.desk.Service.Product(ctx, who, c.id, d.Product, c.rows[d.Row], desk.AsProposed)
	if err != nil {
		return nil, err
	}
	parts, known := map[string]string{}, map[string]bool{}
	for _, part := range view.Parts {
		parts[part.Part.ID] = part.Text
	}
	for _, part := range p.protocol.Product(d.Product).Parts {
		known[part.ID] = true
	}
	for id, text := range d.Parts {
		if !known[id] {
			return nil, mistaken(meant(id, known), "Het product %q heeft geen onderdeel %q.", d.Product, id)
		}
		parts[id] = text
	}
	return loket.ProductDrafted{
		Product: d.Product, Row: c.rows[d.Row], Version: version + 1, Parts: parts, LeftEmpty: d.LeftEmpty, Withheld: d.Withheld,
	}, nil
}

func (p *player) version(ctx context.Context, c *played, product, row string, given int) (int, error) {
	newest, err := p.newest(ctx, c, product, c.rows[row])
	if given != 0 {
		newest = given
	}
	return newest, err
}

func (p *player) aligned(ctx context.Context, c *played, s *Step) (loket.Payload, error) {
	a := s.Align
	version, err := p.version(ctx, c, a.Product, a.Row, a.Version)
	role, person := a.Role, a.Person
	if role == "" {
		role = p.tale.story.People[s.Who].Role
	}
	if person == "" {
		person = s.Who
	}
	return loket.ProductAligned{
		Product: a.Product, Row: c.rows[a.Row], Version: version, Role: role, Person: person, Agreed: !a.Refused, Note: a.Note,
	}, err
}

func (p *player) withdrawn(ctx context.Context, c *played, w *WithdrawAction) (loket.Payload, error) {
	version, err := p.version(ctx, c, w.Product, w.Row, w.Version)
	return loket.ProductWithdrawn{Product: w.Product, Row: c.rows[w.Row], Version: version, Reason: w.Reason}, err
}

// draftFirst makes the proposed text when a story releases a product of which there is no
// text yet. What the desk has against it, it says again at the release. A draft that the story
// did not write and that was refused is no text of the story: the next release proposes anew.
func (p *player) draftFirst(ctx context.Context, c *played, who loket.Actor, r *ReleaseAction) {
	name := loket.RowKey(r.Product, c.rows[r.Row])
	version, err := p.version(ctx, c, r.Product, r.Row, r.Version)
	if err != nil || version != 0 && version != c.proposed[name] || r.Version != 0 {
		return
	}
	draft, err := p.drafted(ctx, c, who, &DraftAction{Product: r.Product, Row: r.Row})
	if err != nil {
		return
	}
	if _, err := p.desk.Service.Do(ctx, who, c.id, desk.Change{Key: p.key() + " draft", Want: draft}); err == nil {
		c.proposed[name] = version + 1
	}
}

func (p *player) released(ctx context.Context, c *played, who loket.Actor, r *ReleaseAction) (loket.Payload, error) {
	version, err := p.version(ctx, c, r.Product, r.Row, r.Version)
	if err != nil {
		return nil, err
	}
	release := loket.ProductReleased{
		Product: r.Product, Row: c.rows[r.Row], Version: version, Purpose: r.Purpose, Need: r.Need, Override: r.Override,
	}
	if release.Purpose == "" {
		release.Purpose = p.protocol.Product(r.Product).Purpose.NL
	}
	view, err := p.desk.Service.Product(ctx, who, c.id, r.Product, c.rows[r.Row], version)
	if err != nil {
		return nil, err
	}
	if len(r.To) == 0 {
		release.Recipients = asRecipients(view.Proposed, p.protocol.Product(r.Product).RecipientRoles())
		return release, nil
	}
	for _, alias := range r.To {
		to, err := p.recipient(alias)
		if err != nil {
			return nil, err
		}
		release.Recipients = append(release.Recipients, addressed(to, view.People))
	}
	return release, nil
}

// addressed gives a reporter the address that came with the report.
func addressed(to loket.Recipient, people []desk.Person) loket.Recipient {
	for _, person := range people {
		if to.ID == reporterID && person.ID == reporterID {
			to.Name, to.Email = person.Name, person.Email
		}
	}
	return to
}

// asRecipients names each person in the role that the product is for.
func asRecipients(people []desk.Person, wanted []string) []loket.Recipient {
	var list []loket.Recipient
	for _, person := range people {
		to := loket.Recipient{ID: person.ID, Name: person.Name, Email: person.Email}
		for _, role := range person.Roles {
			if to.Role == "" || contains(wanted, role) {
				to.Role = role
			}
		}
		list = append(list, to)
	}
	return list
}

func contains(list []string, want string) bool {
	for _, have := range list {
		if have == want {
			return true
		}
	}
	return false
}
