// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"strings"

	"example.org/loket"
)

// readStepDone records that a step was done by hand.
func readStepDone(v *visit) (loket.Payload, error) {
	return loket.StepDone{
		Step: v.text("stap"), Row: v.text("rij"), Note: strings.TrimSpace(v.text("tekst_toelichting")), Level: v.textLevel(),
	}, nil
}

// readStepSkipped records that a step is done later, otherwise or not, with the reason (R-I-05).
func readStepSkipped(v *visit) (loket.Payload, error) {
	how := v.text("hoe")
	if how != "later" && how != "otherwise" && how != "not" {
		return nil, loket.Refuse(loket.Invalid,
			"Kies wat u in plaats daarvan doet: later, op een andere manier, of niet.",
			"Choose what you do instead: later, otherwise, or not.")
	}
	until, err := v.postedMoment("tot")
	if err != nil {
		return nil, err
	}
	why := strings.TrimSpace(v.text("tekst_motivering"))
	if why == "" {
		return nil, needReason()
	}
	return loket.StepSkipped{Step: v.text("stap"), Row: v.text("rij"), How: how, Until: until, Motivation: why, Level: v.textLevel()}, nil
}

// readStepAdded records a task of a person's own (R-I-04).
func readStepAdded(v *visit) (loket.Payload, error) {
	due, err := v.postedMoment("uiterlijk")
	if err != nil {
		return nil, err
	}
	title := strings.TrimSpace(v.text("tekst_taak"))
	if title == "" {
		return nil, loket.Refuse(loket.Invalid, "Schrijf in een paar woorden wat er moet gebeuren.", "Write in a few words what must be done.")
	}
	return loket.StepAdded{Step: "own:" + v.rand.ID(), Title: title, Owner: v.text("rol"), Due: due, Level: v.textLevel()}, nil
}

// readAssigned names who handles the case.
func readAssigned(v *visit) (loket.Payload, error) {
	return loket.CaseAssigned{To: v.text("persoon")}, nil
}

func needReason() error {
	return loket.Refuse(loket.Motivation,
		"Schrijf waarom u dit anders doet. De reden hoort bij het besluit.",
		"Write why you do this differently. The reason belongs to the decision.")
}
