// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"slices"
	"strings"
)

// Circles among facts are faults, because nothing could be worked out. Those here load, but
// a case would never come to its end, or a question never be asked.

// inspectCircles warns of phases that follow each other round, and of questions of a form
// that wait for each other.
func (l *loader) inspectCircles() {
	for _, round := range circles(len(l.p.Phases), l.nextPhase) {
		ph := &l.p.Phases[round[0]]
		l.warn(ph.Pos, "then", "Laat bij de laatste fase then weg.", "Deze fasen volgen op elkaar in een kring, en na de laatste eindigt de zaak: %s.", l.named(round, func(i int) string { return l.p.Phases[i].ID }))
	}
	for i := range l.p.Forms {
		fields := listed(&l.p.Forms[i])
		next := func(at int) []int { return l.waitsFor(fields, at) }
		for _, round := range circles(len(fields), next) {
			l.warn(fields[round[0]].Pos, "show", "Laat één van deze vragen los van de andere: haal haar show weg of verander hem.",
				"Deze vragen wachten op elkaar: %s. Zolang niets bekend is, wordt geen van alle gesteld.", l.named(round, func(i int) string { return fields[i].ID }))
		}
	}
}

func (l *loader) nextPhase(at int) []int {
	next := slices.IndexFunc(l.p.Phases, func(ph Phase) bool { return ph.ID == l.p.Phases[at].Then })
	if next < 0 {
		return nil
	}
	return []int{next}
}

// waitsFor are the questions of the same form that must be answered before this one is asked.
func (l *loader) waitsFor(fields []*Field, at int) []int {
	show := l.c.of(fields[at].Show)
	if show == nil {
		return nil
	}
	var found []int
	for _, ref := range show.refs {
		id := l.c.declared[ref].fact.ID
		if other := slices.IndexFunc(fields, func(f *Field) bool { return f.ID == id }); other >= 0 && !l.askedElsewhere(id) {
			found = append(found, other)
		}
	}
	return found
}

func listed(form *Form) []*Field {
	var found []*Field
	for _, f := range form.fields() {
		found = append(found, f)
	}
	return found
}

func (l *loader) askedElsewhere(id string) bool {
	asked := 0
	l.eachField(func(_ *Form, f *Field) {
		if f.ID == id {
			asked++
		}
	})
	return asked > 1
}

// named writes a circle as an author reads it, back to where it began.
func (l *loader) named(round []int, name func(int) string) string {
	var words []string
	for _, at := range append(round, round[0]) {
		words = append(words, name(at))
	}
	return strings.Join(words, " → ")
}

// circles finds, among n things of which each leads to others, the shortest way from each
// thing back to itself by things that stand after it; so each circle comes once.
func circles(n int, next func(int) []int) [][]int {
	var found [][]int
	for start := range n {
		if round := wayBack(start, next); round != nil {
			found = append(found, round)
		}
	}
	return found
}

func wayBack(start int, next func(int) []int) []int {
	from := map[int]int{start: start}
	for queue := []int{start}; len(queue) > 0; queue = queue[1:] {
		for _, to := range next(queue[0]) {
			if to == start {
				return wayFrom(start, queue[0], from)
			}
			if _, seen := from[to]; !seen && to > start {
				from[to] = queue[0]
				queue = append(queue, to)
			}
		}
	}
	return nil
}

func wayFrom(start, last int, from map[int]int) []int {
	way := []int{last}
	for last != start {
		last = from[last]
		way = append(way, last)
	}
	slices.Reverse(way)
	return way
}
