// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"slices"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
)

// Issue "The region works", R-I-54, D-11: a step of a role that belongs to an organisation is
// owned by the people of that role in the organisation that the step names. Somebody of the
// same role elsewhere, who does see the case, does not have it to do. Control: without `of`
// both own it.
func TestStepsAreOwnedPerOrganisation(t *testing.T) {
	t.Parallel()
	words := map[string]string{
		"          - id: town\n":       "          - id: second\n            label: Ook\n            type: choice\n            level: V1\n            options: [{id: noord, label: Noord aan Zee}, {id: zuid, label: Zuid}]\n          - id: town\n",
		"cases: {of: [town]}":          "cases: {of: [town, second]}",
		`owner: [officer], source: §3`: `owner: [officer, access], of: [town], source: §3`,
	}
	mine := func(b *bench, a loket.Actor, id loket.CaseID) (mine bool, owner string) {
		t.Helper()
		v, err := b.Case(t.Context(), a, id)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(v.Proposals, func(p desk.Proposal) bool { return p.Step == "classify" })
		return v.Proposals[i].Mine, v.Proposals[i].Owner.NL
	}
	b := regionalWith(t, words)
	id := b.report(t, "k1", answers("town", "noord", "second", "zuid")).Case
	for name, c := range map[string]struct {
		a    loket.Actor
		mine bool
	}{"north": {north, true}, "south": {south, false}, "officer": {officer, true}} {
		got, owner := mine(b, c.a, id)
		if got != c.mine || owner != "Medewerker loket, Toegang (Noord aan Zee)" {
			t.Errorf("%s: mine %v, owner %q", name, got, owner)
		}
	}
	keys := b.m.s.cases[id].Relations
	if !slices.Contains(keys, "owner:access@noord") || slices.Contains(keys, "owner:access@zuid") {
		t.Errorf("the row has the owners %v", keys)
	}
	words[`owner: [officer], source: §3`] = `owner: [officer, access], source: §3`
	free := regionalWith(t, words)
	if got, _ := mine(free, south, free.report(t, "k1", answers("town", "noord", "second", "zuid")).Case); !got {
		t.Error("control: without `of` the other municipality does not own it")
	}
}
