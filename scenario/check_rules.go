// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// findings is what the rules say, of a case or of an advice.
type findings struct {
	tables    []protocol.TableFinding
	criteria  []protocol.CriteriaFinding
	duties    []desk.DutyView
	clocks    []desk.ClockView
	decisions []desk.DecisionView
	checks    []protocol.ChecksFinding
	waits     map[string][]desk.OpenItem // what open checks wait for
	rows      map[string]string
}

func fromView(v *desk.CaseView) findings {
	return findings{tables: slices.Concat(v.Tables, v.Derived), criteria: v.Criteria, duties: v.Duties, clocks: v.Clocks, decisions: v.Decisions, checks: v.Checks, waits: v.Waits}
}

func fromAdvice(a *desk.Advice) findings {
	f := findings{tables: slices.Concat(a.Tables, a.Decides), criteria: a.Criteria}
	for _, d := range a.Duties {
		f.duties = append(f.duties, desk.DutyView{DutyFinding: d})
	}
	if a.Clock != nil {
		f.clocks = append(f.clocks, desk.ClockView{DeadlineFinding: *a.Clock})
	}
	return f
}

// unknownID tells, when the protocol does not have the id, which one may be meant.
func unknownID[T any](id string, all []T, idOf func(T) string) string {
	known := map[string]bool{}
	for _, one := range all {
		known[idOf(one)] = true
	}
	if known[id] {
		return ""
	}
	return fmt.Sprintf("het protocol kent %q niet. %s", id, meant(id, known))
}

func isZero(v any) bool { return reflect.ValueOf(v).IsZero() }

func (p *player) checkFindings(e *Expect, f findings) {
	if c := p.cases[p.current]; c != nil {
		f.rows = c.rows
	}
	for _, id := range sortedKeys(e.Tables) {
		p.checkTable(e, f, id, e.Tables[id])
	}
	for _, id := range sortedKeys(e.Criteria) {
		p.checkCriteria(e.Criteria[id], f, id)
	}
	for _, id := range sortedKeys(e.Duties) {
		p.checkDuty(e.Duties[id], f, id)
	}
	for _, id := range sortedKeys(e.Deadlines) {
		p.checkDeadline(e.Deadlines[id], f, id)
	}
	for _, id := range sortedKeys(e.Decisions) {
		p.checkDecision(e.Decisions[id], f, id)
	}
	for _, id := range sortedKeys(e.Checks) {
		p.checkChecks(e.Checks[id], f, id)
	}
}

func (p *player) checkTable(e *Expect, f findings, id string, want map[string]Value) {
	i := slices.IndexFunc(f.tables, func(t protocol.TableFinding) bool { return t.Table.ID == id })
	if i < 0 {
		none := want["arises"].Text == "no"
		p.want(none, e.Line, "tables."+id, "de tabel", "staat er niet", unknownID(id, p.protocol.Tables, func(t protocol.Table) string { return t.ID }))
		return
	}
	t := f.tables[i]
	because := reasons(t.Reasons)
	for _, key := range sortedKeys(want) {
		p.checkOutput(id, key, want[key], t, because)
	}
}

func (p *player) checkOutput(id, key string, want Value, t protocol.TableFinding, because string) {
	what := "tables." + id + "." + key
	switch key {
	case "because":
		p.wantWords(want.Line, what, want.Words(), because+" "+t.Words.NL, "")
	case "words":
		p.wantWords(want.Line, what, want.Words(), t.Words.NL, because)
	case "missing":
		var missing []string
		for _, r := range slices.Concat(t.Reasons, t.Others) {
			missing = append(missing, r.Missing...)
		}
		p.wantAll(want.Line, what, want.Words(), missing)
	case "provisional":
		p.wantYes(want.Line, what, want.Text, t.Provisional)
	case "arises":
		p.wantSame(want.Line, what, want.Text, verdictWord(t.Arises), because)
	case "differs":
		p.wantYes(want.Line, what, want.Text, t.Differs)
	case "decided":
		p.checkDecidedOutputs(what, want, t, because)
	default:
		came, known := t.Outputs[key]
		if !known && !declares(t.Table, key) {
			p.want(false, want.Line, what, want.String(), "de tabel heeft geen uitkomst "+key, "")
			return
		}
		p.want(p.sameValue(want, came), want.Line, what, want.String(), p.valueWords(came), because)
	}
}

func declares(t *protocol.Table, output string) bool {
	return slices.ContainsFunc(t.Outputs, func(f protocol.Fact) bool { return f.ID == output })
}

func (p *player) checkDecidedOutputs(what string, want Value, t protocol.TableFinding, because string) {
	if want.Keys == nil {
		p.wantYes(want.Line, what, want.Text, t.Decided != nil)
		return
	}
	p.want(t.Decided != nil, want.Line, what, want.String(), "nog niet besloten", because)
	if t.Decided == nil {
		return
	}
	for _, key := range sortedKeys(want.Keys) {
		came := t.Decided.Outputs[key]
		p.want(p.sameValue(Value{Text: want.Keys[key]}, came), want.Line, what+"."+key, want.Keys[key], p.valueWords(came), because)
	}
}

