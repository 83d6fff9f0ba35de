// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"context"
	"fmt"
	"maps"

	"example.org/loket"
	"example.org/loket/desk"
)

// act does what the step says. The error is the desk's refusal, or a storyError.
func (p *player) act(ctx context.Context, s *Step) error {
	if err := p.misnamed(s); err != nil {
		return err
	}
	switch {
	case s.Report != nil:
		return p.report(ctx, s)
	case s.Advise != nil:
		return p.advise(ctx, s.Advise)
	case s.Convert != nil:
		return p.convert(ctx, s)
	case s.Freeze != nil:
		return p.freeze(ctx, s)
	case s.Find != nil:
		return p.find(ctx, s)
	case s.Version != nil:
		return p.onVersion(ctx, s)
	case s.Entry != nil:
		return p.enterLine(ctx, s)
	case len(s.actions()) == 0 || s.Wait != nil:
		return nil
	}
	c, err := p.here()
	if err != nil {
		return err
	}
	if s.Return != nil {
		return p.comeBack(ctx, c, s.Return)
	}
	who, err := p.actor(ctx, s.Who)
	if err != nil {
		return err
	}
	return p.onCase(ctx, s, c, who)
}

// onCase does what needs a case: a form, a look, or a payload.
func (p *player) onCase(ctx context.Context, s *Step, c *played, who loket.Actor) error {
	switch {
	case s.FollowUp != nil:
		return p.sendForm(ctx, c, who, s.FollowUp)
	case s.Record != nil:
		return p.sendForm(ctx, c, who, s.Record)
	case s.Row != nil:
		return p.sendRow(ctx, c, who, s.Row)
	case s.Answer != nil:
		return p.answer(ctx, c, who, s.Answer)
	case s.Open != nil:
		return p.openFacts(ctx, c, who, s.Open)
	case s.Neighbour != nil:
		return p.neighbour(ctx, c, who, s.Neighbour)
	case s.Read != nil:
		return p.read(ctx, c, who, s.Read)
	case s.Emergency != nil:
		return p.openInEmergency(ctx, c, who, s.Emergency)
	case s.Review != nil:
		return p.review(ctx, c, who, s.Review)
	case s.Approve != nil:
		return p.approve(ctx, who, s.Approve)
	}
	if s.Release != nil {
		p.draftFirst(ctx, c, who, s.Release)
	}
	payload, err := p.payload(ctx, s, c, who)
	if err != nil {
		return err
	}
	if err := p.change(ctx, c, who, payload); err != nil {
		return err
	}
	if s.Release != nil {
		delete(c.proposed, loket.RowKey(s.Release.Product, c.rows[s.Release.Row]))
	}
	return p.learn(ctx, s, c)
}

// openFacts opens sealed facts; expectations of the same step see what was opened.
func (p *player) openFacts(ctx context.Context, c *played, who loket.Actor, o *OpenAction) error {
	facts, err := p.desk.Service.Open(ctx, who, c.id, o.Fields, o.Purpose)
	p.opened = map[string]string{}
	for _, f := range facts {
		p.opened[f.ID] = f.Value.NL
	}
	return err
}

func (p *player) change(ctx context.Context, c *played, who loket.Actor, want loket.Payload) error {
	_, err := p.desk.Service.Do(ctx, who, c.id, desk.Change{Key: p.key(), Want: want})
	return err
}

// key is the idempotency key of the step: a page would make one per form shown.
func (p *player) key() string { return fmt.Sprintf("%s#%d", p.tale.name, p.step.Number) }

func (p *player) report(ctx context.Context, s *Step) error {
	r := s.Report
	key := p.key()
	if r.Again != "" {
		first, ok := p.keys[r.Again]
		if !ok {
			return mistaken(meant(r.Again, p.keys), "Er is geen stap %q die een melding stuurde.", r.Again)
		}
		key = first
	}
	p.keys[s.Label] = key
	form := r.Form
	if form == "" {
		form = p.reportForm()
	}
	values, err := p.posted(form, r.Answers)
	if err != nil {
		return err
	}
	who, err := p.actor(ctx, s.Who)
	if err != nil {
		return err
	}
	channel := r.Channel
	if channel == "" {
		channel = "web"
	}
	arrived, err := p.optional(r.Arrived)
	if err != nil {
		return err
	}
	receipt, err := p.desk.Service.SendReport(ctx, who, desk.ReportForm{Key: key, Tenant: p.tenant, Form: form, Channel: channel, Posted: values, Arrived: arrived})
	if err != nil {
		return err
	}
	p.receipt = &receipt
	p.remind(r.Case, receipt)
	return nil
}

// reportForm is the protocol's first form that opens a case and that anybody may send: the
// one meant when a story names none.
func (p *player) reportForm() string {
	for _, f := range p.protocol.Forms {
		if f.Use == "report" && len(f.By) == 0 {
			return f.ID
		}
	}
	return "report"
}

// remind keeps a new case under its own name. A repeated sending gives the same case again.
func (p *player) remind(name string, receipt desk.Receipt) {
	if name == "" {
		name = p.step.Case
	}
	if name == "" {
		name = fmt.Sprintf("zaak %d", len(p.cases)+1)
	}
	if known := p.caseName(receipt.Case); known != string(receipt.Case) && p.step.Report.Case == "" {
		name = known
	}
	p.meet(name, receipt.Case, receipt.Number, receipt.Code)
}

// meet gives a case its name in the story, and goes on with it.
func (p *player) meet(name string, id loket.CaseID, number, code string) {
	if p.cases[name] == nil {
		p.cases[name] = &played{
			name: name, tenant: p.tenant, id: id, number: number, code: code,
			rows: map[string]string{}, questions: map[string]string{}, links: map[string]string{},
			filled: map[string]map[string]Value{}, proposed: map[string]int{},
		}
	}
	p.current = name
}

