// SPDX-License-Identifier: EUPL-1.2

package scenario_test

import (
	"context"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/testkit"
	"example.org/loket/scenario"
)

const twoTenants = `scenario: TWO
tenants:
  stad:   {protocol: rotterdam}
  buren:  rotterdam
people:
  alfa:    {tenant: stad, role: reporter, organisation: Alfa}
  officer: {tenant: stad, role: desk_officer}
  other:   {tenant: buren, role: desk_officer}
canaries: [{text: groep De Meerkoet, level: V2, tenant: stad}]
steps:
  - at: 2026-03-28 16:10
    who: alfa
    report:
      case: mila
      answers:
        organisation: Alfa
        kinds: [suspected_unnatural_death]
        incident: 2026-03-28 14:00
        description: Dood gevonden op groep De Meerkoet.
    expect:
      - {sees_nothing: yes}
      - {as: other, sees_nothing: yes}
      - {as: other, worklist: {jobs: 0}}
`

// sharing is a desk that lets everybody of another tenant look at a case, list or code: the
// control of what crosses tenants (S03, D-60).
type sharing struct {
	desk.Service
	owner loket.Actor
}

func (s sharing) Case(ctx context.Context, a loket.Actor, id loket.CaseID) (*desk.CaseView, error) {
	if view, err := s.Service.Case(ctx, s.owner, id); err == nil {
		view.Organisation = "groep De Meerkoet" // as if it were read out of the answers
		return view, nil
	}
	return s.Service.Case(ctx, a, id)
}

func (s sharing) Worklist(ctx context.Context, _ loket.Actor, f desk.WorklistFilter) (*desk.Worklist, error) {
	return s.Service.Worklist(ctx, s.owner, f)
}

// A story of two tenants goes as told at a real desk; at one that shares, each check and
// the sweep at the end find it.
func TestTenantsSeeNothing(t *testing.T) {
	t.Parallel()
	sum, out := play(t, testkit.Start(nil), twoTenants)
	if sum.Failed != 0 {
		t.Fatalf("the story must go as told:\n%s", out)
	}
	leaky := func(ctx context.Context, setup scenario.Setup) (*scenario.Desk, error) {
		d, err := testkit.Start(nil)(ctx, setup)
		if err == nil {
			d.Service = sharing{d.Service, loket.Actor{ID: "officer", Role: "desk_officer", Roles: []string{"desk_officer"}, Tenant: "stad"}}
		}
		return d, err
	}
	sum, out = play(t, leaky, twoTenants)
	for _, part := range []string{"de zaak is te zien", "staat op de werklijst team", "worklist.jobs", "T: other"} {
		if sum.Failed != 1 || !strings.Contains(out, part) {
			t.Errorf("a desk that shares is not found by %q:\n%s", part, out)
		}
	}
}

// Whose somebody is must be said, with the names there are; and a story is of one tenant or
// of several.
func TestTenantsThatAreNot(t *testing.T) {
	t.Parallel()
	for was, is := range map[string][2]string{
		"{tenant: buren, role":    {"{role", "tenant: buren of tenant: stad"},
		"{tenant: stad, role: de": {"{tenant: stat, role: de", "stad?"},
		"  buren:  rotterdam":     {"  buren:  {name: Buren}", "buren: {protocol: voorbeeldstad}"},
		"level: V2, tenant: stad": {"level: V2, tenant: stadje", "stad?"},
		"scenario: TWO":           {"scenario: TWO\nprotocol: rotterdam", "een van de twee"},
	} {
		if strings.Count(twoTenants, was) != 1 {
			t.Fatalf("%q stands %d times in the story", was, strings.Count(twoTenants, was))
		}
		_, err := scenario.Read("two.yaml", []byte(strings.Replace(twoTenants, was, is[0], 1)))
		if err == nil || !strings.Contains(err.Error(), is[1]) || !strings.Contains(err.Error(), "two.yaml:") {
			t.Errorf("%q instead of %q gives: %v", is[0], was, err)
		}
	}
	_, err := scenario.Read("one.yaml", []byte(strings.Replace(control, "role: reporter,", "tenant: stad, role: reporter,", 1)))
	if err == nil || !strings.Contains(err.Error(), "tenants: {stad:") {
		t.Errorf("a tenant in a story of one protocol gives: %v", err)
	}
}
