// SPDX-License-Identifier: EUPL-1.2

package guard

// In a line of nothing but capitals a capital tells nothing. Such a line is read as if only
// the words that can be names had one.

// shouted is how many words with only capitals, one after the other, make such a line.
const shouted = 4

// calm takes the capitals of such lines away from everyday words.
func (s *scan) calm() {
	for i := 0; i < len(s.toks); {
		end, words := s.shouting(i)
		if words > 1 && words < shouted && s.shoutedName(i, end) {
			for j := i; j < end; j++ {
				s.toks[j].shout = false
			}
		}
		if words >= shouted {
			for j := i; j < end; j++ {
				if !s.oursMisspelt(s.toks[j].text) {
					s.toks[j].calm(s.beforeName(j) || s.besideName(j))
				}
			}
		}
		i = max(end, i+1)
	}
}

// shoutedName: two or three words with only capitals in other text, of which none is a word of
// every day or of an organisation, are somebody's name.
func (s *scan) shoutedName(i, end int) bool {
	for j := i; j < end; j++ {
		t := s.toks[j]
		switch {
		case t.kind != word || len(t.text) == 1 || t.has.is(particle):
		case t.has.is(given | surname):
		case len(t.text) < 4 || t.has.is(common|known|place|houseBefore|houseAfter|role|kin|title|strong|label|verb|sick|unit) || shape(t.text).is(everyday|housePart|tail):
			return false
		}
	}
	return true
}

// oursMisspelt: the word is of a name of the case, or a slip of the pen for one.
func (s *scan) oursMisspelt(w string) bool {
	if s.ours(w) {
		return true
	}
	heard := sound(w)
	for _, p := range s.own.list {
		if vocab().words[w] == 0 && slip(w, heard, p) {
			return true
		}
	}
	return false
}

// shouting gives the end of a row of words with only capitals, and how many there are.
// Numbers and signs belong to it; one letter is no word.
func (s *scan) shouting(i int) (end, words int) {
	for end = i; end < len(s.toks); end++ {
		t := s.toks[end]
		if t.kind != word || len(t.text) == 1 && t.capital {
			continue
		}
		if !t.shout {
			return end, words
		}
		words++
	}
	return end, words
}

// beforeName: the word before is followed by a name, so that even a word that looks like
// none keeps its capital.
func (s *scan) beforeName(j int) bool {
	p := s.tok(j - 1)
	for ; j > 1 && (p.text == "." || p.has.is(particle)); p = s.tok(j - 1) {
		j--
	}
	return p.has.is(strong|kin|role) || surePerson[p.text] || offices[p.text]
}

// besideName: a given name stands before it, maybe with small words between, or a last name
// behind it: “MIKE DE BOER”.
func (s *scan) besideName(j int) bool {
	n := s.tok(j + 1)
	if given := s.toks[j].has.is(given) && !s.toks[j].has.is(verb); given && n.has.is(surname) && (!n.has.is(worded|common) || !s.toks[j].has.is(common) && n.text != "en") ||
		given && !s.toks[j].has.is(common|place) && withWhom[s.tok(j-1).text] && s.tok(j-1).text != "en" {
		return true
	}
	k := j - 1
	for ; k > j-4 && s.tok(k).has.is(particle) && !s.tok(k).has.is(given); k-- {
	}
	p := s.tok(k)
	if s.tok(j-1).text == "." && len(s.tok(j-2).text) == 1 && s.tok(j-2).capital && len(s.toks[j].text) > 3 {
		return true // “O.M.H. NEPNAAM”
	}
	t := s.toks[j]
	return (t.has.is(surname) || k == j-1 && !t.has.is(common|everyday|verb|role|kin|place) && !shape(t.text).is(everyday)) && p.has.is(given) && !p.has.is(common|worded) && !s.toks[k+1].starts
}

func (t *token) calm(tied bool) {
	if t.kind != word || len(t.text) == 1 || !t.shout {
		return
	}
	small := t.has.is(common|particle|verb|role|kin|label|strong|sick|greeting|unit) || t.has.is(title) && !t.has.is(given|surname) || t.has.is(worded|doubtful) && !tied
	if tied && t.has.is(given|surname) {
		small = false
	}
	listed := t.has.is(given|surname|place|known|houseBefore|tail|housePart) && !small
	t.shout = len(t.text) < 4 && !listed && !small
	t.capital = listed || tied && !small && len(t.text) > 3 && !bent(t.text) || !small && !bent(t.text) && !t.has.is(everyday) && vocab().letters.of(t.text) > 40
	if !t.capital {
		t.shout = false
	}
}
