// SPDX-License-Identifier: EUPL-1.2

package chart

import (
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"example.org/loket/protocol"
)

// SVG writes the chart as an image that stands by itself: it needs no style sheet and no
// font of its own. Its id must be unique in the page. lang picks the language.
func SVG(w io.Writer, c *protocol.Chart, id string, lang func(protocol.Text) string) error {
	d := layout(c, lang)
	wide, high := d.bounds()
	p := &pen{w: w}
	p.draw(`<svg xmlns="http://www.w3.org/2000/svg" class="desk-chart" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" role="img" aria-labelledby="%s-t %s-d" font-family="inherit" font-size="14">`,
		wide, high, wide, high, id, id)
	p.draw(`<title id="%s-t">%s</title><desc id="%s-d">%s</desc>`, id, html.EscapeString(lang(c.Title)), id, html.EscapeString(strings.Join(Text(c, lang), " ")))
	p.draw(`<defs><marker id="%s-m" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" fill="currentColor"/></marker></defs>`, id)
	for _, a := range d.arrows {
		d.arrow(p, a, id)
	}
	for _, n := range d.nodes {
		n.box(p)
	}
	p.draw(`</svg>`)
	return p.err
}

// pen writes until something fails.
type pen struct {
	w   io.Writer
	err error
}

func (p *pen) draw(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}

func (d *drawing) bounds() (wide, high float64) {
	for _, n := range d.nodes {
		wide, high = max(wide, n.x+n.w/2), max(high, n.y+n.h)
	}
	for _, a := range d.arrows {
		_, x, _ := d.route(a)
		wide = max(wide, a.lane, x+float64(utf8.RuneCountInString(a.label))*letter)
	}
	return wide + margin, high + margin
}

func (n *node) box(p *pen) {
	left, top := n.x-n.w/2, n.y
	switch n.Kind {
	case "question":
		p.draw(`<path d="M%.1f %.1f L%.1f %.1f L%.1f %.1f L%.1f %.1fZ" fill="Canvas" stroke="currentColor" stroke-width="1.5"/>`,
			n.x, top, left+n.w, top+n.h/2, n.x, top+n.h, left, top+n.h/2)
	case "start", "end":
		p.draw(`<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="%.1f" fill="Canvas" stroke="currentColor" stroke-width="2.5"/>`, left, top, n.w, n.h, min(n.h/2, 22))
	default:
		p.draw(`<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="3" fill="Canvas" stroke="currentColor" stroke-width="1.5"/>`, left, top, n.w, n.h)
	}
	first := n.y + n.h/2 - float64(len(n.lines)-1)*lineHeight/2 + 5
	for i, line := range n.lines {
		p.draw(`<text x="%.1f" y="%.1f" text-anchor="middle" fill="currentColor">%s</text>`, n.x, first+float64(i)*lineHeight, html.EscapeString(line))
	}
}

// arrow draws a line with its word.
func (d *drawing) arrow(p *pen, a *arrow, id string) {
	path, lx, ly := d.route(a)
	p.draw(`<path d="%s" fill="none" stroke="currentColor" stroke-width="1.5" marker-end="url(#%s-m)"/>`, path, id)
	if a.label != "" {
		p.draw(`<text x="%.1f" y="%.1f" fill="currentColor" font-style="italic">%s</text>`, lx, ly, html.EscapeString(a.label))
	}
}

// route is a line of right angles, and where its word begins: down, across, down. One with a
// lane leaves its box at the right, runs along the lane, and comes in from above, or from the
// right when it goes up.
func (d *drawing) route(a *arrow) (path string, lx, ly float64) {
	x1, y1, x2, y2 := a.from.x, a.from.y+a.from.h, a.to.x, a.to.y-2
	lx, ly = x2+6, y2-gapY*0.5
	switch {
	case a.lane > 0:
		leave := ""
		if x1, y1 = a.from.x+a.from.w/2, a.from.y+a.from.h/2; d.hemmed(a.from) { // below what stands at its right
			leave, x1, y1 = fmt.Sprintf(" V%.1f", d.below(a.from)), a.from.x, a.from.y+a.from.h
		}
		path, lx, ly = fmt.Sprintf("M%.1f %.1f%s H%.1f V%.1f H%.1f V%.1f", x1, y1, leave, a.lane, y2-gapY*0.4, x2, y2), x1+6, y1-6
		if a.back {
			path = fmt.Sprintf("M%.1f %.1f H%.1f V%.1f H%.1f", x1, y1, a.lane, a.to.y+a.to.h/2, x2+a.to.w/2+2)
		}
	case x1 == x2:
		path = fmt.Sprintf("M%.1f %.1f V%.1f", x1, y1, y2)
	default:
		turn := d.turn(a)
		path, ly = fmt.Sprintf("M%.1f %.1f V%.1f H%.1f V%.1f", x1, y1, turn, x2, y2), turn+15
	}
	return path, lx, ly
}

// hemmed: another box of the layer stands at the right.
func (d *drawing) hemmed(n *node) bool {
	return slices.ContainsFunc(d.layers[n.layer], func(other *node) bool { return other.x > n.x })
}

// below is just under the layer of a node.
func (d *drawing) below(n *node) (bottom float64) {
	for _, other := range d.layers[n.layer] {
		bottom = max(bottom, other.y+other.h)
	}
	return bottom + gapY*0.15
}

// turn is where an arrow goes across: just above the layer it goes to.
func (d *drawing) turn(a *arrow) float64 {
	bottom := 0.0
	for _, n := range d.layers[a.to.layer-1] {
		bottom = max(bottom, n.y+n.h)
	}
	return bottom + gapY*0.35
}
