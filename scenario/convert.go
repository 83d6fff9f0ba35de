// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"context"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// convert turns the case into one of another kind, and gives that case its name.
func (p *player) convert(ctx context.Context, s *Step) error {
	c, err := p.here()
	if err != nil {
		return err
	}
	who, err := p.actor(ctx, s.Who)
	if err != nil {
		return err
	}
	if p.protocol.Kind(s.Convert.Kind) == nil {
		return mistaken(meant(s.Convert.Kind, namesOf("", p.protocol.Kinds, func(k protocol.Kind) string { return k.ID }).known), "Er is geen soort zaak %q in dit protocol.", s.Convert.Kind)
	}
	_, err = p.desk.Service.Do(ctx, who, c.id, desk.Change{Want: loket.Linked{Verdict: loket.VerdictConverted, Kind: s.Convert.Kind, Reason: s.Convert.Reason}})
	if err != nil || s.Convert.Case == "" {
		return err
	}
	view, err := p.view(ctx, c)
	if err != nil {
		return err
	}
	for _, link := range view.Links {
		if link.Verdict == loket.VerdictConverted {
			p.meet(s.Convert.Case, link.Other, link.Number, "")
		}
	}
	return nil
}
