// SPDX-License-Identifier: EUPL-1.2

package chart

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"example.org/loket/protocol"
)

func dutch(t protocol.Text) string { return t.NL }

func say(s string) protocol.Text { return protocol.Text{NL: s} }

// example has a question, two branches that meet, an arrow that passes a layer and one
// that goes back.
func example() *protocol.Chart {
	to := func(id, label string) protocol.ChartArrow { return protocol.ChartArrow{Node: id, Text: say(label)} }
	return &protocol.Chart{ID: "c", Title: say("Wie & wat"), Nodes: []protocol.ChartNode{
		{ID: "start", Kind: "start", Text: say("Een melding komt binnen"), To: []protocol.ChartArrow{to("doubt", "")}},
		{ID: "doubt", Kind: "question", Text: say("Twijfel?"), To: []protocol.ChartArrow{to("ask", "ja"), to("end", "nee")}},
		{ID: "ask", Kind: "step", Text: say("Vraag na bij wie de melding deed, en wacht op het antwoord"), To: []protocol.ChartArrow{to("doubt", "nog niet"), to("end", "")}},
		{ID: "end", Kind: "end", Text: say("Klaar <nu>")},
	}}
}

// R-R-125, R-R-149: boxes do not overlap, lie inside the drawing, and stand below what
// leads to them.
func TestBoxesHaveTheirOwnPlace(t *testing.T) {
	d := layout(example(), dutch)
	wide, high := d.bounds()
	for i, a := range d.nodes {
		if a.x-a.w/2 < 0 || a.y < 0 || a.x+a.w/2 > wide || a.y+a.h > high {
			t.Errorf("%s lies outside the drawing", a.ID)
		}
		for _, b := range d.nodes[i+1:] {
			if overlap(a, b) {
				t.Errorf("%s and %s overlap", a.ID, b.ID)
			}
		}
	}
	for _, a := range d.arrows {
		if !a.back && a.to.y < a.from.y+a.from.h {
			t.Errorf("%s does not stand below %s", a.to.ID, a.from.ID)
		}
	}
	if back := d.arrows[3]; !back.back || back.from.ID != "ask" {
		t.Errorf("the arrow back is not seen: %+v", back)
	}
}

func overlap(a, b *node) bool {
	return a.x-a.w/2 < b.x+b.w/2 && b.x-b.w/2 < a.x+a.w/2 && a.y < b.y+b.h && b.y < a.y+a.h
}

// The control: two boxes in one place are seen.
func TestOverlapIsSeen(t *testing.T) {
	d := layout(example(), dutch)
	d.nodes[1].x, d.nodes[1].y = d.nodes[0].x, d.nodes[0].y
	if !overlap(d.nodes[0], d.nodes[1]) {
		t.Error("two boxes in one place do not overlap")
	}
}

// R-R-125: the word beside an arrow lies within the drawing, also where a short chart has a way
// past a box. Control: the box and the lane alone are narrower.
func TestWordsFitInTheDrawing(t *testing.T) {
	c := &protocol.Chart{Nodes: []protocol.ChartNode{
		{ID: "ask", Text: protocol.Text{NL: "Ernstig?"}, Kind: "question", To: []protocol.ChartArrow{{Node: "do"}, {Node: "end", Text: protocol.Text{NL: "nee, en nu niet"}}}},
		{ID: "do", Text: protocol.Text{NL: "Doen"}, To: []protocol.ChartArrow{{Node: "end"}}},
		{ID: "end", Text: protocol.Text{NL: "Klaar"}, Kind: "end"},
	}}
	d := layout(c, dutch)
	wide, _ := d.bounds()
	for _, a := range d.arrows {
		_, x, _ := d.route(a)
		if end := x + float64(len(a.label))*letter; a.label != "" && (end > wide || end <= a.lane) {
			t.Errorf("%q ends at %.0f, the lane is at %.0f, the drawing is %.0f wide", a.label, end, a.lane, wide)
		}
	}
}

// A drawing is well-formed, whatever the words, and has words for who does not see it.
func TestSVGIsWellFormed(t *testing.T) {
	var b bytes.Buffer
	if err := SVG(&b, example(), "fc", dutch); err != nil {
		t.Fatal(err)
	}
	dec := xml.NewDecoder(bytes.NewReader(b.Bytes()))
	for {
		if _, err := dec.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("%v in %s", err, b.String())
		}
	}
	for _, want := range []string{"Wie &amp; wat", "Klaar &lt;nu&gt;", `role="img"`, "ja: Vraag na", "<title"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in the drawing", want)
		}
	}
}

// Two nodes that lead to each other and an arrow to nowhere do not stop the drawing.
func TestOddChartsAreDrawn(t *testing.T) {
	odd := &protocol.Chart{Nodes: []protocol.ChartNode{
		{ID: "a", To: []protocol.ChartArrow{{Node: "b"}, {Node: "gone"}, {Node: "a"}}},
		{ID: "b", To: []protocol.ChartArrow{{Node: "a"}}},
	}}
	if err := SVG(io.Discard, odd, "x", dutch); err != nil {
		t.Fatal(err)
	}
	if err := SVG(io.Discard, &protocol.Chart{}, "x", dutch); err != nil {
		t.Fatal(err)
	}
}
