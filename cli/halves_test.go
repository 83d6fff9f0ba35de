// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"io/fs"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/visitor"
	"example.org/loket/protocol"
)

// halves is a desk with one case of two municipalities: Raalte answers for it, the young person
// lives in Deventer. Each has a half of the analysis, the region has the third (R-I-60, D-11).
type halves struct {
	*twoDesks
	id string
}

func openHalves(t *testing.T, p *protocol.Protocol) *halves {
	t.Helper()
	head := func(id, town string) desk.Person {
		return desk.Person{ID: id, Name: "Hoofd " + town, Email: id + "@example.org", Roles: []string{"access_lead"}, Organisation: town}
	}
	manager := func(id, town string) desk.Person {
		return desk.Person{ID: id, Name: "Manager " + town, Email: id + "@example.org", Roles: []string{"municipal_manager"}, Organisation: town}
	}
	h := &halves{twoDesks: openDesks(t, p, []desk.Person{head("raalte", "Raalte"), head("deventer", "Deventer"), head("zwolle", "Zwolle"),
		manager("m-raalte", "Raalte"), manager("m-deventer", "Deventer"), {ID: "regio", Name: "Bram Nepnaam", Email: "regio@example.org", Roles: []string{"regional_manager"}},
		{ID: "sara", Name: "Sara Fictie", Email: "sara@example.org", Roles: []string{"contract_manager"}}}, false, "")}
	r, err := h.desk.SendReport(t.Context(), loket.Actor{}, desk.ReportForm{Key: "k", Tenant: north, Form: "report", Posted: url.Values{
		"organisation": {"Alfa"}, "examples": {"serious_injury"}, "incident_date": {"2026-03-27"}, "incident_time": {"22:00"}, "expected_unrest": {"none"}, "expected_media": {"none"}, "personal_needed": {"no"},
		"municipality_actual": {"deventer"}, "municipality_responsible": {"raalte"}, "source_kind": {"provider"}, "activity": {"youth_care"}, "laws": {"jeugdwet"},
		"consequence": {"died"}, "unintended": {"ja"}, "quality_relation": {"ja"}, "victims": {"youth"}, "description": {"Een val."}, "safety": {"yes"}, "igj_told": {"no"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	h.id = string(r.Case)
	return h
}

func (h *halves) at(path string) string { return "/zaak/" + h.id + path }

// fills sends a form of the case, as the page of its reader would.
func (h *halves) fills(who, form string, answers url.Values) visitor.Page {
	h.t.Helper()
	return h.must(h.person(who, north).Once("POST", h.at("/formulier/"+form), answers.Encode()))
}

func (h *halves) posts(who, path string, values url.Values) {
	h.t.Helper()
	h.must(h.person(who, north).Once("POST", h.at(path), values.Encode()))
}

// knows is the case as the contract manager has it, who is limited to no municipality.
func (h *halves) knows() *desk.CaseView {
	h.t.Helper()
	return h.seen("sara", "contract_manager", "")
}

func (h *halves) seen(who, role, organisation string) *desk.CaseView {
	h.t.Helper()
	v, err := h.desk.Case(h.t.Context(), loket.Actor{ID: who, Role: role, Roles: []string{role}, Tenant: north, Organisation: organisation}, loket.CaseID(h.id))
	if err != nil {
		h.t.Fatal(err)
	}
	return v
}

var (
	accessHalf    = url.Values{"safe": {"yes"}, "conduct": {"no"}, "conduct_grounds": {"Woord 7401 van Raalte"}, "recurrence": {"yes"}, "unrest_access": {"none"}, "tekst_reden": {"een reden"}}
	residenceHalf = url.Values{"safe_residence": {"yes"}, "unrest_residence": {"present"}, "tekst_reden": {"een reden"}}
	regionHalf    = url.Values{"active_confirmed": {"ja"}, "several_signals": {"no"}, "signals_note": {"Woord 7402 van de regio"}, "unrest_region": {"none"}, "tekst_reden": {"een reden"}}
)

// trespasses lists what one municipality can do in the part of another, or of the region.
func (h *halves) trespasses() (found []string) {
	gives := func(what string, gave bool) {
		if gave {
			found = append(found, what)
		}
	}
	sent := func(step string) bool {
		return !slices.ContainsFunc(h.knows().Proposals, func(p desk.Proposal) bool { return p.Step == step })
	}
	offers := func(who, form string) bool {
		return h.must(h.person(who, north).Get(h.at("/formulier/"+form))).Status == 200
	}
	gives("the page of the form", offers("deventer", "impact_access"))
	gives("the page of the other form", offers("raalte", "impact_residence"))
	gives("the page of the region's form", offers("raalte", "impact_region"))

	h.fills("deventer", "impact_access", accessHalf)
	gives("fill", sent("fill_access"))
	h.posts("deventer", "/anders", url.Values{"stap": {"fill_access"}, "hoe": {"not"}, "tekst_motivering": {"Dat doen wij"}})
	gives("put aside", sent("fill_access"))
	h.posts("deventer", "/stap", url.Values{"stap": {"seen_access"}})
	gives("tick off", sent("seen_access"))

	h.fills("raalte", "impact_access", accessHalf)
	h.fills("sara", "impact_region", regionHalf)
	page := h.must(h.person("deventer", north).Get(h.at(""))).Body
	gives("see", strings.Contains(page, "7401"))
	gives("see the region's", strings.Contains(page, "7402"))
	for _, words := range []string{"7401", "7402"} {
		gives("see at Zwolle", strings.Contains(h.must(h.person("zwolle", north).Get(h.at(""))).Body, words))
	}
	h.posts("deventer", "/openen", url.Values{"veld": {"conduct_grounds"}, "tekst_doel": {"kijken"}})
	h.posts("deventer", "/anders", url.Values{"stap": {"fill_residence"}, "hoe": {"not"}, "tekst_motivering": {"Eerst kijken"}})
	gives("see by putting the own half aside", strings.Contains(h.must(h.person("deventer", north).Get(h.at(""))).Body, "7401"))

	other := maps.Clone(accessHalf)
	other.Set("conduct", "yes")
	h.fills("deventer", "impact_access", other)
	gives("change", h.seen("raalte", "access_lead", "Raalte").Answers["conduct"] != "no")
	h.posts("deventer", "/wissen", url.Values{"wis_feit": {"conduct"}, "tekst_reden": {"weg ermee"}})
	gives("erase", h.seen("raalte", "access_lead", "Raalte").Answers["conduct"] == nil)
	h.fills("deventer", "assessment", url.Values{"municipality_responsible": {"deventer"}, "tekst_reden": {"Het is van ons"}})
	gives("take over the case", h.knows().Answers["municipality_responsible"] != "raalte")

	h.fills("deventer", "impact_residence", residenceHalf)
	h.posts("deventer", "/besluit", url.Values{"onderwerp": {"escalation"}})
	gives("sign", len(h.knows().Signing["escalation"].Signed) > 0)
	return found
}

// R-I-60…67, D-11, D-12: nobody fills, puts aside, sees, changes, erases or signs the part of
// another municipality or of the region, whatever they send; each does so with their own.
func TestHalfIsOfOneMunicipality(t *testing.T) {
	t.Parallel()
	p, err := readProtocol("ijsselland")
	if err != nil {
		t.Fatal(err)
	}
	h := openHalves(t, p)
	for _, what := range h.trespasses() {
		t.Errorf("another municipality can %s", what)
	}
	v := h.seen("deventer", "access_lead", "Deventer")
	if v.Answers["conduct"] != "no" || v.Answers["unrest_residence"] != "present" || !v.Elsewhere["escalation"] {
		t.Errorf("all halves are in, and Deventer reads %v, decides elsewhere %v", v.Answers, v.Elsewhere)
	}
	h.posts("raalte", "/besluit", url.Values{"onderwerp": {"escalation"}})
	if s := h.knows().Signing["escalation"]; len(s.Signed) != 1 || !s.MaySign {
		t.Errorf("Raalte does not sign: %+v", s)
	}
}

// Control: by a protocol that does not say whose each part is, all of it is found.
func TestHalfIsOfOneMunicipalityCatches(t *testing.T) {
	t.Parallel()
	p, err := protocol.Load(withoutOf(t))
	if err != nil {
		t.Fatal(err)
	}
	found := openHalves(t, p).trespasses()
	for _, what := range []string{"the page of the form", "the page of the other form", "fill", "see", "see by putting the own half aside", "change", "erase", "take over the case", "sign"} {
		if !slices.Contains(found, what) {
			t.Errorf("not found: %s; only %v", what, found)
		}
	}
}

// withoutOf is the region's protocol without whose its forms and tables are, and who puts a
// step aside.
func withoutOf(t *testing.T) fs.FS {
	t.Helper()
	folder, err := protocolFolder("ijsselland")
	if err != nil {
		t.Fatal(err)
	}
	names, _ := fs.Glob(folder, "*.yaml")
	whose := regexp.MustCompile(`(?m)^    (of|skipped_by): .*\n`)
	out := fstest.MapFS{}
	for _, name := range names {
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(name, "form-") || strings.HasPrefix(name, "tables-") || strings.HasPrefix(name, "steps-1") {
			text = whose.ReplaceAll(text, nil)
		}
		out[name] = &fstest.MapFile{Data: text}
	}
	return out
}
