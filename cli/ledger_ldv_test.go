// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/ledger"
	"example.org/loket/locale"
)

const registerEntry = "https://example.org/register/7"

// ldv gives the lines of an organisation, as text and read.
func (s *twoDesks) ldv(tenant string) (text string, lines []ledger.Span) {
	s.t.Helper()
	var out bytes.Buffer
	l := ledgerLDVCmd{Activity: registerEntry}
	if err := l.write(&console{ctx: s.t.Context(), out: &out, lang: locale.NL}, s.house, desk.Tenant{ID: tenant}); err != nil {
		s.t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		var span ledger.Span
		strict := json.NewDecoder(strings.NewReader(line))
		strict.DisallowUnknownFields()
		if err := strict.Decode(&span); err != nil {
			s.t.Fatal(err, line)
		}
		lines = append(lines, span)
	}
	return out.String(), lines
}

// toldIn are the words of people, roles and cases that stand in lines.
func (s *twoDesks) toldIn(text string, id loket.CaseID) (told []string) {
	s.t.Helper()
	entries, err := s.store.LedgerBetween(s.t.Context(), north, "", siteNow.AddDate(-1, 0, 0), siteNow.AddDate(1, 0, 0))
	if err != nil || len(entries) == 0 {
		s.t.Fatal(err, len(entries))
	}
	secret := []string{"Mila", "Verzonnen", "astmatisch", "jeugdige", "Foxtrot", "het gezin bellen", string(id), "p-access-lead", "Persoon"}
	for _, e := range entries {
		secret = append(secret, e.Actor, e.Role, e.Via)
	}
	for _, word := range secret {
		if word != "" && strings.Contains(text, `"`+word) || len(word) > 6 && strings.Contains(text, word) {
			told = append(told, word)
		}
	}
	return told
}

// LDV 1.0.0: a report and the opening of its sealed facts are lines in the words of the standard,
// which lead to the register and to one pseudonym of the case; the same lines at a second run,
// none at another organisation, nothing of who it was or about whom. Control: a line with the
// actor or a name is found; a refusal gives no line; the log itself does lead from a line to
// who did it.
func TestLDVSaysWhatWasProcessedAndNotByWhom(t *testing.T) {
	t.Parallel()
	s := regionPeople(t)
	r, err := s.desk.SendReport(t.Context(), loket.Actor{}, desk.ReportForm{Tenant: north, Form: "report", Posted: block("access")})
	if err != nil {
		t.Fatal(err)
	}
	if page := s.opens(s.as("regional_manager", north), r.Case, "personal_data"); page.Status == http.StatusOK {
		t.Fatal("opened by somebody for whom it is not")
	}
	before, refused := s.ldv(north) // the page of the case that the refusal was told on is one
	if slices.ContainsFunc(refused, func(l ledger.Span) bool { return l.Name == (loket.FieldsOpened{}).Type() }) {
		t.Error("control: a refusal is a line")
	}
	if page := s.opens(s.as("access_lead", north), r.Case, "personal_data"); page.Status != http.StatusOK {
		t.Fatal(page.Status)
	}
	text, lines := s.ldv(north)
	if again, _ := s.ldv(north); again != text || !strings.HasPrefix(text, before) {
		t.Error("a second run gives other lines")
	}
	if elsewhere, _ := s.ldv(south); elsewhere != "" {
		t.Errorf("at the other desk: %s", elsewhere)
	}
	if told := s.toldIn(text, r.Case); told != nil {
		t.Errorf("the lines say %q: %s", told, text)
	}
	for _, bad := range []string{`{"name":"read","user_id":"p-access-lead"}`, `{"name":"Mila Verzonnen"}`, `{"case":"` + string(r.Case) + `"}`} {
		if s.toldIn(text+bad, r.Case) == nil {
			t.Errorf("control: %s is not found", bad)
		}
	}
	opened := slices.IndexFunc(lines, func(l ledger.Span) bool { return l.Name == (loket.FieldsOpened{}).Type() })
	if opened < 0 {
		t.Fatalf("the opening has no line: %s", text)
	}
	for _, l := range lines {
		if a := l.Attributes; a.Activity != registerEntry || a.Subject != lines[0].Attributes.Subject || a.SubjectType != ledger.SubjectType {
			t.Errorf("attributes %+v", a)
		}
	}
	s.leads(lines[opened], "p-access-lead")
}

// leads checks that `loket ledger read` shows who did what a line tells of.
func (s *twoDesks) leads(l ledger.Span, who string) {
	s.t.Helper()
	var out bytes.Buffer
	read := ledgerReadCmd{From: siteNow.AddDate(0, 0, -1), To: siteNow.AddDate(0, 0, 1)}
	if err := read.write(&console{ctx: s.t.Context(), out: &out, lang: locale.NL}, s.house, desk.Tenant{ID: north}); err != nil {
		s.t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if strings.HasSuffix(strings.TrimSpace(line), ";"+l.Trace+";"+l.ID) {
			if !strings.Contains(line, ";"+who+";") {
				s.t.Errorf("the line leads to %s", line)
			}
			return
		}
	}
	s.t.Error("a line leads to no entry of the log")
}
