// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"slices"
	"strings"

	"example.org/loket/protocol"
)

// Corrections are the known facts that w changes or empties and that need a reason: those
// that somebody else gave, and those that a decision made since rests on. Adding to what is
// known needs none, nor does mending one's own fresh mistake: then nobody relied on it yet.
func Corrections(c *Case, p *protocol.Protocol, by string, w FactsRecorded) []string {
	touched := slices.Clone(w.Cleared)
	for id := range w.Facts {
		touched = append(touched, id)
	}
	slices.Sort(touched)
	var out []string
	for _, id := range slices.Compact(touched) {
		origin, known := c.Origin[id]
		if known && (origin.By != by || reliedOn(c, p, id, origin)) {
			out = append(out, id)
		}
	}
	return out
}

// reliedOn: since the fact was given somebody decided about a table or a list that looks at it.
func reliedOn(c *Case, p *protocol.Protocol, id string, o Origin) bool {
	for subject, d := range c.Decisions {
		if !d.At.Before(o.At) && p.RestsOn(subject, id) {
			return true
		}
	}
	return false
}

// Explained refuses a correction without a reason, and names the answers it is about.
func Explained(c *Case, p *protocol.Protocol, by string, w FactsRecorded) error {
	if strings.TrimSpace(w.Reason) != "" {
		return nil
	}
	ids := Corrections(c, p, by, w)
	if len(ids) == 0 {
		return nil
	}
	var nl, en []string
	for _, id := range ids {
		t := protocol.Text{NL: id, EN: id}
		if f := p.Fact(id); f != nil && f.Title.NL != "" {
			t = f.Title
		}
		nl, en = append(nl, strings.TrimRight(t.NL, "?:")), append(en, strings.TrimRight(orElse(t.EN, t.NL), "?:"))
	}
	return Refuse(Motivation, "Schrijf op waarom dit antwoord verandert: iemand anders gaf het, of er is al een besluit op genomen ("+strings.Join(nl, "; ")+").",
		"Write down why this answer changes: somebody else gave it, or a decision was made on it ("+strings.Join(en, "; ")+").")
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
