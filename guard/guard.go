// SPDX-License-Identifier: EUPL-1.2

// Package guard finds what points to a person in a text that is about to leave.
//
// It compares the text with the identifying facts of the case itself, in the forms that a
// writer would use, and searches for what identifies anybody: numbers that pass their test,
// addresses, Dutch personal names, health words, and combinations that tell a village who
// it is (R-R-82 … R-R-84, DT-25). It decides nothing: the desk stops or warns.
//
//	text ─▶ fold ─▶ split ─▶ own facts ┐
//	        (a text made    numbers    ├─▶ settle ─▶ findings, in the order of the text
//	        comparable)     persons    │   (the surer of two stays;
//	                        health     │    what is allowed goes)
//	                        traces     ┘
//
// Everything here is pure: the same text and the same facts give the same findings. The
// word lists lie in the folder words, one subject per file.
package guard

import "time"

// Categories of findings. They are part of the output of `loket guard check` and stay.
const (
	Name        = "name"        // of the case, or a personal name that the case does not know
	BirthDate   = "birth_date"  // of the case, or a date that the text calls one
	Dossier     = "dossier"     // number by which somebody knows the person
	Address     = "address"     // street with number, or the street of the case
	Postcode    = "postcode"    // four digits, two letters
	Phone       = "phone"       // of a person; service numbers pass
	Email       = "email"       // also written out: at, dot
	BSN         = "bsn"         // nine digits that pass the eleven-test
	IBAN        = "iban"        // passes the test modulo 97
	Plate       = "plate"       // of a vehicle
	Document    = "document"    // passport, identity card, driving licence, alien number
	IP          = "ip"          // address of a device
	Account     = "account"     // name on a network
	Health      = "health"      // diagnosis, medicine, addiction, self-harm
	Combination = "combination" // age with place or date
)

// Known is what the case knows about its people. Everything may be empty.
type Known struct {
	Names               []string // ever given, in any order of the words
	BirthDates          []time.Time
	Dossiers, Addresses []string
	Phones, Emails      []string
	Places              []string
	Ages                []int
	When                []time.Time     // incident moments, local
	Values              []string        // identifying facts of a kind that nobody told
	Texts               []string        // what people wrote in confidence; names in it are looked for
	Common              map[string]bool // words that are no names, in small letters: organisations, terms
	Allowed             []string        // strings in which nothing is found: the provider, the place
}

// Finding is one place in the text, with the reason in both languages. Start and End count
// Unicode code points; End is the first one after the piece.
type Finding struct {
	Start, End int
	Category   string
	Text       string // the piece itself, as it was written
	Reason     Reason
}

// Reason says why, in the reader's language.
type Reason struct{ NL, EN string }

// Check lists everything found, in the order of the text.
func Check(text string, k Known) []Finding {
	return check(text, k, rules)
}

// rules are the readings of a text, in the order in which they need each other.
var rules = []rule{
	{"institutions", (*scan).institutions},
	{"organisations", (*scan).organisations},
	{"own numbers", (*scan).ownNumbers},
	{"own addresses", (*scan).ownAddresses},
	{"own names", (*scan).ownNames},
	{"contacts", (*scan).contacts},
	{"numbers", (*scan).numbers},
	{"addresses", (*scan).addresses},
	{"dates", (*scan).birthDates},
	{"persons", (*scan).persons},
	{"names again", (*scan).again},
	{"health", (*scan).health},
	{"traces", (*scan).traces},
}

// rule is one reading of a text.
type rule struct {
	name string
	read func(*scan)
}

func check(text string, k Known, rules []rule) []Finding {
	if text == "" {
		return nil
	}
	f := fold(text)
	s := &scan{f: f, toks: split(f), own: learn(k)}
	s.calm()
	s.used = make([]bool, len(s.toks)+1)
	s.dates = s.readDates()
	for _, d := range s.dates {
		for j := d.from; j <= d.to; j++ {
			s.used[j] = true // a date is no part of another number
		}
	}
	for _, r := range rules {
		r.read(s)
	}
	var out []Finding
	for _, h := range s.settle(k.Allowed) {
		start, end := int(f.pos[h.from]), int(f.pos[f.whole(h)-1])+1
		out = append(out, Finding{start, end, h.category, text[f.bytes[start]:f.bytes[end]], h.why})
	}
	return out
}
