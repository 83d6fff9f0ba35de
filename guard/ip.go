// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

// ip: four numbers of at most 255 with full stops, or groups of hexadecimal digits.
func (s *scan) ip(i int) {
	if s.glued(i) && s.tok(i-1).text == "." {
		return
	}
	j := i
	for n := 0; n < 4; n++ {
		t := s.tok(j)
		if t.kind != number || len(t.text) > 3 || len(t.text) == 3 && t.text > "255" || n > 0 && t.space {
			return
		}
		if n < 3 {
			if s.tok(j+1).text != "." || s.tok(j+1).space {
				return
			}
			j += 2
		}
	}
	if s.tok(j+1).text == "." && s.tok(j+2).kind == number && !s.tok(j+2).space || !s.alone(i, j) || s.near(i, 2, saysVersion) || s.used[i] {
		return
	}
	s.add(i, j, IP, 65, ipWhy)
	for k := i; k <= j; k++ {
		s.used[k] = true
	}
}

// ipSix: groups of hexadecimal digits with colons, two of them side by side or seven in all.
func (s *scan) ipSix(i int) {
	if t := s.toks[i]; t.kind == sign || len(t.text) > 4 || !s.chunkStarts(i) || s.tok(i+1).space {
		return
	}
	colons, double, last := 0, false, i
	for j := i; j < len(s.toks) && j-i < 2*longest && (j == i || !s.toks[j].space); j++ {
		t := s.toks[j]
		if t.text == ":" {
			colons++
			double = double || s.tok(j-1).text == ":"
			continue
		}
		if t.kind == sign || strings.Trim(t.text, "0123456789abcdef") != "" {
			break
		}
		last = j
	}
	if colons == 7 || double && colons > 2 {
		s.add(i, last, IP, 65, ipWhy)
		for k := i; k <= last; k++ {
			s.used[k] = true
		}
	}
}
