// SPDX-License-Identifier: EUPL-1.2

package guard

// A health word with a slip of the pen tells as much as one without. Two words that differ in
// one letter, or in two that changed places, are the same when a letter is left out of each.

// shortestSlip is the length from which a slip is looked for: shorter words turn into others.
const shortestSlip = 8

// learnSlips notes every long health word with each of its letters left out.
func (v *vocabulary) learnSlips() {
	v.slips = map[string]string{}
	for w, t := range v.words {
		if !t.is(sick) || len(w) < shortestSlip || len(w) > 24 || v.words[w].is(common|place|known) {
			continue
		}
		for i := range len(w) {
			v.slips[w[:i]+w[i+1:]] = w
		}
		v.slips[w] = w
	}
	for _, starts := range v.starts {
		for _, w := range starts {
			if len(w) >= shortestSlip && len(w) <= 24 {
				for i := range len(w) {
					v.slips[w[:i]+w[i+1:]] = w
				}
				v.slips[w] = w
			}
		}
	}
}

// sickSlip: a word that no list knows is a health word with one slip.
func sickSlip(w string) bool {
	if len(w) < shortestSlip-1 || len(w) > 24 {
		return false
	}
	slips := vocab().slips
	if h, ok := slips[w]; ok && distance(w, h, 1) <= 1 {
		return true
	}
	var b [24]byte
	for i := range len(w) {
		copy(b[:], w[:i])
		copy(b[i:], w[i+1:])
		if h, ok := slips[string(b[:len(w)-1])]; ok && distance(w, h, 1) <= 1 {
			return true
		}
	}
	return false
}
