// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"strings"
	"testing"

	"example.org/loket"
)

// S10: taking away somebody's second step is in the ledger with who did it, and the person
// hears of it by mail without any content. Who does not set up the desk may not, and nobody
// does it for themselves.
func TestResetSecond(t *testing.T) {
	t.Parallel()
	ctx, b := t.Context(), start(t)
	admin := b.adviser("V0", "V0", "configure")
	if err := b.ResetSecond(ctx, admin, "lena"); err != nil {
		t.Fatal(err)
	}
	if len(b.m.s.outbox) != 1 || b.m.s.outbox[0].To != "lena@example.org" || strings.Contains(b.m.s.outbox[0].Body, "Lena") || b.ledger("login.factor_reset", admin.ID) != 1 {
		t.Errorf("mail %+v, ledger %+v", b.m.s.outbox, b.m.s.ledger)
	}
	for name, try := range map[string]struct {
		a      loket.Actor
		person string
	}{"an officer": {officer, "lena"}, "somebody of another desk": {stranger, "lena"}, "for oneself": {admin, admin.ID}, "nobody": {admin, "niemand"}} {
		if err := b.ResetSecond(ctx, try.a, try.person); loket.ErrorCode(err) != loket.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(b.m.s.outbox) != 1 {
		t.Error("a refusal sent mail")
	}
}
