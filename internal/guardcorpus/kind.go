// SPDX-License-Identifier: EUPL-1.2

package guardcorpus

import (
	"fmt"
	"strings"
	"time"
)

// positive writes a piece that must be found, and says in which form.
func (w *writer) positive(kind string) (string, string) {
	p := w.person
	switch kind {
	case "own":
		return w.ownName()
	case "owndate":
		return w.dateForm(p.born)
	case "owndossier":
		d := p.dossier
		if w.words.style == "letters" {
			return w.form("plain", d, "low line", strings.NewReplacer("-", "_", "/", "_").Replace(d), "dots", strings.NewReplacer("-", ".", "/", ".").Replace(d), "letter o", strings.ReplaceAll(d, "0", "O"), "upper", strings.ToUpper(d), "no-break hyphen", strings.ReplaceAll(d, "-", "\u2011"))
		}
		return w.form("plain", d, "lower", strings.ToLower(d), "spaced", strings.NewReplacer("-", " ", "/", " ").Replace(d), "dense", strings.NewReplacer("-", "", "/", "").Replace(d), "wide", strings.NewReplacer("-", " - ", "/", " / ").Replace(d), "other dash", strings.ReplaceAll(d, "-", "–"))
	case "ownaddress":
		s, n := p.street, p.number
		if w.words.style == "letters" {
			return w.form("plain", s+" "+n, "nummer", s+" nummer "+n, "comma", s+", nr "+n, "bis", s+" "+n+" bis", "typo", w.typo(s)+" "+n, "street only", s, "spaced letter", s+" "+n+" B", "place", s+" "+n+" te "+p.village, "upper", strings.ToUpper(s)+" "+n)
		}
		return w.form("plain", s+" "+n, "letter", s+" "+n+"a", "flat", s+" "+n+"-2", "lower", strings.ToLower(s)+" "+n, "nr", s+" nr. "+n, "no-break space", s+"\u00a0"+n, "with postcode", s+" "+n+", "+p.postcode, "upper", strings.ToUpper(s)+" "+n, "short", strings.Replace(s, "straat", "str.", 1)+" "+n)
	case "ownphone":
		return w.phoneForm(p.phone)
	case "ownemail":
		return w.emailForm(p.email)
	case "ownageplace":
		return w.agePlace(p.age, p.village)
	}
	return w.stranger(kind)
}

// stranger writes something the case does not know.
func (w *writer) stranger(kind string) (string, string) {
	other := w.invent()
	for other.given == w.person.given || other.surname == w.person.surname {
		other = w.invent()
	}
	switch kind {
	case "bsn":
		return w.bsnForm()
	case "phone":
		return w.phoneForm(other.phone)
	case "email":
		return w.emailForm(other.email)
	case "iban":
		return w.iban()
	case "postcode":
		return w.form("plain", other.postcode, "dense", strings.ReplaceAll(other.postcode, " ", ""), "no-break space", strings.ReplaceAll(other.postcode, " ", "\u00a0"))
	case "address":
		return w.form("plain", other.street+" "+other.number, "letter", other.street+" "+other.number+"B", "no-break space", other.street+"\u00a0"+other.number)
	case "date":
		return w.dateForm(other.born)
	case "plate":
		return w.plate()
	case "passport":
		return w.passport(), "passport"
	case "vnumber":
		s := w.digits(10)
		return w.form("plain", s, "dots", s[:3]+"."+s[3:6]+"."+s[6:])
	case "ip":
		return fmt.Sprintf("%d.%d.%d.%d", 11+w.rand.IntN(200), w.rand.IntN(256), w.rand.IntN(256), 1+w.rand.IntN(254)), "ip"
	case "person":
		full := other.given + " " + other.surname
		return w.form("full", full, "full", full, "given", other.given, "two", full)
	case "surname":
		return titled(other.surname), "surname"
	case "first":
		return other.given, "given"
	case "initials":
		return string([]rune(other.given)[:1]) + "." + pick(w, []string{" ", "", "J. "}) + other.surname, "initials"
	case "inverted":
		return inverted(other), "inverted"
	case "clientcode":
		return w.clientCode()
	case "health":
		return pick(w, w.words.health), "health"
	case "ageplace":
		return w.agePlace(9+w.rand.IntN(70), other.village)
	case "ageplacedate":
		piece, form := w.agePlace(9+w.rand.IntN(70), other.village)
		return "Op " + w.processDate() + " is " + piece, form + " with date"
	}
	panic("guardcorpus: no kind " + kind)
}

func (w *writer) agePlace(age int, village string) (string, string) {
	who := pick(w, []string{"een meisje", "een jongen", "een bewoner", "een vrouw", "een cliënt"})
	return w.form("jarige", fmt.Sprintf("een %d-jarige uit %s", age, village), "jaar uit", fmt.Sprintf("%s van %d jaar uit %s", who, age, village), "words", fmt.Sprintf("een %sjarige inwoner van %s", inWords(age), village), "comma", fmt.Sprintf("%s (%d), wonend in %s", who, age, village), "place first", fmt.Sprintf("%s, %s van %d jaar oud", village, who, age))
}

func (w *writer) processDate() string {
	d := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, w.rand.IntN(600))
	s, _ := w.form("month", fmt.Sprintf("%d %s %d", d.Day(), months[d.Month()-1], d.Year()), "digits", d.Format("02-01-2006"), "no year", fmt.Sprintf("%d %s", d.Day(), months[d.Month()-1]))
	if int(d.Month()) == int(w.person.born.Month()) && d.Day() == w.person.born.Day() {
		return w.processDate()
	}
	return s
}

// filling is a piece in which nothing must be found. What only the reader knows to be an
// organisation is allowed.
func (w *writer) filling(kind string) string {
	n := w.rand.IntN
	switch kind {
	case "provider":
		s := pick(w, w.words.provider)
		w.used = append(w.used, s)
		return s
	case "institution":
		return pick(w, w.words.institution)
	case "personstreet":
		return pick(w, w.words.personstreet)
	case "village":
		return w.otherVillage()
	case "month":
		return pick(w, months)
	case "weekday":
		return pick(w, []string{"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"})
	case "year":
		return fmt.Sprint(2012 + n(14))
	case "agelimit":
		return fmt.Sprint(pick(w, []int{12, 16, 18, 21, 23}))
	case "processdate":
		return w.processDate()
	case "small":
		return fmt.Sprint(2 + n(27))
	case "amount":
		return fmt.Sprintf("%d.%03d,%02d", 1+n(90), n(1000), n(100))
	case "notbsn":
		return w.bsn(false)
	case "kamerstuk":
		return fmt.Sprintf("%d %d, nr. %d", 29+n(7), 100+n(800), 1+n(200))
	case "publicphone":
		return pick(w, []string{"14 010", "0800-0113", "0900-8844", "088-1234567"})
	case "article":
		return fmt.Sprintf("%d.%d", 1+n(8), 1+n(12))
	case "room":
		return fmt.Sprintf("%d.%02d", 1+n(9), n(40))
	case "version":
		return fmt.Sprintf("%d.%d.%d", 1+n(4), n(10), n(20))
	case "order":
		return fmt.Sprintf("%s-%06d", pick(w, []string{"ORD", "PO", "BST"}), n(1000000))
	case "line":
		return "\n"
	case "time":
		return fmt.Sprintf("%02d.%02d", n(24), n(60))
	}
	panic("guardcorpus: no filling " + kind)
}

func (w *writer) otherVillage() string {
	for {
		if v := pick(w, w.words.village); v != w.person.village {
			return v
		}
	}
}
