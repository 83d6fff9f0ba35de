// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"bytes"
	"context"
	"strconv"

	"example.org/loket"
	"example.org/loket/desk"
)

// freeze freezes a year, and gives the yearly case a name when the story wants one.
func (p *player) freeze(ctx context.Context, s *Step) error {
	who, err := p.actor(ctx, s.Who)
	if err != nil {
		return err
	}
	if err := p.desk.Service.FreezeYear(ctx, who, s.Freeze.Year, s.Freeze.Reason); err != nil {
		return err
	}
	view, err := p.desk.Service.Figures(ctx, who, s.Freeze.Year, "", "")
	if err == nil && s.Freeze.Case != "" {
		p.meet(s.Freeze.Case, view.Case, view.CaseNumber, "")
	}
	return err
}

// small is how a story writes a number that must not be shown.
const small = "klein"

func (p *player) checkFigures(ctx context.Context, w *WantFigures, who loket.Actor) {
	view, err := p.desk.Service.Figures(ctx, who, w.Year, "", "")
	if err != nil {
		p.want(false, w.Line, "figures", "de cijfers", words(err), "")
		return
	}
	if view.Small { // the page shows no totals; the register of these eyes does, case by case
		p.checkFewFigures(ctx, w, who)
	} else {
		p.wantCount(w.Line, "figures.incidents", w.Incidents, view.Totals.Incidents, "")
		p.wantCount(w.Line, "figures.persons", w.Persons, view.Totals.Persons, "")
		p.wantCount(w.Line, "figures.reports", w.Reports, view.Totals.Reports, "")
		p.wantCount(w.Line, "figures.late", w.Late, view.Totals.Late, "")
	}
	p.wantYes(w.Line, "figures.small", w.Small, view.Small)
	version := 0
	if view.Frozen != nil {
		version = view.Frozen.Version
	}
	p.wantCount(w.Line, "figures.frozen", w.Frozen, version, "")
	for _, figure := range sortedKeys(w.Counts) {
		p.checkCounts(w.Line, figure, w.Counts[figure], view)
	}
}

// checkFewFigures counts the lines of the register of a year of which too little happened to
// show figures.
func (p *player) checkFewFigures(ctx context.Context, w *WantFigures, who loket.Actor) {
	var buf bytes.Buffer
	if err := p.desk.Service.Register(ctx, who, w.Year, &buf); err != nil {
		p.want(false, w.Line, "figures", "het register", words(err), "")
		return
	}
	header, rows := table(buf.String())
	count := func(column string) int {
		total, _ := sum(header, rows, column)
		return total
	}
	because := "geteld in het register: de cijfers zelf zijn te klein om te laten zien"
	p.wantCount(w.Line, "figures.incidents", w.Incidents, count("voorvallen"), because)
	p.wantCount(w.Line, "figures.persons", w.Persons, count("personen"), because)
	p.wantCount(w.Line, "figures.reports", w.Reports, count("meldingen"), because)
	if w.Late != nil {
		p.want(false, w.Line, "figures.late", strconv.Itoa(*w.Late), small, because)
	}
}

func (p *player) checkCounts(line int, figure string, want map[string]string, view *desk.FiguresView) {
	came := map[string]string{}
	for _, t := range view.Tables {
		for _, c := range t.Cells {
			if t.ID == figure {
				came[c.Words.NL] = countWords(c)
			}
		}
	}
	for _, answer := range sortedKeys(want) {
		if _, shown := came[answer]; !shown && view.Small {
			came[answer] = small
		}
		p.want(came[answer] == want[answer], line, "figures.counts."+figure+"."+answer, want[answer], came[answer], "")
	}
}

func countWords(c desk.FigureCell) string {
	if c.Hidden {
		return small
	}
	return strconv.Itoa(c.N)
}
