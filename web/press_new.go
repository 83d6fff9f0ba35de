// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/url"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// questionPage is the short form of the press room: what one asks of a journalist on the
// telephone, within a minute. The rest is filled in on the case.
type questionPage struct {
	*reader
	*formView
	kind    *protocol.Kind
	whole   *protocol.Form // the long form, for who wants it
	key     string
	channel string
	refused string
}

// showQuestion answers GET /pers/nieuw/{kind}.
func showQuestion(v *visit) error {
	p, err := loadQuestion(v)
	if err != nil {
		return err
	}
	p.fillWith(url.Values{}, checkNothing)
	return p.answer(http.StatusOK)
}

// sendQuestion answers POST /pers/nieuw/{kind}: the same sending as that of the long form.
func sendQuestion(v *visit) error {
	err := v.form()
	if v.r.PostForm == nil {
		return err
	}
	p, again := loadQuestion(v)
	if again != nil {
		return again
	}
	if p.key, p.channel = v.text(keyName), v.text("kanaal"); !oneOf(p.channel, takenChannels) {
		p.channel = takenChannels[0]
	}
	if err == nil {
		var receipt desk.Receipt
		receipt, err = v.service.SendReport(v.r.Context(), v.actor, desk.ReportForm{Key: v.formKey(), Tenant: v.desk.ID, Form: p.whole.ID, Channel: p.channel, Posted: v.r.PostForm})
		if err == nil {
			return v.to(pressPath + "?gedaan=nieuw#" + cardID(receipt.Case))
		}
	}
	refused := refusal(err)
	if refused == nil {
		return err
	}
	p.fillWith(v.r.PostForm, checkAll)
	if len(p.Order) == 0 {
		p.refused = v.P(refused.Message)
	}
	v.focus = true
	return p.answer(statuses[loket.Invalid].status)
}

// loadQuestion finds the short form of a kind, for a reader who may open such a case.
func loadQuestion(v *visit) (*questionPage, error) {
	if _, err := v.press(); err != nil {
		return nil, err
	}
	p := &questionPage{reader: v.reader, formView: &formView{}, kind: v.protocol.Kind(v.r.PathValue("kind")), key: v.rand.ID(), channel: takenChannels[0]}
	if p.kind == nil || !v.roleMay("report") {
		return nil, errUnknownPage()
	}
	if p.Form = v.protocol.ShortForm(p.kind.ID); p.Form == nil || len(p.Form.By) > 0 && !v.actor.Has(p.Form.By...) {
		return nil, errUnknownPage()
	}
	p.whole = v.protocol.Form(p.Form.ID)
	return p, nil
}

func (p *questionPage) fillWith(values url.Values, check checking) {
	p.formView = p.fill(p.Form, values, nil, check)
	p.addLooks(p.formView)
}

func (p *questionPage) answer(status int) error {
	return p.show(status, p.T("press.new", p.P(p.kind.Title)), p.page())
}
