// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/locale"
)

// Machines is what the page about keys of machines asks of the desk.
type Machines interface {
	Machines(ctx context.Context, by loket.Actor) ([]desk.Machine, error)
	MakeMachine(ctx context.Context, by loket.Actor, wish desk.Machine) (made desk.Machine, token string, err error)
	EndMachine(ctx context.Context, by loket.Actor, id string) error
}

const machinesPath = "/koppelingen"

// machineKept is how long a key lives when nobody says otherwise: it is asked for as a day.
const machineKept = 365

// machinesPage lists the keys of machines, with the form to give one.
type machinesPage struct {
	*reader
	keys    []desk.Machine
	values  map[string]string
	scopes  []string
	refused string
	made    *desk.Machine
	token   string // shown once
}

// showMachines answers GET /koppelingen.
func showMachines(v *visit) error {
	page, err := v.machinesPage()
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, v.T("machine.title"), page.page())
}

func (v *visit) machinesPage() (*machinesPage, error) {
	service, ok := v.service.(Machines)
	if !ok {
		return nil, errUnknownPage()
	}
	keys, err := service.Machines(v.r.Context(), v.actor)
	v.nav = booksPath
	until := v.local(v.now).AddDate(0, 0, machineKept).Format(time.DateOnly)
	return &machinesPage{reader: v.reader, keys: keys, values: map[string]string{"tot": until}, scopes: []string{desk.ScopeReport}}, err
}

// makeMachine answers POST /koppelingen. The key is on this page only, so the answer is no
// redirect; sending it again makes another key.
func makeMachine(v *visit) error {
	page, err := v.machinesPage()
	if err != nil {
		return err
	}
	if err := v.form(); err != nil {
		return err
	}
	for _, name := range []string{"naam", "organisatie", "tot"} {
		page.values[name] = v.text(name)
	}
	page.scopes = v.r.PostForm["opent"]
	day, _ := time.ParseInLocation(time.DateOnly, page.values["tot"], v.zone()) // a day that cannot be read is the zero moment, which is over
	made, token, err := v.service.(Machines).MakeMachine(v.r.Context(), v.actor,
		desk.Machine{Title: page.values["naam"], Organisation: page.values["organisatie"], Scopes: page.scopes, Expires: day})
	if said, ok := errors.AsType[*loket.Error](err); ok && said.Code == loket.Invalid {
		page.refused, v.focus = v.P(said.Message), true
		return v.show(http.StatusUnprocessableEntity, v.T("form.fault_title", v.T("machine.title")), page.page())
	}
	if err != nil {
		return err
	}
	if page, err = v.machinesPage(); err != nil {
		return err
	}
	page.made, page.token, v.focus = &made, token, true
	return v.show(http.StatusOK, v.T("machine.title"), page.page())
}

// endMachine answers POST /koppelingen/intrekken.
func endMachine(v *visit) error {
	service, ok := v.service.(Machines)
	if !ok {
		return errUnknownPage()
	}
	if err := v.form(); err != nil {
		return err
	}
	if err := service.EndMachine(v.r.Context(), v.actor, v.text("sleutel")); err != nil {
		return err
	}
	return v.to(machinesPath)
}

// opens says what a key opens.
func (p *machinesPage) opens(m desk.Machine) string {
	words := make([]string, len(m.Scopes))
	for i, scope := range m.Scopes {
		words[i] = p.T("machine.scope." + scope)
	}
	return sentence("; ", words...)
}

// state says whether a key still opens anything, and until when.
func (p *machinesPage) state(m desk.Machine) string {
	switch {
	case !m.Ended.IsZero():
		return p.T("machine.ended", p.when(m.Ended))
	case !m.Good(p.now):
		return p.T("machine.over", locale.Day(p.lang, m.Expires, p.zone()))
	}
	return p.T("machine.until", locale.Day(p.lang, m.Expires, p.zone()))
}

func (p *machinesPage) use(m desk.Machine) string {
	if m.Used.IsZero() {
		return p.T("machine.never")
	}
	return p.T("machine.used", p.when(m.Used))
}

func (p *machinesPage) has(scope string) bool { return slices.Contains(p.scopes, scope) }
