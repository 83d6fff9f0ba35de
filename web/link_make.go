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
		return nil, needReason()
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
