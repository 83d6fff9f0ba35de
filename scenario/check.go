// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"context"
	"errors"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// seen is what one expectation looks at: the case as somebody sees it.
type seen struct {
	who  loket.Actor
	c    *played
	view *desk.CaseView
}

// expect compares everything one expectation says.
func (p *player) expect(ctx context.Context, e *Expect) {
	p.checkRefused(e)
	if p.refused != nil && e.Refused != nil {
		return
	}
	if e.SeesNothing {
		p.checkSeesNothing(ctx, e)
		return
	}
	here := p.tenant
	p.enter(p.placeOf(e))
	defer func() { p.enter(here) }()
	if e.Gone {
		p.checkGone(ctx, e)
		return
	}
	p.checkReceipt(e)
	p.checkNames(e)
	if p.advice != nil {
		p.checkFindings(e, fromAdvice(p.advice))
		return
	}
	who, err := p.eyes(ctx, e)
	if err != nil {
		p.want(false, e.Line, "ogen", e.As, words(err), "")
		return
	}
	p.checkSurroundings(ctx, e, who)
	if !e.aboutCase() {
		return
	}
	s, ok := p.look(ctx, e, who)
	if !ok {
		return
	}
	p.checkCase(e, s)
	p.checkFindings(e, fromView(s.view))
	p.checkWork(e, s)
	p.checkProducts(ctx, e, s)
	p.checkPeople(ctx, e, s)
}

func (p *player) look(ctx context.Context, e *Expect, who loket.Actor) (*seen, bool) {
	name := e.Case
	if name == "" {
		name = p.current
	}
	c, err := p.caseNamed(name)
	if err != nil {
		p.want(false, e.Line, "case", name, err.Error(), "")
		return nil, false
	}
	view, err := p.desk.Service.Case(ctx, who, c.id)
	if err != nil {
		p.want(false, e.Line, "case "+name+" voor "+who.ID, "te zien", words(err), "")
		return nil, false
	}
	return &seen{who: who, c: c, view: view}, true
}

// aboutCase reports whether the expectation needs the case page.
func (e *Expect) aboutCase() bool {
	rest := *e
	rest.Line, rest.As, rest.Case = 0, "", ""
	rest.Refused, rest.Receipt, rest.Mails, rest.Worklist = nil, nil, nil, nil
	rest.Proposals = nil
	rest.Versions, rest.OnDuty, rest.Setup = nil, nil, nil
	rest.Emergencies, rest.Retention, rest.Certificate = nil, nil, nil
	rest.Register, rest.Inbox, rest.NoLeak, rest.Reporter = nil, nil, false, nil
	return !isZero(rest)
}

func (p *player) checkRefused(e *Expect) {
	if e.Refused == nil {
		return
	}
	w := e.Refused
	if yes, ok := truth(w.Code); ok && !yes {
		p.want(p.refused == nil, w.Line, "refused", "de handeling lukt", errText(p.refused), "")
		return
	}
	p.want(p.refused != nil, w.Line, "refused", "weigering", "de handeling is gelukt", "")
	if p.refused == nil {
		return
	}
	if _, ok := truth(w.Code); !ok {
		p.wantSame(w.Line, "refused.code", w.Code, string(loket.ErrorCode(p.refused)), words(p.refused))
	}
	refusal, _ := errors.AsType[*loket.Error](p.refused)
	if w.Field != "" {
		var fields []string
		if refusal != nil {
			for _, f := range refusal.Fields {
				fields = append(fields, f.Field)
				if strings.HasPrefix(f.Field, w.Field+"_") { // a box of the question, such as its time
					fields = append(fields, w.Field)
				}
			}
		}
		p.wantAll(w.Line, "refused.field", []string{w.Field}, fields)
	}
	p.wantWords(w.Line, "refused.says", w.Says, words(p.refused), "")
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return words(err)
}

