// SPDX-License-Identifier: EUPL-1.2

package guard

import "sync"

// A health word with a slip of the pen tells as much as one without. Two words that differ in
// one letter, or in two that changed places, are the same when a letter is left out of each.

const (
	shortestSlip = 8 // from this length a slip is looked for everywhere: shorter words turn into others
	framedSlip   = 5 // … and from this one behind “heeft”, “slikt”, “bekend met”
)

// learnSlips notes every long health word with each of its letters left out.
func (v *vocabulary) learnSlips() {
	v.slips = map[string]string{}
	for w, t := range v.words {
		if t.is(sick) && len(w) >= framedSlip && len(w) <= 24 && !t.is(place|known|given|surname) {
			v.learnSlip(w)
		}
	}
	for _, starts := range v.starts {
		for _, w := range starts {
			if len(w) >= framedSlip+2 && len(w) <= 24 {
				v.learnSlip(w)
			}
		}
	}
}

// learnSlip notes a word. Of two that become the same the first of the alphabet stays, so that
// a text is always read alike.
func (v *vocabulary) learnSlip(w string) {
	for i := range len(w) {
		if short := w[:i] + w[i+1:]; v.slips[short] == "" || v.slips[short] > w && v.slips[short] != short {
			v.slips[short] = w
		}
	}
	v.slips[w] = w
}

// phraseSlips are the longer words of the fixed expressions, likewise.
var phraseSlips = sync.OnceValue(func() *vocabulary {
	v := &vocabulary{slips: map[string]string{}}
	for _, phrases := range vocab().ills {
		for _, words := range phrases {
			for _, w := range words {
				if len(w) > 8 && len(w) < 25 && v.slips[w] != w {
					v.learnSlip(w)
				}
			}
		}
	}
	return v
})

// asMeant gives the word of a fixed expression that token i is, or is a slip of.
func (s *scan) asMeant(i int) string {
	t := s.tok(i)
	if t.kind != word || len(t.text) < 8 || t.has.is(common|known|place|given|surname|role|kin|sick) {
		return t.text
	}
	if w := phraseSlips().slipOf(t.text, 1); w != "" {
		return w
	}
	return t.text
}

// slipOf gives the health word that w is with one slip, or with two when both are long.
func (v *vocabulary) slipOf(w string, most int) string {
	if len(w) < framedSlip-1 || len(w) > 25 {
		return ""
	}
	if h, ok := v.slips[w]; ok && distance(w, h, most) <= most {
		return h
	}
	var b [26]byte
	for i := range len(w) {
		copy(b[:], w[:i])
		copy(b[i:], w[i+1:])
		if h, ok := v.slips[string(b[:len(w)-1])]; ok && distance(w, h, most) <= most {
			return h
		}
	}
	return ""
}

// sickSlip: a word that no list knows is a health word with one slip, or begins as one that may
// run on.
func (s *scan) sickSlip(i int) bool {
	t := s.toks[i]
	if t.has&^(tail|housePart|everyday|family) != 0 || s.used[i] || len(t.text) < framedSlip-1 || s.own.common[t.text] {
		return false
	}
	v := vocab()
	switch {
	case len(t.text) >= shortestSlip-1 && v.longSlip(t.text):
		return true
	case len(t.text) >= 10 && v.startSlip(t.text):
		return true
	case t.capital && !t.starts && !s.labelBefore(i) || !s.illFrame(i):
		return false
	}
	return v.slipOf(t.text, 1) != ""
}

// longSlip: the word itself is long, and so is the one that was meant.
func (v *vocabulary) longSlip(w string) bool {
	h := v.slipOf(w, 1)
	return len(h) >= shortestSlip || len(h) == shortestSlip-1 && len(w) >= shortestSlip-1 && h[0] == w[0] && h[len(h)-1] == w[len(w)-1]
}

// startSlip: the first letters are a slip of a health word that may run on: “zelmfoordpoging”.
func (v *vocabulary) startSlip(w string) bool {
	for n := 8; n <= 12 && n <= len(w); n++ {
		if h := v.slipOf(w[:n], 1); len(h) >= shortestSlip && v.runsOn(h) && w[0] == h[0] {
			return true
		}
	}
	return false
}

func (v *vocabulary) runsOn(h string) bool {
	for _, start := range v.starts[h[0]] {
		if start == h {
			return true
		}
	}
	return false
}
