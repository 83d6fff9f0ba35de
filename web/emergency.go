// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// emergencyPath is the page about what is opened in an emergency.
const emergencyPath = "/noodopeningen"

// emergencyDepths are how deep somebody may ask to look, the least first.
var emergencyDepths = []protocol.Level{"V3", "V4", "V5"}

// emergencyPage is the form to open a case in an emergency, and the list of what was opened.
type emergencyPage struct {
	*reader
	view    *desk.EmergencyView
	key     string
	kept    url.Values // what was typed when it was refused
	refused *loket.Error
	on      string // the case whose review was refused; empty: the form to open
}

// showEmergencies answers GET /noodopeningen.
func showEmergencies(v *visit) error {
	p, err := v.emergencies()
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, v.T("emergency.title"), p.page())
}

func (v *visit) emergencies() (*emergencyPage, error) {
	view, err := v.service.EmergencyOpenings(v.r.Context(), v.actor)
	return &emergencyPage{reader: v.reader, view: view, key: v.rand.ID()}, err
}

// openEmergency answers POST /noodopeningen: the case is open to the visitor for a while.
func openEmergency(v *visit) error {
	err := v.form()
	var id loket.CaseID
	if err == nil {
		id, err = v.service.OpenInEmergency(v.r.Context(), v.actor, desk.EmergencyForm{
			Key: v.formKey(), Number: v.text("nummer"), Ground: v.text("grond"), Depth: protocol.Level(v.text("diepte")),
			Purpose: strings.TrimSpace(v.text("tekst_doel")), Reason: strings.TrimSpace(v.text("tekst_reden")),
		})
	}
	if err != nil {
		return v.backToEmergencies("", err)
	}
	return v.to(casePath(id) + "?gedaan=emergency")
}

// reviewEmergency answers POST /zaak/{case}/nood-beoordelen.
func reviewEmergency(v *visit) error {
	err := v.form()
	if err == nil {
		err = v.record(readReview)
	}
	if err != nil {
		return v.backToEmergencies(string(v.caseID()), v.roleFirst(toReview, err))
	}
	return v.to(emergencyPath + "?gedaan=reviewed")
}

// toReview names the opening: whether somebody may review it depends on whose it is.
func toReview(v *visit) loket.Payload {
	seq, _ := strconv.Atoi(v.text("opening"))
	return loket.EmergencyReviewed{Opening: seq}
}

func readReview(v *visit) (loket.Payload, error) {
	seq, err := strconv.Atoi(v.text("opening"))
	right := v.text("terecht")
	if err != nil || right != yesValue && right != noValue {
		return nil, loket.Refuse(loket.Invalid, "Kies of deze noodopening terecht was.", "Choose whether this emergency opening was called for.")
	}
	return loket.EmergencyReviewed{Opening: seq, Right: right == yesValue, Remark: strings.TrimSpace(v.text("tekst_oordeel"))}, nil
}

// backToEmergencies shows the page again with what was typed.
func (v *visit) backToEmergencies(on string, err error) error {
	refused := refusal(err)
	if refused == nil || v.r.PostForm == nil {
		return err
	}
	p, again := v.emergencies()
	if again != nil {
		return again
	}
	p.kept, p.refused, p.on = v.r.PostForm, refused, on
	v.focus, v.nav = true, emergencyPath
	return v.show(statuses[refused.Code].status, v.T("emergency.title"), p.page())
}

// typed is what stood in a field of the form to open.
func (p *emergencyPage) typed(name string) string {
	if p.on != "" {
		return ""
	}
	return p.kept.Get(name)
}

// onLine is what stood in a field of the review of one opening.
func (p *emergencyPage) onLine(line *desk.EmergencyLine, name string) string {
	if p.on != string(line.Case) || p.kept.Get("opening") != strconv.Itoa(line.Seq) {
		return ""
	}
	return p.kept.Get(name)
}

// said confirms a review.
func (p *emergencyPage) said() string {
	if p.r.URL.Query().Get("gedaan") == "reviewed" {
		return p.T("emergency.reviewed_done")
	}
	return ""
}

// standing is how an opening stands: it runs, it waits for review, or what was thought of it.
func (p *emergencyPage) standing(line *desk.EmergencyLine) (style, words string) {
	switch {
	case line.Runs:
		return "late", p.T("emergency.runs", p.when(line.Until))
	case line.ReviewedAt.IsZero():
		return "open", p.T("emergency.waits")
	case line.Right:
		return "plain", p.T("emergency.right")
	}
	return "soon", p.T("emergency.wrong")
}

// reviewedBy says who looked at an opening, and when.
func (p *emergencyPage) reviewedBy(line *desk.EmergencyLine) string {
	if line.ReviewedAt.IsZero() {
		return ""
	}
	return p.T("emergency.reviewed_by", line.Reviewer, p.longMoment(line.ReviewedAt))
}
