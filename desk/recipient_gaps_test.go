// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"slices"
	"testing"
	"testing/fstest"

	"example.org/loket/protocol"
)

// R-I-18 R-I-99 D-55: who is missing at several places, and in several roles, is said once, and
// nobody is left out. Control: another stand-in, an expected number and what depends on a fact stay
// sentences of their own.
func TestGapsAreSaidOnce(t *testing.T) {
	t.Parallel()
	p, err := protocol.Load(fstest.MapFS{"protocol.yaml": {Data: []byte("protocol: {id: klein, title: Klein, version: \"1\"}\nroles:\n  - {id: lead, title: leidinggevende, side: desk, may: [record]}\n  - {id: policy, title: beleidsmedewerker, side: desk, may: [record]}\n  - {id: manager, title: manager, side: desk, may: [record]}\n")}})
	if err != nil {
		t.Fatal(err)
	}
	at := func(role, place, instead string) protocol.Gap {
		return protocol.Gap{Role: role, For: protocol.Organisation{ID: place, Title: protocol.Text{NL: place}}, Instead: instead}
	}
	said := func(gaps ...protocol.Gap) (out []string) {
		for _, g := range gapGroups(gaps) {
			out = append(out, gapWords(p, g).NL)
		}
		return out
	}
	for _, c := range []struct {
		gaps []protocol.Gap
		want []string
	}{
		{[]protocol.Gap{at("lead", "Noord", ""), at("policy", "Noord", ""), at("lead", "Zuid", ""), at("policy", "Zuid", ""), at("lead", "Zuid", "")},
			[]string{"Er staat niemand als leidinggevende of als beleidsmedewerker bij Noord, Zuid, en ook geen vervanger. Bel zelf en leg vast wie u sprak."}},
		{[]protocol.Gap{at("lead", "Noord", "manager"), at("lead", "Zuid", ""), at("policy", "West", "manager")},
			[]string{"Er staat niemand als leidinggevende bij Noord. Daarom gaat dit naar: manager.", "Er staat niemand als leidinggevende bij Zuid, en ook geen vervanger. Bel zelf en leg vast wie u sprak.", "Er staat niemand als beleidsmedewerker bij West. Daarom gaat dit naar: manager."}},
		{[]protocol.Gap{{Role: "manager", Expects: 3, Found: 2}, {Role: "manager", Expects: 3, Found: 1}},
			[]string{"Dit gaat naar 2 × manager. Het protocol verwacht er 3.", "Dit gaat naar 1 × manager. Het protocol verwacht er 3."}},
		{[]protocol.Gap{{Role: "lead"}, at("lead", "Noord", "")},
			[]string{"Er staat niemand als leidinggevende, en ook geen vervanger. Bel zelf en leg vast wie u sprak.", "Er staat niemand als leidinggevende bij Noord, en ook geen vervanger. Bel zelf en leg vast wie u sprak."}},
	} {
		if got := said(c.gaps...); !slices.Equal(got, c.want) {
			t.Errorf("%v\n\tsays %q\n\twant %q", c.gaps, got, c.want)
		}
	}
	if got := gapGroups([]protocol.Gap{{Role: "lead", Missing: []string{"town"}}, {Role: "policy", Missing: []string{"town"}}, {Role: "policy"}}); len(got) != 2 || !slices.Equal(got[0].roles, []string{"lead", "policy"}) {
		t.Errorf("what depends on the same fact: %+v", got)
	}
}
