// SPDX-License-Identifier: EUPL-1.2

// Command bench measures how fast the desk is, as ratios against a bare Go server that
// runs beside it on the same machine in the same minute.
//
// An absolute number says more about the machine than about the program. So everything
// that a bare server could also do is measured on both in turn, round after round, and
// the table shows the ratio. The bare server (bare.go) takes the same form over HTTP,
// seals it and writes it durably with the same engine; it checks nothing and shows
// nothing. What the desk does more is the difference.
//
//	bench ──form──▶ bare server   (own process)
//	      ──form──▶ bin/loket     (own process, own folder)
//	      ──page──▶ bin/loket     with 1,000 cases, and with 100,000
//
// The last column says whether the bar is met. Run it with `make bench`, or
// `go run ./bench -full` for a million cases: the first thousand are sent, the others are
// copies of them (fill.go).
package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// options is what a run is asked to do.
type options struct {
	program   string         // the desk
	protocol  string         // folder of the protocol that is evaluated
	few       int            // cases on disk, first
	many      int            // cases on disk, then
	tenants   int            // organisations in the region
	providers int            // that report there
	lasts     time.Duration  // how long each load takes, per server
	clients   []int          // that send reports at once, one load after another
	only      *regexp.Regexp // which steps run; starting the servers always does
	keep      string         // folder that is kept; empty: one that is thrown away
}

func main() {
	if len(os.Args) == 4 && os.Args[1] == "bare" {
		fail(serveBare(os.Args[2], os.Args[3]))
	}
	var o options
	flag.StringVar(&o.program, "program", "bin/loket", "the desk to measure")
	flag.StringVar(&o.protocol, "protocol", "protocols/rotterdam", "folder of the protocol to evaluate")
	flag.IntVar(&o.few, "few", 1_000, "cases on disk for the first look at the pages")
	flag.IntVar(&o.many, "many", 100_000, "cases on disk for the second look")
	flag.IntVar(&o.tenants, "tenants", 12, "organisations at one desk, for the intake of a region")
	flag.IntVar(&o.providers, "providers", 300, "providers that report to them")
	flag.DurationVar(&o.lasts, "for", 3*time.Second, "how long each load lasts, over all rounds")
	o.clients = []int{1, 16, 64}
	flag.Func("clients", "how many clients send at once, such as 1,16,64 (default)", o.readClients)
	only := flag.String("only", "", "run the steps whose name matches this pattern: intake, notices, pages …")
	full := flag.Bool("full", false, "look at the pages with 1,000,000 cases")
	flag.StringVar(&o.keep, "keep", "", "work in this folder and keep it: the next run finds its cases there, and fills the desk only once")
	flag.Parse()
	if *full {
		o.many = 1_000_000
	}
	var err error
	o.only, err = regexp.Compile(*only)
	fail(err)
	dir, clean, err := o.folder()
	fail(err)
	t, err := measure(o, dir)
	clean()
	fail(err)
	if short := t.print(os.Stdout); short > 0 {
		fmt.Printf("\n%d of %d lines fall short of their bar.\n", short, len(t.lines))
	}
}

// folder is where the servers keep their data, and what to do with it afterwards.
func (o *options) folder() (string, func(), error) {
	if o.keep != "" {
		return o.keep, func() {}, os.MkdirAll(o.keep, 0o700)
	}
	dir, err := os.MkdirTemp("", "loket-bench-")
	return dir, func() { os.RemoveAll(dir) }, err
}

// readClients reads a list of numbers of clients.
func (o *options) readClients(list string) error {
	o.clients = nil
	for one := range strings.SplitSeq(list, ",") {
		n, err := strconv.Atoi(one)
		if err != nil || n < 1 {
			return fmt.Errorf("%q is no number of clients", one)
		}
		o.clients = append(o.clients, n)
	}
	return nil
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}
