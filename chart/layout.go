// SPDX-License-Identifier: EUPL-1.2

// Package chart draws the flowcharts of a protocol.
//
// A chart is a list of nodes with arrows. Drawing has four steps, each small:
//
//	layers   a node stands below everything that leads to it; an arrow that goes
//	         back up counts for nothing here
//	order    within a layer a node stands below the middle of what leads to it
//	places   text is wrapped, boxes get a width and a height, layers a distance
//	svg      boxes, arrows and labels, with a title for who does not see it
//
// What cannot be seen is told too: Text gives the same chart as a list of sentences.
// It knows no fonts; the width of a letter is an estimate on the safe side.
package chart

import (
	"cmp"
	"slices"

	"example.org/loket/protocol"
)

// node is a node with its place.
type node struct {
	*protocol.ChartNode
	lines      []string
	layer      int
	x, y, w, h float64 // centre, top, size
}

// arrow leads from one node to another.
type arrow struct {
	from, to *node
	label    string
	back     bool    // goes up
	lane     float64 // x of the lane at the right that it runs along; 0: straight down
}

type drawing struct {
	nodes  []*node
	arrows []*arrow
	layers [][]*node
	byID   map[string]*node
	lang   func(protocol.Text) string
}

func layout(c *protocol.Chart, lang func(protocol.Text) string) *drawing {
	d := &drawing{byID: map[string]*node{}, lang: lang}
	for i := range c.Nodes {
		n := &node{ChartNode: &c.Nodes[i], layer: -1}
		n.lines = wrap(lang(n.Text), widest(n.Kind))
		d.nodes, d.byID[n.ID] = append(d.nodes, n), n
	}
	for _, n := range d.nodes {
		for _, to := range n.To {
			if target := d.byID[to.Node]; target != nil {
				d.arrows = append(d.arrows, &arrow{from: n, to: target, label: lang(to.Text)})
			}
		}
	}
	d.markBack()
	d.assignLayers()
	d.order()
	d.place()
	d.giveLanes()
	return d
}

// giveLanes gives every arrow that goes up, or that would run through a box, a lane of its
// own to the right of all it passes.
func (d *drawing) giveLanes() {
	taken := 0
	for _, a := range d.arrows {
		if !a.back && !d.blocked(a) {
			continue
		}
		a.lane = d.right(min(a.from.layer, a.to.layer), max(a.from.layer, a.to.layer)) + gapX/2 + float64(taken)*laneWidth
		taken++
	}
}

// blocked: a box stands in the way straight down.
func (d *drawing) blocked(a *arrow) bool {
	for layer := a.from.layer + 1; layer < a.to.layer; layer++ {
		for _, n := range d.layers[layer] {
			if n.x-n.w/2 < a.from.x+padding && a.from.x-padding < n.x+n.w/2 {
				return true
			}
		}
	}
	return false
}

// right is the right edge of the widest of some layers.
func (d *drawing) right(from, to int) (edge float64) {
	for layer := from; layer <= to; layer++ {
		for _, n := range d.layers[layer] {
			edge = max(edge, n.x+n.w/2)
		}
	}
	return edge
}

// markBack finds the arrows that close a circle, walking in order of writing.
func (d *drawing) markBack() {
	const open, done = 1, 2
	seen := map[*node]int{}
	var walk func(n *node)
	walk = func(n *node) {
		seen[n] = open
		for _, a := range d.from(n) {
			switch seen[a.to] {
			case open:
				a.back = true
			case 0:
				walk(a.to)
			}
		}
		seen[n] = done
	}
	for _, n := range d.nodes {
		if seen[n] == 0 {
			walk(n)
		}
	}
}

func (d *drawing) from(n *node) (out []*arrow) {
	for _, a := range d.arrows {
		if a.from == n {
			out = append(out, a)
		}
	}
	return out
}

// assignLayers puts each node one below the lowest that leads to it.
func (d *drawing) assignLayers() {
	var layerOf func(n *node) int
	layerOf = func(n *node) int {
		if n.layer >= 0 {
			return n.layer
		}
		n.layer = 0
		for _, a := range d.arrows {
			if a.to == n && !a.back {
				n.layer = max(n.layer, layerOf(a.from)+1)
			}
		}
		return n.layer
	}
	for _, n := range d.nodes {
		at := layerOf(n)
		for len(d.layers) <= at {
			d.layers = append(d.layers, nil)
		}
	}
	for _, n := range d.nodes {
		d.layers[n.layer] = append(d.layers[n.layer], n)
	}
}

// order sorts each layer by the middle of what leads to it; ties keep the order of writing.
func (d *drawing) order() {
	rank := map[*node]float64{}
	for _, layer := range d.layers {
		middle := map[*node]float64{}
		for i, n := range layer {
			middle[n] = d.middle(n, rank, float64(i))
		}
		slices.SortStableFunc(layer, func(a, b *node) int { return cmp.Compare(middle[a], middle[b]) })
		for i, n := range layer {
			rank[n] = float64(i) - float64(len(layer)-1)/2
		}
	}
}

func (d *drawing) middle(n *node, rank map[*node]float64, own float64) float64 {
	sum, count := 0.0, 0.0
	for _, a := range d.arrows {
		if a.to == n && !a.back {
			sum, count = sum+rank[a.from]+branch(a), count+1
		}
	}
	if count == 0 {
		return own
	}
	return sum / count
}

// branch keeps the answers of a question in their order of writing.
func branch(a *arrow) float64 {
	for i, to := range a.from.To {
		if to.Node == a.to.ID {
			return (float64(i) - float64(len(a.from.To)-1)/2) / 10
		}
	}
	return 0
}

// Sizes are in pixels of the drawing at its natural size.
const (
	lineHeight = 18.0
	letter     = 7.6 // width of an average letter of 14 px, on the safe side
	padding    = 12.0
	gapX       = 28.0
	gapY       = 44.0
	margin     = 16.0
	laneWidth  = 14.0
)

// widest is how many letters a line may have. A question is a lozenge: it needs room.
func widest(kind string) int {
	if kind == "question" {
		return 20
	}
	return 30
}

// place gives every node its size and its place; each layer is centred.
func (d *drawing) place() {
	y, full := margin, 0.0
	for _, layer := range d.layers {
		wide, high := 0.0, 0.0
		for _, n := range layer {
			n.size()
			wide, high = wide+n.w+gapX, max(high, n.h)
		}
		x := -(wide - gapX) / 2
		for _, n := range layer {
			n.x, n.y = x+n.w/2, y+(high-n.h)/2
			x += n.w + gapX
		}
		y, full = y+high+gapY, max(full, wide-gapX)
	}
	d.shift(full)
}

// shift moves the drawing to the right of zero, with room for arrows that go back.
func (d *drawing) shift(wide float64) {
	left := 0.0
	for _, n := range d.nodes {
		left = min(left, n.x-n.w/2)
	}
	for _, n := range d.nodes {
		n.x += margin - left
	}
}

func (n *node) size() {
	longest := 0
	for _, line := range n.lines {
		longest = max(longest, len([]rune(line)))
	}
	n.w, n.h = float64(longest)*letter+2*padding, float64(len(n.lines))*lineHeight+2*padding
	if n.Kind == "question" { // the text of a lozenge lies in its inner half
		n.w, n.h = n.w*1.45, n.h*1.5
	}
}
