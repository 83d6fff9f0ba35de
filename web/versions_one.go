// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/locale"
)

// Consultations is what the pages of one version ask of the desk (SM-11).
type Consultations interface {
	Version(ctx context.Context, by loket.Actor, version string) (*desk.VersionView, error)
	Consult(ctx context.Context, by loket.Actor, version string, c desk.Consulting) error
	CloseConsultation(ctx context.Context, by loket.Actor, version, key string) error
	Remark(ctx context.Context, by loket.Actor, version string, remark loket.RemarkMade, key string) error
	AnswerRemark(ctx context.Context, by loket.Actor, version string, answer loket.RemarkAnswered, key string) error
	AdoptVersion(ctx context.Context, by loket.Actor, version string, adopted loket.VersionAdopted, key string) error
}

// versionPage is one version: what it changes, who was asked about it, and its way into force.
type versionPage struct {
	*reader
	*desk.VersionView
	people  []desk.Person // whom the owner may ask
	refused string
	at      string     // the form that was refused
	kept    url.Values // what was typed in it
}

// The forms of the page, by the word in their address.
const (
	formRemark = "opmerking"
	formAnswer = "antwoord"
	formAsk    = "raadpleging"
	formClose  = "sluiten"
	formAdopt  = "vaststellen"
)

func (v *visit) consultations() (Consultations, error) {
	desk, ok := v.service.(Consultations)
	if !ok {
		return nil, errUnknownPage()
	}
	return desk, nil
}

// showVersion answers GET /versies/{version}.
func showVersion(v *visit) error {
	page, err := v.versionPage()
	if err != nil {
		return err
	}
	return page.answer(http.StatusOK)
}

func (v *visit) versionPage() (*versionPage, error) {
	service, err := v.consultations()
	if err != nil {
		return nil, err
	}
	view, err := service.Version(v.r.Context(), v.actor, v.r.PathValue("version"))
	if err != nil {
		return nil, err
	}
	page := &versionPage{reader: v.reader, VersionView: view}
	if view.Owner && page.mayConsult() {
		page.people, err = v.service.People(v.r.Context(), v.tenant)
	}
	v.nav = "/protocol"
	return page, err
}

func (p *versionPage) answer(status int) error {
	return p.show(status, p.T("versions.version", p.Version), p.page())
}

// onVersion answers a posted form of the page: do it, and go back to where the reader was; a
// refusal shows the page again with what was typed.
func (v *visit) onVersion(form string, do func(Consultations, string) error) error {
	err := v.form()
	if v.r.PostForm == nil {
		return err
	}
	service, lost := v.consultations()
	if lost != nil {
		return lost
	}
	version := v.r.PathValue("version")
	if err == nil {
		err = do(service, version)
	}
	if err == nil {
		return v.to(versionPath(version) + "?gedaan=" + form + "#" + form)
	}
	refused := refusal(err)
	if refused == nil {
		return err
	}
	page, lost := v.versionPage()
	if lost != nil {
		return lost
	}
	page.refused, page.kept, page.at = v.P(refused.Message), v.r.PostForm, form+v.text(formRemark)
	v.focus = true
	return page.answer(statuses[refused.Code].status)
}

// makeRemark answers POST /versies/{version}/opmerking.
func makeRemark(v *visit) error {
	return v.onVersion(formRemark, func(s Consultations, version string) error {
		return s.Remark(v.r.Context(), v.actor, version, loket.RemarkMade{Part: v.text("onderdeel"), Text: v.text("tekst")}, v.formKey())
	})
}

// answerRemark answers POST /versies/{version}/antwoord.
func answerRemark(v *visit) error {
	return v.onVersion(formAnswer, func(s Consultations, version string) error {
		return s.AnswerRemark(v.r.Context(), v.actor, version, loket.RemarkAnswered{Remark: v.text(formRemark), Outcome: v.text("uitkomst"), Text: v.text("tekst")}, v.formKey())
	})
}

// openConsultation answers POST /versies/{version}/raadpleging. The last day counts whole.
func openConsultation(v *visit) error {
	return v.onVersion(formAsk, func(s Consultations, version string) error {
		last, err := time.ParseInLocation(time.DateOnly, v.text("tot"), v.zone())
		if err != nil {
			return loket.Refuse(loket.Invalid, "Kies tot en met welke dag iedereen kan reageren.", "Choose the last day on which everybody can react.")
		}
		asked := desk.Consulting{Roles: v.r.PostForm["rol"], People: v.r.PostForm["mens"], Until: last.AddDate(0, 0, 1).UTC(), Question: v.text("vraag"), Key: v.formKey()}
		return s.Consult(v.r.Context(), v.actor, version, asked)
	})
}

// closeConsultation answers POST /versies/{version}/raadpleging/sluiten.
func closeConsultation(v *visit) error {
	return v.onVersion(formClose, func(s Consultations, version string) error {
		return s.CloseConsultation(v.r.Context(), v.actor, version, v.formKey())
	})
}

// adoptVersion answers POST /versies/{version}/vaststellen.
func adoptVersion(v *visit) error {
	return v.onVersion(formAdopt, func(s Consultations, version string) error {
		adopted := loket.VersionAdopted{On: v.text("vastgesteld"), From: v.text("vanaf"), Body: strings.TrimSpace(v.text("wie")), Reason: strings.TrimSpace(v.text("reden"))}
		return s.AdoptVersion(v.r.Context(), v.actor, version, adopted, v.formKey())
	})
}

