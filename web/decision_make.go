// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"slices"
	"strconv"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// readDecision reads a decision on a table or a criteria list (R-I-05, R-R-16). The desk
// compares it with its own proposal: whether it deviates is not for the form to say.
func readDecision(v *visit) (loket.Payload, error) {
	view, err := v.service.Case(v.r.Context(), v.actor, v.caseID())
	if err != nil {
		return nil, err
	}
	subject := v.text("onderwerp")
	decided := loket.Decided{Subject: subject, Motivation: strings.TrimSpace(v.text("tekst_motivering")), Level: v.textLevel()}
	decided.Alone = v.text("alleen") == yesValue
	if table := findTable(view, subject); table != nil {
		decided.Outputs, err = v.readOutputs(table)
		return decided, err
	}
	if list := findCriteria(view, subject); list != nil {
		decided.Met = v.readMet(list)
		return decided, nil
	}
	return nil, loket.Refuse(loket.Invalid,
		"Over dit onderwerp is nu niets te besluiten. Bekijk de zaak opnieuw.",
		"There is nothing to decide on this subject now. Look at the case again.")
}

func findTable(view *desk.CaseView, id string) *protocol.TableFinding {
	for i := range view.Tables {
		if view.Tables[i].Table.ID == id {
			return &view.Tables[i]
		}
	}
	for _, todo := range view.Proposals {
		if todo.Table != nil && todo.Table.Table.ID == id {
			return todo.Table
		}
	}
	return nil
}

func findCriteria(view *desk.CaseView, id string) *protocol.Criteria {
	for _, found := range view.Criteria {
		if found.Criteria.ID == id {
			return found.Criteria
		}
	}
	for _, todo := range view.Proposals {
		if todo.Criteria != nil && todo.Criteria.Criteria.ID == id {
			return todo.Criteria.Criteria
		}
	}
	return nil
}

// readMet keeps the ticks that name a criterion of the list.
func (v *visit) readMet(list *protocol.Criteria) []string {
	met := []string{}
	for i := range list.Items {
		for _, ticked := range v.r.PostForm["voldaan"] {
			if ticked == list.Items[i].ID {
				met = append(met, ticked)
			}
		}
	}
	return met
}

// outputName is the name of the form field for one outcome of a table.
func outputName(output *protocol.Fact) string { return "uitkomst_" + output.ID }

// readOutputs reads each outcome by its type. An outcome without an answer stays out. A
// list with the same members as the proposal is the proposal, in whatever order it came.
func (v *visit) readOutputs(finding *protocol.TableFinding) (map[string]any, error) {
	decided := map[string]any{}
	for i := range finding.Table.Outputs {
		output := &finding.Table.Outputs[i]
		value, err := readOutput(output, v.r.PostForm[outputName(output)])
		if err != nil {
			return nil, err
		}
		proposed, given := finding.Outputs[output.ID]
		switch list, isList := value.([]string); {
		case value == nil, isList && len(list) == 0 && !given:
		case isList && sameMembers(list, proposed):
			decided[output.ID] = proposed
		default:
			decided[output.ID] = value
		}
	}
	return decided, nil
}

func sameMembers(list []string, proposed any) bool {
	other, ok := proposed.([]string)
	if !ok || len(list) != len(other) {
		return false
	}
	a, b := slices.Clone(list), slices.Clone(other)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

func readOutput(output *protocol.Fact, posted []string) (any, error) {
	if output.Type == protocol.TypeChoices {
		return knownOptions(output, posted)
	}
	if len(posted) == 0 || strings.TrimSpace(posted[0]) == "" {
		return nil, nil
	}
	first := strings.TrimSpace(posted[0])
	switch output.Type {
	case protocol.TypeYesNo:
		return first == yesValue, nil
	case protocol.TypeNumber:
		number, err := strconv.ParseInt(first, 10, 64)
		if err != nil {
			return nil, wrongOutcome(output)
		}
		return number, nil
	case protocol.TypeChoice:
		chosen, err := knownOptions(output, posted[:1])
		if err != nil {
			return nil, err
		}
		return chosen[0], nil
	}
	return first, nil
}

// Values of a yes-or-no outcome in a form.
const (
	yesValue = "ja"
	noValue  = "nee"
)

// knownOptions keeps the options in the order of the protocol and refuses any other.
func knownOptions(output *protocol.Fact, posted []string) ([]string, error) {
	chosen := []string{}
	for _, option := range output.Options {
		for _, value := range posted {
			if value == option.ID {
				chosen = append(chosen, value)
			}
		}
	}
	if len(chosen) != len(posted) {
		return nil, wrongOutcome(output)
	}
	return chosen, nil
}

func wrongOutcome(output *protocol.Fact) error {
	return loket.Refuse(loket.Invalid,
		"Kies bij “"+output.Title.NL+"” een van de antwoorden die er staan.",
		"Choose one of the given answers for “"+output.Title.EN+"”.")
}
