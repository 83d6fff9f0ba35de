// SPDX-License-Identifier: EUPL-1.2

package guardcorpus

import (
	"fmt"
	"strings"
	"time"
)

func (w *writer) digits(n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte(byte('0' + w.rand.IntN(10)))
	}
	return b.String()
}

// bsn passes the eleven-test, or fails it.
func (w *writer) bsn(pass bool) string {
	for {
		s := w.digits(9)
		sum := -int(s[8] - '0')
		for i := range 8 {
			sum += int(s[i]-'0') * (9 - i)
		}
		if (sum%11 == 0) == pass && s[0] != '0' {
			return s
		}
	}
}

func (w *writer) bsnForm() (string, string) {
	s := w.bsn(true)
	return w.form("plain", s, "spaces", s[:3]+" "+s[3:6]+" "+s[6:], "dots", s[:4]+"."+s[4:6]+"."+s[6:], "hyphens", s[:3]+"-"+s[3:6]+"-"+s[6:])
}

// form picks one of pairs of a form and a piece.
func (w *writer) form(pairs ...string) (string, string) {
	i := 2 * w.rand.IntN(len(pairs)/2)
	return pairs[i+1], pairs[i]
}

func (w *writer) phone() string {
	if w.chance(2) {
		return "06" + w.digits(8)
	}
	area := pick(w, []string{"010", "0180", "078", "0182"})
	return area + "0000"[:6-len(area)] + w.digits(4)
}

// phoneForm writes ten digits the way people do.
func (w *writer) phoneForm(p string) (string, string) {
	area := 3
	if strings.HasPrefix(p, "06") {
		area = 2
	} else if strings.HasPrefix(p, "018") {
		area = 4
	}
	a, rest := p[:area], p[area:]
	pairs := rest[:len(rest)-4] + " " + rest[len(rest)-4:len(rest)-2] + " " + rest[len(rest)-2:]
	if area == 2 {
		pairs = rest[:2] + " " + rest[2:4] + " " + rest[4:6] + " " + rest[6:]
	}
	if w.words.style == "letters" {
		return w.form("plain", p, "half", a+" "+rest[:len(rest)-4]+" "+rest[len(rest)-4:], "plus optional", "+31 (0)"+a[1:]+" "+rest, "hyphen pairs", a+"-"+pairs, "plus hyphen", "+31-"+a[1:]+"-"+rest, "figure space", a+"\u2007"+rest, "non-breaking hyphen", a+"\u2011"+rest, "zeros spaced", "00 31 "+a[1:]+" "+rest)
	}
	return w.form("plain", p, "hyphen", a+"-"+rest, "pairs", a+" "+pairs, "plus", "+31"+p[1:], "plus spaced", "+31 "+a[1:]+" "+rest,
		"double zero", "0031"+p[1:], "optional zero", "+31(0)"+p[1:], "dots", a+"."+strings.ReplaceAll(pairs, " ", "."), "slash", a+"/"+rest, "brackets", "("+a+") "+rest, "wide hyphen", a+" - "+rest)
}

func (w *writer) emailForm(e string) (string, string) {
	local, domain, _ := strings.Cut(e, "@")
	host, top, _ := strings.Cut(domain, ".")
	if w.words.style == "letters" {
		return w.form("plain", e, "braces", local+"{at}"+domain, "sign in brackets", local+" [@] "+domain, "shouted", local+" AT "+host+" DOT "+top, "dutch", local+" (apenstaartje) "+host+" (punt) "+top, "full width", local+"＠"+domain)
	}
	return w.form("plain", e, "upper", strings.ToUpper(e), "at", local+"(at)"+domain, "at dot", local+" at "+host+" dot "+top, "brackets", local+"[at]"+host+"[punt]"+top, "spaces", local+" @ "+domain, "dutch", local+" apenstaartje "+host+" punt "+top)
}

func (w *writer) iban() (string, string) {
	bban := pick(w, []string{"ABNA", "INGB", "RABO", "TRIO", "BUNQ"}) + w.digits(10)
	s := "NL" + check97(bban+"NL") + bban
	grouped := s[:4] + " " + s[4:8] + " " + s[8:12] + " " + s[12:16] + " " + s[16:]
	return w.form("plain", s, "groups", grouped, "lower", strings.ToLower(s), "dots", strings.ReplaceAll(grouped, " ", "."))
}

// check97 gives the two digits that make the remainder one.
func check97(s string) string {
	n := 0
	for _, r := range s + "00" {
		v := int(r - '0')
		if r >= 'A' {
			v = int(r-'A') + 10
		}
		if v > 9 {
			n = n * 10
		}
		n = (n*10 + v) % 97
	}
	return fmt.Sprintf("%02d", 98-n)
}

