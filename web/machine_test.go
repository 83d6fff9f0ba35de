// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// machineDesk gives keys, and refuses one without a name.
type machineDesk struct {
	*deskFake
	keys []desk.Machine
}

const fakeToken = "loket_abcdefghij_geheim"

func (m *machineDesk) Machines(context.Context, loket.Actor) ([]desk.Machine, error) {
	return m.keys, nil
}

func (m *machineDesk) MakeMachine(_ context.Context, _ loket.Actor, wish desk.Machine) (desk.Machine, string, error) {
	if wish.Title == "" || !wish.Expires.After(m.now) {
		return wish, "", loket.Refuse(loket.Invalid, "Geef een naam en een dag.", "Give a name and a day.")
	}
	wish.ID, wish.Made = "abcdefghij", m.now
	m.keys = append(m.keys, wish)
	return wish, fakeToken, nil
}

func (m *machineDesk) EndMachine(_ context.Context, _ loket.Actor, id string) error {
	for i := range m.keys {
		if m.keys[i].ID == id {
			m.keys[i].Ended = m.now
			return nil
		}
	}
	return loket.Refuse(loket.NotFound, "", "")
}

// A key is shown on the page that made it and never again; what was typed survives a refusal;
// a revoked key says so and cannot be revoked again.
func TestMachines(t *testing.T) {
	t.Parallel()
	service := &machineDesk{}
	r := newDeskRig(t, func(o *Options) {
		service.deskFake = o.Service.(*deskFake)
		o.Service = service
	})
	wants(t, r.get("/koppelingen").body, "Er zijn nog geen sleutels", `value="2027-03-29"`)
	refused := r.post("/koppelingen", url.Values{"naam": {""}, "organisatie": {"Alfa <b>"}, "tot": {"gisteren"}, "opent": {"register"}})
	if refused.status != http.StatusUnprocessableEntity {
		t.Errorf("status %d", refused.status)
	}
	wants(t, refused.body, "Geef een naam en een dag.", `value="Alfa &lt;b&gt;"`, `value="gisteren"`)
	made := r.post("/koppelingen", url.Values{"naam": {"Cliëntsysteem"}, "organisatie": {"Alfa"}, "tot": {"2026-12-31"}, "opent": {"report"}})
	wants(t, made.body, fakeToken, "Cliëntsysteem")
	if got := service.keys[0]; got.Organisation != "Alfa" || len(got.Scopes) != 1 || !got.Expires.Equal(time.Date(2026, 12, 30, 23, 0, 0, 0, time.UTC)) {
		t.Errorf("made %+v", got)
	}
	list := r.get("/koppelingen").body
	wants(t, list, "loket_abcdef…", "Voor Alfa", "nog niet gebruikt", "31 december 2026", `name="sleutel"`)
	lacks(t, list, "geheim", fakeToken)
	after := r.follow(r.post("/koppelingen/intrekken", url.Values{"sleutel": {"abcdefghij"}})).body
	wants(t, after, "ingetrokken op")
	if strings.Contains(after, `name="sleutel"`) || r.post("/koppelingen/intrekken", url.Values{"sleutel": {"x"}}).status != http.StatusNotFound {
		t.Error("a revoked key can be revoked again, or an unknown one")
	}
}
