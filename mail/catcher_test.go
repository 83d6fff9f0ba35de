// SPDX-License-Identifier: EUPL-1.2

package mail

import (
	"fmt"
	"testing"
	"time"
)

// The demo shows the mail that would have gone out, newest first, and only the last ones.
func TestCatcher(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 28, 14, 0, 0, 0, time.UTC)
	c, err := Catch(2, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	out := sender(t, Options{Addr: c.Addr(), Security: Plain})
	for i := range 3 {
		m := notice()
		m.ID, m.Subject = fmt.Sprint("nr", i), "Café-melding é "+fmt.Sprint(i)
		if err := out.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	caught := c.Messages()
	if len(caught) != 2 {
		t.Fatalf("kept %d", len(caught))
	}
	first := caught[0]
	if first.MessageID != "nr2@loket.example.org" || first.Subject != "Café-melding é 2" || !first.At.Equal(now) {
		t.Errorf("have %+v", first)
	}
	if first.Body != notice().Body || len(first.To) != 1 || first.To[0] != notice().To {
		t.Errorf("have %q to %v", first.Body, first.To)
	}
}
