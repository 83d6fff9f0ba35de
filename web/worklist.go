// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// worklistViews are the lists that the counts lead to, in the order of the page.
var worklistViews = []string{"team", "mine", "today", "late", "waiting", "closed"}

// worklistRows is how many cases one page shows.
const worklistRows = 50

// worklistPage is the desk's day for one reader.
type worklistPage struct {
	*reader
	list    *desk.Worklist
	filter  desk.WorklistFilter
	refusal string // why a handover note was not taken
	kept    url.Values
}

// showWorklist answers GET /werklijst.
func showWorklist(v *visit) error {
	page, err := loadWorklist(v, v.r.URL.Query())
	if err != nil {
		return err
	}
	return page.answer(http.StatusOK)
}

func loadWorklist(v *visit, query url.Values) (*worklistPage, error) {
	filter := desk.WorklistFilter{
		View: query.Get("lijst"), Search: strings.TrimSpace(query.Get("zoek")),
		Kind: query.Get("soort"), Law: query.Get("wet"), After: query.Get("na"), Limit: worklistRows,
	}
	if !slices.Contains(worklistViews, filter.View) {
		filter.View = worklistViews[0]
	}
	list, err := v.service.Worklist(v.r.Context(), v.actor, filter)
	if err != nil {
		return nil, err
	}
	return &worklistPage{reader: v.reader, list: list, filter: filter}, nil
}

func (p *worklistPage) answer(status int) error {
	p.nav = "/werklijst"
	return p.show(status, p.T("worklist.title"), p.page())
}

// leaveNote answers POST /werklijst/overdracht: a note on one case for the next shift.
func leaveNote(v *visit) error {
	err := v.form()
	if err == nil {
		err = v.recordNote()
	}
	if err == nil {
		done := "note"
		if v.text("soort") == "accepted" {
			done = "accepted"
		}
		return v.to("/werklijst?gedaan=" + done + "#overdracht")
	}
	err = v.roleFirst(to[loket.Noted], err)
	refused := refusal(err)
	if refused == nil || v.r.PostForm == nil {
		return err
	}
	page, err := loadWorklist(v, v.r.URL.Query())
	if err != nil {
		return err
	}
	page.refusal, page.kept, page.focus = v.P(refused.Message), v.r.PostForm, true
	return page.answer(statuses[refused.Code].status)
}

func (v *visit) recordNote() error {
	id := v.text("zaak")
	if id == "" {
		return loket.Refuse(loket.Invalid, "Kies eerst bij welke zaak de notitie hoort.", "First choose the case that the note is about.")
	}
	want, err := readNoted(v)
	if err == nil {
		_, err = v.service.Do(v.r.Context(), v.actor, loket.CaseID(id), desk.Change{Key: v.formKey(), Want: want})
	}
	return err
}

// viewLink is the address of one list, keeping the search.
func (p *worklistPage) viewLink(view, after string) string {
	query := url.Values{}
	for name, value := range map[string]string{"lijst": view, "zoek": p.filter.Search, "soort": p.filter.Kind, "wet": p.filter.Law, "na": after} {
		if value != "" {
			query.Set(name, value)
		}
	}
	return "/werklijst?" + query.Encode()
}

// lead says in one sentence how the day stands: the moment, what is late, the desk's hours.
func (p *worklistPage) lead() string {
	late := p.T("worklist.none_late")
	if n := p.list.Counts["late"]; n > 0 {
		late = p.N("worklist.late", n)
	}
	hours := ""
	switch {
	case p.list.DeskOpen && !p.list.Closes.IsZero():
		hours = p.T("worklist.closes", p.hourOf(p.list.Closes), p.until(p.list.Closes))
	case !p.list.DeskOpen && !p.list.Opens.IsZero():
		hours = p.T("worklist.opens", p.when(p.list.Opens))
	}
	return sentence(" ", p.T("worklist.moment", p.day(p.list.Now), p.hourOf(p.list.Now)), late, hours)
}

// jobStyle colours a clock: red is late, amber is soon, all else is plain. The words say the same.
func (p *worklistPage) jobStyle(group string, job desk.Job) string {
	switch {
	case job.Late:
		return "desk-clock desk-clock--late"
	case group == "today" && !job.Due.IsZero():
		return "desk-clock desk-clock--soon"
	}
	return "desk-clock"
}

// jobLabel is the small line under the clock: the moment itself.
func (p *worklistPage) jobLabel(job desk.Job) string {
	switch {
	case job.Due.IsZero():
		return p.T("worklist.received", p.when(job.ReceivedAt))
	case job.Late:
		return p.T("worklist.was", p.dueBy(job.Due))
	}
	return p.dueBy(job.Due)
}

// jobMeta is what identifies the case, at V1: number, kind, laws, organisation.
func (p *worklistPage) jobMeta(job desk.Job) string {
	kind := p.P(job.Kind)
	if job.Provisional {
		kind = p.T("worklist.provisional", kind)
	}
	return sentence(" · ", job.Number, kind, p.P(job.Laws), job.Organisation)
}

// jobs are all cases on the page, for the choice of a handover note.
func (p *worklistPage) jobs() []desk.Job {
	var jobs []desk.Job
	for _, group := range p.list.Groups {
		jobs = append(jobs, group.Jobs...)
	}
	return jobs
}

// lawTitle finds the words for a law: the label of the option that carries its id.
func (v *reader) lawTitle(id string) string {
	for i := range v.protocol.Forms {
		for _, section := range v.protocol.Forms[i].Sections {
			for _, field := range section.Fields {
				for _, option := range field.Options {
					if option.ID == id && option.Label.NL != "" {
						return v.P(option.Label)
					}
				}
			}
		}
	}
	return id
}

// intakeForms are the forms with which somebody at the desk opens a case: those the
// protocol gives to the reader's roles, and those anyone may send, taken down for a caller.
func (v *reader) intakeForms() (own, taken []*protocol.Form) {
	if !v.roleMay("record") && !v.roleMay("report") {
		return nil, nil
	}
	for i := range v.protocol.Forms {
		form := &v.protocol.Forms[i]
		switch {
		case form.Use != "report":
		case v.actor.Has(form.By...):
			own = append(own, form)
		case v.roleMay("record") && v.openToReporters(form):
			taken = append(taken, form)
		}
	}
	return own, taken
}

// openToReporters tells whether the reporting side may send this form.
func (v *reader) openToReporters(form *protocol.Form) bool {
	if len(form.By) == 0 {
		return true
	}
	return slices.ContainsFunc(form.By, func(id string) bool {
		role := v.protocol.Role(id)
		return role != nil && role.Side == "reporter"
	})
}
