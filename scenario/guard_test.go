// SPDX-License-Identifier: EUPL-1.2

package scenario_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/testkit"
	"example.org/loket/scenario"
)

const guarded = `scenario: GUARDED
protocol: rotterdam
people:
  alfa:    {role: reporter, organisation: Alfa}
  officer: {role: desk_officer, name: Functionaris Een}
  aunt:    {role: desk_officer, name: Functionaris Twee}
  head:    {role: desk_coordinator, name: Coördinator Drie}
  owner:   {role: protocol_owner, name: Eigenaar Vier}
  privacy: {role: privacy_officer, name: Privacyfunctionaris Vijf}
  admin:   tenant_admin
steps:
  - {at: 2026-03-28 16:10, who: alfa, report: {case: mila, answers: {organisation: Alfa, kinds: [other], incident: 2026-03-28 14:00}}}
`

// wrongSteps are steps that must not pass, with what is said of them.
var wrongSteps = [][2]string{
	{`{who: officer, hide: {from: [aunt], reason: Familie.}}`, "forbidden"},
	{`{who: head, hide: {from: [aunt], reason: ""}}`, "motivation"},
	{`{who: head, hide: {from: [alfa], reason: Familie.}}`, "account"},
	{`{who: head, hide: {from: [aunt], reason: Familie.}, expect: {refused: yes}}`, "de handeling is gelukt"},
	{`{who: head, show: {to: [aunt], reason: Mag weer.}}`, "invalid"},
	{`{who: owner, emergency: {ground: safety, level: V4, purpose: "", reason: Nacht.}}`, "motivation"},
	{`{who: owner, emergency: {ground: safety, level: V4, purpose: Bellen., reason: Nacht., number: 2026-9999}}`, "geen zaak met dit nummer"},
	{`{who: privacy, review: {right: yes, remark: Goed.}}`, "het verhaal klopt niet"},
	{`{who: head, lift: Klaar.}`, "niet vastgehouden"},
	{`{who: head, hold: ""}`, "motivation"},
	{`{who: head, limit: {ground: claim, reason: Zaak.}}`, "forbidden"},
	{`{who: privacy, limit: {ground: claim, reason: ""}}`, "motivation"},
	{`{who: privacy, limit: {ground: klaim, reason: Zaak.}}`, "klaim"},
	{`{who: privacy, lift_limit: Klaar.}`, "niet beperkt"},
	{`{who: privacy, limit: {ground: claim, reason: Zaak.}, expect: {as: head, status: open}}`, "limited"},
	{`{who: head, keep: Blijft.}`, "geen voorstel"},
	{`{who: head, approve: register}`, "conflict"},
	{`{who: head, approve: all}`, "Kruis aan"},
	{`{who: officer, approve: register}`, "not_found"},
	{`{who: head, approve: register, expect: {certificate: {whole: [mila]}}}`, "conflict"},
	{`{who: head, note: Gezien., expect: {certificate: {whole: [mila]}}}`, "een certificaat van vernietiging"},
	{`{who: officer, note: Gezien., expect: {retention: {proposed: []}}}`, "not_found"},
	{`{who: admin, entry: {book: roster, values: {role: desk_officer}}}`, "Bedoelt u rooster?"},
	{`{who: admin, entry: {book: rooster, values: {rol: desk_officer}}}`, "role*"},
	{`{who: admin, entry: {book: rooster, name: avond, end: yes}}`, "Er is geen regel"},
	{`{who: officer, entry: {book: rooster, values: {role: desk_officer, person: officer, from: 2026-03-28 17:00, until: 2026-03-28 22:00}}}`, "not_found"},
	{`{who: officer, expect: {gone: yes}}`, "de zaak is te zien"},
}

// A wrong story about who may see a case, or what is kept of it, is found, on its line and with
// the reason of the desk (D-26, D-43, D-65).
func TestWrongStoriesOfGuarding(t *testing.T) {
	t.Parallel()
	line := strings.Count(guarded, "\n") + 1
	for _, w := range wrongSteps {
		sum, out := play(t, testkit.Start(nil), guarded+"  - "+w[0]+"\n")
		found := sum.Results[0].Differences
		if len(found) == 0 || found[0].Line != line || !strings.Contains(out, w[1]) {
			t.Errorf("%s: want %q on line %d, got\n%s", w[0], w[1], line, out)
		}
	}
}

// looseDesk shows a hidden case to everybody.
type looseDesk struct{ desk.Service }

func (l looseDesk) Case(ctx context.Context, a loket.Actor, id loket.CaseID) (*desk.CaseView, error) {
	if a.ID == "aunt" {
		a.ID = "officer"
	}
	return l.Service.Case(ctx, a, id)
}

// The check at the end finds a desk that hides too little (V). Control: the real one passes.
func TestHidingIsCheckedAtTheEnd(t *testing.T) {
	t.Parallel()
	story := guarded + "  - {who: head, hide: {from: [aunt], reason: Familie.}}\n"
	if sum, out := play(t, testkit.Start(nil), story); sum.Failed != 0 {
		t.Errorf("control:\n%s", out)
	}
	loose := func(ctx context.Context, setup scenario.Setup) (*scenario.Desk, error) {
		d, err := testkit.Start(nil)(ctx, setup)
		if err == nil {
			d.Service = looseDesk{d.Service}
		}
		return d, err
	}
	sum, out := play(t, loose, story)
	if sum.Failed != 1 || !strings.Contains(fmt.Sprint(sum.Results[0].Differences), "sees_nothing aunt van mila") {
		t.Errorf("a desk that shows a hidden case passes:\n%s", out)
	}
}
