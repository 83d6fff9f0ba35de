// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/visitor"
)

// foldLink opens a form that the page keeps folded.
var foldLink = regexp.MustCompile(`/zaak/[a-z0-9]+\?toon=[a-z0-9_-]+`)

// offers are the forms of a case page that change the case, one for each address that they
// are sent to.
func (s *twoDesks) offers(b *visitor.Browser, id loket.CaseID) map[string]url.Values {
	s.t.Helper()
	at := "/zaak/" + string(id)
	out := map[string]url.Values{}
	page := s.must(b.Get(at))
	for _, fold := range append([]string{at}, foldLink.FindAllString(page.Body, -1)...) {
		for _, f := range s.must(b.Get(fold)).Forms() {
			if what, on := strings.CutPrefix(f.Action, at+"/"); on && f.Method == http.MethodPost {
				out[what] = f.Values()
			}
		}
	}
	return out
}

// S01: what the page of a case offers to a role is never refused to it because of who it is,
// for each role of both protocols. Control: an auditor who sends what the page does not offer
// is refused.
func TestPagesOfferWhatMayBeDone(t *testing.T) {
	t.Parallel()
	reports := map[string]url.Values{"ijsselland": block("access", "region"), "rotterdam": complete()}
	for name, answers := range reports {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := offering(t, name)
			r, err := s.desk.SendReport(t.Context(), loket.Actor{}, desk.ReportForm{Tenant: north, Form: "report", Posted: answers})
			if err != nil {
				t.Fatal(err)
			}
			offered := map[string]int{}
			for _, role := range s.told.Roles {
				b := s.as(role.ID, north)
				for what, values := range s.offers(b, r.Case) {
					page := s.must(b.Post("/zaak/"+string(r.Case)+"/"+what, values))
					if offered[what]++; page.Status == http.StatusNotFound || page.Status == http.StatusForbidden {
						t.Errorf("%s is offered %q, and refused: %d", role.ID, what, page.Status)
					}
				}
			}
			for _, what := range []string{"stap", "notitie", "besluit", "beeindigen"} {
				if offered[what] == 0 {
					t.Errorf("no role is offered %q", what)
				}
			}
			values := s.offers(s.as(roleWith(s.told, "record", "decide"), north), r.Case)["notitie"]
			if page := s.must(s.as("auditor", north).Post("/zaak/"+string(r.Case)+"/notitie", values)); page.Status != http.StatusNotFound {
				t.Errorf("control: an auditor sends a note: %d", page.Status)
			}
		})
	}
}

// offering is a desk with one person for each role; those of a municipality are of Raalte.
func offering(t *testing.T, name string) *twoDesks {
	t.Helper()
	if name == "ijsselland" {
		return regionPeople(t)
	}
	p, err := readProtocol(name)
	if err != nil {
		t.Fatal(err)
	}
	return openDesks(t, p, sitePeople(p), false, "")
}
