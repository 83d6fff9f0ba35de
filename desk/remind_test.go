// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"strings"
	"testing"
	"time"

	"example.org/loket"
)

const repeating = "    owner: access\n    repeat: 1 day\n"

// remindedAfter lets time go on and does what is due, twice, as work that was interrupted
// would. It returns to whom reminders went so far, with the day of each.
func (b *bench) remindedAfter(t *testing.T, d time.Duration, id loket.CaseID) string {
	t.Helper()
	b.after(t, d, id)
	var to []string
	for _, m := range b.m.s.outbox {
		if m.Product != "reminder" {
			continue
		}
		name, _, _ := strings.Cut(m.To, "@")
		to = append(to, name+" "+m.CreatedAt.Sub(noon).String())
		if strings.Contains(m.Body+m.Subject, "Mila") || !strings.Contains(m.Body, "Gezien") {
			t.Errorf("the mail says %s", m.Body)
		}
	}
	return strings.Join(to, ", ")
}

// R-R-139, R-I-76, T-03, T-19: who must act hears it at the end and each interval after it, once,
// until it is done; only where the case is theirs; and it stands in the timeline. After a stop
// what was missed is told once. Control: without `repeat` nobody is reminded.
func TestRemindedUntilItIsDone(t *testing.T) {
	t.Parallel()
	b := watched(t, repeating, false)
	id := b.report(t, "k1", answers("town", "noord")).Case
	for _, step := range []struct {
		after time.Duration
		want  string
	}{
		{4*time.Hour - time.Second, ""}, {4 * time.Hour, "toegang 4h0m0s"}, {27 * time.Hour, "toegang 4h0m0s"}, {28 * time.Hour, "toegang 4h0m0s, toegang 28h0m0s"},
		{130 * time.Hour, "toegang 4h0m0s, toegang 28h0m0s, toegang 130h0m0s"}, // the desk was down for days
		{148 * time.Hour, "toegang 4h0m0s, toegang 28h0m0s, toegang 130h0m0s, toegang 148h0m0s"},
	} {
		if got := b.remindedAfter(t, step.after, id); got != step.want {
			t.Errorf("after %s reminded: %q, want %q", step.after, got, step.want)
		}
	}
	if n := b.ledger("deadline.reminded", "system"); n != 4 {
		t.Errorf("%d of 4 reminders are in the log", n)
	}
	told := 0
	for _, day := range b.sees(t, officer, id).Timeline {
		for _, line := range day.Moments {
			if strings.HasPrefix(line.What.NL, "Herinnering: Gezien. Gestuurd aan Leidinggevende") {
				told++
			}
		}
	}
	if told != 4 {
		t.Errorf("%d of 4 reminders are on the timeline", told)
	}
	b.do(t, officer, id, loket.Decided{Subject: "classification"})
	if got := b.remindedAfter(t, 400*time.Hour, id); strings.Count(got, "toegang") != 4 {
		t.Errorf("done, and yet reminded: %s", got)
	}
	plain := watched(t, "    owner: access\n", false)
	if got := plain.remindedAfter(t, 200*time.Hour, plain.report(t, "k1", answers("town", "noord")).Case); got != "" {
		t.Errorf("control: reminded %q", got)
	}
}

// R-I-32: of a role that sees only its own cases nobody else is reminded; where nobody can be, the
// timeline says so and the next interval tries again. Who handles the case is reminded alone.
func TestRemindedAreThoseConcerned(t *testing.T) {
	t.Parallel()
	elsewhere := watched(t, repeating, false)
	id := elsewhere.report(t, "k1", answers("town", "zuid")).Case
	if got := elsewhere.remindedAfter(t, 30*time.Hour, id); got != "" {
		t.Errorf("the access of another town was reminded: %s", got)
	}
	if n := elsewhere.ledger("deadline.reminded", "system"); n != 1 {
		t.Errorf("%d reminders were noted, want 1 that found nobody", n)
	}
	team := watched(t, "    owner: officer\n    repeat: 1 day\n", false)
	second := team.m.people[0]
	second.ID, second.Name, second.Email = "bo", "Bo Proef", "bo@example.org"
	team.m.people = append(team.m.people, second)
	id = team.report(t, "k1", answers("town", "noord")).Case
	if got := team.remindedAfter(t, 4*time.Hour, id); got != "samira 4h0m0s, bo 4h0m0s" {
		t.Errorf("the team: %s", got)
	}
	team.do(t, officer, id, loket.CaseAssigned{To: "bo"})
	if got := team.remindedAfter(t, 28*time.Hour, id); got != "samira 4h0m0s, bo 4h0m0s, bo 28h0m0s" {
		t.Errorf("handled by bo: %s", got)
	}
	team.do(t, officer, id, loket.CaseEnded{As: "test", Reason: "Proef."})
	if got := team.remindedAfter(t, 90*time.Hour, id); strings.Count(got, ",") != 2 {
		t.Errorf("ended, and yet: %s", got)
	}
}

// R-R-139, R-I-76: a reminder of the night waits until the desk opens, two of one night are one,
// and the end of the clock itself does not move. Control: without `repeat_at` it goes out at night.
func TestRemindedWhenTheDeskOpens(t *testing.T) {
	t.Parallel()
	const often = "    owner: access\n    repeat: 6 hours\n"
	for stages, want := range map[string]string{
		often + "    repeat_at: desk_open\n": "toegang 4h0m0s, toegang 21h0m0s, toegang 22h0m0s",
		often:                                "toegang 4h0m0s, toegang 10h0m0s, toegang 16h0m0s, toegang 22h0m0s",
	} {
		b := watched(t, stages, false)
		id, got := b.report(t, "k1", answers("town", "noord")).Case, ""
		for hour := range 24 {
			got = b.remindedAfter(t, time.Duration(hour)*time.Hour, id)
		}
		if got != want {
			t.Errorf("%q reminded %s, want %s", stages, got, want)
		}
	}
}