func (w *writer) letters(n int, of string) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = of[w.rand.IntN(len(of))]
	}
	return string(b)
}

func (w *writer) postcode() string {
	return fmt.Sprintf("%d %s", 2900+w.rand.IntN(6000), w.letters(2, "ABCDEFGHJKLNPRTVWXZ"))
}

// plate follows one of the layouts that were handed out: x is a letter, 9 a digit.
func (w *writer) plate() (string, string) {
	layout := pick(w, []string{"xx-99-99", "99-99-xx", "99-xx-99", "xx-99-xx", "xx-xx-99", "99-xx-xx", "99-xxx-9", "9-xxx-99", "xx-999-x", "x-999-xx"})
	var b strings.Builder
	for _, r := range layout {
		switch r {
		case 'x':
			b.WriteString(w.letters(1, "BDFGHJKLNPRSTVXZ"))
		case '9':
			b.WriteString(w.digits(1))
		default:
			b.WriteRune(r)
		}
	}
	if w.chance(5) {
		return strings.ToLower(b.String()), "lower"
	}
	return b.String(), layout
}

func (w *writer) passport() string {
	return w.letters(2, "ABCDEFGHJKLMN") + w.letters(6, "123456789BCDFGH") + w.digits(1)
}

var (
	months     = []string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}
	shorts     = []string{"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"}
	dayWords   = []string{"een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien", "twintig", "eenentwintig", "tweeëntwintig", "drieëntwintig", "vierentwintig", "vijfentwintig", "zesentwintig", "zevenentwintig", "achtentwintig", "negenentwintig", "dertig", "eenendertig"}
	tens       = []string{"", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"}
	beforeTens = []string{"", "eenen", "tweeën", "drieën", "vieren", "vijfen", "zesen", "zevenen", "achten", "negenen"}
)

func inWords(n int) string {
	if n < len(dayWords) {
		return dayWords[n-1]
	}
	return beforeTens[n%10] + tens[n/10]
}

func yearWords(y int) string {
	if y >= 2000 {
		return strings.TrimSuffix("tweeduizend "+map[bool]string{true: "", false: inWords(max(y-2000, 1))}[y == 2000], " ")
	}
	if y == 1900 {
		return "negentienhonderd"
	}
	return "negentien" + inWords(y-1900)
}

// dateForm writes a day in full.
func (w *writer) dateForm(d time.Time) (string, string) {
	m, s := months[d.Month()-1], shorts[d.Month()-1]
	if w.words.style == "letters" {
		return w.form("month", fmt.Sprintf("%d %s %d", d.Day(), m, d.Year()), "spaces", d.Format("02 01 2006"), "short month hyphens", fmt.Sprintf("%d-%s-%d", d.Day(), s, d.Year()), "wide hyphens", d.Format("2 - 1 - 2006"), "ordinal words", fmt.Sprintf("de %de %s van %d", d.Day(), m, d.Year()),
			"words", inWords(d.Day())+" "+m+" "+yearWords(d.Year()), "dots short", d.Format("02.01.06"), "leading zero", fmt.Sprintf("%02d %s %d", d.Day(), m, d.Year()), "upper", strings.ToUpper(fmt.Sprintf("%d %s %d", d.Day(), m, d.Year())), "slashes", d.Format("2006/01/02"), "other hyphen", strings.ReplaceAll(d.Format("02-01-2006"), "-", "\u2011"))
	}
	return w.form("iso", d.Format("2006-01-02"), "digits", d.Format("02-01-2006"), "short digits", d.Format("2-1-2006"), "slashes", d.Format("02/01/2006"), "dots", d.Format("2.1.2006"),
		"month", fmt.Sprintf("%d %s %d", d.Day(), m, d.Year()), "short month", fmt.Sprintf("%d %s '%02d", d.Day(), s, d.Year()%100), "short month, full year", fmt.Sprintf("%d %s. %d", d.Day(), s, d.Year()),
		"words", inWords(d.Day())+" "+m+" "+yearWords(d.Year()), "two digits", d.Format("02-01-06"), "capital", fmt.Sprintf("%d %s %d", d.Day(), titled(m), d.Year()), "ordinal", fmt.Sprintf("%de %s %d", d.Day(), m, d.Year()))
}

// clientCode is a number under which a provider knows somebody: every provider has its own form.
func (w *writer) clientCode() (string, string) {
	d := w.digits(8)
	return w.form("digits", d, "slashes", "JZ/"+d[:2]+"/"+d[2:6], "letter", "C"+d[:6], "dots", d[:2]+"."+d[2:5]+"."+d[5:], "hyphen", "WJ-"+d[:6], "year", "2024-"+d[:5])
}
