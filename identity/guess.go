// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	_ "embed"
	"encoding/json"
	"math"
	"strings"
	"unicode"

	"github.com/ccojocar/zxcvbn-go/data"

	"example.org/loket"
	"example.org/loket/protocol"
)

// A new password is weighed by what somebody would try who knows the usual lists and the person: it is
// cut into the pieces that are easiest to guess, and each piece costs what it takes to find
// it. Nobody outside is asked, and nothing about the password leaves this function.
//
//	"Welkom2026!!!!"  =  welkom (third on our list) + 2026 (a year) + !!!! (the same again)
//
// The lists are the 7,141 most used passwords and 32,545 English words that come with a
// library, and our own list of what people in Dutch offices choose.

// leastWork is how many guesses a password must be worth, as a power of two: 2^33 is what
// zxcvbn calls safe, at ten guesses an hour and with Argon2id behind it.
const leastWork = 33.0

// weighed is how many signs are looked at: what is easy for so long is no better after it.
const weighed = 64

//go:embed dutch_passwords.txt
var dutchPasswords string

// kind of piece, in the order in which a refusal names them.
type pieceKind int

const (
	pieceFree   pieceKind = iota // in no list
	pieceOwn                     // name, login, organisation, the desk
	pieceUsual                   // one of the most used passwords, or a word
	pieceRow                     // the same again, a row of the alphabet or the keyboard, a year
	pieceKinds_                  // how many there are
)

// refusals say why a password is easy to guess, by the kind that covers most of it. None
// repeats any of it.
var refusals = [pieceKinds_]protocol.Text{
	pieceFree: {NL: "Dit wachtwoord is te makkelijk te raden.", EN: "This password is too easy to guess."},
	pieceOwn: {NL: "Dit wachtwoord is te makkelijk te raden: het bestaat vooral uit uw eigen naam, uw gebruikersnaam, uw organisatie of het loket.",
		EN: "This password is too easy to guess: it is mostly your own name, your user name, your organisation or the desk."},
	pieceUsual: {NL: "Dit wachtwoord is te makkelijk te raden: het is, of lijkt op, een wachtwoord dat veel mensen gebruiken en dat in gelekte lijsten staat.",
		EN: "This password is too easy to guess: it is, or resembles, a password that many people use and that is in leaked lists."},
	pieceRow: {NL: "Dit wachtwoord is te makkelijk te raden: het is vooral een herhaling, een rijtje, een jaartal of een rij toetsen.",
		EN: "This password is too easy to guess: it is mostly a repetition, a sequence, a year or a row of keys."},
}

var guessAdvice = protocol.Text{NL: " Kies vier of meer losse woorden die niets met elkaar, met u of met uw werk te maken hebben.",
	EN: " Choose four or more words that have nothing to do with each other, with you or with your work."}

// guessable reports why a password is easy to guess; nil: it is not. own are words that
// people would try because of who it is.
func guessable(password string, own ...string) error {
	work, kind := weigh(password, own, ranks())
	if work >= leastWork {
		return nil
	}
	return loket.Refuse(loket.Invalid, refusals[kind].NL+guessAdvice.NL, refusals[kind].EN+guessAdvice.EN)
}

// weigh gives how much work a password is, and the kind of piece that covers most of it.
func weigh(password string, own []string, ranks map[string]int) (work float64, most pieceKind) {
	text := []rune(plain(password))
	g := newGuess(text[:min(len(text), weighed)], ownWords(own), ranks)
	text = g.text
	covered := [pieceKinds_]int{}
	for at := len(text); at > 0; at -= g.by[at].length {
		covered[g.by[at].kind] += g.by[at].length
	}
	for kind := pieceOwn; kind < pieceKinds_; kind++ {
		if covered[kind] > covered[most] || most == pieceFree && covered[kind] > 0 {
			most = kind
		}
	}
	return g.cost[len(text)], most
}

// plain is a password without capitals and with letters for the signs that people put in
// their place. What that costs to try is next to nothing.
func plain(password string) string {
	return strings.Map(func(c rune) rune {
		if to, ok := instead[c]; ok {
			return to
		}
		return unicode.ToLower(c)
	}, password)
}

// instead are signs that stand for letters. Digits are kept: they make years and rows, and
// words are compared with and without them.
var instead = map[rune]rune{'@': 'a', '$': 's', '€': 'e', 'é': 'e', 'ë': 'e', 'è': 'e', 'ï': 'i', 'ö': 'o', 'ü': 'u', 'ä': 'a', 'á': 'a'}

