// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// ScanText finds pieces of a free text that may identify a person: citizen service
// numbers that pass the eleven-test, phone numbers, e-mail addresses, dates of birth and
// names. It guesses; the form warns with it and never blocks. Results stand in the order
// of the text, and no piece is given twice. Field stays empty.
func ScanText(text string) []Scan {
	found := &finds{}
	for _, s := range scanners {
		if s.perhaps(text) {
			s.look(text, found)
		}
	}
	slices.SortStableFunc(found.marks, func(a, b mark) int { return a.from - b.from })
	scans := make([]Scan, len(found.marks))
	for i, m := range found.marks {
		scans[i] = Scan{Kind: m.kind, Text: text[m.from:m.to]}
	}
	return scans
}

// mark is a stretch of the text, in bytes.
type mark struct {
	kind     string
	from, to int
}

// finds are the pieces that were found, and which bytes of the text they took. Anybody may send a
// text, so looking may cost no more than reading it: holding each new piece against all others
// took half a minute for a megabyte of addresses.
type finds struct {
	marks []mark
	taken []bool
}

// take keeps a piece, unless an earlier one took any of it.
func (f *finds) take(kind string, at []int) {
	if missing := at[1] - len(f.taken); missing > 0 {
		f.taken = append(f.taken, make([]bool, missing)...)
	}
	piece := f.taken[at[0]:at[1]]
	if slices.Contains(piece, true) {
		return
	}
	for i := range piece {
		piece[i] = true
	}
	f.marks = append(f.marks, mark{kind, at[0], at[1]})
}

// scanner looks for one kind of piece. perhaps says quickly when there is surely none: an
// expression over a long text takes a hundred times as long, and most texts hold nothing.
type scanner struct {
	perhaps func(text string) bool
	look    func(text string, found *finds)
}

// scanners run in this order; a later one leaves alone what an earlier one took.
var scanners = []scanner{{hasAt, scanEmail}, {hasDigit, scanBSN}, {hasDigit, scanPhone}, {hasDigit, scanBirth}, {hasInitial, scanInitials}, {hasPair, scanNames}}

func hasAt(text string) bool { return strings.IndexByte(text, '@') >= 0 }

func hasDigit(text string) bool { return strings.ContainsAny(text, "0123456789") }

// hasInitial: a capital with a full stop behind it.
func hasInitial(text string) bool {
	var last rune
	for _, r := range text {
		if r == '.' && unicode.IsUpper(last) {
			return true
		}
		last = r
	}
	return false
}

// hasPair: a word with a capital right after another word, as the last word of a name. A
// word that begins a sentence has a full stop before its space.
func hasPair(text string) bool {
	var before, last rune
	for _, r := range text {
		if last == ' ' && unicode.IsUpper(r) && (unicode.IsLower(before) || strings.ContainsRune("'’-", before)) {
			return true
		}
		before, last = last, r
	}
	return false
}