func reasons(list []protocol.Reason) string {
	var parts []string
	for _, r := range list {
		parts = append(parts, reason(r))
	}
	return strings.Join(parts, " | ")
}

func (p *player) checkCriteria(w WantCriteria, f findings, id string) {
	i := slices.IndexFunc(f.criteria, func(l protocol.CriteriaFinding) bool { return l.Criteria.ID == id })
	if i < 0 {
		p.want(w.None, w.Line, "criteria."+id, "de lijst", "staat er niet", unknownID(id, p.protocol.Criteria, func(c protocol.Criteria) string { return c.ID }))
		return
	}
	list := f.criteria[i]
	var met, possible []string
	why := map[string]string{}
	for _, item := range list.Items {
		why[item.Rule.ID] = reason(item.Reason)
		switch item.Verdict {
		case protocol.True:
			met = append(met, item.Rule.ID)
		case protocol.Unknown:
			possible = append(possible, item.Rule.ID)
		}
	}
	p.compareCriteria(w, id, met, possible, why)
	if yes, ok := truth(strings.Join(w.Decided, ",")); ok {
		p.wantYes(w.Line, "criteria."+id+".decided", yesNo(yes), list.Decided != nil)
	} else if w.Decided != nil {
		p.wantSet(w.Line, "criteria."+id+".decided", w.Decided, decidedMet(list), "")
	}
}

func (p *player) compareCriteria(w WantCriteria, id string, met, possible []string, why map[string]string) {
	what := "criteria." + id
	one := func(kind, item string, ok bool) {
		_, known := why[item]
		if !known {
			p.want(false, w.Line, what+"."+kind, item, "de lijst heeft geen onderdeel "+item, "")
			return
		}
		state := "niet"
		if slices.Contains(met, item) {
			state = "met"
		} else if slices.Contains(possible, item) {
			state = "possible"
		}
		p.want(ok, w.Line, what+"."+kind, item, item+" is "+state, why[item])
	}
	for _, item := range w.Met {
		one("met", item, slices.Contains(met, item))
	}
	for _, item := range w.Possible {
		one("possible", item, slices.Contains(possible, item))
	}
	for _, item := range w.Not {
		one("not", item, !slices.Contains(met, item) && !slices.Contains(possible, item))
	}
	for _, item := range sortedKeys(w.Because) {
		p.wantWords(w.Line, what+".because."+item, w.Because[item], why[item], "")
	}
	all := slices.Concat(met, possible)
	if w.None {
		p.wantSet(w.Line, what+".none", nil, all, "")
	}
	if w.Only {
		p.wantSet(w.Line, what+".only", slices.Concat(w.Met, w.Possible), all, "")
	}
}

func (p *player) checkDuty(w WantDuty, f findings, id string) {
	i := slices.IndexFunc(f.duties, func(d desk.DutyView) bool { return d.Duty.ID == id })
	what := "duties." + id
	if i < 0 {
		p.want(w.Must == "none", w.Line, what, "de plicht", "staat er niet", unknownID(id, p.protocol.Duties, func(d protocol.Duty) string { return d.ID }))
		return
	}
	d := f.duties[i]
	because := reason(d.Reason)
	must := d.Must
	if must == "" {
		must = "none"
	}
	p.wantSame(w.Line, what+".must", w.Must, must, because)
	p.wantSame(w.Line, what+".state", w.State, dutyState(d, w.State), because)
	p.wantYes(w.Line, what+".provisional", w.Provisional, d.Provisional)
	p.wantWords(w.Line, what+".note", w.Note, d.Note.NL+" "+because, because)
	p.wantWords(w.Line, what+".because", w.Because, because, "")
	if w.Reference == "" && w.DoneAt == "" {
		return
	}
	recorded := loket.DutyRecorded{}
	if d.Recorded != nil {
		recorded = *d.Recorded
	}
	p.wantSame(w.Line, what+".reference", w.Reference, recorded.Reference, because)
	p.wantMoment(w.Line, what+".done_at", w.DoneAt, recorded.DoneAt, because)
}

// dutyState is how a duty stands; one that was consulted about is done, and a story may say either.
func dutyState(d desk.DutyView, want string) string {
	if d.Recorded != nil && d.Recorded.State == want && d.State == "done" {
		return want
	}
	return d.State
}

