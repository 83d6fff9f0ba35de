// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// regional is the example protocol as a region would have it: two municipalities, each with
// an access of its own that sees only its own cases, and questions that the desk looks up.
func regional(t *testing.T) *bench {
	t.Helper()
	return regionalWith(t, nil)
}

// regionalWith is the same with other words in it.
func regionalWith(t *testing.T, others map[string]string) *bench {
	t.Helper()
	files := fstest.MapFS{}
	names, err := filepath.Glob("../protocol/testdata/voorbeeld/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for was, is := range map[string]string{
			"          - id: laws\n":       "          - id: town\n            label: Gemeente\n            type: choice\n            level: V1\n            options: [{id: noord, label: Noord aan Zee}, {id: zuid, label: Zuid}]\n          - id: laws\n",
			"  - id: alderman\n":           "  - id: access\n    title: Toegang\n    side: desk\n    sees: V3\n    opens: V5\n    may: [work, record, decide, compose, open, register]\n    cases: {of: [town]}\n  - id: manager\n    title: Manager gemeente\n    side: informed\n    sees: V1\n    may: [read_products]\n  - id: beheer\n    title: Beheer\n    side: desk\n    sees: V1\n    may: [configure]\n  - id: alderman\n",
			"    recipients: [alderman]\n": "    recipients: [{role: access, of: [town], else: [manager, officer]}]\n",
		} {
			body = bytes.Replace(body, []byte(was), []byte(is), 1)
		}
		for was, is := range others {
			body = bytes.Replace(body, []byte(was), []byte(is), 1)
		}
		files[filepath.Base(name)] = &fstest.MapFile{Data: body}
	}
	files["50_register.yaml"] = &fstest.MapFile{Data: []byte(`forms:
  - id: looked_up
    title: Uit de registers
    use: register
    by: [officer]
    sections:
      - id: found
        title: Gevonden
        fields:
          - {id: active_in, label: Werkzaam in, type: choices, level: V2, register: active_in, options: [{id: noord, label: Noord aan Zee}, {id: zuid, label: Zuid}]}
          - {id: earlier, label: Eerdere zaken, type: number, level: V2, register: earlier_cases}
          - {id: contracted, label: Heeft een contract, type: yesno, level: V2, register: contract}
`)}
	p, err := protocol.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	m, clock, ps := newMemory(), &hand{at: noon}, desk.Protocols{}
	ps.Add(p)
	m.tenants = []desk.Tenant{{ID: "vb", Name: "Regio", Protocol: p.About.ID}}
	m.people = []desk.Person{{ID: "samira", Roles: []string{"officer"}}, {ID: "toegang", Roles: []string{"access"}, Organisation: "noord aan zee"}, {ID: "baas", Roles: []string{"manager"}, Organisation: "zuid"}}
	return &bench{Desk: desk.New(desk.Options{Store: m, Sealer: box{}, Rand: &counter{}, Clock: clock, Protocols: ps, BaseURL: "http://loket.example.org"}), m: m, clock: clock, p: p}
}

var (
	north = loket.Actor{ID: "toegang", Role: "access", Roles: []string{"access"}, Tenant: "vb", Organisation: "Noord aan Zee"}
	south = loket.Actor{ID: "anders", Role: "access", Roles: []string{"access"}, Tenant: "vb", Organisation: "zuid"}
	lost  = loket.Actor{ID: "kwijt", Role: "access", Roles: []string{"access"}, Tenant: "vb"}
	admin = loket.Actor{ID: "beheer", Role: "beheer", Roles: []string{"beheer"}, Tenant: "vb"}
)

// R-I-32, S03: a role that is limited to its own organisation sees, lists, changes and opens
// only those cases; another's case and no case answer alike, and no list or hint names it.
func TestOnlyCasesOfOwnOrganisation(t *testing.T) {
	t.Parallel()
	b, ctx := regional(t), t.Context()
	here := b.report(t, "k1", answers("town", "noord")).Case
	there := b.report(t, "k2", answers("town", "zuid")).Case
	for who, c := range map[string]struct {
		a    loket.Actor
		sees []loket.CaseID
	}{"north": {north, []loket.CaseID{here}}, "south": {south, []loket.CaseID{there}}, "nowhere": {lost, nil}, "officer": {officer, []loket.CaseID{here, there}}} {
		for _, id := range []loket.CaseID{here, there} {
			want := slices.Contains(c.sees, id)
			_, err := b.Case(ctx, c.a, id)
			if (err == nil) != want || err != nil && loket.ErrorCode(err) != loket.NotFound {
				t.Errorf("%s looks at %s: %v", who, id, err)
			}
			_, err = b.Do(ctx, c.a, id, desk.Change{Want: loket.Noted{Kind: "note", Text: "gezien"}})
			if (err == nil) != want {
				t.Errorf("%s writes at %s: %v", who, id, err)
			}
			_, err = b.Open(ctx, c.a, id, []string{"story"}, "Nodig voor de veiligheid")
			if (err == nil) != want {
				t.Errorf("%s opens at %s: %v", who, id, err)
			}
		}
	}
	_, unknown := b.Case(ctx, north, "nergens")
	_, foreign := b.Case(ctx, north, there)
	if unknown.Error() != foreign.Error() {
		t.Errorf("no case and another's case differ: %v, %v", unknown, foreign)
	}
	// The two cases are likely duplicates: the officer is told, the one who may see one is not.
	if v, err := b.Case(ctx, officer, here); err != nil || len(v.Duplicates) != 1 {
		t.Fatalf("control: no duplicate: %v", err)
	}
	if v, err := b.Case(ctx, north, here); err != nil || len(v.Duplicates) != 0 {
		t.Errorf("a duplicate names a hidden case: %v", err)
	}
	if err := b.Register(ctx, north, 2026, &bytes.Buffer{}); loket.ErrorCode(err) != loket.NotFound {
		t.Errorf("the register of all is exported: %v", err)
	}
	// When the case moves, so does the sight of it.
	if _, err := b.SendForm(ctx, officer, here, desk.FormChange{Form: "report", Posted: answers("town", "zuid")}); err == nil {
		if _, err := b.Case(ctx, north, here); err == nil {
			t.Error("the old municipality still sees the case")
		}
	}
}