// showVersionBook answers GET /versies/{version}/boek: the version as the book that it will be.
func showVersionBook(v *visit) error {
	page, err := v.versionPage()
	if err != nil {
		return err
	}
	v.nav, v.deskLook = "/protocol", true
	as := *v.reader
	as.protocol = page.Protocol
	book := &protocolBook{reader: &as, part: v.r.PathValue("part"), version: page.Version}
	if book.part == "" {
		return v.show(http.StatusOK, v.T("versions.version", page.Version), book.cover())
	}
	if !slices.Contains(book.parts(), book.part) {
		return errUnknownPage()
	}
	return v.show(http.StatusOK, v.T("protocol_book.part."+book.part), book.page())
}

// mayConsult: the version is not adopted, so opinions still count.
func (p *versionPage) mayConsult() bool { return p.AdoptedOn == "" && p.Pinned == "" }

// field is what was typed in a form before it was refused, or else a start.
func (p *versionPage) field(form, name, or string) string {
	if p.at == form && p.kept.Has(name) {
		return p.kept.Get(name)
	}
	return or
}

// ticked tells whether a box was ticked in the form that was refused.
func (p *versionPage) ticked(name, value string) bool {
	return p.at == formAsk && slices.Contains(p.kept[name], value)
}

// part is what a remark is about when the reader came through a link.
func (p *versionPage) part() string {
	return p.field(formRemark, "onderdeel", p.r.URL.Query().Get("onderdeel"))
}

// remarkLink leads from an element to the form for a remark on it.
func (p *versionPage) remarkLink(part string) string {
	if _, known := p.Protocol.Part(part); !known {
		part = "" // of the protocol itself: the whole
	}
	return versionPath(p.Version) + "?onderdeel=" + url.QueryEscape(part) + "#" + formRemark
}

// takesRemarks: the reader was asked and it is not over.
func (p *versionPage) takesRemarks() bool {
	return p.Consultation != nil && p.Consultation.Open && p.Consultation.Mine
}

// roleChoice is a role with how many can be asked in it.
type roleChoice struct {
	id, title string
	people    int
}

// roles are those with somebody who can log in; the reader is not asked.
func (p *versionPage) roles() []roleChoice {
	var out []roleChoice
	for _, r := range p.Protocol.Roles {
		n := 0
		for _, x := range p.people {
			if x.ID != p.actor.ID && slices.Contains(x.Roles, r.ID) {
				n++
			}
		}
		if n > 0 {
			out = append(out, roleChoice{r.ID, p.P(r.Title), n})
		}
	}
	return out
}

// remarkPart is a part of the version that somebody may choose.
type remarkPart struct{ part, name string }

// elements are the parts that change: what most remarks will be about.
func (p *versionPage) elements() []remarkPart {
	var out []remarkPart
	for _, c := range p.changedParts(p.Differences) {
		if _, known := p.Protocol.Part(c.part); known && strings.Contains(c.part, "/") {
			out = append(out, remarkPart{c.part, c.name})
		}
	}
	if chosen := p.part(); chosen != "" && strings.Contains(chosen, "/") && !slices.ContainsFunc(out, func(x remarkPart) bool { return x.part == chosen }) {
		if title, known := p.Protocol.Part(chosen); known {
			out = append(out, remarkPart{chosen, p.P(title)})
		}
	}
	return out
}

// partTitle names the part that a remark is about.
func (p *versionPage) partTitle(r desk.RemarkView) string {
	list, _, inside := strings.Cut(r.Part, "/")
	switch {
	case r.Part == "":
		return p.T("consult.whole")
	case !inside:
		return p.word("versions.list", list)
	}
	return p.word("versions.list", list) + ": " + p.P(r.Title)
}

// lastDay is the last day of a consultation in words.
func lastDay(v *reader, until time.Time) string {
	return locale.Day(v.lang, until.Add(-time.Second), v.zone())
}

// consultationState says in a sentence where a consultation is.
func consultationState(v *reader, c *desk.ConsultationView) string {
	said := v.T("consult.over")
	if c.Open {
		said = v.T("consult.runs", lastDay(v, c.Until))
	}
	if c.Asked == nil {
		return said
	}
	return sentence(" ", said, v.N("consult.asked", c.Count), v.N("consult.remarks", c.Total), v.N("consult.unanswered", c.Unanswered))
}

// today is the day of the reader, for a date box.
func (p *versionPage) today() string { return p.now.In(p.zone()).Format(time.DateOnly) }

// body is who adopts this protocol, as the protocol says.
func (p *versionPage) body() string {
	if p.Protocol.About.AdoptedBy != "" {
		return p.Protocol.About.AdoptedBy
	}
	return p.protocol.About.AdoptedBy
}

// start is the day from which the version is meant to hold, when that is still to come.
func (p *versionPage) start() string {
	if from := p.Protocol.About.EffectiveFrom; from >= p.today() {
		return from
	}
	return ""
}

var _ Consultations = (*desk.Desk)(nil)
