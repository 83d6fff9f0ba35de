// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"strings"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

const (
	beforeT03 = "  - id: T-03\n"
	seen      = "  - id: T-16\n    title: Gezien\n    from: received_at\n    within: 4 hours\n    met: classification_decided\n    source: §4\n"
	stages    = "    escalate:\n      - {to: [{role: access, of: [town]}]}\n      - {after: 1 hour, to: [{role: access, of: [town]}], deputy: true}\n      - {after: 2 hours, to: [officer]}\n"
)

// watched is a region where a report must be seen within four hours.
func watched(t *testing.T, stages string, deputy bool) *bench {
	t.Helper()
	b := regionalWith(t, map[string]string{beforeT03: seen + stages + beforeT03})
	b.m.people[0].Email = "samira@example.org"
	b.m.people[1].Name, b.m.people[1].Email = "Leidinggevende", "toegang@example.org"
	lines := []map[string]string{{"organisation": "noord", "name": "Leidinggevende", "role": "access", "email": "prive@example.org"}, {"organisation": "noord", "name": "Waarnemer", "email": "waarnemer@example.org"}}
	if deputy {
		lines[0]["deputy"] = "Waarnemer"
	}
	for _, v := range lines {
		if _, err := b.PutEntry(t.Context(), admin, "contacten", desk.EntryChange{Values: v}); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// after lets time go on and does the clock row of the deadline when it is due, twice: as work
// that was interrupted would. It returns to whom escalation went so far.
func (b *bench) after(t *testing.T, d time.Duration, id loket.CaseID) string {
	t.Helper()
	b.clock.at = noon.Add(d)
	for range 2 {
		for _, row := range b.m.s.clocks[id] {
			if row.Clock == "T-16" && !row.NextAt.After(b.clock.at) {
				if err := b.Due(t.Context(), row); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	var to []string
	for _, m := range b.m.s.outbox {
		if m.Product == "escalation" {
			name, _, _ := strings.Cut(m.To, "@")
			to = append(to, name)
			if strings.Contains(m.Body+m.Subject, "Mila") || !strings.Contains(m.Body, "Gezien") {
				t.Errorf("the mail says %s", m.Body)
			}
		}
	}
	return strings.Join(to, " ")
}

// R-I-59, T-16: not seen in time: a reminder, then the deputy, then somebody above, each once and
// at its moment; each is an event and in the log. Control: without stages nobody is told.
func TestNotSeenGoesOnToTheNext(t *testing.T) {
	t.Parallel()
	b := watched(t, stages, true)
	id := b.report(t, "k1", answers("town", "noord")).Case
	for _, step := range []struct {
		after time.Duration
		want  string
	}{
		{2 * time.Hour, ""}, {4*time.Hour - time.Second, ""}, {4 * time.Hour, "toegang"}, {4*time.Hour + 59*time.Minute, "toegang"},
		{5 * time.Hour, "toegang waarnemer"}, {6 * time.Hour, "toegang waarnemer samira"}, {48 * time.Hour, "toegang waarnemer samira"},
	} {
		if got := b.after(t, step.after, id); got != step.want {
			t.Errorf("after %s told: %q, want %q", step.after, got, step.want)
		}
	}
	if n := b.ledger("deadline.escalated", "system"); n != 3 {
		t.Errorf("%d of 3 stages are in the log", n)
	}
	plain := watched(t, "", true)
	if got := plain.after(t, 48*time.Hour, plain.report(t, "k1", answers("town", "noord")).Case); got != "" {
		t.Errorf("control: told %q", got)
	}
}

// R-I-59, R-I-99: a stage that finds nobody is noted and the next goes at once; what was seen
// tells nobody any more; after a stop all that was missed goes at once, in order.
func TestEscalationReachesSomebody(t *testing.T) {
	t.Parallel()
	b := watched(t, stages, false)
	id := b.report(t, "k1", answers("town", "noord")).Case
	if b.after(t, 4*time.Hour, id); b.after(t, 5*time.Hour, id) != "toegang samira" {
		t.Errorf("without a deputy: %q", b.after(t, 5*time.Hour, id))
	}
	met := watched(t, stages, true)
	id = met.report(t, "k1", answers("town", "noord")).Case
	met.after(t, 4*time.Hour, id)
	met.do(t, officer, id, loket.Decided{Subject: "classification"})
	if got := met.after(t, 9*time.Hour, id); got != "toegang" {
		t.Errorf("seen, and yet told %q", got)
	}
	down := watched(t, stages, true)
	id = down.report(t, "k1", answers("town", "noord")).Case
	if got := down.after(t, 9*time.Hour, id); got != "toegang waarnemer samira" {
		t.Errorf("after a stop told %q", got)
	}
}
