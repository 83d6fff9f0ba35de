// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"slices"
	"strings"

	"example.org/loket/protocol"
)

// A text that goes to eleven municipalities can miss somebody in six of them. That is said once:
//
//	officer at North ─┐                       ┌─ lead at North, South
//	officer at South ─┴─ officer at N, S  ────┴─ officer or lead at North, South

// gapGroup is what is missing in one sentence: any of these roles, at any of these places.
type gapGroup struct {
	gap    protocol.Gap // the first of them
	roles  []string
	places []protocol.Organisation
}

// gapGroups puts together what differs in place only, then what differs in role only.
func gapGroups(gaps []protocol.Gap) []gapGroup {
	var out []gapGroup
	for _, g := range gaps {
		at := slices.IndexFunc(out, func(o gapGroup) bool {
			return sameGap(o.gap, g) && o.gap.Role == g.Role && (o.gap.For.ID == "") == (g.For.ID == "")
		})
		switch {
		case at < 0:
			out = append(out, gapGroup{g, []string{g.Role}, placesOf(g)})
		case !slices.ContainsFunc(out[at].places, func(x protocol.Organisation) bool { return x.ID == g.For.ID }):
			out[at].places = append(out[at].places, placesOf(g)...)
		}
	}
	var merged []gapGroup
	for _, g := range out {
		at := slices.IndexFunc(merged, func(o gapGroup) bool { return sameGap(o.gap, g.gap) && samePlaces(o.places, g.places) })
		if at < 0 {
			merged = append(merged, g)
			continue
		}
		merged[at].roles = append(merged[at].roles, g.roles...)
	}
	return merged
}

func placesOf(g protocol.Gap) []protocol.Organisation {
	if g.For.ID == "" {
		return nil
	}
	return []protocol.Organisation{g.For}
}

// sameGap: the same is wrong. A number that the protocol expects is of one role and place alone.
func sameGap(a, b protocol.Gap) bool {
	return a.Expects == 0 && b.Expects == 0 && a.Instead == b.Instead && slices.Equal(a.Missing, b.Missing)
}

func samePlaces(a, b []protocol.Organisation) bool {
	return slices.EqualFunc(a, b, func(x, y protocol.Organisation) bool { return x.ID == y.ID })
}

// gapFindings says in words who is missing, who stands in, and whom to call instead.
func (d *Desk) gapFindings(ctx context.Context, o *open, gaps []protocol.Gap) []Finding {
	var out []Finding
	for _, g := range gapGroups(gaps) {
		f := Finding{ID: "gap", Say: gapWords(o.p, g)}
		if len(g.gap.Missing) == 0 {
			f.Say = d.withContacts(ctx, o, g.places, f.Say)
		}
		out = append(out, f)
	}
	return out
}

// withContacts adds whom to call at each place.
func (d *Desk) withContacts(ctx context.Context, o *open, places []protocol.Organisation, words protocol.Text) protocol.Text {
	for _, at := range places {
		call := d.whomToCall(ctx, o, at)
		if call == "" {
			continue
		}
		nl, en := "", ""
		if len(places) > 1 {
			name := placeName(at)
			nl, en = " "+name.NL, " "+name.EN
		}
		words.NL += " Contacten" + nl + ": " + call + "."
		words.EN += " Contacts" + en + ": " + call + "."
	}
	return words
}

func placeName(at protocol.Organisation) protocol.Text {
	return protocol.Text{NL: orDefault(at.Title.NL, at.ID), EN: orDefault(at.Title.EN, orDefault(at.Title.NL, at.ID))}
}

func gapWords(p *protocol.Protocol, g gapGroup) protocol.Text {
	role, where := roleList(p, g.roles, say(" of als ", " or as ")), protocol.Text{}
	if len(g.places) > 0 {
		var nl, en []string
		for _, at := range g.places {
			name := placeName(at)
			nl, en = append(nl, name.NL), append(en, name.EN)
		}
		where = say(" bij "+strings.Join(nl, ", "), " at "+strings.Join(en, ", "))
	}
	gap := g.gap
	switch {
	case len(gap.Missing) > 0:
		nl, en := factTitles(p, gap.Missing)
		role := roleList(p, g.roles, say(", ", ", "))
		return say("Voor wie dit is, "+role.NL+", hangt af van: "+nl+". Dat is nog niet bekend.", "Who this is for, "+role.EN+", depends on: "+en+". That is not known yet.")
	case gap.Expects > 0:
		return say("Dit gaat naar "+itoa(gap.Found)+" × "+role.NL+where.NL+". Het protocol verwacht er "+itoa(gap.Expects)+".", "This goes to "+itoa(gap.Found)+" × "+role.EN+where.EN+". The protocol expects "+itoa(gap.Expects)+".")
	case gap.Instead != "":
		instead := roleTitle(p, gap.Instead)
		return say("Er staat niemand als "+role.NL+where.NL+". Daarom gaat dit naar: "+instead.NL+".", "Nobody is listed as "+role.EN+where.EN+". So this goes to: "+instead.EN+".")
	}
	return say("Er staat niemand als "+role.NL+where.NL+", en ook geen vervanger. Bel zelf en leg vast wie u sprak.", "Nobody is listed as "+role.EN+where.EN+", nor anybody instead. Call yourself and record whom you spoke.")
}

// roleList is one role, or each of several.
func roleList(p *protocol.Protocol, ids []string, between protocol.Text) protocol.Text {
	var nl, en []string
	for _, id := range ids {
		title := roleTitle(p, id)
		nl, en = append(nl, title.NL), append(en, title.EN)
	}
	return say(strings.Join(nl, between.NL), strings.Join(en, between.EN))
}
