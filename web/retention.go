// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/url"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// retentionPath is the page about keeping and erasing.
const retentionPath = "/bewaren"

// retentionRoutes are the pages about keeping and erasing.
func retentionRoutes() []route {
	return []route{
		{"GET /bewaren", loggedIn, showRetention},
		{"POST /bewaren/goedkeuren", loggedIn, approveErasure},
		{"GET /bewaren/certificaat/{certificate}", loggedIn, showCertificate},
		{"GET /bewaren/certificaat/{certificate}/tekst", loggedIn, sendCertificate},
		{"POST /zaak/{case}/loslaten", loggedIn, changeCase("lifted", "bewaren", to[loket.HoldLifted], readHoldLifted)},
		{"POST /zaak/{case}/niet-vernietigen", loggedIn, changeCase("kept", "bewaren", to[loket.DestructionRefused], readDestructionRefused)},
		{"POST /zaak/{case}/vasthouden", loggedIn, changeCase("held", "bewaren", to[loket.HoldPlaced], readHoldPlaced)},
		{"POST /zaak/{case}/vernietigen", loggedIn, changeCase("destruction", "bewaren", to[loket.DestructionProposed], readDestructionProposed)},
		{"POST /zaak/{case}/wissen", loggedIn, changeCase("erased", "bewaren", to[loket.FactsErased], readErased)},
	}
}

// retentionPage is the list of what is due, what is held and what was destroyed.
type retentionPage struct {
	*reader
	view    *desk.RetentionView
	key     string
	kept    url.Values // what was ticked when approving was refused
	refused *loket.Error
}

// showRetention answers GET /bewaren.
func showRetention(v *visit) error {
	p, err := v.retention()
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, v.T("retention.title"), p.page())
}

func (v *visit) retention() (*retentionPage, error) {
	view, err := v.service.Retention(v.r.Context(), v.actor)
	return &retentionPage{reader: v.reader, view: view, key: v.rand.ID()}, err
}

// approveErasure answers POST /bewaren/goedkeuren: a named person lets go what was ticked.
func approveErasure(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	certificate, err := v.service.ApproveErasure(v.r.Context(), v.actor, v.choices(), strings.TrimSpace(v.text("tekst_toelichting")), v.formKey())
	if err == nil {
		return v.to(certificatePath(certificate))
	}
	refused := refusal(err)
	if refused == nil {
		return err
	}
	p, err := v.retention()
	if err != nil {
		return err
	}
	p.kept, p.refused, p.focus, v.nav = v.r.PostForm, refused, true, retentionPath
	return v.show(statuses[refused.Code].status, v.T("retention.title"), p.page())
}

// choices are the ticked proposals: case and rule, parted by the first colon.
func (v *visit) choices() []desk.RetentionChoice {
	var out []desk.RetentionChoice
	for _, value := range v.r.PostForm["voorstel"] {
		if id, rule, ok := strings.Cut(value, ":"); ok {
			out = append(out, desk.RetentionChoice{Case: loket.CaseID(id), Rule: rule})
		}
	}
	return out
}

func choiceValue(item desk.RetentionItem) string { return string(item.Case) + ":" + item.Rule }

func (p *retentionPage) ticked(item desk.RetentionItem) bool {
	for _, value := range p.kept["voorstel"] {
		if value == choiceValue(item) {
			return true
		}
	}
	return false
}

// takes says what a rule takes from a case.
func (v *reader) takes(item desk.RetentionItem) string {
	if item.Whole {
		return v.T("retention.takes_all")
	}
	if len(item.Fields) > 0 {
		return locale.List(v.lang, v.labels(item.Fields))
	}
	words := make([]string, len(item.Levels))
	for i, level := range item.Levels {
		words[i] = string(level)
	}
	return v.T("retention.takes_levels", locale.List(v.lang, words))
}

// why says on which ground something goes: the rule and its source, or who proposed it.
func (p *retentionPage) why(item desk.RetentionItem) string {
	if item.Asked != "" {
		return p.T("retention.asked", p.P(item.Title), item.Asked)
	}
	return sentence(" · ", p.P(item.Title), item.Source.At)
}

// ruleLine says how long what is kept, and who lets it go.
func (p *retentionPage) ruleLine(rule protocol.Retention) string {
	then := "retention.then_propose"
	if rule.Then == "erase" {
		then = "retention.then_erase"
	}
	from := rule.From
	if f := p.protocol.Fact(rule.From); f != nil {
		from = p.P(f.Title)
	}
	return p.T(then, p.duration(rule.Keep), from)
}

func (v *reader) dayOf(item desk.RetentionItem) string {
	return locale.Day(v.lang, item.DueAt, v.zone())
}

// readHoldPlaced keeps a case from being erased.
func readHoldPlaced(v *visit) (loket.Payload, error) {
	return loket.HoldPlaced{Reason: strings.TrimSpace(v.text("tekst_reden"))}, nil
}

// readHoldLifted ends a hold.
func readHoldLifted(v *visit) (loket.Payload, error) {
	return loket.HoldLifted{Reason: strings.TrimSpace(v.text("tekst_reden"))}, nil
}

// readDestructionProposed asks to destroy the whole case; somebody else approves it.
func readDestructionProposed(v *visit) (loket.Payload, error) {
	return loket.DestructionProposed{Ground: v.text("grond"), Reason: strings.TrimSpace(v.text("tekst_reden"))}, nil
}

// readDestructionRefused lets the case stay.
func readDestructionRefused(v *visit) (loket.Payload, error) {
	return loket.DestructionRefused{Reason: strings.TrimSpace(v.text("tekst_reden"))}, nil
}

// readErased erases facts and typed words of a case, at once and for good (D-26, D-43).
func readErased(v *visit) (loket.Payload, error) {
	w := loket.FactsErased{Fields: v.r.PostForm["wis_feit"], Reason: strings.TrimSpace(v.text("tekst_reden"))}
	for _, value := range v.r.PostForm["wis_tekst"] {
		if seq := atoi(value); seq > 0 || seq == desk.AllTexts {
			w.Texts = append(w.Texts, seq)
		}
	}
	return w, nil
}
