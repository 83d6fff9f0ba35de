// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"net/http"

	"example.org/loket"
	"example.org/loket/desk"
)

// Roster is what the pages of duty ask of the desk.
type Roster interface {
	Roster(ctx context.Context, by loket.Actor) (*desk.RosterView, error)
	// DutyNow is the same in short, to stand beside another page.
	DutyNow(ctx context.Context, by loket.Actor) (*desk.RosterView, error)
	// NewCalendar gives a secret address of the reader's own shifts; it is shown once.
	NewCalendar(ctx context.Context, by loket.Actor) (address string, err error)
	// Calendar gives the shifts of whoever holds the secret, as iCalendar.
	Calendar(ctx context.Context, tenant, token string) ([]byte, error)
}

const rosterPath = "/dienst"

// firstShifts is how many shifts of the reader are seen at once; the rest is folded.
const firstShifts = 8

// rosterPage says who has duty now and how to reach them.
type rosterPage struct {
	*reader
	*desk.RosterView
	address string // of a calendar that was just made; empty otherwise
}

// showRoster answers GET /dienst.
func showRoster(v *visit) error { return v.rosterPage("") }

// makeCalendar answers POST /dienst/agenda. The address is on this page only: it is stored
// nowhere, so the answer is no redirect.
func makeCalendar(v *visit) error {
	roster, ok := v.service.(Roster)
	if !ok {
		return errUnknownPage()
	}
	address, err := roster.NewCalendar(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	return v.rosterPage(address)
}

func (v *visit) rosterPage(address string) error {
	roster, ok := v.service.(Roster)
	if !ok {
		return errUnknownPage()
	}
	view, err := roster.Roster(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	v.nav = rosterPath
	return v.show(http.StatusOK, v.T("duty.title"), (&rosterPage{reader: v.reader, RosterView: view, address: address}).page())
}

// sendCalendar answers GET /agenda/{token}: who holds the secret reads the file.
func sendCalendar(v *visit) error {
	roster, ok := v.service.(Roster)
	if !ok {
		return errUnknownPage()
	}
	file, err := roster.Calendar(v.r.Context(), v.tenant, v.r.PathValue("token"))
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	_, err = v.w.Write(file)
	return err
}

// now is who has duty in a role.
func (p *rosterPage) now(role string) []desk.OnDuty {
	var out []desk.OnDuty
	for _, on := range p.OnDuty {
		if on.Role == role {
			out = append(out, on)
		}
	}
	return out
}

// role names a role.
func (p *rosterPage) role(id string) string {
	if r := p.protocol.Role(id); r != nil {
		return p.P(r.Title)
	}
	return id
}

// until is when a shift ends, in words.
func (p *rosterPage) until(on desk.OnDuty) string {
	if on.Until.IsZero() {
		return ""
	}
	return p.T("duty.until", p.when(on.Until))
}

// emptyWords says who fills an empty roster: the reader, where that is the reader's work.
func (p *rosterPage) emptyWords() string {
	if p.roleMay("configure") {
		return p.T("duty.empty_fill")
	}
	return p.T("duty.empty")
}

// standing says whether the desk is open, and until when or from when.
func (p *rosterPage) standing() string {
	if p.DeskOpen {
		return p.T("duty.open", p.when(p.Closes))
	}
	return p.T("duty.closed", p.when(p.Opens))
}

// dutyNow is who has duty now, for the side of another page; nil when nothing is known.
func (v *reader) dutyNow() *rosterPage {
	roster, ok := v.service.(Roster)
	if !ok {
		return nil
	}
	view, err := roster.DutyNow(v.r.Context(), v.actor)
	if err != nil || len(view.Roles) == 0 {
		return nil
	}
	return &rosterPage{reader: v, RosterView: view}
}
