// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Bars of design: what the desk holds itself to.
const (
	leastIntake = 0.3 // of the bare server: what was reached, see docs/decisions/0014
	wishIntake  = 0.6 // of the bare server: what design.md wants
	pageP50     = 3 * time.Millisecond
	pageP99     = 10 * time.Millisecond
	mostGrowth  = 1.5
	mostStart   = 100.0 // ms
	mostIdle    = 50.0  // MB
	mostLoaded  = 120.0 // MB
	mostWeight  = 60.0  // KB
	mostNotice  = 100 * time.Millisecond
	evaluateP50 = 200 * time.Microsecond
)

const (
	seeders = 32 // clients that fill the desk with cases
	rounds  = 9  // turns that desk and bare server take; the one in the middle counts
)

// bench is one run: the two servers and what was found.
type bench struct {
	options
	table
	desk   *program
	bare   *program
	mails  *mailServer
	dir    string
	now    time.Time
	cases  int   // sent to the desk so far
	before looks // with few cases
}

// measure runs everything, from the lightest to the heaviest state of the desk.
func measure(o options, dir string) (*table, error) {
	b := &bench{options: o, dir: dir, now: time.Now()}
	defer b.stop()
	steps := []struct {
		say    string
		do     func() error
		always bool
	}{
		{"protocol", b.evaluate, false},
		{"figures", b.yearly, false},
		{"start", b.start, true},
		{"page weight", b.weigh, false},
		{fmt.Sprintf("pages at %d cases", o.few), b.pagesFew, false},
		{"notices", b.notices, false},
		{"notices in a flood", b.flood, false},
		{"intake", b.intake, false},
		{fmt.Sprintf("pages at %d cases", o.many), b.pagesMany, false},
		{"restart with cases on disk", b.restart, false},
		{"intake of a region", b.region, false},
	}
	for _, step := range steps {
		if !step.always && !o.only.MatchString(step.say) {
			continue
		}
		began := time.Now()
		if err := step.do(); err != nil {
			return nil, fmt.Errorf("%s: %w", step.say, err)
		}
		fmt.Fprintf(os.Stderr, "bench: %s (%s)\n", step.say, short(time.Since(began)))
	}
	return &b.table, nil
}

func (b *bench) stop() {
	for _, p := range []*program{b.desk, b.bare} {
		if p != nil {
			p.stop()
		}
	}
}

func (b *bench) evaluate() error {
	s, err := evaluation(b.protocol, b.lasts)
	if err == nil {
		err = s.fault
	}
	b.times("protocol evaluation of a full case", s, evaluateP50, 10*evaluateP50)
	return err
}

// start starts both servers, each in a folder of its own.
func (b *bench) start() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	bareDir := filepath.Join(b.dir, "bare")
	if err := errors.Join(os.RemoveAll(bareDir), os.Mkdir(bareDir, 0o700)); err != nil { // nothing is kept of the bare server
		return err
	}
	addr, err := freeAddr()
	if err != nil {
		return err
	}
	if b.bare, err = start(addr, "/gezond", self, "bare", addr, bareDir); err != nil {
		return err
	}
	if b.mails, err = startMailServer(); err != nil {
		return err
	}
	if err := b.furnish(); err != nil {
		return err
	}
	if err := b.recount(); err != nil {
		return err
	}
	return b.startDesk()
}

func (b *bench) weigh() error {
	bytes, requests, err := weight(b.desk.addr, "/melden")
	b.most(fmt.Sprintf("report form, first visit, %d requests, gzip, with headers", requests), float64(bytes)/1024, mostWeight, "KB")
	return err
}
