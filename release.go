// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"example.org/loket/protocol"
)

// decideProduct guards the road of a product: draft → align → release (SM-6, SM-7, SM-9).
func decideProduct(c *Case, p *protocol.Protocol, want Payload, now time.Time) ([]Payload, error) {
	switch w := want.(type) {
	case ProductDrafted:
		return decideDraft(c, p, w)
	case ProductAligned:
		return one(w, nonEmpty(c.ProductVersion(w.Product, w.Row, w.Version) != nil, "Deze versie bestaat niet.", "This version does not exist."))
	case ProductReleased:
		return decideRelease(c, p, w, now)
	case ProductWithdrawn:
		v := c.ProductVersion(w.Product, w.Row, w.Version)
		if v == nil || v.Released == nil {
			return nil, Refuse(Invalid, "Deze versie is niet vrijgegeven.", "This version was not released.")
		}
		return one(w, motivated(w.Reason))
	case Told:
		ok := strings.TrimSpace(w.Recipient.Name) != "" && slices.Contains(ToldChannels, w.Channel) && !w.ToldAt.After(now)
		return one(w, nonEmpty(ok, "Vul in wie het is verteld, hoe en wanneer. Het moment kan niet later zijn dan nu.", "Say who was told, how and when. The moment cannot be in the future."))
	}
	return nil, fmt.Errorf("decide: %s", want.Type())
}

// ToldChannels are the ways in which somebody tells another otherwise than by the desk's own message.
var ToldChannels = []string{"phone", "spoken", "mail"}

// allKeys are the parts that somebody wrote something for, or a reason to leave them empty.
func allKeys(parts, reasons map[string]string) iter.Seq[string] {
	both := maps.Clone(reasons)
	if both == nil {
		both = map[string]string{}
	}
	maps.Copy(both, parts)
	return maps.Keys(both)
}

func decideDraft(c *Case, p *protocol.Protocol, w ProductDrafted) ([]Payload, error) {
	pr := p.Product(w.Product)
	if pr == nil {
		return nil, Refuse(Invalid, "Dit product staat niet in het protocol.", "The protocol does not have this product.")
	}
	for _, part := range slices.Sorted(allKeys(w.Parts, w.LeftEmpty)) {
		if !slices.ContainsFunc(pr.Parts, func(x protocol.Part) bool { return x.ID == part }) {
			return nil, Refuse(Invalid, "Dit product heeft geen onderdeel “"+part+"”.", "This product has no part “"+part+"”.")
		}
	}
	w.Version = 1
	if last := c.ProductVersion(w.Product, w.Row, 0); last != nil {
		w.Version = last.Version + 1
	}
	return []Payload{w}, nil
}

// decideRelease applies the three hard stops of R-I-05: privacy (asked by the desk's
// guard before this), the protocol's own stops such as a decision reference, and
// mandatory parts. A missing alignment asks for a motivation.
func decideRelease(c *Case, p *protocol.Protocol, w ProductReleased, now time.Time) ([]Payload, error) {
	pr, v := p.Product(w.Product), c.ProductVersion(w.Product, w.Row, w.Version)
	if pr == nil || v == nil {
		return nil, Refuse(Invalid, "Maak eerst de tekst. Deze versie bestaat niet.", "Write the text first. This version does not exist.")
	}
	if refusal := notHidden(c, idsOf(w.Recipients)...); refusal != nil {
		return nil, refusal
	}
	if v.Released != nil {
		return nil, Refuse(Conflict, "Deze versie is al vrijgegeven. Maak een nieuwe versie.", "This version was already released. Make a new version.")
	}
	if newer := c.Products[RowKey(w.Product, w.Row)].Current(); newer.Released != nil && newer.Version > v.Version {
		return nil, Refuse(Conflict, fmt.Sprintf("Versie %d is nieuwer en al vrijgegeven. Maak een nieuwe versie als deze tekst toch moet gelden.", newer.Version),
			fmt.Sprintf("Version %d is newer and was released already. Make a new version if this text must hold after all.", newer.Version))
	}
	w.Version = v.Version
	if len(w.Recipients) == 0 {
		return nil, Refuse(Invalid, "Kies aan wie u dit geeft.", "Choose who receives this.")
	}
	if e := purposeful(w.Purpose); e != nil {
		return nil, e
	}
	if e := mandatoryParts(c, p, pr, v, w.Row, now); e != nil {
		return nil, e
	}
	if e := hardStops(c, p, pr, w.Row, now); e != nil {
		return nil, e
	}
	if !Aligned(pr, v) && strings.TrimSpace(w.Override) == "" {
		return nil, unaligned(p, pr)
	}
	return []Payload{w}, nil
}

// unaligned says with whom, so that one can choose between asking them and a reason.
func unaligned(p *protocol.Protocol, pr *protocol.Product) *Error {
	var nl, en []string
	for _, id := range pr.Align {
		if r := p.Role(id); r != nil {
			nl, en = append(nl, r.Title.NL), append(en, cmp.Or(r.Title.EN, r.Title.NL))
		}
	}
	or, orEN := " of ", " or "
	if pr.AlignAll {
		or, orEN = " en ", " and "
	}
	return Refuse(Motivation, "Deze tekst is nog niet afgestemd met "+strings.Join(nl, or)+". Stem eerst af, of schrijf op waarom u de tekst toch vrijgeeft.",
		"This text has not been aligned with "+strings.Join(en, orEN)+" yet. Align first, or write down why you release it all the same.")
}

func mandatoryParts(c *Case, p *protocol.Protocol, pr *protocol.Product, v *ProductVersion, row string, now time.Time) *Error {
	ev := p.Evaluate(c.Input(now))
	for _, part := range pr.Parts {
		if !part.Mandatory || strings.TrimSpace(v.Parts[part.ID]) != "" || strings.TrimSpace(v.LeftEmpty[part.ID]) != "" {
			continue
		}
		if applies, _ := p.Holds(part.When, ev, c.RowFacts(pr.Each, row)); part.When != "" && applies == protocol.False {
			continue
		}
		return Refuse(Stopped, fmt.Sprintf("“%s” is leeg. Vul het in, of schrijf op waarom het leeg blijft.", part.Title.NL),
			fmt.Sprintf("“%s” is empty. Fill it in, or write down why it stays empty.", part.Title.EN))
	}
	return nil
}

func hardStops(c *Case, p *protocol.Protocol, pr *protocol.Product, row string, now time.Time) *Error {
	ev := p.Evaluate(c.Input(now))
	for _, stop := range pr.Stop {
		if verdict, _ := p.Holds(stop.Unless, ev, c.RowFacts(pr.Each, row)); verdict != protocol.True {
			return &Error{Code: Stopped, Message: stop.Say}
		}
	}
	return nil
}

// Aligned reports whether those the product asks for have agreed with this version: at
// least one of them, or all (R-R-101).
func Aligned(pr *protocol.Product, v *ProductVersion) bool {
	agreed := func(role string) bool {
		return slices.ContainsFunc(v.Aligned, func(a ProductAligned) bool { return a.Agreed && a.Role == role })
	}
	if len(pr.Align) == 0 {
		return true
	}
	if pr.AlignAll {
		return !slices.ContainsFunc(pr.Align, func(r string) bool { return !agreed(r) })
	}
	return slices.ContainsFunc(pr.Align, agreed)
}

// RowFacts finds one row of a repeated form with its milestones; nil when there is none.
func (c *Case) RowFacts(form, row string) protocol.Facts {
	for _, r := range c.Rows[form] {
		if r.ID == row {
			return c.rowFacts(r)
		}
	}
	return nil
}
