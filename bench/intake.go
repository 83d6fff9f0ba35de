// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"time"
)

// intake measures the desk with one organisation.
func (b *bench) intake() error {
	n, err := b.against(b.desk, onePlace, "")
	b.cases += n
	if err != nil {
		return err
	}
	_, highest := b.desk.memory()
	b.most("memory, highest under load", float64(highest)/(1<<20), mostLoaded, "MB")
	return nil
}

// against posts the same full reports to a desk and to the bare server in turn, so that
// whatever else the machine does hits both. It returns how many the desk took.
func (b *bench) against(desk *program, at places, note string) (sent int, err error) {
	var next atomic.Int64
	next.Store(int64(b.cases))
	ours, theirs := newVisitor(desk.addr), newVisitor(b.bare.addr)
	for _, clients := range b.clients {
		var us, them sample
		var ourRates, theirRates []float64
		ourCPU, theirCPU := -desk.cpu(), -b.bare.cpu()
		for range rounds {
			theirTurn := load(clients, b.lasts/rounds, func(int) error { return at.report(theirs, int(next.Add(1)), b.now) })
			ourTurn := load(clients, b.lasts/rounds, func(int) error { return at.report(ours, int(next.Add(1)), b.now) })
			us, them = us.with(ourTurn), them.with(theirTurn)
			ourRates, theirRates = append(ourRates, ourTurn.rate()), append(theirRates, theirTurn.rate())
		}
		ourCPU, theirCPU = ourCPU+desk.cpu(), theirCPU+b.bare.cpu()
		sent += len(us.took)
		if err := errors.Join(us.fault, them.fault); err != nil {
			return sent, err
		}
		b.rates(fmt.Sprintf("intake over HTTP, %d clients%s", clients, note), ourRates, theirRates, leastIntake, wishIntake)
		b.costs(fmt.Sprintf("processor time per report in the server, %d clients%s", clients, note), us.each(ourCPU), them.each(theirCPU))
	}
	return sent, nil
}

// places are the organisations that reports go to and the providers they come from.
type places struct {
	hosts     []string // of the organisations; empty: whoever is at the bare address
	providers int      // 0: as fullReport has them
}

var onePlace = places{}

func (at places) report(v *visitor, n int, now time.Time) error {
	report := fullReport(n, now)
	if at.providers > 0 {
		report.Set("organisation", fmt.Sprintf("Aanbieder %s %d", providers[n%len(providers)], n%at.providers+1))
	}
	if len(at.hosts) == 0 {
		return v.send(report)
	}
	return v.sendTo(at.hosts[n%len(at.hosts)], report)
}

// region measures a desk of its own that serves many organisations, each at its own host, to
// which many providers report.
func (b *bench) region() error {
	at := places{providers: b.providers}
	data := filepath.Join(b.dir, "region")
	for i := range b.tenants {
		id := fmt.Sprintf("meting-%d", i+1)
		at.hosts = append(at.hosts, id+".localhost")
		if err := b.command("", "desk", "set", "--data", data, "--id", id, "--name", "Gemeente "+id, "--protocol", filepath.Base(b.protocol), "--host", id+".localhost"); err != nil {
			return err
		}
	}
	desk, err := b.serve(data)
	if err != nil {
		return err
	}
	defer desk.stop()
	_, err = b.against(desk, at, fmt.Sprintf(", %d organisations, %d providers", b.tenants, b.providers))
	if err != nil {
		return err
	}
	_, highest := desk.memory()
	b.most(fmt.Sprintf("memory, highest under load, %d organisations", b.tenants), float64(highest)/(1<<20), mostLoaded, "MB")
	return nil
}
