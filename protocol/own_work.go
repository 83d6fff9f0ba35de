// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"slices"
	"strings"
)

// ownUses are the forms that the desk fills in by itself to open a case: for the figures of a
// year or a period, and for a next version of the protocol.
var ownUses = []string{"yearly", "figures", "version"}

// OwnWork tells whether cases of a kind are the desk's own work: only forms that the desk
// fills in by itself open them. Nothing happened and nobody reported, so what the protocol
// says of every report says nothing of them.
func (p *Protocol) OwnWork(kind string) bool {
	own := false
	for i := range p.Forms {
		if f := &p.Forms[i]; f.Opens == kind && kind != "" {
			if !slices.Contains(ownUses, f.Use) {
				return false
			}
			own = true
		}
	}
	return own
}

// Concerns tells whether a form, table, list of criteria or duty is there for a case of a
// kind, given its condition and how that stands. Of what was reported or asked, everything
// counts that is not certain to be away: what is unknown can still turn out so. Of the desk's
// own work nothing else can turn out: it has what says so by a condition that holds, and
// what a step in a phase of its kind leads to.
func (p *Protocol) Concerns(kind, id, condition string, arises Verdict) bool {
	switch {
	case arises == False || !p.OwnWork(kind):
		return arises != False
	case always(condition):
		return p.leadsTo(kind, id)
	}
	return arises == True
}

// leadsTo tells whether a step in a phase that a kind has for itself acts on an element.
func (p *Protocol) leadsTo(kind, id string) bool {
	k := p.Kind(kind)
	if k == nil || k.Phase == "" {
		return false
	}
	mine := p.chain(k.Phase)
	return slices.ContainsFunc(p.Steps, func(s Step) bool {
		_, target, _ := strings.Cut(s.Action, ":")
		return target == id && slices.ContainsFunc(mine, func(ph *Phase) bool { return ph.ID == s.Phase })
	})
}
