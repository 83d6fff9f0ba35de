// SPDX-License-Identifier: EUPL-1.2

package protocol

import "slices"

// criteria finds which criteria of a list are met, not met or not known yet.
func (a *activation) criteria(n *node) {
	c := n.criteria
	f := CriteriaFinding{Criteria: c}
	arises := a.try(n.when)
	f.Arises = arises.verdict
	if d, ok := a.in.Decided[c.ID]; ok {
		f.Decided = &d
	}
	met, possible := []string{}, []string{}
	var elements []element
	provisional := arises.provisional || arises.verdict == Unknown
	missing := slices.Clone(arises.missing)
	if f.Arises != False {
		if !a.brief {
			f.Items = make([]CriterionFinding, len(c.Items))
		}
		for i := range c.Items {
			r := &c.Items[i]
			found := a.try(n.rules[i])
			if !a.brief {
				f.Items[i] = CriterionFinding{Rule: r, Verdict: found.verdict, Provisional: found.provisional || found.verdict == True && f.Arises == Unknown,
					Reason: a.reason(r.ID, r.Title, r.Because, r.Source, found)}
			}
			switch {
			case found.verdict == True:
				met = append(met, r.ID)
			case found.verdict == Unknown:
				possible = append(possible, r.ID)
			}
			if found.verdict != False || found.provisional {
				certain := found.verdict == True && !found.provisional && f.Arises == True && !arises.provisional
				elements = append(elements, element{r.ID, certain, merge(slices.Clone(arises.missing), found.missing)})
			}
			provisional = provisional || found.provisional || found.verdict == Unknown
			missing = merge(missing, found.missing)
		}
	}
	a.listed(n, &f, met, possible, provisional, missing)
	if f.Decided == nil && provisional {
		a.open(n.make[0], elements, missing)
	}
	if !a.brief {
		a.ev.Criteria = append(a.ev.Criteria, f)
	}
}

// listed gives conditions the two facts of a list. The list of criteria met is
// provisional while a criterion is open; a decision ends that.
func (a *activation) listed(n *node, f *CriteriaFinding, met, possible []string, provisional bool, missing []int) {
	if f.Decided != nil {
		decided := f.Decided.Met
		if decided == nil {
			decided = []string{}
		}
		f.Differs = !sameSet(decided, met)
		a.conclude(n.make[0], decided, false, nil)
		a.conclude(n.make[1], []string{}, false, nil)
		return
	}
	if f.Arises == False {
		a.setEmpty(n.make[0])
		a.setEmpty(n.make[1])
		return
	}
	a.conclude(n.make[0], met, provisional, missing)
	a.conclude(n.make[1], possible, provisional, missing)
}

// duty finds whether somebody must tell, and whether that has been done.
func (a *activation) duty(n *node) {
	d := n.duty
	f := DutyFinding{Duty: d, Reason: Reason{Rule: d.ID, Title: d.Title, Source: d.Source}}
	var missing []int
	if len(d.Rules) == 0 {
		f.Must = "yes"
	}
	for _, h := range a.hits(n, d.Rules, true) {
		if f.Must == "" && h.verdict != False {
			f.Must, _ = h.rule.Then["must"].(string)
			f.Note, _ = h.rule.Then["note"].(Text)
			if !a.brief {
				f.Reason = a.because(h)
			}
		}
		missing = merge(missing, h.missing)
		f.Provisional = f.Provisional || !h.certain()
	}
	f.State = a.dutyState(n, &f)
	if f.Must == "" {
		a.setEmpty(n.make[0])
	} else {
		a.conclude(n.make[0], f.Must, f.Provisional, missing)
	}
	a.conclude(n.make[1], f.State, f.Provisional, missing)
	if !a.brief {
		a.ev.Duties = append(a.ev.Duties, f)
	}
}

func (a *activation) dutyState(n *node, f *DutyFinding) string {
	if n.mark >= 0 && a.values[n.mark] != nil {
		return "done"
	}
	if n.duty.Done != "" && a.try(n.done).verdict == True {
		return "done"
	}
	switch {
	case f.Provisional:
		return "unknown"
	case f.Must == "" || f.Must == "no":
		return "not_applicable"
	default:
		return "open"
	}
}
