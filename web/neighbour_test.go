// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"net/url"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// D-60, DT-17: the case page says what is known of the case elsewhere and what may be
// agreed; each form becomes one act. Control: who may not record sees no form.
func TestNeighboursOnTheCasePage(t *testing.T) {
	r := newDeskRig(t)
	r.fake.view.NeighbourDesks = []desk.Tenant{{ID: "streek", Name: "Streek Voorbeeld"}}
	r.fake.view.Neighbours = []desk.NeighbourView{{
		Link: "b1", State: "accepted", Tenant: "streek", Desk: "Streek Voorbeeld", Number: "2026-0007", Kind: protocol.Text{NL: "melding"},
		Received: time.Date(2026, 10, 2, 7, 30, 0, 0, time.UTC), Status: "open", Offered: "Streek Voorbeeld", AskedOfUs: true, OfferBasis: "residence",
		Shares: []desk.ShareView{{Place: 0, Title: protocol.Text{NL: "Bericht"}}},
	}}
	page := r.get("/zaak/zaak1").body
	wants(t, page, "Streek Voorbeeld", "2026-0007", "loopt", "Nog niet vastgelegd wie coördineert", "Daar zijn wij het mee eens", "/zaak/zaak1/gedeeld/b1/0", "Lees: Bericht")
	for name, c := range map[string]struct {
		posted url.Values
		want   loket.Neighboured
	}{
		"ask":   {url.Values{"wat": {"proposed"}, "organisatie": {"streek"}, "tekst_verwijzing": {" Gemeld op vrijdag "}}, loket.Neighboured{What: "proposed", Tenant: "streek", Reference: "Gemeld op vrijdag"}},
		"offer": {url.Values{"wat": {"offered"}, "koppeling": {"b1"}, "wie": {"streek"}, "grond": {"place"}}, loket.Neighboured{Link: "b1", What: "offered", Coordinator: "streek", Basis: "place"}},
		"agree": {url.Values{"wat": {"taken"}, "koppeling": {"b1"}}, loket.Neighboured{Link: "b1", What: "taken"}},
		"share": {url.Values{"wat": {"shared"}, "koppeling": {"b1"}, "tekst": {"dat||2"}}, loket.Neighboured{Link: "b1", What: "shared", Product: "dat", Version: 2}},
	} {
		r.fake.wanted = nil
		got := r.post("/zaak/zaak1/andere-organisatie", c.posted)
		if len(r.fake.wanted) != 1 || r.fake.wanted[0].Want != c.want {
			t.Errorf("%s: %d, wanted %+v", name, got.status, r.fake.wanted)
		}
	}
	r.fake.view.May = map[string]bool{"work": true}
	lacks(t, r.get("/zaak/zaak1").body, "Daar zijn wij het mee eens", "heeft hier ook een zaak van")
}

// askedDesk is a desk that was asked something by other organisations.
type askedDesk struct {
	*deskFake
	Neighbours
	dealings desk.NeighbourDealings
}

func (d *askedDesk) Tenants(context.Context) ([]desk.Tenant, error) {
	return []desk.Tenant{{ID: "hier"}, {ID: "streek"}}, nil
}

func (d *askedDesk) NeighbourDealings(context.Context, loket.Actor) (desk.NeighbourDealings, error) {
	return d.dealings, nil
}

// D-12, D-60: a question of another organisation shows beside the worklist, with the way to
// it. Control: when nothing waits it does not stand there.
func TestNeighboursBesideTheWorklist(t *testing.T) {
	var asked *askedDesk
	r := newDeskRig(t, func(o *Options) {
		asked = &askedDesk{deskFake: o.Service.(*deskFake)}
		o.Service = asked
	})
	lacks(t, r.get("/werklijst").body, "wacht op antwoord van uw loket")
	asked.dealings.Waiting = []desk.NeighbourDealing{{NeighbourView: desk.NeighbourView{Link: "b0", Ours: true}}}
	lacks(t, r.get("/werklijst").body, "wacht op antwoord van uw loket")
	asked.dealings.Asked = []desk.NeighbourDealing{{NeighbourView: desk.NeighbourView{Link: "b1", Desk: "Streek Voorbeeld", Number: "2026-0007"}}}
	page := r.get("/werklijst").body
	wants(t, page, "1 vraag wacht op antwoord van uw loket", `id="nu-buren"`)
	lacks(t, page, "2026-0007")
}

// D-60, DT-17: one page lists what is asked of this desk, what it asked, and what became of
// both, each with who must act. Control: who is asked nothing and asked nothing reads that.
func TestDealingsWithOtherOrganisations(t *testing.T) {
	var asked *askedDesk
	r := newDeskRig(t, func(o *Options) {
		asked = &askedDesk{deskFake: o.Service.(*deskFake)}
		o.Service = asked
	})
	wants(t, r.get(neighboursPath).body, "Er wacht geen vraag op antwoord van uw loket.", "U wacht nergens op.", "Er is nog niets afgesproken.")
	with := func(n desk.NeighbourView) desk.NeighbourDealing {
		n.Tenant, n.Desk, n.Status = "streek", "Streek Voorbeeld", "open"
		return desk.NeighbourDealing{NeighbourView: n, Case: "zaak1", OurNumber: "2026-0001"}
	}
	asked.dealings = desk.NeighbourDealings{
		Asked: []desk.NeighbourDealing{
			{NeighbourView: desk.NeighbourView{Link: "b1", State: "proposed", Desk: "Streek Voorbeeld", Number: "2026-0007", Status: "open"}},
			with(desk.NeighbourView{Link: "b2", State: "accepted", Offered: "Dit loket", AskedOfUs: true, OfferBasis: "place"}),
		},
		Waiting: []desk.NeighbourDealing{
			with(desk.NeighbourView{Link: "b3", State: "proposed", Ours: true}),
			with(desk.NeighbourView{Link: "b4", State: "accepted", Offered: "Streek Voorbeeld", OfferBasis: "residence"}),
		},
		Settled: []desk.NeighbourDealing{
			with(desk.NeighbourView{Link: "b5", State: "accepted", Answer: "refused", AnsweredAt: time.Date(2026, 10, 2, 7, 30, 0, 0, time.UTC)}),
			with(desk.NeighbourView{Link: "b6", State: "declined", Answer: "declined"}),
			with(desk.NeighbourView{Link: "b7", State: "undone", Answer: "undone", AnswerOurs: true}),
			with(desk.NeighbourView{Link: "b8", State: "accepted", Coordinator: "Streek Voorbeeld", Basis: "residence", Answer: "taken"}),
		},
	}
	page := r.get(neighboursPath).body
	wants(t, page, `name="antwoord" value="ja"`, "Uw loket antwoordt.", "Antwoord bij uw zaak 2026-0001", "/zaak/zaak1#andere-organisaties",
		"Streek Voorbeeld antwoordt.", "Streek Voorbeeld ging niet akkoord. Uw voorstel was: Streek Voorbeeld coördineert.",
		"Streek Voorbeeld heeft er geen zaak van.", "U maakte de koppeling met Streek Voorbeeld los.", "Streek Voorbeeld coördineert: de persoon valt er formeel onder")
	lacks(t, page, "U wacht nergens op.")
}
