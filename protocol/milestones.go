// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"regexp"
	"slices"
	"strings"
)

// reserved words mean something in conditions already: keywords, types, and the moment.
var reserved = setOf(strings.Fields(`in true false null as break const continue else for function if import let
	loop package namespace return var void while now int uint double bool string bytes list map type dyn`))

var notInNames = regexp.MustCompile(`[^a-z0-9]+`)

// clockFact names a fact that follows from a deadline: T-01 and due make t_01_due.
func clockFact(id, what string) string {
	return strings.Trim(notInNames.ReplaceAllString(strings.ToLower(id), "_"), "_") + "_" + what
}

// Milestones names the facts that the desk itself supplies for this protocol, with
// their types: received_at, <product>_released, <step>_done …
func (p *Protocol) Milestones() []Fact { return p.compiled.milestones }

// declareMilestones adds what the desk knows about the course of the case. Yes-no
// milestones and numbers are always known; a moment is unknown until it happened.
func (l *loader) declareMilestones() {
	l.c.rowMarks = map[string][]int{}
	caseMarks(func(id, kind, nl, en string) { l.milestone(id, kind, Text{nl, en}, Pos{}, "") })
	l.nameKinds()
	for i := range l.p.Tables {
		l.happened(l.p.Tables[i].ID, "decided", l.p.Tables[i].Title, l.p.Tables[i].Pos, "")
	}
	for i := range l.p.Criteria {
		l.happened(l.p.Criteria[i].ID, "decided", l.p.Criteria[i].Title, l.p.Criteria[i].Pos, "")
	}
	for i := range l.p.Products {
		d := &l.p.Products[i]
		l.milestone(d.ID+"_drafted", TypeYesNo, marked(d.Title, "drafted"), d.Pos, d.Each)
		l.happened(d.ID, "released", d.Title, d.Pos, d.Each)
	}
	for i := range l.p.Forms {
		f := &l.p.Forms[i]
		if f.Use != "advice" {
			l.happened(f.ID, "sent", f.Title, f.Pos, "")
		}
		if f.Use == "rows" {
			l.milestone(f.ID+"_rows", TypeNumber, marked(f.Title, "rows"), f.Pos, "")
		}
	}
	for i := range l.p.Steps {
		s := &l.p.Steps[i]
		l.happened(s.ID, "done", s.Title, s.Pos, s.Each)
		l.milestone(s.ID+"_skipped", TypeYesNo, marked(s.Title, "skipped"), s.Pos, s.Each)
	}
	for i := range l.p.Duties {
		l.milestone(l.p.Duties[i].ID+"_done_at", TypeMoment, l.p.Duties[i].Title, l.p.Duties[i].Pos, "")
	}
	for i := range l.p.Phases {
		f := &l.p.Phases[i]
		l.happened(f.ID, "closed", f.Title, f.Pos, "")
		l.milestone(f.ID+"_close_proposed", TypeYesNo, marked(f.Title, "close_proposed"), f.Pos, "")
	}
}

// caseMarks lists the milestones that every protocol has.
func caseMarks(add func(id, kind, nl, en string)) {
	add("case_number", TypeText, "zaaknummer", "case number")
	add("case_kind", TypeText, "soort zaak", "kind of case")
	add("channel", TypeText, "hoe de melding binnenkwam", "how the report came in")
	add("received_at", TypeMoment, "ontvangen", "received")
	add("first_informed_at", TypeMoment, "eerste bericht verstuurd", "first message sent")
	add("reports", TypeNumber, "aantal meldingen", "number of reports")
	add("open_questions", TypeNumber, "open vragen", "open questions")
	add("linked", TypeNumber, "gekoppelde zaken", "linked cases")
	add("converted", TypeYesNo, "omgezet in een andere zaak", "converted into another case")
	add("closed", TypeYesNo, "gesloten", "closed")
	add("closed_at", TypeMoment, "gesloten op", "closed at")
	add("reopened_at", TypeMoment, "heropend op", "reopened at")
	add("version_consulted", TypeYesNo, "om een mening gevraagd", "opinions asked")
	add("version_consulted_at", TypeMoment, "om een mening gevraagd op", "opinions asked at")
	add("version_heard", TypeYesNo, "raadpleging voorbij", "consultation over")
	add("version_adopted", TypeYesNo, "nieuwe versie vastgesteld", "new version adopted")
	add("version_adopted_at", TypeMoment, "vaststelling vastgelegd op", "adoption recorded at")
	add("open_remarks", TypeNumber, "opmerkingen zonder antwoord", "remarks without answer")
	add("ended_at", TypeMoment, "beëindigd op", "ended at")
}

// nameKinds lets a reason say which kind of case it is in the words of the protocol, and a
// condition not ask for a kind that no case can be.
func (l *loader) nameKinds() {
	at, ok := l.c.index["case_kind"]
	if !ok {
		return
	}
	fact := l.c.declared[at].fact
	for i := range l.p.Kinds {
		fact.Options = append(fact.Options, Option{ID: l.p.Kinds[i].ID, Label: l.p.Kinds[i].Title})
	}
	for i := range l.p.Forms {
		f := &l.p.Forms[i]
		if f.Opens != "" && !slices.ContainsFunc(fact.Options, func(o Option) bool { return o.ID == f.Opens }) {
			fact.Options = append(fact.Options, Option{ID: f.Opens, Label: f.Title})
		}
	}
	l.c.declared[at].options = optionsOf(fact)
}

// happened adds a pair: <id>_<what> and <id>_<what>_at.
func (l *loader) happened(id, what string, title Text, pos Pos, each string) {
	l.milestone(id+"_"+what, TypeYesNo, marked(title, what), pos, each)
	l.milestone(id+"_"+what+"_at", TypeMoment, marked(title, what), pos, each)
}

// markWords say what a milestone is about, so that a reason does not read "Dat-melding: no".
var markWords = map[string]Text{
	"decided": {NL: "besloten", EN: "decided"}, "drafted": {NL: "tekst gemaakt", EN: "text made"}, "released": {NL: "vrijgegeven", EN: "released"},
	"sent": {NL: "ingevuld", EN: "filled in"}, "rows": {NL: "aantal", EN: "number"}, "done": {NL: "gedaan", EN: "done"},
	"skipped": {NL: "anders besloten", EN: "decided otherwise"}, "closed": {NL: "afgesloten", EN: "closed"}, "close_proposed": {NL: "afsluiten voorgesteld", EN: "closing proposed"},
}

// marked is the title of a step, table or product with what happened to it.
func marked(title Text, what string) Text {
	word := markWords[what]
	out := Text{NL: title.NL + " – " + word.NL}
	if title.EN != "" {
		out.EN = title.EN + " – " + word.EN
	}
	return out
}

func (l *loader) milestone(id, kind string, title Text, pos Pos, each string) {
	if strings.HasPrefix(id, "_") || l.doubled[pos] {
		return // the element has no id, or that of another; reported already
	}
	if at, taken := l.c.index[id]; taken {
		pos := l.c.declared[at].fact.Pos
		l.problem(pos, "id", "Kies een ander id.", "Het feit %q houdt de zaak zelf al bij.", id)
		return
	}
	f := &Fact{ID: id, Title: title, Type: kind, Level: "V1", Pos: pos}
	before := len(l.c.declared)
	l.add(f, &declared{fact: f, inCase: true, source: "mijlpaal van de zaak"})
	if len(l.c.declared) == before {
		return
	}
	l.c.milestones = append(l.c.milestones, *f)
	if each != "" {
		l.c.rowMarks[each] = append(l.c.rowMarks[each], before)
	}
}