// digitLetters are digits that stand for letters in the midst of a word.
var digitLetters = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "8", "b")

// piece is a part of a password that can be guessed as a whole.
type piece struct {
	length int
	cost   float64
	kind   pieceKind
}

// guess finds the cheapest way to cut a text into pieces: cost[n] is that of the first n signs.
type guess struct {
	words map[string]bool // about the person
	ranks map[string]int  // places in the lists
	text  []rune
	cost  []float64
	by    []piece // the last piece of the cheapest way
}

func newGuess(text []rune, words map[string]bool, ranks map[string]int) *guess {
	g := &guess{words: words, ranks: ranks, text: text, cost: make([]float64, len(text)+1), by: make([]piece, len(text)+1)}
	for at := 1; at <= len(text); at++ {
		g.cheapest(at)
	}
	return g
}

// cheapest finds the cheapest way to make the first `end` signs.
func (g *guess) cheapest(end int) {
	g.cost[end] = math.Inf(1)
	for from := 0; from < end; from++ {
		p := g.piece(from, end)
		if total := g.cost[from] + p.cost; total < g.cost[end] {
			g.cost[end], g.by[end] = total, p
		}
	}
}

// join is what it costs to try pieces in another order, or with something between them.
const join = 2.0

// piece is the part from one sign to another, by the cheapest way to guess it.
func (g *guess) piece(from, end int) piece {
	part := string(g.text[from:end])
	best := piece{length: end - from, cost: loose(g.text[from:end])}
	try := func(cost float64, kind pieceKind) {
		if cost += join; cost < best.cost {
			best.cost, best.kind = cost, kind
		}
	}
	for _, word := range []string{part, digitLetters.Replace(part)} {
		if g.words[word] {
			try(1, pieceOwn)
		}
		if rank := g.ranks[word]; rank > 0 {
			try(math.Log2(float64(rank))+1, pieceUsual)
		}
	}
	if cost, ok := rowCost(g.text[from:end]); ok {
		try(cost, pieceRow)
	}
	if half, times := repeated(part); times > 1 {
		try(g.cheapestOf(half)+math.Log2(float64(times)), pieceRow)
	}
	return best
}

// cheapestOf weighs a piece that is repeated, on its own.
func (g *guess) cheapestOf(half string) float64 {
	inner := newGuess([]rune(half), g.words, g.ranks)
	return inner.cost[len(inner.text)]
}

// loose is the work of signs that are in no list: ten tries for each, as zxcvbn counts.
func loose(part []rune) float64 { return math.Log2(10) * float64(len(part)) }

// ownWords are the parts of three letters and more of what is known about somebody.
func ownWords(own []string) map[string]bool {
	words := map[string]bool{"loket": true, "incident": true, "incidenten": true, "incidentenloket": true, "melding": true, "calamiteit": true, "meldpunt": true}
	for _, text := range own {
		whole := plain(text)
		parts := strings.FieldsFunc(whole, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
		for _, part := range append(parts, whole, strings.Join(parts, "")) {
			if len([]rune(part)) > 2 {
				words[part] = true
			}
		}
	}
	return words
}

// ranks are the usual passwords, words and first names with their place in the lists. They are
// read anew for each password that is chosen, which takes about as long as hashing it: people
// choose seldom, and the lists need not stay in memory.
func ranks() map[string]int {
	out := map[string]int{}
	for _, list := range [][]string{ourOwn(), library("data/Passwords.json"), library("data/English.json"), library("data/FemaleNames.json"), library("data/MaleNames.json")} {
		for i, word := range list {
			if old := out[word]; len(word) > 2 && (old == 0 || i+1 < old) {
				out[word] = i + 1
			}
		}
	}
	return out
}

// ourOwn is our own list, without its first lines that say what it is.
func ourOwn() (words []string) {
	for line := range strings.Lines(dutchPasswords) {
		if !strings.HasPrefix(line, "#") {
			words = append(words, strings.Fields(line)...)
		}
	}
	return words
}

// library reads a list that comes with the library. It is part of the program, so a list
// that cannot be read is a program that cannot be used.
func library(name string) []string {
	var found struct{ List []string }
	text, err := data.Asset(name)
	if err == nil {
		err = json.Unmarshal(text, &found)
	}
	if err != nil {
		panic("identity: list of passwords: " + err.Error())
	}
	return found.List
}
