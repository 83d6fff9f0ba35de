// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"bytes"
	"context"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
)

// checkWork is about what there is to do, what happened and what was decided otherwise.
func (p *player) checkWork(e *Expect, s *seen) {
	if e.Steps != nil {
		p.checkSteps(e.Steps, s)
	}
	if e.Timeline != nil {
		p.wantLines(e.Timeline, "timeline", p.timeline(s.view))
	}
	if e.Log != nil {
		var lines []string
		for _, l := range s.view.Log {
			lines = append(lines, p.show(l.At)+" "+l.Who+" "+l.Role+" "+l.What.NL+" "+l.Why)
		}
		p.wantLines(e.Log, "log", lines)
	}
	for _, d := range e.Deviations {
		p.checkDeviation(d, s.view)
	}
	if e.Questions != nil {
		p.checkQuestions(e.Questions, s.view)
	}
}

func (p *player) timeline(v *desk.CaseView) []string {
	var lines []string
	for _, day := range v.Timeline {
		for _, m := range day.Moments {
			lines = append(lines, p.show(m.At)+" "+m.What.NL+" "+m.Why+" "+m.Who)
		}
	}
	return lines
}

func (p *player) checkSteps(w *WantSteps, s *seen) {
	var open, provisional, urgent, late, done []string
	why := map[string]string{}
	for _, step := range s.view.Proposals {
		name := p.stepKey(s, step)
		open = append(open, name...)
		if step.Provisional {
			provisional = append(provisional, name...)
		}
		if step.Urgent {
			urgent = append(urgent, name...)
		}
		if step.Late {
			late = append(late, name...)
		}
		for _, n := range name {
			why[n] = reason(step.Reason)
		}
	}
	for _, step := range slices.Concat(s.view.Done, s.view.Settled) {
		done = append(done, p.stepKey(s, step)...)
	}
	known := map[string]bool{}
	for _, step := range p.protocol.Steps {
		known[step.ID] = true
	}
	for _, id := range slices.Concat(w.Open, w.NotOpen, w.Provisional, w.Urgent, w.Late, w.Done) {
		base, _, _ := strings.Cut(id, "/")
		if !known[base] && !slices.Contains(slices.Concat(open, done), id) {
			p.want(slices.Contains(w.NotOpen, id) && strings.HasPrefix(id, "own:"), w.Line, "steps", id, "het protocol heeft geen stap "+id, meant(base, known))
		}
	}
	p.wantAll(w.Line, "steps.open", w.Open, open)
	p.wantNone(w.Line, "steps.not_open", w.NotOpen, open)
	p.wantAll(w.Line, "steps.provisional", w.Provisional, provisional)
	p.wantAll(w.Line, "steps.urgent", w.Urgent, urgent)
	p.wantAll(w.Line, "steps.late", w.Late, late)
	p.wantAll(w.Line, "steps.done", w.Done, done)
	if w.First != "" {
		p.want(len(open) > 0 && open[0] == w.First, w.Line, "steps.first", w.First, "["+strings.Join(open, ", ")+"]", "")
	}
	for _, id := range sortedKeys(w.Because) {
		p.wantWords(w.Line, "steps.because."+id, w.Because[id], why[id], "")
	}
}

// stepKey gives the names by which a story may call a step: its id, with the story's own
// name of the row behind it when it has one, or the title of an own task.
func (p *player) stepKey(s *seen, step desk.Proposal) []string {
	names := []string{step.Step}
	for name, row := range s.c.rows {
		if step.Row != "" && row == step.Row {
			names = append(names, step.Step+"/"+name)
		}
	}
	if strings.HasPrefix(step.Step, "own:") {
		names = append(names, step.Title.NL)
	}
	return names
}

func (p *player) checkDeviation(w WantDeviation, v *desk.CaseView) {
	var all []string
	for _, d := range v.Deviations {
		all = append(all, d.What+" ("+d.Title.NL+"): "+d.Motivation+" — "+d.Name)
		if d.What != w.What && !has(d.Title.NL, w.What) {
			continue
		}
		if w.By != "" && d.Name != p.personName(w.By) {
			continue
		}
		text := d.Motivation + " " + d.Did + " " + d.Proposed
		if slices.ContainsFunc(w.Motivation, func(m string) bool { return !has(text, m) }) {
			continue
		}
		p.want(true, w.Line, "deviations", "", "", "")
		return
	}
	p.want(false, w.Line, "deviations", strings.TrimSpace(w.What+" "+strings.Join(w.Motivation, ", ")+" "+w.By), short(strings.Join(all, " | ")), "")
}

func (p *player) checkQuestions(w *WantQuestions, v *desk.CaseView) {
	open, done := 0, 0
	var texts []string
	for _, q := range v.Questions {
		if q.Done {
			done++
		} else {
			open++
		}
		text := q.Text
		for _, field := range q.Fields {
			text += " " + field
			if fact := p.protocol.Fact(field); fact != nil {
				text += " " + fact.Title.NL
			}
		}
		texts = append(texts, text)
	}
	p.wantCount(w.Line, "questions.open", w.Open, open, strings.Join(texts, " | "))
	p.wantCount(w.Line, "questions.done", w.Done, done, strings.Join(texts, " | "))
	p.wantWords(w.Line, "questions.contains", w.Contains, strings.Join(texts, " | "), "")
}