func (p *player) advise(ctx context.Context, a *AdviseAction) error {
	form := ""
	for _, f := range p.protocol.Forms {
		if f.Use == "advice" && form == "" {
			form = f.ID // the desk advises with the first one
		}
	}
	values, err := p.posted(form, a.Answers)
	if err != nil {
		return err
	}
	p.advice, err = p.desk.Service.Advise(ctx, p.tenant, values)
	return err
}

func (p *player) comeBack(ctx context.Context, c *played, r *ReturnAction) error {
	code := r.Code
	if code == "" {
		code = c.code
	}
	who, err := p.desk.Service.Reporter(ctx, p.tenant, c.number, code)
	if err != nil {
		return err
	}
	_, err = p.desk.Service.ReporterCase(ctx, who)
	return err
}

// reasonOfStory is why a known answer changes when the story does not say.
const reasonOfStory = "Zo staat het in het verhaal."

func (p *player) sendForm(ctx context.Context, c *played, who loket.Actor, f *FormAction) error {
	answers := p.shownAgain(ctx, c, who, f)
	values, err := p.posted(f.Form, answers)
	if err != nil {
		return err
	}
	reason := reasonOfStory
	if f.Reason != nil {
		reason = *f.Reason
	}
	_, err = p.desk.Service.SendForm(ctx, who, c.id, desk.FormChange{Key: p.key(), Form: f.Form, Reason: reason, Posted: values})
	if err == nil {
		c.filled[formOf(f.Form)] = answers
	}
	return err
}

// shownAgain are the answers of the story with those that the form needs and that it was
// sent with before, or that the case knows: a page shows them, so a story need not repeat them.
func (p *player) shownAgain(ctx context.Context, c *played, who loket.Actor, f *FormAction) map[string]Value {
	form, before := p.protocol.Form(f.Form), c.filled[formOf(f.Form)]
	if form == nil || form.Use != "officer" && before == nil {
		return f.Answers
	}
	if before == nil {
		before = p.knownChoices(ctx, c, who)
	}
	answers := maps.Clone(f.Answers)
	if answers == nil {
		answers = map[string]Value{}
	}
	for id, field := range fieldsOf(form) {
		old, there := before[id]
		if _, given := answers[id]; there && !given && field.Need == "required" {
			answers[id] = old
			for _, option := range field.Options { // and the words that stand with it
				if words, said := before[id+"_"+option.ID]; said && option.Text {
					answers[id+"_"+option.ID] = words
				}
			}
		}
	}
	return answers
}

// knownChoices are the answers that the case knows and that stand on a page as one choice.
func (p *player) knownChoices(ctx context.Context, c *played, who loket.Actor) map[string]Value {
	known := map[string]Value{}
	view, err := p.desk.Service.Case(ctx, who, c.id)
	if err != nil {
		return known
	}
	for id, value := range view.Answers {
		if text, ok := value.(string); ok {
			known[id] = Value{Text: text}
		}
	}
	return known
}

// formOf is the place in filled of a form without rows.
func formOf(form string) string { return "form " + form }

func (p *player) sendRow(ctx context.Context, c *played, who loket.Actor, r *RowAction) error {
	answers := maps.Clone(c.filled[r.ID])
	if answers == nil {
		answers = map[string]Value{}
	}
	maps.Copy(answers, r.Answers)
	values, err := p.posted(r.Form, answers)
	if err != nil {
		return err
	}
	_, err = p.desk.Service.SendForm(ctx, who, c.id, desk.FormChange{
		Key: p.key(), Form: r.Form, Row: c.rows[r.ID], Remove: r.Remove, Reason: r.Reason, Posted: values,
	})
	if err != nil {
		return err
	}
	c.filled[r.ID] = answers
	if c.rows[r.ID] != "" {
		return nil
	}
	return p.findRow(ctx, c, r)
}

// findRow learns the id that the desk gave a new row.
func (p *player) findRow(ctx context.Context, c *played, r *RowAction) error {
	view, err := p.view(ctx, c)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, id := range c.rows {
		known[id] = true
	}
	for _, rows := range view.Rows {
		for _, row := range rows.Rows {
			if rows.Form.ID == r.Form && !known[row.ID] {
				c.rows[r.ID] = row.ID
			}
		}
	}
	return nil
}

func (p *player) answer(ctx context.Context, c *played, who loket.Actor, a *AnswerAction) error {
	question, ok := c.questions[a.Question]
	if !ok {
		return mistaken(meant(a.Question, c.questions), "Er is geen vraag %q gesteld.", a.Question)
	}
	if a.Form == "" {
		return p.change(ctx, c, who, loket.Answered{Question: question, Note: a.Note, Declined: a.Declined})
	}
	values, err := p.posted(a.Form, a.Answers)
	if err != nil {
		return err
	}
	values.Set("question", question)
	_, err = p.desk.Service.SendForm(ctx, who, c.id, desk.FormChange{Key: p.key(), Form: a.Form, Posted: values})
	return err
}

func (p *player) read(ctx context.Context, c *played, who loket.Actor, r *ReadAction) error {
	version := r.Version
	if version == 0 {
		items, err := p.desk.Service.Inbox(ctx, who)
		if err != nil {
			return err
		}
		for _, item := range items {
			if item.Case == c.id && item.Product == r.Product && item.Row == c.rows[r.Row] {
				version = max(version, item.Version)
			}
		}
	}
	_, err := p.desk.Service.Read(ctx, who, c.id, r.Product, c.rows[r.Row], version)
	return err
}
