// SPDX-License-Identifier: EUPL-1.2

// Command guard measures how well package guard finds people in texts: recall, precision
// and speed on an invented corpus, against the bars of the house.
//
//	internal/guardcorpus ──texts, what must be found──▶ score ──▶ table, bars, examples
//	guard                ──findings───────────────────▶
//
// The corpus shares no list with the detector. The style "care" was there while the
// detector was made; "letters" and "press" were written after it, with other names and
// sentences. docs/security.md has what the guard did when it saw them first.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"syscall"
	"time"

	"example.org/loket/guard"
	"example.org/loket/internal/guardcorpus"
)

// options is what a run is asked to do.
type options struct {
	seed                 uint64
	positives, negatives int
	examples             int
	dump                 string
}

func main() {
	var o options
	flag.Uint64Var(&o.seed, "seed", 1, "the same seed gives the same corpus")
	flag.IntVar(&o.positives, "positives", 3_000, "texts with something to find, per style")
	flag.IntVar(&o.negatives, "negatives", 2_500, "texts with nothing to find, per style")
	flag.IntVar(&o.examples, "examples", 8, "how many misses and false findings to show")
	flag.StringVar(&o.dump, "dump", "", "write the corpus of this style as JSON lines for `loket guard check`, and stop")
	flag.Parse()
	if o.dump != "" {
		dump(os.Stdout, guardcorpus.Build(o.dump, o.seed, o.positives, o.negatives))
		return
	}
	debug.SetGCPercent(200) // as the desk does (cli/server.go)
	short := 0
	for _, style := range guardcorpus.Styles {
		short += measure(os.Stdout, style, o)
	}
	if short > 0 {
		fmt.Printf("%d bars are not met.\n", short)
		os.Exit(1)
	}
}

// measure prints how the guard does on one style, and counts the bars it misses.
func measure(out io.Writer, style string, o options) int {
	items := guardcorpus.Build(style, o.seed, o.positives, o.negatives)
	score := guardcorpus.Measure(items, Check)
	fmt.Fprintf(out, "Style %q, seed %d: %d texts with %d pieces to find, %d hard negatives\n\n", style, o.seed, o.positives, score.Total.Wanted, o.negatives)
	fmt.Fprintf(out, "  %-14s %7s %7s %9s %10s\n", "category", "wanted", "recall", "same id", "precision")
	for _, r := range guardcorpus.Rows(score.Categories) {
		fmt.Fprintf(out, "  %-14s %7d %7.3f %9.3f %10.3f\n", r.Name, r.Wanted, r.Recall(), same(r), r.Precision())
	}
	fmt.Fprintln(out)
	short := bars(out, score, speed(items))
	examples(out, "not found", score.Missed, o.examples)
	examples(out, "found for nothing", score.False, o.examples)
	return short
}

func same(r *guardcorpus.Row) float64 {
	if r.Wanted == 0 {
		return 1
	}
	return float64(r.Right) / float64(r.Wanted)
}

// Check runs the guard on one item.
func Check(it guardcorpus.Item) []guardcorpus.Found {
	var out []guardcorpus.Found
	for _, f := range guard.Check(it.Text, Known(it)) {
		out = append(out, guardcorpus.Found{Start: f.Start, End: f.End, Category: f.Category})
	}
	return out
}

// Known gives the guard what the case of an item knows.
func Known(it guardcorpus.Item) guard.Known {
	c := it.Case
	k := guard.Known{Names: c.Names, Dossiers: c.DossierNumbers, Addresses: c.Addresses, Phones: c.Phones, Emails: c.Emails, Places: c.Places, Ages: c.Ages, Allowed: it.Allowed}
	for _, b := range c.BirthDates {
		if t, err := time.Parse("2006-01-02", b); err == nil {
			k.BirthDates = append(k.BirthDates, t)
		}
	}
	return k
}

// bars prints what is asked of a guard beside what it does.
func bars(out io.Writer, s *guardcorpus.Score, mbs float64) int {
	short := 0
	bar := func(what string, got, least float64) {
		verdict := "ok"
		if got < least {
			verdict = "SHORT"
			short++
		}
		fmt.Fprintf(out, "  %-34s %8.3f   at least %5.2f   %s\n", what, got, least, verdict)
	}
	group := func(name string) float64 {
		if r := s.Groups[name]; r != nil {
			return r.Recall()
		}
		return 0
	}
	bar("recall, identifiers of the case", group("own"), 0.98)
	bar("recall, patterns", group("pattern"), 0.95)
	bar("recall, unknown names", group("unknown"), 0.90)
	bar("recall, health and combinations", group("other"), 0.90)
	bar("precision, overall", s.Total.Precision(), 0.95)
	bar("megabytes a processor second", mbs, 1)
	fmt.Fprintln(out)
	return short
}

// speed reads all texts once and gives megabytes for each second that a processor worked on
// it, memory cleaning included. The machine may be doing other things as well.
func speed(items []guardcorpus.Item) float64 {
	began, bytes := worked(), 0
	for _, it := range items {
		guard.Check(it.Text, Known(it))
		bytes += len(it.Text)
	}
	return float64(bytes) / 1e6 / (worked() - began).Seconds()
}

// worked is the processor time of this program so far.
func worked() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// examples shows some of the mistakes, spread over the list.
func examples(out io.Writer, title string, of []guardcorpus.Miss, most int) {
	fmt.Fprintf(out, "  %s: %d\n", title, len(of))
	step := max(1, len(of)/max(1, most))
	for i := 0; i < len(of) && i/step < most; i += step {
		m := of[i]
		fmt.Fprintf(out, "    %-12s %-16s %q in %q\n", m.Category, m.Form, m.Piece, m.Item.Text)
	}
	fmt.Fprintln(out)
}

// dump writes items with what must be found in them.
func dump(out io.Writer, items []guardcorpus.Item) {
	w := bufio.NewWriter(out)
	defer w.Flush()
	enc := json.NewEncoder(w)
	for _, it := range items {
		if err := enc.Encode(it); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
	}
}
