// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// rostered is a desk with a roster; nobody empties it.
type rostered struct {
	*deskFake
	nobody bool
	empty  bool
}

func (r *rostered) Roster(context.Context, loket.Actor) (*desk.RosterView, error) {
	v := &desk.RosterView{Now: r.now, Opens: r.now.Add(time.Hour), Notes: 2, Roles: []protocol.Option{{ID: "officer", Label: say("functionaris")}}}
	if r.empty {
		v.Roles = nil
		return v, nil
	}
	if !r.nobody {
		v.OnDuty = []desk.OnDuty{{Role: "officer", Person: fakePeople[0], Deputy: fakePeople[2], Until: r.now.Add(2 * time.Hour), Phone: "06 00 00 00 00"}}
	}
	return v, nil
}

func (r *rostered) DutyNow(ctx context.Context, a loket.Actor) (*desk.RosterView, error) {
	return r.Roster(ctx, a)
}

func (r *rostered) NewCalendar(context.Context, loket.Actor) (string, error) {
	return "https://loket.example.org/agenda/geheim", nil
}

func (r *rostered) Calendar(_ context.Context, _, token string) ([]byte, error) {
	if token != "geheim" {
		return nil, loket.Refuse(loket.NotFound, "", "")
	}
	return []byte("BEGIN:VCALENDAR\r\n"), nil
}

func newRostered(t *testing.T) (*deskRig, *rostered) {
	t.Helper()
	fake := &rostered{}
	r := newDeskRig(t, func(o *Options) {
		fake.deskFake = o.Service.(*deskFake)
		o.Service = fake
	})
	return r, fake
}

// Issue "The region works" item 9: who has duty and how to reach them, also beside the
// worklist; that nobody has duty is said, not left out.
func TestRosterPages(t *testing.T) {
	t.Parallel()
	r, fake := newRostered(t)
	wants(t, r.get("/dienst").body, "Functionaris", "Samira Proef", `href="tel:0600000000"`, "vervanger Bram Nepnaam", "met 2 notities voor de overdracht", "Het loket is dicht")
	wants(t, r.get("/werklijst").body, "Wie heeft dienst?", "Samira Proef", "06 00 00 00 00")
	fake.nobody = true
	wants(t, r.get("/dienst").body, "Niemand heeft nu dienst", "blijft op de werklijst staan")
	wants(t, r.get("/werklijst").body, "Niemand heeft nu dienst", "wacht op de werklijst")
	fake.empty = true // who fills the roster is told to do it, not that the administrator does
	if page := r.get("/dienst").body; !strings.Contains(page, "Vul het in bij") || strings.Contains(page, "De beheerder vult") {
		t.Error("an empty roster sends its own administrator away")
	}
	if got := newDeskRig(t).get("/dienst"); got.status != http.StatusNotFound {
		t.Errorf("a desk without a roster answers %d", got.status)
	}
}

// A calendar address is shown once; it opens a calendar without login, and a wrong one nothing.
func TestCalendarAddress(t *testing.T) {
	t.Parallel()
	r, _ := newRostered(t)
	if got := r.post("/dienst/agenda", nil); got.status != http.StatusOK || !strings.Contains(got.body, "/agenda/geheim") {
		t.Errorf("status %d", got.status)
	}
	lacks(t, r.get("/dienst").body, "geheim<")
	if got := r.get("/agenda/geheim"); got.status != http.StatusOK || !strings.HasPrefix(got.header.Get("Content-Type"), "text/calendar") {
		t.Errorf("status %d, %s", got.status, got.header.Get("Content-Type"))
	}
	if got := r.get("/agenda/anders"); got.status != http.StatusNotFound {
		t.Errorf("a wrong secret answers %d", got.status)
	}
}

// An organisation's short name follows from its name; pages of the installation belong to no
// desk and show no way in.
func TestFoundingPage(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"Gemeente Noord aan Zee": "gemeente-noord-aan-zee", "  Oefenstad! ": "oefenstad", "’t": "t", strings.Repeat("ab ", 40): strings.TrimRight(strings.Repeat("ab-", 14)[:40], "-")} {
		if got := shortName(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
	if got := newDeskRig(t).get("/nieuw-loket"); got.status != http.StatusNotFound {
		t.Errorf("without a founder it answers %d", got.status)
	}
}
