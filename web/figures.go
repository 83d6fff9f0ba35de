// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"strconv"

	"example.org/loket"
	"example.org/loket/desk"
)

// figuresPage is one year in numbers.
type figuresPage struct {
	*reader
	view        *desk.FiguresView
	row, column string
	reason      string // what was typed when freezing was refused
	refused     *loket.Error
}

// showFigures answers GET /cijfers: the year of ?jaar=, else the last year that is over
// (R-R-75). ?rij= and ?kolom= set two figures against each other.
func showFigures(v *visit) error {
	p, err := v.figures()
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, v.T("figures.title"), p.page())
}

func (v *visit) figures() (*figuresPage, error) {
	query := v.r.URL.Query()
	year, err := v.figureYear(query.Get("jaar"))
	if err != nil {
		return nil, err
	}
	p := &figuresPage{reader: v.reader, row: query.Get("rij"), column: query.Get("kolom")}
	p.view, err = v.service.Figures(v.r.Context(), v.actor, year, p.row, p.column)
	return p, err
}

func (v *visit) figureYear(asked string) (int, error) {
	now := v.local(v.now).Year()
	if asked == "" {
		return now, nil
	}
	year, err := strconv.Atoi(asked)
	if err != nil || year < 2000 || year > now {
		return 0, loket.Refuse(loket.Invalid, "Kies een jaar, bijvoorbeeld 2026.", "Choose a year, for instance 2026.")
	}
	return year, nil
}

// freezeYear answers POST /cijfers/bevriezen. A refusal comes back on the same page with
// what was typed.
func freezeYear(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	year, err := v.figureYear(v.r.PostForm.Get("jaar"))
	if err != nil {
		return err
	}
	reason := v.text("tekst_reden")
	err = v.service.FreezeYear(v.r.Context(), v.actor, year, reason)
	if err == nil {
		return v.to("/cijfers?gedaan=frozen&jaar=" + itoa(year))
	}
	refused := refusal(err)
	if refused == nil {
		return err
	}
	p := &figuresPage{reader: v.reader, reason: reason, refused: refused}
	if p.view, err = v.service.Figures(v.r.Context(), v.actor, year, "", ""); err != nil {
		return err
	}
	v.nav, v.focus = "/cijfers", true
	return v.show(statuses[refused.Code].status, v.T("figures.title"), p.page())
}

// years are those the page offers, newest first.
func (p *figuresPage) years() []int { return p.registerYears() }

// number is a count for a reader; a hidden one says that it is small.
func (p *figuresPage) number(c desk.FigureCell) string {
	if c.Hidden {
		return p.T("figures.small")
	}
	return itoa(c.N)
}

func (p *figuresPage) words(c desk.FigureCell) string {
	if words := p.P(c.Words); words != "" {
		return words
	}
	return p.T("figures.unknown")
}

// over tells whether the year can be frozen.
func (p *figuresPage) over() bool { return p.view.Year < p.local(p.now).Year() }

func (p *figuresPage) refusal() string {
	if p.refused == nil {
		return ""
	}
	return p.P(p.refused.Message)
}