func (p *player) checkWorklist(ctx context.Context, w *WantWorklist, who loket.Actor) {
	view := w.View
	if view == "" {
		view = "team"
	}
	list, err := p.desk.Service.Worklist(ctx, who, desk.WorklistFilter{View: view, Limit: 200})
	if err != nil {
		p.want(false, w.Line, "worklist", "de werklijst", words(err), "")
		return
	}
	var all, late, urgent []string
	group, what := map[string]string{}, map[string]string{}
	for _, g := range list.Groups {
		for _, job := range g.Jobs {
			name := p.caseName(job.Case)
			all = append(all, name)
			group[name] = g.ID
			what[name] = job.What.NL + " " + job.Because.NL + " " + job.Kind.NL + " " + job.Laws.NL + " " + job.Organisation
			if job.Late {
				late = append(late, name)
			}
			if job.Urgent {
				urgent = append(urgent, name)
			}
		}
	}
	p.wantAll(w.Line, "worklist.contains", w.Contains, all)
	p.wantNone(w.Line, "worklist.not", w.Not, all)
	p.wantAll(w.Line, "worklist.late", w.Late, late)
	p.wantAll(w.Line, "worklist.urgent", w.Urgent, urgent)
	if w.First != "" {
		p.want(len(all) > 0 && all[0] == w.First, w.Line, "worklist.first", w.First, "["+strings.Join(all, ", ")+"]", "")
	}
	for _, name := range sortedKeys(w.Group) {
		p.wantSame(w.Line, "worklist.group."+name, w.Group[name], group[name], what[name])
	}
	for _, name := range sortedKeys(w.What) {
		p.wantWords(w.Line, "worklist.what."+name, w.What[name], what[name], "")
	}
	p.wantCount(w.Line, "worklist.jobs", w.Jobs, len(all), "")
	p.wantYes(w.Line, "worklist.desk_open", w.Open, list.DeskOpen)
	p.wantMoment(w.Line, "worklist.opens", w.Opens, list.Opens, "")
	var notes []string
	for _, n := range list.Handover {
		notes = append(notes, n.Text)
	}
	p.wantWords(w.Line, "worklist.handover", w.Handover, strings.Join(notes, " | "), "")
	if w.Handover != nil && len(w.Handover) == 0 {
		p.want(len(notes) == 0, w.Line, "worklist.handover", "geen notitie", short(strings.Join(notes, " | ")), "")
	}
}

func (p *player) checkRegister(ctx context.Context, w *WantRegister, who loket.Actor) {
	year := w.Year
	if year == 0 {
		year = p.now.In(p.loc).Year()
	}
	var buf bytes.Buffer
	if err := p.desk.Service.Register(ctx, who, year, &buf); err != nil {
		p.want(false, w.Line, "register", "het register", words(err), "")
		return
	}
	p.wantWords(w.Line, "register.contains", w.Contains, buf.String(), "")
	p.wantNever(w.Line, "register.never", w.Never, buf.String())
	header, rows := table(buf.String())
	p.wantCount(w.Line, "register.rows", w.Rows, len(rows), short(buf.String()))
	for _, column := range sortedKeys(w.Sum) {
		total, ok := sum(header, rows, column)
		came := strconv.Itoa(total)
		if !ok {
			came = "er is geen kolom " + column
		}
		p.want(ok && total == w.Sum[column], w.Line, "register.sum."+column, strconv.Itoa(w.Sum[column]), came, short(buf.String()))
	}
	for _, column := range sortedKeys(w.Has) {
		values := valuesOf(header, rows, column)
		p.want(slices.ContainsFunc(values, func(v string) bool { return has(v, w.Has[column]) }), w.Line,
			"register.has."+column, w.Has[column], "["+strings.Join(values, ", ")+"]", strings.Join(header, ", "))
	}
}

// table reads CSV with a comma or a semicolon; the first line names the columns.
func table(text string) (header []string, rows [][]string) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.FieldsPerRecord = -1
	if first, _, _ := strings.Cut(text, "\n"); strings.Count(first, ";") > strings.Count(first, ",") {
		r.Comma = ';'
	}
	all, _ := r.ReadAll()
	if len(all) == 0 {
		return nil, nil
	}
	return all[0], all[1:]
}

func valuesOf(header []string, rows [][]string, column string) []string {
	at := slices.IndexFunc(header, func(h string) bool { return plain(h) == plain(column) })
	var values []string
	for _, row := range rows {
		if at >= 0 && at < len(row) {
			values = append(values, row[at])
		}
	}
	return values
}

// sum adds up a column; yes counts as one.
func sum(header []string, rows [][]string, column string) (total int, ok bool) {
	ok = slices.ContainsFunc(header, func(h string) bool { return plain(h) == plain(column) })
	for _, v := range valuesOf(header, rows, column) {
		if n, err := strconv.Atoi(v); err == nil {
			total += n
		} else if yes, known := truth(v); known && yes {
			total++
		}
	}
	return total, ok
}