// D-11, D-55, R-I-99: a message goes to the access of the municipality; where that has none,
// the next role gets it and the page says so, with whom to call.
func TestRecipientsByOrganisation(t *testing.T) {
	t.Parallel()
	b, ctx := regional(t), t.Context()
	if _, err := b.PutEntry(ctx, admin, "contacten", desk.EntryChange{Values: map[string]string{"organisation": "zuid", "name": "Team Jeugd", "mobile": "06 00 00 00 00"}}); err != nil {
		t.Fatal(err)
	}
	look := func(town string) *desk.ProductView {
		r := b.report(t, town, answers("town", town))
		v, err := b.Product(ctx, officer, r.Case, "dat", "", 0)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	v := look("noord")
	if len(v.Proposed) != 1 || v.Proposed[0].ID != "toegang" || gap(v) != "" {
		t.Errorf("north: %+v, %s", v.Proposed, gap(v))
	}
	v = look("zuid")
	if len(v.Proposed) != 1 || v.Proposed[0].ID != "baas" || v.Proposed[0].Roles[0] != "manager" {
		t.Errorf("south: %+v", v.Proposed)
	}
	for _, want := range []string{"Toegang", "Zuid", "Manager gemeente", "Team Jeugd", "06 00 00 00 00"} {
		if !strings.Contains(gap(v), want) {
			t.Errorf("%q does not say %s", gap(v), want)
		}
	}
	b.m.people = b.m.people[1:2] // nobody in the south, and no officer
	if v = look("zuid"); len(v.Proposed) != 0 || !strings.Contains(gap(v), "Bel zelf") {
		t.Errorf("nobody: %+v, %q", v.Proposed, gap(v))
	}
}

func gap(v *desk.ProductView) string {
	for _, f := range v.Warnings {
		if f.ID == "gap" {
			return f.Say.NL
		}
	}
	return ""
}

// R-I-31, R-I-65, R-I-66: when a case opens the desk writes down what its books say about the
// reporting organisation at the moment of the incident, as the system and as an event.
func TestFactsFromTheBooks(t *testing.T) {
	t.Parallel()
	b, ctx := regional(t), t.Context()
	put := func(book string, pairs ...string) {
		t.Helper()
		v := map[string]string{}
		for i := 0; i < len(pairs); i += 2 {
			v[pairs[i]] = pairs[i+1]
		}
		if _, err := b.PutEntry(ctx, admin, book, desk.EntryChange{Values: v}); err != nil {
			t.Fatal(err)
		}
	}
	put("organisaties", "id", "alfa", "name", "Alfa", "kind", "aanbieder Wmo")
	put("werkgebied", "provider", "Alfa", "municipality", "noord")
	put("werkgebied", "provider", "alfa", "municipality", "zuid", "from", "2020-01-01", "until", "2026-03-28")
	put("contracten", "provider", "alfa", "kind", "raamovereenkomst", "from", "2026-01-01", "number", "R-1")

	first := b.report(t, "k1", answers("town", "noord")).Case // 29 March: the contract with the south ended the day before
	b.clock.at = b.clock.at.Add(time.Hour)
	second := b.report(t, "k2", answers("town", "noord", "happened_date", "2026-03-28")).Case
	for id, want := range map[loket.CaseID][3]string{first: {"Noord aan Zee", "0", "ja"}, second: {"Noord aan Zee, Zuid", "1", "ja"}} {
		v, err := b.Case(ctx, officer, id)
		if err != nil {
			t.Fatal(err)
		}
		for i, fact := range []string{"active_in", "earlier", "contracted"} {
			if got := v.Protocol.Words(fact, v.Answers[fact]).NL; !strings.EqualFold(got, want[i]) {
				t.Errorf("%s: %s is %q, want %q", id, fact, got, want[i])
			}
		}
		events := b.m.s.events[id]
		if last := events[len(events)-1]; last.By != "system" || last.Type != "facts.recorded" {
			t.Errorf("recorded as %s by %s", last.Type, last.By)
		}
	}
	// An organisation that nobody knows leaves all but the count open, and the case goes on.
	v, err := b.Case(ctx, officer, b.report(t, "k3", answers("organisation", "Onbekend", "town", "zuid")).Case)
	if err != nil {
		t.Fatal(err)
	}
	for _, fact := range []string{"active_in", "contracted"} {
		if _, known := v.Answers[fact]; known {
			t.Errorf("%s is known of a stranger", fact)
		}
	}
}
