// SPDX-License-Identifier: EUPL-1.2

package guardcorpus

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// person is the invented subject of one item, and what the case knows of them.
type person struct {
	given, surname          string
	born                    time.Time
	dossier, street, number string
	postcode, village       string
	phone, email            string
	age                     int
}

func (w *writer) invent() *person {
	p := &person{given: pick(w, w.words.given), surname: pick(w, w.words.surname)}
	p.age = 8 + w.rand.IntN(80)
	p.born = time.Date(2025-p.age, time.Month(1+w.rand.IntN(12)), 1+w.rand.IntN(28), 0, 0, 0, 0, time.UTC)
	p.dossier = w.dossier()
	p.street, p.number = pick(w, w.words.street), fmt.Sprint(1+w.rand.IntN(180))
	p.postcode, p.village = w.postcode(), pick(w, w.words.village)
	p.phone = w.phone()
	p.email = strings.ToLower(ascii(p.given)) + "." + strings.ToLower(strings.ReplaceAll(ascii(p.surname), " ", "")) + pick(w, []string{"", "1", "88"}) + "@example.org"
	return p
}

func (w *writer) dossier() string {
	n := w.rand.IntN
	switch n(4) {
	case 0:
		return fmt.Sprintf("D-%05d", 10000+n(90000))
	case 1:
		return fmt.Sprintf("JH%d/%04d", 2020+n(6), n(10000))
	case 2:
		return fmt.Sprintf("ZK-%d-%05d", 2019+n(7), n(100000))
	}
	return fmt.Sprintf("%07d", 1000000+n(9000000))
}

func (p *person) known() Case {
	return Case{
		Names: []string{p.given + " " + p.surname}, BirthDates: []string{p.born.Format("2006-01-02")}, DossierNumbers: []string{p.dossier},
		Addresses: []string{p.street + " " + p.number + ", " + p.postcode + " " + p.village}, Phones: []string{p.phone}, Emails: []string{p.email},
		Places: []string{p.village}, Ages: []int{p.age},
	}
}

// last is the surname without the small words before it.
func (p *person) last() string {
	words := strings.Fields(p.surname)
	for i, word := range words {
		if unicode.IsUpper([]rune(word)[0]) {
			return strings.Join(words[i:], " ")
		}
	}
	return p.surname
}

// inverted puts the last name first: Nepnaam, B. van der.
func inverted(p *person) string {
	small := strings.TrimSuffix(p.surname, p.last())
	return strings.TrimSpace(p.last() + ", " + string([]rune(p.given)[:1]) + ". " + small)
}

// titled is the surname as it stands alone: with a capital.
func titled(surname string) string {
	r := []rune(surname)
	for i := range r {
		if unicode.IsLetter(r[i]) {
			r[i] = unicode.ToUpper(r[i])
			break
		}
	}
	return string(r)
}

// written is a name in one of its forms.
type written struct{ form, piece string }

// letterNames are the forms of the second style.
func (w *writer) letterNames() []written {
	p := w.person
	full := p.given + " " + p.surname
	initial := string([]rune(p.given)[:1])
	upper := func(s string) string { return strings.ToUpper(s) }
	return []written{
		{"full", full}, {"given", p.given}, {"surname", titled(p.surname)}, {"two initials", initial + ".A. " + p.surname}, {"initial without dot", initial + " " + p.surname},
		{"surname upper", p.given + " " + upper(p.surname)}, {"reversed initial", p.last() + ", " + initial + "."}, {"letter", p.given + " " + string([]rune(p.last())[:1]) + "."},
		{"lower", strings.ToLower(full)}, {"lower given", strings.ToLower(p.given)}, {"no marks", ascii(full)}, {"typo in given", w.typo(p.given) + " " + p.surname},
		{"typo in surname", p.given + " " + w.typo(p.surname)}, {"middle name", p.given + " Maria " + p.surname}, {"quoted", p.given + " “" + initial + "” " + p.surname},
		{"thin space", p.given + "\u2009" + p.surname}, {"soft hyphen", breakWord(full, "\u00ad")}, {"line end", p.given + "\n" + p.surname}, {"double surname", full + "-" + pick(w, []string{"Bos", "Meulman"})}, {"joiner", breakWord(full, "\u2060")},
	}
}

