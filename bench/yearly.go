// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"example.org/loket/desk"
	"example.org/loket/figures"
	"example.org/loket/protocol"
	"example.org/loket/store"
)

// A year in numbers and the look for what is due, both of which must not grow with what a
// desk holds.

const (
	yearCases = 1_000_000
	yearMost  = 50 * time.Millisecond // any yearly figure over so many cases
	yearWait  = time.Minute           // how long a visitor waits for the page of a year
	dueAtOnce = 100                   // clocks that are looked up at a time
	dueLooks  = 500
)

// yearly measures every figure of the protocol over a year of a million cases, and its
// figures in pairs, in this process.
func (b *bench) yearly() error {
	p, err := protocol.Load(os.DirFS(b.protocol))
	if err != nil {
		return err
	}
	set := yearOf(p, yearCases)
	var s sample
	for i, f := range p.Figures {
		for _, count := range []func(){
			func() { set.Count(f.ID, 5) },
			func() { set.Measure(f.ID, 5) },
			func() { set.Cross(f.ID, p.Figures[(i+1)%len(p.Figures)].ID, 5) },
		} {
			began := time.Now()
			count()
			s.took = append(s.took, time.Since(began))
		}
	}
	b.times(fmt.Sprintf("a yearly figure over %d cases, of %d", yearCases, len(s.took)), s, yearMost, yearMost)
	return nil
}

// yearOf is a year with so many cases, of which each answers each figure somehow.
func yearOf(p *protocol.Protocol, cases int) *figures.Set {
	words := []string{"", "yes", "no", "calamity", "incident", "wmo", "jeugdwet", "jeugdwet wmo"}
	set, answers := &figures.Set{}, map[string]string{}
	for n := range cases {
		for i, f := range p.Figures {
			answers[f.ID] = words[(n/(i+1)+i)%len(words)]
		}
		set.Add(figures.Row{Number: "2026-0001", Incident: n%9 > 0, Persons: 1, Reports: 1, Answers: answers})
	}
	return set
}

// yearPage loads the page of this year, which counts its cases anew until the year is frozen.
func (b *bench) yearPage(at string) error {
	officer := newVisitor(b.desk.addr).remembering()
	if err := officer.login(officerLogin, officerPassword); err != nil {
		return err
	}
	began := time.Now()
	err := officer.load(fmt.Sprintf("/cijfers?jaar=%d", b.now.Year()))
	took := time.Since(began)
	if err != nil && took < yearWait {
		return err
	}
	b.most("page of a year that is not frozen, at "+at, float64(took)/float64(time.Millisecond), float64(yearMost)/float64(time.Millisecond), "ms")
	return nil
}

// dues is how long it took to look for clocks that are due: when none is, and when more are
// than are looked up at once.
type dues struct{ none, some sample }

// due looks for clocks that are due, in the database of the desk.
func (b *bench) due() (d dues, err error) {
	s, err := store.Open(context.Background(), filepath.Join(b.dir, "desk"))
	if err != nil {
		return d, err
	}
	defer s.Close()
	if d.none, err = dueAt(s, time.Unix(0, 0)); err != nil {
		return d, err
	}
	d.some, err = dueAt(s, b.now.AddDate(100, 0, 0))
	return d, err
}

func dueAt(s *store.Store, now time.Time) (found sample, err error) {
	ctx := context.Background()
	for range dueLooks {
		began := time.Now()
		err := s.Read(ctx, func(tx desk.Tx) error {
			_, err := tx.DueClocks(ctx, now, dueAtOnce)
			return err
		})
		if err != nil {
			return found, err
		}
		found.took = append(found.took, time.Since(began))
	}
	return found, nil
}