func (p *player) checkReceipt(e *Expect) {
	if e.Receipt == nil {
		return
	}
	w, r := e.Receipt, p.receipt
	p.want(r != nil, w.Line, "receipt", "een ontvangstbewijs", "geen; alleen report geeft er een", "")
	if r == nil {
		return
	}
	p.wantYes(w.Line, "receipt.urgent", w.Urgent, r.Urgent)
	p.wantYes(w.Line, "receipt.desk_open", w.DeskOpen, r.DeskOpen)
	p.wantMoment(w.Line, "receipt.desk_reads", w.DeskReads, r.DeskReads, "")
	p.wantWords(w.Line, "receipt.kind", Value{Text: w.Kind}.Words(), r.Kind.NL, "")
	missing := p.labelled(r.Missing)
	p.wantWords(w.Line, "receipt.missing", w.Missing, missing, "")
	p.wantNever(w.Line, "receipt.not_missing", w.NotMissing, missing)
	if w.Due == "" && w.Words == nil && w.State == "" {
		return
	}
	p.want(r.Clock != nil, w.Line, "receipt.due", "een klok", "geen klok", "")
	if r.Clock != nil {
		p.wantMoment(w.Line, "receipt.due", w.Due, r.Clock.Due, r.Clock.Words.NL)
		p.wantSame(w.Line, "receipt.state", w.State, string(r.Clock.State), r.Clock.Words.NL)
		p.wantWords(w.Line, "receipt.words", w.Words, r.Clock.Words.NL, "")
	}
}

// labelled writes field ids with their labels, so that a story may use either.
func (p *player) labelled(ids []string) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = id
		if fact := p.protocol.Fact(id); fact != nil {
			words[i] += " (" + fact.Title.NL + ")"
		}
	}
	return strings.Join(words, " | ")
}

// checkSurroundings is what does not need the case page.
func (p *player) checkSurroundings(ctx context.Context, e *Expect, who loket.Actor) {
	for i := range e.Mails {
		p.checkMail(&e.Mails[i])
	}
	if e.Worklist != nil {
		p.checkWorklist(ctx, e.Worklist, who)
	}
	if len(e.Versions) > 0 {
		p.checkVersions(ctx, e.Line, e.Versions, who)
	}
	if e.Register != nil {
		p.checkRegister(ctx, e.Register, who)
	}
	if e.Figures != nil {
		p.checkFigures(ctx, e.Figures, who)
	}
	p.checkProposals(ctx, e, who)
	p.checkEmergencies(ctx, e, who)
	p.checkRetention(ctx, e, who)
	p.checkCertificate(ctx, e.Certificate, who)
	p.checkOnDuty(ctx, e, who)
	p.checkSetup(ctx, e, who)
	for alias, want := range e.Inbox {
		p.checkInbox(ctx, e, alias, want)
	}
	if e.Reporter != nil {
		p.checkReporter(ctx, e)
	}
	if e.NoLeak {
		p.sweep(ctx)
	}
}

func (p *player) checkCase(e *Expect, s *seen) {
	v := s.view
	p.wantSame(e.Line, "status", e.Status, v.Status, v.Phase.NL)
	p.wantWords(e.Line, "kind", Value{Text: e.Kind}.Words(), v.Kind.NL+" "+v.Title.NL, "")
	p.wantYes(e.Line, "urgent", e.Urgent, v.Urgent)
	if e.Flags != nil {
		var flags []string
		for _, f := range v.Flags {
			flags = append(flags, f.Text.NL)
		}
		p.wantLines(e.Flags, "flags", flags)
	}
	for id, want := range e.Facts {
		p.checkFact(e, s, id, want)
	}
	for _, form := range sortedKeys(e.Rows) {
		p.checkRows(e.Rows[form], v, form)
	}
	if e.NoDuplicates {
		p.want(len(v.Duplicates) == 0, e.Line, "no_duplicates", "geen mogelijke dubbele", duplicateWords(p, v), "")
	}
	for _, d := range e.Duplicates {
		p.checkDuplicate(d, v)
	}
	for _, l := range e.Links {
		p.checkLink(l, v)
	}
	p.checkNeighbours(e, v)
	p.checkHiding(e, v)
	p.wantYes(e.Line, "held", e.Held, v.Hold != nil)
	if e.Notes != nil {
		var notes []string
		for _, n := range v.Notes {
			notes = append(notes, n.Kind+": "+n.Text)
		}
		p.wantLines(e.Notes, "notes", notes)
	}
}

