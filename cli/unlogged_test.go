// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"net/http"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/visitor"
	"example.org/loket/web"
)

// S10, R15: when the log cannot be written, no address of a case gives or takes anything, for
// whoever may do the most: each answers with the telephone number and nothing of the case (503; 500 when a
// change could not be written), or that it is not there. Lists are shown, so that one can call about the right case. Control: with
// a log that can be written the page of the case is there, with its mark.
func TestNoCaseWithoutTheLog(t *testing.T) {
	t.Parallel()
	const mark = "Aanbieder013x"
	a := newAuditor(t)
	posted := complete()
	posted.Set("organisation", mark)
	r, err := a.desk.SendReport(t.Context(), loket.Actor{}, desk.ReportForm{Key: a.rand.ID(), Tenant: north, Form: "report", Posted: posted})
	if err != nil {
		t.Fatal(err)
	}
	role := roleWith(a.told, "work", "close", "record")
	ask := func(pattern string) visitor.Page {
		method, path := a.address(pattern, string(r.Case))
		body := ""
		if method == http.MethodPost {
			body = a.said().Encode()
		}
		return a.must(a.browsers[role].Once(method, path, body))
	}
	if page := ask("GET /zaak/{case}"); page.Status != http.StatusOK || !strings.Contains(page.Body, mark) {
		t.Fatalf("control: the page of the case is not there: %d", page.Status)
	}
	if _, err := a.db.Exec(`CREATE TRIGGER full BEFORE INSERT ON ledger BEGIN SELECT RAISE(FAIL, 'no space'); END`); err != nil {
		t.Fatal(err)
	}
	before, closed := a.end(), 0
	for _, pattern := range web.Addresses() {
		if !strings.Contains(pattern, "{case}") {
			continue
		}
		page := ask(pattern)
		switch {
		case strings.Contains(page.Body, mark) || strings.Contains(page.Body, r.Number):
			t.Errorf("%s shows something of the case", pattern)
		case page.Status >= http.StatusInternalServerError && strings.Contains(page.Body, "010 000 00 00"):
			closed++
		case page.Status != http.StatusNotFound:
			t.Errorf("%s: %d %s", pattern, page.Status, page.Title())
		}
	}
	if list := ask("GET /werklijst"); list.Status != http.StatusOK || !strings.Contains(list.Body, mark) {
		t.Errorf("the worklist: %d", list.Status)
	}
	if closed < 20 || a.end() != before {
		t.Errorf("only %d addresses say to call; %d entries more", closed, a.end()-before)
	}
	t.Logf("%d addresses of a case are closed", closed)
}
