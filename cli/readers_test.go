// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/visitor"
)

// block is a report with a block of personal data, meant for the chosen recipients.
func block(recipients ...string) url.Values {
	return url.Values{
		"organisation": {"Foxtrot"}, "examples": {"serious_injury"}, "incident_date": {"2026-03-27"}, "incident_time": {"20:00"},
		"municipality_actual": {"raalte"}, "municipality_responsible": {"raalte"}, "description": {"Een jeugdige viel."},
		"personal_needed": {"yes"}, "personal_purpose": {"het gezin kunnen bellen"}, "personal_recipients": recipients,
		"personal_data": {"Mila Verzonnen"}, "special_data": {"Zij is astmatisch"},
	}
}

// regionPeople are one person for each role; those of a municipality are of Raalte, but one.
func regionPeople(t *testing.T) *twoDesks {
	t.Helper()
	p, err := readProtocol("ijsselland")
	if err != nil {
		t.Fatal(err)
	}
	people := sitePeople(p)
	for i := range people {
		if p.Role(people[i].Roles[0]).Cases.Limited() {
			people[i].Organisation = "Raalte"
		}
	}
	return openDesks(t, p, append(people, desk.Person{ID: "p-elsewhere", Name: "Toegang elders", Roles: []string{"access_lead"}, Organisation: "Ommen"}), false, "")
}

// opens ticks fields on the page of a case, as far as somebody gets, and sends them anyway.
func (s *twoDesks) opens(b *visitor.Browser, id loket.CaseID, fields ...string) visitor.Page {
	s.t.Helper()
	page := s.must(b.Get("/zaak/" + string(id)))
	values := url.Values{}
	for _, f := range page.Forms() {
		if strings.HasSuffix(f.Action, "/openen") {
			values = f.Values()
		}
	}
	values["veld"], values["tekst_doel"] = fields, []string{"het gezin bellen"}
	return s.must(b.Post("/zaak/"+string(id)+"/openen", values))
}

// R-I-56, R-I-57, R-I-58: a block of personal data is read by the roles that were chosen for
// it and by nobody else, whatever level they may open; over HTTP a role that is not on the
// list gets neither the data nor a box to tick. Every opening has a purpose and is in the log.
func TestBlockIsForItsRecipients(t *testing.T) {
	t.Parallel()
	s := regionPeople(t)
	secret := func(p visitor.Page) bool {
		return strings.Contains(p.Body, "Verzonnen") || strings.Contains(p.Body, "astmatisch")
	}
	boxes := func(p visitor.Page) bool {
		return strings.Contains(p.Body, `name="veld" value="personal_data" form="f-openen"`) || strings.Contains(p.Body, `name="veld" value="special_data" form="f-openen"`)
	}
	for _, c := range []struct {
		to     []string
		reads  []string
		denied []string
	}{
		{[]string{"access"}, []string{"access_lead"}, []string{"contract_manager", "regional_manager", "municipal_manager", "rsj_comms_adviser"}},
		{[]string{"region"}, []string{"contract_manager"}, []string{"access_lead", "regional_manager"}},
		{[]string{"access", "region"}, []string{"access_lead", "contract_manager"}, []string{"regional_manager"}}, // control: the same roles, both chosen
	} {
		r, err := s.desk.SendReport(t.Context(), loket.Actor{}, desk.ReportForm{Tenant: north, Form: "report", Posted: block(c.to...)})
		if err != nil {
			t.Fatal(err)
		}
		for _, role := range c.reads {
			b := s.as(role, north)
			if page := s.must(b.Get("/zaak/" + string(r.Case))); !boxes(page) || secret(page) {
				t.Errorf("control: for %v: %s has no box to tick, or reads without one", c.to, role)
			}
			page := s.opens(b, r.Case, "personal_data", "special_data")
			if page.Status != http.StatusOK || !strings.Contains(page.Body, "Mila Verzonnen") || !strings.Contains(page.Body, "astmatisch") {
				t.Errorf("for %v: %s does not read it: %d", c.to, role, page.Status)
			}
		}
		for _, role := range c.denied {
			b := s.as(role, north)
			page := s.must(b.Get("/zaak/" + string(r.Case)))
			if page.Status != http.StatusOK || secret(page) || boxes(page) {
				t.Errorf("for %v: the page of %s shows it or a box for it: %d", c.to, role, page.Status)
			}
			for _, fields := range [][]string{{"personal_data"}, {"special_data"}, {"contact_name", "personal_data"}} {
				if page := s.opens(b, r.Case, fields...); page.Status == http.StatusOK || secret(page) {
					t.Errorf("for %v: %s opens %v: %d", c.to, role, fields, page.Status)
				}
			}
		}
		if page := s.opens(s.person("p-elsewhere", north), r.Case, "personal_data"); page.Status != http.StatusNotFound || secret(page) {
			t.Errorf("for %v: the access of another municipality: %d", c.to, page.Status)
		}
		if got := s.openings(r.Case); len(got) != len(c.reads) {
			t.Errorf("for %v: openings in the log by %v, want %v", c.to, got, c.reads)
		}
	}
}

// R-I-58: nobody puts the own role on the list of others.
func TestNobodyWidensTheRecipients(t *testing.T) {
	t.Parallel()
	s := regionPeople(t)
	r, err := s.desk.SendReport(t.Context(), loket.Actor{}, desk.ReportForm{Tenant: north, Form: "report", Posted: block("access")})
	if err != nil {
		t.Fatal(err)
	}
	who := func(role string) loket.Actor {
		return loket.Actor{ID: "p-" + role, Role: role, Roles: []string{role}, Tenant: north, Organisation: "Raalte"}
	}
	widen := desk.FormChange{Form: "report", Posted: block("access", "region")}
	if _, err := s.desk.SendForm(t.Context(), who("contract_manager"), r.Case, widen); loket.ErrorCode(err) != loket.Forbidden {
		t.Errorf("the contract manager widens the list: %v", err)
	}
	if _, err := s.desk.Open(t.Context(), who("contract_manager"), r.Case, []string{"personal_data"}, "nieuwsgierig"); loket.ErrorCode(err) != loket.Forbidden {
		t.Errorf("and reads: %v", err)
	}
	if _, err := s.desk.SendForm(t.Context(), who("access_lead"), r.Case, widen); err != nil {
		t.Errorf("control: who is on the list cannot add somebody: %v", err)
	}
	if _, err := s.desk.Open(t.Context(), who("contract_manager"), r.Case, []string{"personal_data"}, "het gezin bellen"); err != nil {
		t.Errorf("control: who was added does not read: %v", err)
	}
}

// openings are who opened sealed facts of a case, by the log.
func (s *twoDesks) openings(id loket.CaseID) (by []string) {
	s.t.Helper()
	err := s.store.Read(s.t.Context(), func(tx desk.Tx) error {
		entries, err := tx.LedgerOf(s.t.Context(), id)
		for _, e := range entries {
			if e.Action == (loket.FieldsOpened{}).Type() && e.Outcome == "done" {
				by = append(by, e.Actor)
			}
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	slices.Sort(by)
	return by
}
