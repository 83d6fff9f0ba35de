// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// line is one thing that was measured and what it was held against.
type line struct {
	what     string
	measured string
	bare     string // the same on the bare server, when it can do it
	ratio    string
	bar      string
	ok       bool
}

// table gathers lines; it prints as Markdown.
type table struct{ lines []line }

// rates adds a line of two rates: ours must be at least a share of the bare one. Each round
// gives a ratio; the one in the middle counts, and the outermost tell how steady it was. The
// wish stands beside the bar.
func (t *table) rates(what string, ours, bare []float64, least, wish float64) {
	ratios := make([]float64, len(ours))
	for i := range ours {
		ratios[i] = ours[i] / bare[i]
	}
	ratio := middle(ratios)
	t.lines = append(t.lines, line{
		what: what, measured: fmt.Sprintf("%.0f/s", middle(ours)), bare: fmt.Sprintf("%.0f/s", middle(bare)),
		ratio: fmt.Sprintf("%.2f (%.2f–%.2f)", ratio, slices.Min(ratios), slices.Max(ratios)), bar: fmt.Sprintf("≥ %.1f × bare (wish: %.1f)", least, wish), ok: ratio >= least,
	})
}

// middle is the median.
func middle(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// costs adds a line of what one takes of something, beside what it takes of the bare
// server. It has no bar: it tells where a rate comes from.
func (t *table) costs(what string, ours, bare time.Duration) {
	t.lines = append(t.lines, line{what: what, measured: short(ours), bare: short(bare), ratio: fmt.Sprintf("%.2f", float64(ours)/float64(bare)), ok: true})
}

// spent adds a line of what one takes of a processor.
func (t *table) spent(what string, each time.Duration) {
	t.lines = append(t.lines, line{what: what, measured: short(each), ok: true})
}

// times adds a line of median and 99th percentile.
func (t *table) times(what string, s sample, p50, p99 time.Duration) {
	mid, slow := s.at(0.5), s.at(0.99)
	t.lines = append(t.lines, line{
		what: what, measured: fmt.Sprintf("p50 %s, p99 %s", short(mid), short(slow)),
		bar: fmt.Sprintf("p50 ≤ %s, p99 ≤ %s", short(p50), short(p99)), ok: mid <= p50 && slow <= p99,
	})
}

// growth adds a line that compares a median with the same at fewer cases.
func (t *table) growth(what string, many, few sample, most float64) {
	ratio := float64(many.at(0.5)) / float64(few.at(0.5))
	t.lines = append(t.lines, line{
		what: what, measured: short(many.at(0.5)) + " against " + short(few.at(0.5)),
		ratio: fmt.Sprintf("%.2f", ratio), bar: fmt.Sprintf("≤ %.1f ×", most), ok: ratio <= most,
	})
}

// most adds a line of something that must not be more than a bar.
func (t *table) most(what string, measured, bar float64, unit string) {
	t.lines = append(t.lines, line{
		what: what, measured: fmt.Sprintf("%.4g %s", measured, unit),
		bar: fmt.Sprintf("≤ %.4g %s", bar, unit), ok: measured <= bar,
	})
}

// short writes a time with three digits.
func short(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return fmt.Sprintf("%.3g µs", float64(d)/1e3)
	case d < time.Second:
		return fmt.Sprintf("%.3g ms", float64(d)/1e6)
	}
	return fmt.Sprintf("%.3g s", d.Seconds())
}

// print writes the table with its columns lined up, and returns how many lines fell short.
func (t *table) print(w io.Writer) (fellShort int) {
	rows := [][]string{{"what", "measured", "bare", "ratio", "bar", ""}}
	for _, l := range t.lines {
		verdict := "ok"
		if !l.ok {
			verdict, fellShort = "short", fellShort+1
		}
		rows = append(rows, []string{l.what, l.measured, l.bare, l.ratio, l.bar, verdict})
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], len([]rune(cell)))
		}
	}
	for i, row := range rows {
		writeRow(w, row, widths, " ")
		if i == 0 {
			writeRow(w, make([]string, len(row)), widths, "-")
		}
	}
	return fellShort
}

func writeRow(w io.Writer, row []string, widths []int, fill string) {
	for i, cell := range row {
		fmt.Fprintf(w, "| %s%s ", cell, strings.Repeat(fill, widths[i]-len([]rune(cell))))
	}
	fmt.Fprintln(w, "|")
}
