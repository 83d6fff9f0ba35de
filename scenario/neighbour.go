// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
)

// NeighbourAction is something said about a case here and one of another tenant; one of the
// keys but name, reference and basis is given.
type NeighbourAction struct {
	Line       int    `yaml:"-"`
	Name       string `yaml:"name"` // the story's own name of the link; empty: the last one
	With       string `yaml:"with"` // proposes: tenant
	Reference  string `yaml:"reference"`
	Accept     bool   `yaml:"accept"`
	Decline    bool   `yaml:"decline"`
	Coordinate string `yaml:"coordinate"` // proposes who coordinates: tenant
	Basis      string `yaml:"basis"`      // empty: residence
	Agree      string `yaml:"agree"`      // yes or no, to who coordinates
	Share      string `yaml:"share"`      // product
	Read       string `yaml:"read"`       // product that the other shared, by words of its title
	Undo       string `yaml:"undo"`       // why
}

// WantNeighbour is about a case of another tenant, as these eyes see it.
type WantNeighbour struct {
	Line        int      `yaml:"-"`
	With        string   `yaml:"with"`        // tenant
	State       string   `yaml:"state"`       // proposed, accepted
	Case        string   `yaml:"case"`        // the other case, whose number must show; none: no number
	Kind        []string `yaml:"kind"`        // words
	Status      string   `yaml:"status"`      // of the other case
	Coordinator string   `yaml:"coordinator"` // tenant, or none
	Asked       string   `yaml:"asked"`       // yes: the other waits for an answer on who coordinates
	Shared      []string `yaml:"shared"`      // words of the titles of what the other shared and may be read
	Old         []string `yaml:"old"`         // of those the ones that have a newer version, which was not shared
	Never       []string `yaml:"never"`
	Count       *int     `yaml:"count"`
}

// neighbours is what a desk offers beside its service.
type neighbours interface {
	NeighbourOffers(ctx context.Context, a loket.Actor) ([]desk.NeighbourView, error)
	DeclineNeighbour(ctx context.Context, a loket.Actor, link string) error
	NeighbourText(ctx context.Context, a loket.Actor, id loket.CaseID, link string, place int) (*desk.SharedText, error)
}

// neighbour carries out the step.
func (p *player) neighbour(ctx context.Context, c *played, who loket.Actor, n *NeighbourAction) error {
	said, err := p.neighbourSaid(ctx, c, n)
	if err != nil {
		return err
	}
	near, ok := p.desk.Service.(neighbours)
	if !ok && (n.Decline || n.Read != "") {
		return mistaken("", "Dit loket kent geen andere organisaties.")
	}
	switch {
	case n.Decline:
		return near.DeclineNeighbour(ctx, who, said.Link)
	case n.Read != "":
		return p.readShared(ctx, near, c, who, said.Link, n)
	}
	if err := p.change(ctx, c, who, said); err != nil || n.With == "" {
		return err
	}
	view, err := p.desk.Service.Case(ctx, who, c.id)
	if err == nil {
		p.nameLink(n.Name, view.Neighbours)
	}
	return err
}

// nameLink gives a story's name to the link that no name stands for yet. The last of the list
// will not do: of two links of one moment chance says which is last.
func (p *player) nameLink(name string, links []desk.NeighbourView) {
	known := slices.Collect(maps.Values(p.nearby))
	for _, one := range links {
		if !slices.Contains(known, one.Link) {
			p.nearby[name], p.nearby[""] = one.Link, one.Link
		}
	}
}

func (p *player) neighbourSaid(ctx context.Context, c *played, n *NeighbourAction) (loket.Neighboured, error) {
	said := loket.Neighboured{Link: p.nearby[n.Name]}
	if n.With == "" && said.Link == "" && n.Name != "" {
		return said, mistaken(meant(n.Name, p.nearby), "Er is geen koppeling %q met een andere organisatie.", n.Name)
	}
	agree, answered := truth(n.Agree)
	switch {
	case n.With != "":
		said.Link, said.What, said.Tenant, said.Reference = "", loket.NeighbourProposed, n.With, n.Reference
	case n.Accept:
		said.What = loket.NeighbourAccepted
	case n.Coordinate != "":
		said.What, said.Coordinator, said.Basis = loket.NeighbourOffered, n.Coordinate, cmp.Or(n.Basis, "residence")
	case answered && agree:
		said.What = loket.NeighbourTaken
	case answered:
		said.What = loket.NeighbourRefused
	case n.Share != "":
		product, row, version := productName(n.Share)
		if p.protocol.Product(product) == nil {
			return said, mistaken("Kijk met loket protocol show welke er zijn.", "Er is geen product %q in dit protocol.", product)
		}
		said.What, said.Product, said.Row, said.Version = loket.NeighbourShared, product, c.rows[row], version
		if version == 0 {
			newest, err := p.newest(ctx, c, product, said.Row)
			said.Version = newest
			return said, err
		}
	case n.Undo != "":
		said.What, said.Reason = loket.NeighbourUndone, n.Undo
	case !n.Decline && n.Read == "":
		return said, mistaken("Geef één van with, accept, decline, coordinate, agree, share, read en undo.", "Deze stap zegt niet wat er met de andere organisatie gebeurt.")
	}
	return said, nil
}