func (p *player) checkDeadline(w WantDeadline, f findings, id string) {
	base, row, _ := strings.Cut(id, "/")
	i := slices.IndexFunc(f.clocks, func(c desk.ClockView) bool {
		return c.Deadline.ID == base && (row == "" || c.Row == f.rows[row] && c.Row != "")
	})
	what := "deadlines." + id
	if slices.Contains(w.State, "none") {
		odd := unknownID(base, p.protocol.Deadlines, func(d protocol.Deadline) string { return d.ID })
		p.want(i < 0 && odd == "", w.Line, what, "geen klok", "er is een klok, of het protocol kent haar niet", odd)
		return
	}
	if i < 0 && p.waits(w, base) {
		p.want(true, w.Line, what+".state", "waiting", "waiting", "")
		return
	}
	if i < 0 {
		var known []string
		for _, c := range f.clocks {
			known = append(known, c.Deadline.ID)
		}
		p.want(false, w.Line, what, "de klok", "staat er niet; wel: "+strings.Join(known, ", "), unknownID(base, p.protocol.Deadlines, func(d protocol.Deadline) string { return d.ID }))
		return
	}
	c := f.clocks[i]
	because := c.Words.NL
	p.wantMoment(w.Line, what+".due", w.Due, c.Due, because)
	p.wantMoment(w.Line, what+".early", w.Early, c.Early, because)
	p.wantMoment(w.Line, what+".start", w.Start, c.Start, because)
	p.wantMoment(w.Line, what+".met", w.Met, c.Met, because)
	p.wantYes(w.Line, what+".discovered", w.Discovered, c.Discovered)
	p.wantWords(w.Line, what+".words", w.Words, because, "")
	if w.State != nil {
		p.want(slices.Contains(w.State, string(c.State)), w.Line, what+".state", strings.Join(w.State, " of "), string(c.State), because)
	}
	var was []string
	for _, m := range c.Moved {
		was = append(was, p.show(m.Was))
	}
	p.wantAll(w.Line, what+".was", w.Was, was)
}

// waits: a clock that waits for its start has no moment yet, so the desk does not show it.
func (p *player) waits(w WantDeadline, id string) bool {
	return slices.Contains(w.State, "waiting") && w.Due == "" && w.Met == "" &&
		slices.ContainsFunc(p.protocol.Deadlines, func(d protocol.Deadline) bool { return d.ID == id })
}

func (p *player) checkDecision(w WantDecision, f findings, id string) {
	i := slices.IndexFunc(f.decisions, func(d desk.DecisionView) bool { return d.Subject == id })
	what := "decisions." + id
	if i < 0 {
		p.want(false, w.Line, what, "een beslissing", "nog niet besloten", "")
		return
	}
	d := f.decisions[i]
	p.checkOutcome(what+".outcome", w.Outcome, d, f)
	p.wantYes(w.Line, what+".deviates", w.Deviates, d.Deviates)
	p.wantWords(w.Line, what+".motivation", w.Motivation, d.Motivation, "")
	p.wantSame(w.Line, what+".by", p.personName(w.By), d.By, "")
	p.wantMoment(w.Line, what+".at", w.At, d.At, "")
}

// checkOutcome compares with the words of the decision, or with its values as in tables.
func (p *player) checkOutcome(what string, want Value, d desk.DecisionView, f findings) {
	if want.Keys != nil {
		i := slices.IndexFunc(f.tables, func(t protocol.TableFinding) bool { return t.Table.ID == d.Subject })
		if i < 0 {
			p.want(false, want.Line, what, want.String(), d.Outcome.NL, "")
			return
		}
		p.checkDecidedOutputs(what, want, f.tables[i], "")
		return
	}
	met := map[string]bool{}
	for _, list := range f.criteria {
		for _, id := range decidedMet(list) {
			met[id] = met[id] || list.Criteria.ID == d.Subject
		}
	}
	for _, one := range want.Words() {
		p.want(met[one] || has(d.Outcome.NL, one), want.Line, what, one, d.Outcome.NL, "")
	}
}

func decidedMet(list protocol.CriteriaFinding) []string {
	if list.Decided == nil {
		return nil
	}
	return list.Decided.Met
}

func (p *player) checkChecks(w WantChecks, f findings, id string) {
	i := slices.IndexFunc(f.checks, func(c protocol.ChecksFinding) bool { return c.Checks.ID == id })
	what := "checks." + id
	if i < 0 {
		p.want(false, w.Line, what, "de controlelijst", "staat er niet", unknownID(id, p.protocol.Checks, func(c protocol.Checks) string { return c.ID }))
		return
	}
	var fine, missing []string
	ask := map[string]string{}
	for _, item := range f.checks[i].Items {
		if item.OK == protocol.True {
			fine = append(fine, item.Check.ID)
		} else {
			missing = append(missing, item.Check.ID)
		}
		ask[item.Check.ID] = item.Check.Ask.NL + " " + reason(item.Reason)
		for _, open := range f.waits[id+"/"+item.Check.ID] {
			ask[item.Check.ID] += " | " + open.Title.NL
		}
	}
	p.wantAll(w.Line, what+".ok", w.OK, fine)
	p.wantAll(w.Line, what+".missing", w.Missing, missing)
	for _, item := range sortedKeys(w.Ask) {
		p.wantWords(w.Line, what+".ask."+item, w.Ask[item], ask[item], "")
	}
	if w.All {
		p.wantSet(w.Line, what+".all", nil, missing, "")
	}
}

// personName gives the name that pages show for an alias.
func (p *player) personName(alias string) string {
	if who, ok := p.tale.story.People[alias]; ok {
		return who.name(alias)
	}
	return alias
}
