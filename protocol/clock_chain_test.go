// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// link is one clock of a chain.
type link struct {
	span span
	end  string
}

// where is the spot at which a term ends, as the oracle walks to it.
func (q term) where(o *oracle) spot {
	if q.span.unit == inWorkingDays && q.end == endExact {
		shown, _ := o.wall(q.from)
		return o.onWall(o.afterWorkingDays(q.from, q.span.n).day, shown)
	}
	if q.span.unit == inWorkingDays && q.end == endNine {
		return o.onWall(o.afterWorkingDays(q.from, q.span.n).day, 9*60)
	}
	return o.due(q.from, q.span.n, q.span.unit, q.end)
}

// then is where a second term ends. After the end of a day, counting in days goes on from
// that day: it ended at 24:00, and did not begin the next.
func (o *oracle) then(first link, at spot, second link) spot {
	if first.end != endOfDay || second.span.unit < inWorkingDays {
		return term{at, second.span, second.end}.where(o)
	}
	eve := spot{at.day - 1, o.days[at.day-1].length - 1}
	last := term{eve, second.span, endExact}.where(o)
	switch {
	case second.end == "" && second.span.unit == inWorkingDays:
		return o.onWall(last.day, 17*60)
	case second.end == endNine && second.span.unit == inWorkingDays:
		return o.onWall(last.day, 9*60)
	case second.end == endOfficeClose || second.end == endDeskOpen || second.end == endNine:
		return o.finish(spot{last.day + 1, 0}, second.end)
	}
	return spot{last.day + 1, 0}
}

var unitWords = []string{"minutes", "hours", "desk hours", "working days", "days", "weeks", "months", "years"}

func (l link) within() string {
	for _, word := range unitWords {
		if s, err := parseSpan(fmt.Sprintf("%d %s", l.span.n, word)); err == nil && s == l.span {
			return fmt.Sprintf("%d %s", l.span.n, word)
		}
	}
	return ""
}

// chains are pairs of clocks: the second starts where the first ends.
func chains(n int) [][2]link {
	random := rand.New(rand.NewPCG(5, 6))
	one := func() link {
		l := link{end: ends[random.IntN(len(ends))]}
		l.span.unit = unit(random.IntN(len(unitNames)))
		l.span.n = 1 + random.IntN(min(9, longest[l.span.unit]))
		return l
	}
	out := [][2]link{
		{{span{6, inWeeks}, ""}, {span{3, inWorkingDays}, ""}},              // own inquiry, then a reaction
		{{span{1, inMonths}, ""}, {span{1, inMonths}, ""}},                  // clamped twice: 31 Jan, 28 Feb, 28 Mar
		{{span{4, inDeskHours}, ""}, {span{4, inDeskHours}, endDeskOpen}},   // pauses over nights and holidays
		{{span{2, inWorkingDays}, endExact}, {span{48, inHours}, endExact}}, // keeps the time, then runs through
	}
	for len(out) < n {
		out = append(out, [2]link{one(), one()})
	}
	return out
}

func chainProtocol(t *testing.T, all [][2]link, holidays string) *Protocol {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "protocol: {id: keten, version: \"1\", title: Keten}\ndesk: {opens: \"09:00\", closes: \"22:00\", days: [mon, tue, wed, thu, fri], holidays: %s, office: {opens: \"09:00\", closes: \"17:00\"}}\n", holidays)
	b.WriteString("calendar: {holidays: [new_year, good_friday, easter_monday, kings_day, liberation_day, ascension, whit_monday, christmas, boxing_day]}\n")
	b.WriteString("kinds: [{id: k, title: K}]\nforms: [{id: f, title: F, use: report, opens: k, sections: [{id: s, fields: [{id: begun, label: Begin, type: moment, level: V1}]}]}]\ndeadlines:\n")
	for i, c := range all {
		for j, from := range []string{"begun", fmt.Sprintf("c-%d-0", i)} {
			end := ""
			if c[j].end != "" {
				end = ", end: " + c[j].end
			}
			fmt.Fprintf(&b, "  - {id: c-%d-%d, title: C, from: %s, within: %s%s, strength: watch}\n", i, j, from, c[j].within(), end)
		}
	}
	return loadWhole(t, b.String())
}

func loadWhole(t *testing.T, text string) *Protocol {
	t.Helper()
	p, err := Load(mapFolder("protocol.yaml", []byte(text)))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// differing counts the ends of chains that the oracle walks to elsewhere, for starts in
// all years of 2024–2035.
func differing(t *testing.T, p *Protocol, o *oracle, all [][2]link, starts int, report func(string)) int {
	t.Helper()
	random, wrong := rand.New(rand.NewPCG(7, 8)), 0
	for range starts {
		from := spot{day: 1826 + random.IntN(4380), past: int64(random.IntN(1380))} // 1 January 2024 and twelve years on
		ev := p.Evaluate(Input{Facts: Facts{"begun": o.instant(from)}, Now: o.instant(from)})
		for i, c := range all {
			first := term{from, c[0].span, c[0].end}.where(o)
			want := o.instant(o.then(c[0], first, c[1]))
			got, _ := ev.Facts[fmt.Sprintf("c_%d_1_due", i)].(time.Time)
			if !got.Equal(want) {
				wrong++
				report(fmt.Sprintf("from %s: %s %s, then %s %s: got %s, want %s", o.instant(from), c[0].within(), c[0].end, c[1].within(), c[1].end, got.UTC(), want))
			}
		}
	}
	return wrong
}

// R08: clocks that start where another ends, over nights, weekends, short months, both
// changes of the clock and all Dutch holidays of 2024–2035, are the same as by walking the
// days; also for a desk that pauses on holidays and at weekends.
func TestChainsMatchOracle(t *testing.T) {
	t.Parallel()
	all := chains(40)
	o := *almanac()
	o.office = true
	p := chainProtocol(t, all, "closed")
	if n := differing(t, p, &o, all, 300, func(s string) { t.Log(s) }); n > 0 {
		t.Errorf("%d chains end elsewhere", n)
	}
}

// Control: a desk that forgets its holidays, and a row of days without Ascension Day, are caught.
func TestChainsCatchAForgottenHoliday(t *testing.T) {
	t.Parallel()
	all := chains(8)
	o := *almanac()
	o.office = true
	if differing(t, chainProtocol(t, all, "open"), &o, all, 60, func(string) {}) == 0 {
		t.Error("a desk that is open on holidays is not noticed")
	}
	p := chainProtocol(t, all, "closed")
	p.Calendar.Holidays = p.Calendar.Holidays[:5] // no Ascension Day, Whit Monday, Christmas
	if differing(t, p, &o, all, 60, func(string) {}) == 0 {
		t.Error("forgotten holidays are not noticed")
	}
}
