// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"net/url"
	"testing"

	"example.org/loket/desk"
)

// A reason that rests on a derived fact says which answers that follows from, as far as the
// reader may know them: not the half that is still hidden (R-I-60, R-I-61).
func TestReasonNamesWhatItFollowsFrom(t *testing.T) {
	t.Parallel()
	b, id := startRegion(t,
		"facts:\n", "facts:\n  - {id: unrest_somewhere, title: Ergens is onrust, is: unrest_contract || unrest_access}\n",
		"steps:\n", "steps:\n  - {id: calm, title: Breng rust, phase: weigh, owner: [contract], action: note, when: '!known(unrest_somewhere) || unrest_somewhere'}\n")
	b.send(t, sara, id, "half_contract", url.Values{"unrest_contract": {"yes"}})
	if got := followed(b.sees(t, daan, id)); len(got) != 0 {
		t.Errorf("control: the hidden half shows under what follows from it: %v", got)
	}
	b.send(t, daan, id, "half_access", url.Values{"unrest_access": {"no"}})
	got := followed(b.sees(t, daan, id))
	if len(got) != 2 || got["unrest_contract"] != "ja" || got["unrest_access"] != "nee" {
		t.Errorf("ergens is onrust follows from %v", got)
	}
}

// followed are the facts under those of the step calm.
func followed(v *desk.CaseView) map[string]string {
	out := map[string]string{}
	for _, todo := range v.Proposals {
		for _, fact := range todo.Facts {
			for _, under := range fact.Follows {
				if todo.Step == "calm" {
					out[under.ID] = under.Value.NL
				}
			}
		}
	}
	return out
}
