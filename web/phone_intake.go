// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/url"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// intakePage is a report form filled in at the desk: for somebody on the phone, from a
// mail, or on the desk's own initiative. It is the same form that reporters see.
type intakePage struct {
	*reader
	*formView
	key     string
	channel string
	own     bool // the desk's own form, not taken down for somebody else
	refused string
	receipt *desk.Receipt
}

// Channels of a report that comes in at the desk; the first is where the form starts.
var (
	takenChannels = []string{"phone", "mail"}
	ownChannels   = []string{"own_initiative", "signal", "phone"}
)

// showIntake answers GET /nieuw/{form}.
func showIntake(v *visit) error {
	p, err := loadIntake(v)
	if err != nil {
		return err
	}
	p.fillWith(url.Values{}, checkNothing)
	return p.answer(http.StatusOK)
}

// sendIntake answers POST /nieuw/{form}.
func sendIntake(v *visit) error {
	err := v.form()
	if v.r.PostForm == nil {
		return err
	}
	p, again := loadIntake(v)
	if again != nil {
		return again
	}
	p.key, p.channel = v.text(keyName), v.text("kanaal")
	if v.text("doe") == "bijwerken" {
		p.fillWith(v.r.PostForm, checkTyped)
		return p.answer(http.StatusOK)
	}
	if !oneOf(p.channel, p.channels()) {
		p.channel = p.channels()[0]
	}
	if err == nil {
		err = p.send()
	}
	if err != nil {
		return p.back(err)
	}
	return p.show(http.StatusOK, p.T("phone.received"), p.received())
}

// intakeState answers POST /nieuw/{form}/vragen, for the script of the page. It stores nothing.
func intakeState(v *visit) error {
	if err := v.form(); v.r.PostForm == nil {
		return err
	}
	p, err := loadIntake(v)
	if err != nil {
		return err
	}
	p.fillWith(v.r.PostForm, checkTyped)
	state, err := v.state(p.formView)
	if err != nil {
		return err
	}
	return v.answerJSON(state)
}

func (p *intakePage) send() error {
	arrived, err := p.postedMoment(arrivedName)
	if err != nil {
		return err
	}
	receipt, err := p.service.SendReport(p.r.Context(), p.actor, desk.ReportForm{
		Key: p.formKey(), Tenant: p.desk.ID, Form: p.Form.ID, Channel: p.channel, Posted: p.r.PostForm, Arrived: arrived,
	})
	p.receipt = &receipt
	return err
}

// arrivedName begins the names of the boxes that ask when a mail came in (D-29).
const arrivedName = "binnen"

// loadIntake finds the form among those that this reader may open a case with.
func loadIntake(v *visit) (*intakePage, error) {
	own, taken := v.intakeForms()
	find := func(forms []*protocol.Form) *protocol.Form {
		for _, form := range forms {
			if form.ID == v.r.PathValue("form") {
				return form
			}
		}
		return nil
	}
	p := &intakePage{reader: v.reader, formView: &formView{}, key: v.rand.ID()}
	if p.Form = find(own); p.Form != nil {
		p.own = true
	} else if p.Form = find(taken); p.Form == nil {
		return nil, errUnknownPage()
	}
	p.channel = p.channels()[0]
	return p, nil
}

func (p *intakePage) channels() []string {
	if p.own {
		return ownChannels
	}
	return takenChannels
}

func (p *intakePage) fillWith(values url.Values, check checking) {
	p.formView = p.fill(p.Form, values, nil, check)
	p.addLooks(p.formView)
}

// back shows the form again with everything that was typed.
func (p *intakePage) back(err error) error {
	refused := refusal(err)
	if refused == nil {
		return err
	}
	p.fillWith(p.r.PostForm, checkAll)
	if len(p.Order) == 0 {
		p.refused = p.P(refused.Message)
	}
	p.focus = true
	return p.answer(statuses[loket.Invalid].status)
}

func (p *intakePage) answer(status int) error {
	p.nav = "/werklijst"
	return p.show(status, p.P(p.Form.Title), p.page())
}