func (p *player) checkRows(w WantRows, v *desk.CaseView, form string) {
	if f := p.protocol.Form(form); f == nil || f.Use != "rows" {
		p.want(false, w.Line, "rows."+form, form, "het protocol heeft geen lijst "+form, meant(form, p.forms()))
		return
	}
	var lines []string
	for _, rows := range v.Rows {
		if rows.Form.ID != form {
			continue
		}
		for _, row := range rows.Rows {
			line := row.Title
			for _, f := range row.Facts {
				line += " | " + f.Title.NL + ": " + f.Value.NL
			}
			lines = append(lines, line)
		}
	}
	p.wantCount(w.Line, "rows."+form, w.Count, len(lines), strings.Join(lines, " || "))
	p.wantLines(&WantWords{Line: w.Line, Contains: w.Contains, Never: w.Never}, "rows."+form, lines)
}

func (p *player) checkFact(e *Expect, s *seen, id, want string) {
	for _, g := range s.view.Facts {
		for _, f := range g.Facts {
			if f.ID != id {
				continue
			}
			if words, open := p.opened[id]; open && f.Sealed && s.who.ID == p.step.Who && want != "sealed" {
				f.Sealed, f.Value = false, protocol.Text{NL: words}
			}
			p.factState(e, f, want)
			return
		}
	}
	if value, known := s.view.Known[id]; known && (want != "unknown" || !p.asked(id)) { // the desk keeps it itself, such as the channel
		words := p.protocol.Words(id, value).NL
		p.want(want == "known" || has(words, want) || has(p.valueWords(value), want), e.Line, "facts."+id, want, words, "")
		return
	}
	p.want(want == "unknown", e.Line, "facts."+id, want, "onbekend", "")
}

// asked: some form asks this. What these eyes may not see of it is unknown to them.
func (p *player) asked(id string) bool {
	for i := range p.protocol.Forms {
		if _, there := fieldsOf(&p.protocol.Forms[i])[id]; there {
			return true
		}
	}
	return false
}

func (p *player) factState(e *Expect, f desk.FactView, want string) {
	came := f.Value.NL
	switch {
	case !f.Known:
		came = "onbekend"
	case f.Sealed:
		came = "bekend, verzegeld"
	}
	ok := false
	switch want {
	case "unknown":
		ok = !f.Known
	case "known":
		ok = f.Known
	case "sealed":
		ok = f.Sealed
	default:
		ok = f.Known && !f.Sealed && has(f.Value.NL, want)
	}
	p.want(ok, e.Line, "facts."+f.ID, want, came, "")
}

func (p *player) checkDuplicate(w WantDuplicate, v *desk.CaseView) {
	for _, d := range v.Duplicates {
		if p.caseName(d.Other) != w.Case {
			continue
		}
		p.want(true, w.Line, "duplicates", "", "", "")
		p.wantSame(w.Line, "duplicates.rule", w.Rule, d.Rule, d.Because.NL)
		p.wantSame(w.Line, "duplicates.verdict", w.Verdict, d.Verdict, d.Because.NL)
		text := d.Title.NL + " " + d.Because.NL
		for _, s := range d.Same {
			text += " | " + s.NL
		}
		p.wantWords(w.Line, "duplicates.because", w.Because, text, "")
		p.wantWords(w.Line, "duplicates.same", w.Same, text, "")
		return
	}
	p.want(false, w.Line, "duplicates", w.Case, duplicateWords(p, v), "")
}

func duplicateWords(p *player, v *desk.CaseView) string {
	var list []string
	for _, d := range v.Duplicates {
		list = append(list, p.caseName(d.Other)+" ("+d.Rule+": "+d.Because.NL+")")
	}
	return short(strings.Join(list, " | "))
}

func (p *player) checkLink(w WantLink, v *desk.CaseView) {
	n := 0
	var came []string
	for _, l := range v.Links {
		came = append(came, p.caseName(l.Other)+" "+l.Verdict)
		if (w.Other == "" || p.caseName(l.Other) == w.Other) && (w.Verdict == "" || l.Verdict == w.Verdict) {
			n++
		}
	}
	if w.Count != nil {
		p.wantCount(w.Line, "links", w.Count, n, strings.Join(came, " | "))
		return
	}
	p.want(n > 0, w.Line, "links", w.Other+" "+w.Verdict, short(strings.Join(came, " | ")), "")
}
