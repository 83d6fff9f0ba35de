// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"cmp"
	"slices"
	"strings"
)

// scan is one text being read.
type scan struct {
	f     *folded
	toks  []token
	own   *own
	dates []date
	found []hit
	used  []bool // number tokens that are spoken for
}

// hit is a finding in the making, in bytes of the folded text.
type hit struct {
	from, to int
	category string
	why      Reason
	sure     int // of two that overlap the surer stays
}

// tok gives token i, or nothing beyond the ends of the text.
func (s *scan) tok(i int) token {
	if i < 0 || i >= len(s.toks) {
		return token{}
	}
	return s.toks[i]
}

// add notes the tokens i up to and including j.
func (s *scan) add(i, j int, category string, sure int, why Reason) {
	s.found = append(s.found, hit{s.toks[i].from, s.toks[j].to, category, why, sure})
}

// glued: token i touches the one before it.
func (s *scan) glued(i int) bool { return i > 0 && i < len(s.toks) && !s.toks[i].space }

// near tells whether one of the words stands at most n tokens before token i, in the same
// sentence.
func (s *scan) near(i, n int, words map[string]bool) bool {
	for j := min(i, len(s.toks)) - 1; j >= 0 && j >= i-n; j-- {
		if words[s.toks[j].text] {
			return true
		}
		if s.toks[j].starts {
			return false
		}
	}
	return false
}

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[comparable(w)] = true
	}
	return out
}

// settle drops what a surer finding covers and what the reader allowed, joins names that
// overlap, and puts the rest in the order of the text.
func (s *scan) settle(allowed []string) []hit {
	stay := s.allowed(allowed)
	hits := slices.DeleteFunc(s.found, func(h hit) bool { return stay.hold(h.from, h.to) })
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Or(a.from-b.from, b.to-a.to) })
	var out []hit
	for i := 0; i < len(hits); {
		end, j := hits[i].to, i+1
		for ; j < len(hits) && hits[j].from < end && j-i < 64; j++ { // a bound, for texts made to be slow
			end = max(end, hits[j].to)
		}
		out = append(out, choose(hits[i:j])...)
		i = j
	}
	slices.SortFunc(out, func(a, b hit) int {
		return cmp.Or(a.from-b.from, a.to-b.to, cmp.Compare(a.category, b.category))
	})
	return out
}

// choose keeps the surest of findings that hang together by overlapping.
func choose(hits []hit) []hit {
	if len(hits) == 1 {
		return hits
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(b.sure-a.sure, (b.to-b.from)-(a.to-a.from), a.from-b.from)
	})
	var out []hit
	for _, h := range hits {
		if !absorbed(out, h) {
			out = append(out, h)
		}
	}
	return out
}

// absorbed: the hit lies over one that was kept. A name, address or illness grows by the one it overlaps; a
// combination may lie over other things, and other things over it.
func absorbed(kept []hit, h hit) bool {
	for i := range kept {
		k := &kept[i]
		if h.to <= k.from || k.to <= h.from || (h.category == Combination) != (k.category == Combination) {
			continue
		}
		if h.category == Postcode && k.category == Address || h.category == Address && k.category == Postcode {
			continue // the postcode is a part of the address, and told by itself
		}
		if h.category == k.category && (h.category == Name || h.category == Address || h.category == Health) {
			if from, to := min(k.from, h.from), max(k.to, h.to); free(kept, i, from, to) {
				k.from, k.to = from, to
			}
		}
		return true
	}
	return false
}

// free: a finding that grows lies over no finding of another kind that was kept.
func free(kept []hit, self, from, to int) bool {
	for i, k := range kept {
		if i != self && k.category != Combination && k.category != kept[self].category && k.from < to && from < k.to && (k.to <= kept[self].from || kept[self].to <= k.from) {
			return false
		}
	}
	return true
}

// whole gives the end of a finding with the s of possession behind a name.
func (f *folded) whole(h hit) int {
	if end := h.to + 2; h.category == Name && strings.HasPrefix(f.low[h.to:], "'s") && (end == len(f.low) || !wordByte(f.low[end])) {
		return end
	}
	return h.to
}

func wordByte(c byte) bool { return asciiLetter(c) || '0' <= c && c <= '9' || c >= 0x80 }
