// SPDX-License-Identifier: EUPL-1.2

package guard

import "strings"

var (
	emailWhy   = Reason{"een e-mailadres", "an e-mail address"}
	accountWhy = Reason{"een account op een netwerk", "an account on a network"}

	atWords     = set("at apenstaartje apenstaart apestaartje aapje")
	dotWords    = set("dot punt")
	topDomains  = set("nl com org net eu be de info nu io me tv biz co gov edu frl amsterdam online email example test")
	saysAccount = set("instagram insta snapchat snap tiktok facebook twitter discord telegram account gebruikersnaam username accountnaam profiel steam roblox")
)

// contacts looks for mail addresses and names on networks.
func (s *scan) contacts() {
	for i := range s.toks {
		t := s.toks[i]
		switch {
		case t.text == "@":
			if from, to := s.bracketed(i); !s.email(from, to) {
				s.handle(i)
			}
		case atWords[t.text] && t.kind == word:
			from, to := s.bracketed(i)
			s.email(from, to)
		case saysAccount[t.text]:
			s.account(i)
		}
	}
}

// bracketed widens a written-out sign by the brackets, quotes or strokes around it.
func (s *scan) bracketed(i int) (int, int) {
	a, b := s.tok(i-1), s.tok(i+1)
	if a.kind == sign && b.kind == sign && (strings.Contains("([{<", a.text) && strings.Contains(")]}>", b.text) || a.text == b.text && strings.Contains("*/-_'\"|", a.text)) {
		return i - 1, i + 1
	}
	return i, i
}

// email reads the two sides of an at sign at tokens from … to.
func (s *scan) email(from, to int) bool {
	left := s.mailLeft(from)
	right, dotted := s.mailRight(to, from != to || s.toks[from].text == "@" && !s.tok(to+1).space)
	if left == from || right == to || !dotted && !s.undotted(from, to, right) {
		return false
	}
	if right > to && !s.mailbox(left, from) {
		s.add(left, right, Email, 98, emailWhy)
	}
	for j := left; j <= right; j++ {
		s.used[j] = true
	}
	return true
}

// undotted: both sides touch the sign, and the end was forgotten: “naam@example”.
func (s *scan) undotted(from, to, right int) bool {
	return from == to && s.glued(from) && s.glued(to+1) && s.toks[right].kind == word && len(s.toks[right].text) > 4 && s.tok(from-1).kind != sign
}

func (s *scan) mailLeft(from int) int {
	left := from
	for j := from - 1; j >= 0 && from-j < 2*longest; j-- {
		t := s.toks[j]
		touches := !s.toks[j+1].space || j == from-1
		switch {
		case !touches:
			return left
		case t.kind == word || t.kind == number:
			left = j
		case strings.Contains("._-+'", t.text) && !s.toks[j+1].space:
		default:
			return left
		}
		if t.line {
			return left
		}
	}
	return left
}

// mailRight reads words with dots between them, however the dot is written, up to a top
// level domain.
func (s *scan) mailRight(to int, sign bool) (right int, dotted bool) {
	right = to
	for j := to + 1; j < len(s.toks) && j-to < 2*longest; {
		t := s.toks[j]
		if t.kind != word && t.kind != number || t.line && j > to+1 {
			return right, dotted
		}
		right = j
		j++
		for s.tok(j).text == "-" && !s.tok(j).space && s.tok(j+1).kind != 0 && !s.tok(j+1).space {
			right, j = j+1, j+2
		}
		if dotted && (topDomains[s.toks[right].text] && !s.domainGoesOn(j) || !s.isDot(j, nil)) {
			return right, topDomains[s.toks[right].text] || sign && len(s.toks[right].text) > 1
		}
		next := j
		if !s.isDot(j, &next) {
			return right, dotted
		}
		j, dotted = next, true
	}
	return right, dotted
}

// domainGoesOn: a full stop and one more top domain, without space: mail.example.org.
func (s *scan) domainGoesOn(j int) bool {
	n := s.tok(j + 1)
	return s.tok(j).text == "." && s.glued(j) && s.glued(j+1) && topDomains[n.text]
}

// isDot: a full stop inside an address, or the word for it, with or without brackets.
func (s *scan) isDot(j int, next *int) bool {
	t, n := s.tok(j), 0
	switch {
	case t.text == "." && (!s.tok(j+1).space || t.space) && s.tok(j+1).kind == word:
		n = 1
	case t.text == "," && !t.space && s.glued(j+1) && topDomains[s.tok(j+1).text]:
		n = 1
	case t.kind == sign && strings.Contains("*-_'\"", t.text) && dotWords[s.tok(j+1).text] && s.tok(j+2).text == t.text:
		n = 3
	case dotWords[t.text]:
		n = 1
	case t.kind == sign && strings.Contains("([{", t.text) && (dotWords[s.tok(j+1).text] || s.tok(j+1).text == "."):
		n = 3
	}
	if next != nil {
		*next = j + n
	}
	return n > 0
}

// handle: “@name”.
func (s *scan) handle(i int) {
	n := s.tok(i + 1)
	if i > 0 && s.glued(i) && s.toks[i-1].kind != sign || n.space || n.kind != word && n.text != "_" {
		return
	}
	s.add(i, s.handleEnd(i+1), Account, 62, accountWhy)
}

func (s *scan) handleEnd(i int) int {
	last := i
	for j := i + 1; j < len(s.toks) && j-i < longest && !s.toks[j].space; j++ {
		t := s.toks[j]
		if t.kind == sign && !strings.Contains("._-", t.text) {
			break
		}
		if t.kind != sign || t.text == "_" {
			last = j
		}
	}
	return last
}

// account: behind the name of a network a word with digits or a low line in it.
func (s *scan) account(i int) {
	if n := s.tok(i + 4); s.tok(i+1).text == "." && s.tok(i+2).text == "com" && s.tok(i+3).text == "/" && n.kind == word && !n.space {
		s.add(i+4, s.handleEnd(i+4), Account, 62, accountWhy)
		return
	}
	for j := i + 1; j <= i+4 && j < len(s.toks); j++ {
		t := s.toks[j]
		if t.starts {
			return
		}
		if t.kind != word || !t.space && s.toks[j-1].text != ":" {
			continue
		}
		last := s.handleEnd(j)
		if last == j {
			continue
		}
		mixed := false
		for k := j + 1; k <= last; k++ {
			mixed = mixed || s.toks[k].text == "_" || s.toks[k].kind == number
		}
		if mixed && !s.used[j] {
			s.add(j, last, Account, 62, accountWhy)
			return
		}
	}
}