func (p *player) readShared(ctx context.Context, near neighbours, c *played, who loket.Actor, link string, n *NeighbourAction) error {
	view, err := p.desk.Service.Case(ctx, who, c.id)
	if err != nil {
		return err
	}
	place := -1
	for _, v := range view.Neighbours {
		for _, s := range v.Shares {
			if v.Link == link && !s.Ours && has(s.Title.NL, n.Read) {
				place = s.Place
			}
		}
	}
	text, err := near.NeighbourText(ctx, who, c.id, link, place)
	if err != nil {
		return err
	}
	p.shared = text.Title.NL
	for _, part := range text.Parts {
		p.shared += "\n" + part.Title.NL + "\n" + part.Text
	}
	return nil
}

// checkNeighbours: what one desk sees of a case of the other.
func (p *player) checkNeighbours(e *Expect, v *desk.CaseView) {
	for _, w := range e.Neighbours {
		var of []desk.NeighbourView
		for _, n := range v.Neighbours {
			if w.With == "" || n.Tenant == w.With {
				of = append(of, n)
			}
		}
		p.wantCount(w.Line, "neighbours.count", w.Count, len(of), fmt.Sprintf("%d", len(v.Neighbours)))
		if w.Count != nil && *w.Count == 0 {
			continue
		}
		p.want(len(of) > 0, w.Line, "neighbours "+w.With, "een koppeling met "+w.With, "geen", "")
		if len(of) > 0 {
			p.checkNeighbour(w, of[len(of)-1])
		}
	}
	if e.Shared != nil {
		p.wantWords(e.Shared.Line, "shared", e.Shared.Contains, p.shared, "")
		p.wantNever(e.Shared.Line, "shared.never", e.Shared.Never, p.shared)
	}
}

func (p *player) checkNeighbour(w WantNeighbour, n desk.NeighbourView) {
	p.wantSame(w.Line, "neighbours.state", w.State, n.State, "")
	p.wantWords(w.Line, "neighbours.kind", w.Kind, n.Kind.NL, "")
	p.wantSame(w.Line, "neighbours.status", w.Status, n.Status, "")
	p.wantYes(w.Line, "neighbours.asked", w.Asked, n.AskedOfUs)
	if w.Case != "" {
		number := ""
		if c := p.cases[w.Case]; c != nil {
			number = c.number
		}
		p.want(number == n.Number, w.Line, "neighbours.case", w.Case+" ("+number+")", n.Number, "")
	}
	if w.Coordinator != "" {
		want := p.tale.story.Tenants[w.Coordinator].Name
		if want == "" && w.Coordinator != "none" {
			want = "Organisatie " + w.Coordinator
		}
		p.want(want == n.Coordinator, w.Line, "neighbours.coordinator", w.Coordinator, cmp.Or(n.Coordinator, "none"), "")
	}
	var titles, old []string
	for _, s := range n.Shares {
		if !s.Ours && !s.Gone {
			titles = append(titles, s.Title.NL)
			if s.Old {
				old = append(old, s.Title.NL)
			}
		}
	}
	p.wantTitles(w.Line, "neighbours.shared", w.Shared, titles)
	p.wantTitles(w.Line, "neighbours.old", w.Old, old)
	p.wantNever(w.Line, "neighbours.never", w.Never, shown(n, nil))
}

// wantTitles compares words of titles, each once and no others; nil: not asked.
func (p *player) wantTitles(line int, what string, want, got []string) {
	if want == nil {
		return
	}
	missing := slices.ContainsFunc(want, func(t string) bool { return !has(strings.Join(got, "\n"), t) })
	p.want(len(got) == len(want) && !missing, line, what, strings.Join(want, ", "), strings.Join(got, ", "), "")
}

// checkProposals counts what waits for an answer of these eyes' desk.
func (p *player) checkProposals(ctx context.Context, e *Expect, who loket.Actor) {
	near, ok := p.desk.Service.(neighbours)
	if !ok || e.Proposals == nil {
		return
	}
	offers, _ := near.NeighbourOffers(ctx, who)
	p.wantCount(e.Line, "proposals", e.Proposals, len(offers), "")
}