var (
	emailIn = regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+`)
	bsnIn   = regexp.MustCompile(`\b\d(?:[ .]?\d){7,8}\b`)
	phoneIn = regexp.MustCompile(`(?:\+31|\b0031|\b0)[ -]?(?:\(0\)[ -]?)?\d(?:[ -]?\d){7,8}\b`)
	birthIn = regexp.MustCompile(`(?i)\b(\d{1,2})[ ./-](\d{1,2}|jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?[ ./-](\d{4})\b`)
	bornBy  = regexp.MustCompile(`(?i)(?:geb\.|geboren|geboortedatum|verjaardag|born|date of birth)[^.!?\n]{0,30}$`)
	nameIn  = regexp.MustCompile(`\p{Lu}[\p{Ll}'’-]+(?:-\p{Lu}\p{Ll}+)?(?: (?:van|de|der|den|het|ter|ten|te|'t|el|al|ben|bin|du|la|von))* \p{Lu}[\p{Ll}'’-]+(?:-\p{Lu}\p{Ll}+)?`)
	initial = regexp.MustCompile(`\b(?:\p{Lu}\.){1,4} ?(?:(?:van|de|der|den|ter|ten|el) )*\p{Lu}\p{Ll}{2,}`)
)

func scanEmail(text string, found *finds) {
	for _, at := range emailIn.FindAllStringIndex(text, -1) {
		found.take("email", at)
	}
}

func scanBSN(text string, found *finds) {
	for _, at := range bsnIn.FindAllStringIndex(text, -1) {
		if elevenTest(text[at[0]:at[1]]) {
			found.take("bsn", at)
		}
	}
}

// elevenTest: 9×a + 8×b + … + 2×h − i is a multiple of eleven. Eight digits have lost
// their leading zero.
func elevenTest(written string) bool {
	var digits []int
	for _, r := range written {
		if r >= '0' && r <= '9' {
			digits = append(digits, int(r-'0'))
		}
	}
	if len(digits) == 8 {
		digits = append([]int{0}, digits...)
	}
	if len(digits) != 9 {
		return false
	}
	sum, all := -digits[8], 0
	for i, d := range digits[:8] {
		sum += (9 - i) * d
		all += d
	}
	return all > 0 && sum%11 == 0
}

func scanPhone(text string, found *finds) {
	for _, at := range phoneIn.FindAllStringIndex(text, -1) {
		found.take("phone", at)
	}
}

// bornWithin is how many bytes before a date bornBy can look at: its longest word and thirty signs.
const bornWithin = 160

// scanBirth takes a written date for a date of birth when the text says so, or when it
// lies three years or more before the newest date in the text.
func scanBirth(text string, found *finds) {
	all := birthIn.FindAllStringSubmatchIndex(text, -1)
	newest := 2025
	for _, at := range all {
		newest = max(newest, yearAt(text, at))
	}
	for _, at := range all {
		if yearAt(text, at) <= newest-3 || bornBy.MatchString(text[max(0, at[0]-bornWithin):at[0]]) {
			found.take("date", at[:2])
		}
	}
}

func yearAt(text string, at []int) int {
	year, _ := strconv.Atoi(text[at[6]:at[7]])
	return year
}

// scanInitials takes capitals with full stops and a word for initials and a last name.
func scanInitials(text string, found *finds) {
	for _, at := range initial.FindAllStringIndex(text, -1) {
		found.take("name", at)
	}
}

// scanNames takes two capitalised words in a row for a first and last name, unless a
// word is one that names institutions, or merely opens the sentence.
func scanNames(text string, found *finds) {
	for at := 0; at < len(text); {
		hit := nameIn.FindStringIndex(text[at:])
		if hit == nil {
			break
		}
		from, to := at+hit[0], at+hit[1]
		words := strings.Fields(text[from:to])
		if openers[words[0]] {
			at = from + len(words[0]) // the name can start at the next word
			continue
		}
		if !slices.ContainsFunc(words, func(w string) bool { return institutions[strings.ToLower(w)] }) {
			found.take("name", []int{from, to})
		}
		at = to
	}
}

// openers start Dutch and English sentences and are no first names.
var openers = setOf(strings.Fields(`De Het Een In Op Bij Na Naar Voor Tijdens Toen Deze Dit Die Dat Wij We Hij Zij Ze Ik Er Is
	Om Aan Van Met Door Vanuit Vanaf Sinds Ook Maar En Of Als Omdat Volgens Over Uit Tot Hierop Daarna Vervolgens Mevrouw Meneer
	Mw Dhr Zus Broer Moeder Vader Client Cliënt The A An At On From With By After When This That We He She It There And Or But`))

// institutions are words of names that belong to no person.
var institutions = setOf(strings.Fields(`gemeente stichting veilig thuis raad kinderbescherming inspectie gezondheidszorg jeugd jeugdzorg
	zorg politie justitie openbaar ministerie wet rijk provincie college loket wijkteam centrum huis ziekenhuis
	school dienst regio nederland noord zuid oost west team groep instelling fase criterium`))
