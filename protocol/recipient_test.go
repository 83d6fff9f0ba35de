// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// streek is a region on a page: three municipalities, two kinds of case, two halves of an
// analysis, a decision by two, and a question that a register answers.
var streek = sync.OnceValues(func() ([]byte, error) { return os.ReadFile("testdata/streek/streek.yaml") })

func loadStreek(t testing.TB, change ...string) (*Protocol, error) {
	t.Helper()
	text, err := streek()
	if err != nil {
		t.Fatal(err)
	}
	return Load(fstest.MapFS{"streek.yaml": {Data: []byte(strings.NewReplacer(change...).Replace(string(text)))}})
}

func streekProtocol(t testing.TB) *Protocol {
	t.Helper()
	p, err := loadStreek(t)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var streekPeople = []Person{
	{ID: "sara", Roles: []string{"contract"}},
	{ID: "daan", Roles: []string{"access"}, Organisation: "noord"},
	{ID: "mila", Roles: []string{"access"}, Organisation: "zuid-veen"}, // the label, in another case
	{ID: "bram", Roles: []string{"manager"}},
	{ID: "noor", Roles: []string{"policy"}, Organisation: "Noord"},
	{ID: "zoë", Roles: []string{"policy", "manager"}, Organisation: "Zuid-Veen"},
}

func addressed(p *Protocol, product string, facts Facts) (people, gaps []string) {
	found, missing := p.Addressees(p.Product(product), p.Evaluate(Input{Facts: facts, Now: noon}), nil, streekPeople)
	for _, a := range found {
		people = append(people, strings.TrimSpace(a.Person+" "+a.Role+" "+a.For.ID))
	}
	for _, g := range missing {
		gaps = append(gaps, gapWords(g))
	}
	return people, gaps
}

// R-I-98 R-I-99 D-11 D-12 D-55: the recipients follow from the municipalities of the case;
// a missing contact falls back, visibly.
func TestAddressees(t *testing.T) {
	t.Parallel()
	p := streekProtocol(t)
	for _, c := range []struct {
		name, product string
		facts         Facts
		people, gaps  []string
	}{
		{"both municipalities, each once", "alarm", Facts{"actual": "noord", "responsible": "zuid"}, []string{"daan access noord", "mila access zuid"}, []string{"manager ? urgent_matter"}},
		{"the same municipality twice", "alarm", Facts{"actual": "noord", "responsible": "noord", "urgent_matter": false}, []string{"daan access noord"}, nil},
		{"nobody there: the manager at none in particular", "alarm", Facts{"actual": "west", "urgent_matter": false}, []string{"bram manager west"}, []string{"access west → manager"}},
		{"a role without place", "alarm", Facts{"actual": "noord", "urgent_matter": true}, []string{"daan access noord", "bram manager", "zoë manager"}, nil},
		{"nothing known yet", "alarm", Facts{"urgent_matter": false}, nil, []string{"access ? actual responsible"}},
		{"all but the one that asks", "memo", Facts{"asking": "noord"}, []string{"zoë policy zuid", "bram manager west", "sara contract"}, []string{"policy west → manager"}},
		{"who asks is not known: nobody is left out", "memo", Facts{}, []string{"noor policy noord", "zoë policy zuid", "bram manager west", "sara contract"}, []string{"policy west → manager"}},
	} {
		people, gaps := addressed(p, c.product, c.facts)
		if !cmp.Equal(people, c.people) || !cmp.Equal(gaps, c.gaps) {
			t.Errorf("%s: people %q gaps %q\nwant %q %q", c.name, people, gaps, c.people, c.gaps)
		}
	}
}

// Control: somebody of another municipality is nobody's recipient here, and a gap without a
// stand-in stays a gap.
func TestAddresseesControl(t *testing.T) {
	t.Parallel()
	p, err := loadStreek(t, "else: [manager, contract]", "else: []")
	if err != nil {
		t.Fatal(err)
	}
	people, gaps := addressed(p, "alarm", Facts{"actual": "west", "urgent_matter": false})
	if len(people) != 0 || !cmp.Equal(gaps, []string{"access west"}) {
		t.Errorf("people %q gaps %q", people, gaps)
	}
}

// A plain role id stays a recipient, and every role that may get it is known.
func TestRecipientRoles(t *testing.T) {
	t.Parallel()
	p := streekProtocol(t)
	if got := p.Product("alarm").RecipientRoles(); !cmp.Equal(got, []string{"access", "manager", "contract"}) {
		t.Errorf("alarm: %v", got)
	}
	if got := p.Product("memo").Recipients[1]; got.Role != "contract" || got.Pos.Line == 0 {
		t.Errorf("memo: %+v", got)
	}
}

// Case files prove recipients, gaps included.
func TestCaseRecipients(t *testing.T) {
	t.Parallel()
	p := streekProtocol(t)
	results, err := p.RunCases(fstest.MapFS{"x.yaml": {Data: []byte(`
- case: goed
  now: 2026-03-03 12:00
  facts: {actual: west, urgent_matter: no}
  people: {bram: manager, daan: {role: access, organisation: Noord}}
  expect: {recipients: {alarm: {to: [bram], gaps: ["access west → manager"]}}}
- case: fout
  now: 2026-03-03 12:00
  facts: {actual: noord, urgent_matter: no}
  people: {bram: manager, daan: {role: access, organisation: Noord}}
  expect: {recipients: {alarm: [bram]}}
- case: onbekende rol
  people: {bram: baas}
  expect: {recipients: {alarm: []}}
`)}})
	if err != nil || len(results) != 3 {
		t.Fatal(err, results)
	}
	if !results[0].Passed() {
		t.Error(results[0].Differences)
	}
	if got := strings.Join(results[1].Differences, ""); !strings.Contains(got, "is [daan], verwacht [bram]") {
		t.Error("control:", got)
	}
	if got := strings.Join(results[2].Differences, ""); !strings.Contains(got, `de rol "baas" bestaat niet`) {
		t.Error("control:", got)
	}
}
