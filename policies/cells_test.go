// SPDX-License-Identifier: EUPL-1.2

package policies_test

import (
	"cmp"
	"slices"
	"sync"
	"testing"

	"example.org/loket/policies"
	"example.org/loket/protocol"
	"example.org/loket/protocols"
)

// loaded are the protocols that are part of the program.
var loaded = sync.OnceValues(func() ([]*protocol.Protocol, error) {
	var out []*protocol.Protocol
	for _, id := range protocols.IDs() {
		folder, err := protocols.FS(id)
		if err != nil {
			return nil, err
		}
		p, err := protocol.Load(folder)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
})

// roles are those of every protocol that is part of the program.
func roles(t *testing.T) []protocol.Role {
	t.Helper()
	all, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	var out []protocol.Role
	for _, p := range all {
		out = append(out, p.Roles...)
	}
	return out
}

// without gives a list once for each of its members, with that member left out.
func without(all []string) [][]string {
	var out [][]string
	for i := range all {
		out = append(out, slices.Delete(slices.Clone(all), i, i+1))
	}
	return out
}

// sets are none, each word alone, all, and all but one.
func sets(all []string) [][]string {
	out := append([][]string{{}, all}, without(all)...)
	for _, w := range all {
		out = append(out, []string{w})
	}
	return out
}

// telling are each way, each way with one part left out, and nothing.
func telling(ways []way) [][]string {
	out := [][]string{{}}
	for _, w := range ways {
		out = append(append(out, w), without(w)...)
	}
	return out
}

// cells gives the cells of one action to fn until it says stop: kind of asker × abilities ×
// relation × level × state. The sets that tell the ways of this action apart meet each other
// at every level and in every state; those of all roles, and every ability and relation by
// itself, meet them where nothing else stands in the way.
func cells(r rule, roles []protocol.Role, fn func(policies.Question) bool) bool {
	ways := slices.Concat(r.ways[policies.Person], r.ways[policies.Guest], r.ways[policies.Machine])
	can, mayBe := abilitySets(ways, roles)
	is, beside := relationSets(ways)
	about := r.about
	ask := func(about string, can []policies.Abilities, is []policies.Relation, state string, deep [3]int) bool {
		for _, who := range append(slices.Clone(askers), policies.Desk) {
			for _, c := range can {
				for _, i := range is {
					if !fn(policies.Question{Who: who, Can: c, Is: i, Action: r.action, About: about, State: state, Sees: deep[0], Opens: deep[1], Level: deep[2]}) {
						return false
					}
				}
			}
		}
		return true
	}
	for _, deep := range depths {
		if !ask(about, can, is, "open", deep) {
			return false
		}
	}
	for _, state := range states {
		if !ask(about, can, is, state, depths[0]) {
			return false
		}
	}
	other := map[string]string{policies.Case: policies.Organisation, policies.Organisation: policies.Case}[about]
	return ask(other, can, is, "open", depths[0]) && ask(about, mayBe, is, "open", depths[0]) && ask(about, can, beside, "open", depths[0])
}

// abilitySets are those that matter to some ways, and all others worth asking.
func abilitySets(ways []way, roles []protocol.Role) (near, far []policies.Abilities) {
	for _, words := range telling(ways) {
		near = append(near, policies.Able(words...))
	}
	near = append(near, policies.Able(protocol.Actions...))
	for _, words := range sets(protocol.Actions) {
		far = append(far, policies.Able(words...))
	}
	for _, role := range roles {
		far = append(far, policies.Able(role.May...))
	}
	return sorted(near), sorted(far)
}

func relationSets(ways []way) (near, far []policies.Relation) {
	for _, words := range telling(ways) {
		near = append(near, policies.Related(words...))
	}
	near = append(near, policies.Related(policies.Relations()...))
	for _, words := range sets(policies.Relations()) {
		far = append(far, policies.Related(words...))
	}
	return sorted(near), sorted(far)
}

func sorted[T cmp.Ordered](in []T) []T {
	slices.Sort(in)
	return slices.Compact(in)
}

// depths are sees, opens and how deep the thing goes: at the edge of each, and past it.
var depths = [][3]int{{3, 3, 3}, {4, 4, 2}, {0, 0, 0}, {3, 3, 4}, {2, 3, 3}, {2, 5, 5}, {3, 5, 4}, {3, 5, 3}, {5, 2, 5}}

// S01: every cell is as the page says. The desk itself may everything.
func TestEveryCell(t *testing.T) {
	t.Parallel()
	names, _ := actions()
	rules, people, n := pageRules(t), roles(t), 0
	for _, action := range names {
		r, there := rules[action]
		if !there {
			t.Fatalf("%s has no line on the page", action)
		}
		cells(r, people, func(q policies.Question) bool {
			n++
			if got := policies.InForce().Decide(q); got != r.says(q) {
				t.Errorf("%+v: the policies say %v, the page %v", q, got, r.says(q))
				return false
			}
			return true
		})
	}
	t.Logf("%d cells", n)
}
