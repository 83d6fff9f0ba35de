// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"slices"

	"example.org/loket/protocol"
)

// toAsk are the fields that a step to ask would ask for now: the one that it names, or the
// facts that it waits for, those that its condition names, or else those that the checks wait for (DT-21, R-R-63). Nobody is
// asked twice: what was asked is left out. waits tells that this leaves nothing, so that the
// step comes back when the answer came and something is still missing.
func toAsk(o *open, f *protocol.StepFinding, target string) (fields []string, waits bool) {
	wanted := []string{target}
	if target == "" {
		for _, ids := range [][]string{f.Reason.Missing, o.p.Names(f.Step), missingChecks(o.ev)} {
			if wanted = askable(o, ids); len(wanted) > 0 {
				break
			}
		}
	}
	asked := o.Asked()
	fields = slices.DeleteFunc(slices.Clone(wanted), func(id string) bool { return asked[id] })
	return fields, len(fields) == 0 && len(wanted) > 0
}

// askable are those of the facts that are unknown and that a reporter's form can answer.
func askable(o *open, ids []string) []string {
	var out []string
	for _, id := range ids {
		if _, known := o.Facts[id]; !known && !slices.Contains(out, id) && reportersAnswer(o.p, id) {
			out = append(out, id)
		}
	}
	return out
}

// reportersAnswer tells whether a form of the reporting side asks for this fact.
func reportersAnswer(p *protocol.Protocol, id string) bool {
	return slices.ContainsFunc(p.AskedBy(id), func(f *protocol.Form) bool { return f.Use == "report" || f.Use == "follow_up" })
}

// lacks are the questions of a step's form that the step is about and that nobody answered:
// who opens a form of sixty questions wants to know which three it was about.
func lacks(o *open, s *protocol.Step, form *protocol.Form) []string {
	if form == nil || form.Use == "rows" || s.Each != "" { // facts of a row are not those of the case
		return nil
	}
	return slices.DeleteFunc(o.p.Names(s), func(id string) bool {
		_, known := o.Facts[id]
		return known || !slices.Contains(o.p.AskedBy(id), form)
	})
}

// missingChecks are the fields that some check waits for.
func missingChecks(ev *protocol.Evaluation) []string {
	var out []string
	for _, list := range ev.Checks {
		for _, item := range list.Items {
			if item.OK != protocol.True && item.Check.Field != "" {
				out = append(out, item.Check.Field)
			}
		}
	}
	return out
}
