// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"context"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
)

// R-R-29, R-R-62: a case is handed to somebody who works on cases, and only what the protocol
// asks can be opened. A name that nobody has would leave the case on nobody's list.
func TestNamesThatNobodyHas(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	id := b.report(t, "k", answers()).Case
	assign := func(to string) error {
		_, err := b.Do(ctx, officer, id, desk.Change{Want: loket.CaseAssigned{To: to}})
		return err
	}
	for _, nobody := range []string{"jan", "lena"} { // unknown, and only informed
		code(t, assign(nobody), loket.Invalid)
	}
	_, err := b.Open(ctx, officer, id, []string{"stroy"}, "nakijken")
	code(t, err, loket.Invalid)
	// Control: a colleague, nobody at all, and a question that is there.
	for _, fine := range []string{"samira", ""} {
		if err := assign(fine); err != nil {
			t.Errorf("assign to %q: %v", fine, err)
		}
	}
	if _, err := b.Open(ctx, officer, id, []string{"story"}, "nakijken"); err != nil {
		t.Error(err)
	}
}
