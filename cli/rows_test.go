// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"net/url"
	"slices"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// openRows is the case of halves_test.go with a line for Raalte and one for Deventer, made by
// the regional manager, and a manager at each.
func openRows(t *testing.T, p *protocol.Protocol) *halves {
	t.Helper()
	h := openHalves(t, p)
	for _, town := range []string{"raalte", "deventer"} {
		h.fills("regio", "municipality", url.Values{"at_municipality": {town}, "attendance": {"manager"}})
	}
	return h
}

// line is the line of a municipality as the desk has it; empty when it is gone.
func (h *halves) line(town string) (desk.RowView, int) {
	h.t.Helper()
	var found []desk.RowView
	for _, list := range h.knows().Rows {
		for _, row := range list.Rows {
			if row.Answers["at_municipality"] == town {
				found = append(found, row)
			}
		}
	}
	if len(found) == 0 {
		return desk.RowView{}, 0
	}
	return found[0], len(found)
}

// rowTrespasses lists what the manager of Deventer can do with the line of Raalte.
func (h *halves) rowTrespasses() (found []string) {
	gives := func(what string, gave bool) {
		if gave {
			found = append(found, what)
		}
	}
	raalte, _ := h.line("raalte")
	deventer, _ := h.line("deventer")
	h.fills("m-deventer", "municipality", url.Values{"rij": {raalte.ID}, "at_municipality": {"raalte"}, "alderman_told": {"done"}, "tekst_reden": {"gebeld"}})
	now, _ := h.line("raalte")
	gives("answer", now.Answers["alderman_told"] != nil)
	h.fills("m-deventer", "municipality", url.Values{"at_municipality": {"raalte"}, "attendance": {"absent"}})
	_, lines := h.line("raalte")
	gives("add", lines > 1)
	h.fills("m-deventer", "municipality", url.Values{"rij": {deventer.ID}, "at_municipality": {"raalte"}, "tekst_reden": {"verhuisd"}})
	_, lines = h.line("raalte")
	gives("give its own line away", lines > 1)
	h.posts("m-deventer", "/formulier/municipality/verwijderen", url.Values{"rij": {raalte.ID}, "tekst_reden": {"weg"}})
	_, left := h.line("raalte")
	gives("remove", left < lines)
	return found
}

// R-I-90, R-I-115: each manager answers for the own municipality, not for another.
func TestRowIsOfOneMunicipality(t *testing.T) {
	t.Parallel()
	p, err := readProtocol("ijsselland")
	if err != nil {
		t.Fatal(err)
	}
	h := openRows(t, p)
	for _, what := range h.rowTrespasses() {
		t.Errorf("the manager of another municipality can %s", what)
	}
	deventer, _ := h.line("deventer")
	h.fills("m-deventer", "municipality", url.Values{"rij": {deventer.ID}, "at_municipality": {"deventer"}, "attendance": {"manager"}, "alderman_told": {"done"}})
	if own, _ := h.line("deventer"); own.Answers["alderman_told"] != "done" {
		t.Errorf("its own line it cannot answer: %v", own.Answers)
	}
	v, err := h.desk.Case(t.Context(), loket.Actor{ID: "m-deventer", Role: "municipal_manager", Roles: []string{"municipal_manager"}, Tenant: north, Organisation: "Deventer"}, loket.CaseID(h.id))
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range v.Rows {
		for _, row := range list.Rows {
			if list.Form.ID == "municipality" && row.Elsewhere != (row.Answers["at_municipality"] == "raalte") {
				t.Errorf("the page takes %v for another's: %v", row.Answers["at_municipality"], row.Elsewhere)
			}
		}
	}
}

// Control: by a protocol that does not say whose a line is, all of it is found.
func TestRowIsOfOneMunicipalityCatches(t *testing.T) {
	t.Parallel()
	p, err := protocol.Load(withoutOf(t))
	if err != nil {
		t.Fatal(err)
	}
	found := openRows(t, p).rowTrespasses()
	for _, what := range []string{"answer", "add", "give its own line away", "remove"} {
		if !slices.Contains(found, what) {
			t.Errorf("not found: %s; only %v", what, found)
		}
	}
}