// ownName writes the name of the person in one of the ways that people do.
func (w *writer) ownName() (string, string) {
	p := w.person
	full := p.given + " " + p.surname
	initial := string([]rune(p.given)[:1])
	forms := []written{
		{"full", full}, {"given", p.given}, {"surname", titled(p.surname)}, {"mevrouw", titled(p.surname)},
		{"initial", initial + ". " + p.surname}, {"given and letter", p.given + " " + string([]rune(p.last())[:1]) + "."},
		{"lower", strings.ToLower(full)}, {"upper", strings.ToUpper(full)}, {"possessive", p.given + possessive(p.given)},
		{"no marks", ascii(full)}, {"reversed", p.last() + ", " + p.given}, {"typo", p.given + " " + w.typo(p.surname)},
		{"typo alone", w.typo(titled(p.surname))}, {"soft hyphen", breakWord(full, "\u00ad")}, {"zero width", breakWord(full, "\u200b")},
		{"homoglyph", homoglyph(full)}, {"no-break space", strings.ReplaceAll(full, " ", "\u00a0")}, {"hyphenated", breakWord(titled(p.surname), "-\n")},
		{"short prefix", p.given + " " + shorten(p.surname)}, {"two spaces", p.given + "  " + p.surname},
	}
	if w.words.style == "letters" {
		forms = w.letterNames()
	}
	f := forms[w.rand.IntN(len(forms))]
	if len([]rune(p.last())) < 6 && (f.form == "typo" || f.form == "typo alone") || (strings.Contains(p.surname, "-") || len([]rune(p.last())) < 6) && f.form == "hyphenated" {
		f = forms[0]
	}
	return f.piece, f.form
}

func possessive(name string) string {
	if strings.HasSuffix(name, "s") {
		return "’"
	}
	if strings.ContainsRune("aiouy", rune(name[len(name)-1])) {
		return "'s"
	}
	return "s"
}

func shorten(surname string) string {
	r := strings.NewReplacer("van der ", "v.d. ", "van den ", "v.d. ", "van 't ", "v 't ", "van ", "v. ")
	return r.Replace(surname)
}

// typo changes one letter of the longest word, not the first.
func (w *writer) typo(s string) string {
	r := []rune(s)
	end := len(r)
	if end < 6 {
		return s
	}
	at := end - 2 - w.rand.IntN(3)
	switch w.rand.IntN(4) {
	case 0:
		r[at], r[at-1] = r[at-1], r[at]
		if r[at] == r[at-1] {
			r = append(r, r[end-1])
		}
	case 1:
		r = append(r[:at], r[at+1:]...)
	case 2:
		r = append(r[:at+1], r[at:]...)
	default:
		r[at] = 'e' + rune(w.rand.IntN(9))
	}
	return string(r)
}

func breakWord(s, with string) string {
	r := []rune(s)
	at := len(r) - 3
	return string(r[:at]) + with + string(r[at:])
}

func homoglyph(s string) string {
	return strings.NewReplacer("a", "\u0430", "o", "\u043e").Replace(s)
}

var marks = strings.NewReplacer("ü", "u", "ö", "o", "é", "e", "ë", "e", "ó", "o", "Ö", "O", "ï", "i", "ł", "l", "ş", "s", "ç", "c", "ğ", "g", "ń", "n", "ę", "e", "ś", "s", "Ş", "S", "Ç", "C", "ê", "e", "û", "u", "â", "a", "ú", "u", "í", "i", "á", "a", "ż", "z", "è", "e", "ı", "i", "İ", "I")

func ascii(s string) string { return marks.Replace(s) }
