// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// desked is a clock whose reminders wait for the desk, with the oracle of the same desk.
type desked struct {
	p *Protocol
	o *oracle
}

// atDesk gives a desk of every day, or one that is closed at weekends and on holidays.
func atDesk(office bool) desked {
	w := desked{dutch(), newOracle()}
	if w.o.office = office; office {
		w.p.Desk.Days, w.p.Desk.Holidays = []string{"mon", "tue", "wed", "thu", "fri"}, "closed"
	}
	return w
}

// sent walks hour by hour from the end of a clock: what falls due lies there until an hour in
// which the desk is open, and then goes out once, however much lies there.
func (w desked) sent(due spot, each span, hours int) (out []time.Time) {
	lies, k, next := false, 0, due
	for at := due; hours > 0; at, hours = w.o.afterMinutes(at, 60), hours-1 {
		for !w.o.instant(next).After(w.o.instant(at)) {
			lies, k = true, k+1
			next = term{from: due, span: span{each.n * k, each.unit}, end: endExact}.where(w.o)
		}
		shown, _ := w.o.wall(at)
		if open := shown >= 9*60 && shown < 22*60 && (!w.o.office || w.o.working(at.day)); open && lies {
			out, lies = append(out, w.o.instant(at)), false
		}
	}
	return out
}

// told asks at every hour what went out last, as the desk does.
func (w desked) told(d *Deadline, due spot, hours int) (out []time.Time) {
	for at := due; hours > 0; at, hours = w.o.afterMinutes(at, 60), hours-1 {
		last, next, _ := w.p.Reminders(d, w.o.instant(due), w.o.instant(at))
		if !last.IsZero() && (len(out) == 0 || last.After(out[len(out)-1])) {
			out = append(out, last)
		}
		if now := w.o.instant(at); !next.After(now) || last.After(now) {
			return append(out, time.Time{}) // what is to come lies ahead, what was lies behind
		}
	}
	return out
}

func sameMoments(a, b []time.Time) bool {
	for i := range a {
		if i >= len(b) || !a[i].Equal(b[i]) {
			return false
		}
	}
	return len(a) == len(b)
}

// nights are the days around which the clock changes, and those around holidays.
func (o *oracle) nights() (out []int) {
	for day, d := range o.days[:366*25] {
		if d.length != 1440 || d.free {
			out = append(out, day)
		}
	}
	return out
}

// R-R-139, R-I-76: a reminder that waits for the desk goes out when it opens, once for each
// closed stretch, as by walking the hours: at weekends, on holidays, when the clock changes.
func TestRemindersWaitForTheDesk(t *testing.T) {
	t.Parallel()
	desks := map[bool]desked{false: atDesk(false), true: atDesk(true)}
	nights := almanac().nights()
	rapid.Check(t, func(r *rapid.T) {
		w := desks[rapid.Bool().Draw(r, "office")]
		day := rapid.SampledFrom(nights).Draw(r, "night") - rapid.IntRange(0, 4).Draw(r, "before")
		due := spot{max(0, day), 60 * rapid.Int64Range(0, 22).Draw(r, "hour")}
		each := span{rapid.IntRange(1, 9).Draw(r, "n"), rapid.SampledFrom([]unit{inHours, inDays, inWorkingDays, inWeeks}).Draw(r, "unit")}
		d := &Deadline{Repeat: each.words().EN, RepeatAt: endDeskOpen}
		if got, want := w.told(d, due, 400), w.sent(due, each, 400); !sameMoments(got, want) {
			r.Fatalf("%s from %s: told at\n%s, want\n%s", d.Repeat, w.o.instant(due), got, want)
		}
	})
}

// Control: reminders that go out at their hour, and those of a desk that forgets its holidays,
// are caught by the oracle; so is a desk of every day that is asked for office days.
func TestOracleCatchesRemindersAtNight(t *testing.T) {
	t.Parallel()
	w, day := atDesk(true), span{1, inDays}
	easter := spot{0, 20 * 60} // Maundy Thursday 2 April 2026, 20:00
	for d, o := range w.o.days {
		if o.year == 2026 && o.month == 4 && o.day == 2 {
			easter.day = d
		}
	}
	want := w.sent(easter, day, 200)
	if got := w.told(&Deadline{Repeat: "1 day", RepeatAt: endDeskOpen}, easter, 200); !sameMoments(got, want) || len(want) != 6 {
		t.Fatalf("over Easter: %s, want %s", got, want)
	}
	if got := w.told(&Deadline{Repeat: "1 day"}, easter, 200); sameMoments(got, want) {
		t.Error("the oracle passed reminders at night")
	}
	w.p.Desk.Holidays = "open"
	if got := w.told(&Deadline{Repeat: "1 day", RepeatAt: endDeskOpen}, easter, 200); sameMoments(got, want) {
		t.Error("the oracle passed reminders on Good Friday")
	}
}

// R-R-139: what waits is said in the book, and only of a clock that reminds.
func TestRepeatAtIsCheckedAndSaid(t *testing.T) {
	t.Parallel()
	p := loadWhole(t, strings.Replace(reminding, "EACH", "1 day, repeat_at: desk_open", 1))
	if said := p.AfterEnd(&p.Deadlines[0]); len(said) != 1 || !strings.HasSuffix(said[0].NL, "telkens na 1 dag; is het loket dicht, dan zodra het opengaat.") {
		t.Errorf("said %v", said)
	}
	for wrong, want := range map[string]string{"repeat: 1 day, repeat_at: at_night": "at_night", "repeat_at: desk_open": "herinnert niet"} {
		if _, err := Load(mapFolder("protocol.yaml", []byte(strings.Replace(reminding, "repeat: EACH", wrong, 1)))); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}
