// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// linkVerdicts are what a person can say about two cases (DT-22).
var linkVerdicts = []string{"same_report", "same_incident_other_person", "related", "separate"}

// readLinked records a person's verdict on two cases. Both keep their own events.
func readLinked(v *visit) (loket.Payload, error) {
	verdict := v.text("oordeel")
	if !oneOf(verdict, linkVerdicts) {
		return nil, loket.Refuse(loket.Invalid,
			"Kies hoe deze twee zaken bij elkaar horen.",
			"Choose how these two cases belong together.")
	}
	return loket.Linked{
		Link: v.rand.ID(), Other: loket.CaseID(v.text("andere")), Number: v.text("nummer"),
		Verdict: verdict, Leads: v.text("leidend") == yesValue, Reason: strings.TrimSpace(v.text("tekst_motivering")),
		Level: v.textLevel(),
	}, nil
}

// readUnlinked undoes a link; the verdict and its undoing both stay in the file.
func readUnlinked(v *visit) (loket.Payload, error) {
	reason := strings.TrimSpace(v.text("tekst_motivering"))
	if reason == "" {
		return nil, loket.Refuse(loket.Motivation,
			"Schrijf waarom u de koppeling ongedaan maakt. Het oordeel en de reden blijven allebei in de zaak.",
			"Write why you undo the link. The verdict and the reason both stay in the case.")
	}
	return loket.Unlinked{Link: v.text("koppeling"), Other: loket.CaseID(v.text("andere")), Reason: reason}, nil
}

// linked tells whether a person already said something about another case.
func (c *casePage) linked(other loket.CaseID) bool {
	return slices.ContainsFunc(c.view.Links, func(link desk.LinkView) bool { return link.Other == other })
}

func (c *casePage) texts(list []protocol.Text) string {
	said := make([]string, len(list))
	for i := range list {
		said[i] = c.P(list[i])
	}
	return c.words(said)
}

// goesOn says in which of two joined cases the work is done; empty when they only relate.
func (c *casePage) goesOn(link desk.LinkView) string {
	mirrored := link.Linked
	mirrored.Leads = !mirrored.Leads
	switch {
	case loket.GoesOnElsewhere(link.Linked):
		return c.T("case.link_follows", link.Number)
	case loket.GoesOnElsewhere(mirrored):
		return c.T("case.link_leads", link.Number)
	}
	return ""
}

// first: this case came before the other, so the other one usually goes on in it. A longer
// number of the same year is a later one.
func (c *casePage) first(other string) bool {
	own := c.view.Number
	if len(own) != len(other) {
		return len(own) < len(other)
	}
	return own < other
}
