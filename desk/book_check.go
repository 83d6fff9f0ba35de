// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"maps"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/loket/protocol"
)

// Check reads what somebody typed or imported: clean values, and what is wrong in words.
// Names may be written as id or as people read them.
func (b *Book) Check(typed map[string]string, n Names) (map[string]string, []EntryFault) {
	clean := map[string]string{}
	var faults []EntryFault
	if b.fill != nil {
		typed = b.fill(maps.Clone(typed), n)
	}
	for _, c := range b.Columns {
		value, fault := c.read(strings.TrimSpace(typed[c.ID]), n)
		if fault != nil {
			fault.Column = c.ID
			faults = append(faults, *fault)
			continue
		}
		if value != "" {
			clean[c.ID] = value
		}
	}
	faults = append(faults, b.checkPeriod(clean, n)...)
	if b.check != nil && len(faults) == 0 {
		faults = b.check(clean)
	}
	return clean, faults
}

func (b *Book) checkPeriod(v map[string]string, n Names) []EntryFault {
	from, until := b.period(v, n.zone)
	if !from.IsZero() && !until.IsZero() && !until.After(from) {
		return []EntryFault{{"until", say("Het einde ligt voor het begin.", "The end lies before the beginning."), say("Kijk beide na.", "Check both.")}}
	}
	return nil
}

func wrong(nl, en, cureNL, cureEN string) *EntryFault {
	return &EntryFault{Say: say(nl, en), Cure: say(cureNL, cureEN)}
}

// read checks one value and writes it in one way.
func (c Column) read(s string, n Names) (string, *EntryFault) {
	most := c.Most
	if most == 0 {
		most = 200
	}
	switch {
	case s == "" && c.Need:
		return "", wrong("Hier moet iets staan.", "Something must be filled in here.", "Vul het in.", "Fill it in.")
	case s == "":
		return "", nil
	case len([]rune(s)) > most:
		return "", wrong("Dit is te lang.", "This is too long.", "Maak het korter: hoogstens "+strconv.Itoa(most)+" tekens.", "Make it shorter: at most "+strconv.Itoa(most)+" characters.")
	case c.Type != "long" && strings.ContainsAny(s, "\r\n"):
		return "", wrong("Hier hoort één regel.", "One line belongs here.", "Haal de regeleinden weg.", "Remove the line breaks.")
	}
	switch c.Type {
	case "organisation", "person", "role", "choice", "choices", "yesno":
		return c.readChoice(s, n)
	}
	return c.readPlain(s)
}

// readPlain checks values that refer to nothing.
func (c Column) readPlain(s string) (string, *EntryFault) {
	switch c.Type {
	case "short":
		if !isName(strings.ReplaceAll(s, "_", "-")) { // options of a protocol may have a low dash
			return "", wrong("Dit is geen korte naam.", "This is no short name.", "Gebruik kleine letters, cijfers en streepjes.", "Use lower-case letters, digits and dashes.")
		}
	case "number":
		if n, err := strconv.Atoi(s); err != nil || n < 0 || n > 9999 {
			return "", wrong("Dit is geen getal van 0 tot 9999.", "This is no number from 0 to 9999.", "Schrijf bijvoorbeeld 1.", "Write for example 1.")
		}
	case "email":
		if !isAddress(s) {
			return "", wrong("Dit is geen e-mailadres.", "This is no e-mail address.", "Schrijf bijvoorbeeld jeugd@example.org.", "Write for example jeugd@example.org.")
		}
	case "phone":
		if digits := strings.Map(digit, s); len(digits) < 6 || strings.Trim(s, "0123456789 +-()") != "" {
			return "", wrong("Dit is geen telefoonnummer.", "This is no telephone number.", "Schrijf bijvoorbeeld 010 000 00 00.", "Write for example 010 000 00 00.")
		}
	case "date":
		return readTime(s, []string{time.DateOnly, "2-1-2006", "2/1/2006"}, time.DateOnly, "2026-03-28", "28-3-2026")
	case "moment":
		return readTime(s, []string{momentLayout, "2006-01-02T15:04", "2-1-2006 15:04"}, momentLayout, "2026-03-28 17:00", "28-3-2026 17:00")
	}
	return s, nil
}

func digit(r rune) rune {
	if r < '0' || r > '9' {
		return -1
	}
	return r
}

func readTime(s string, layouts []string, keep, example, other string) (string, *EntryFault) {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(keep), nil
		}
	}
	return "", wrong("Dit is geen datum of tijd die bestaat.", "This is no date or time that exists.", "Schrijf bijvoorbeeld "+example+" of "+other+".", "Write for example "+example+" or "+other+".")
}

// readChoice finds one or more options by id or by name.
func (c Column) readChoice(s string, n Names) (string, *EntryFault) {
	options := n.Choices(c)
	words := []string{s}
	if c.Type == "choices" {
		words = strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' })
	}
	for i, word := range words {
		at := slices.IndexFunc(options, func(o protocol.Option) bool {
			return sameOrganisation(o.ID, word) || sameOrganisation(o.Label.NL, word) || sameOrganisation(o.Label.EN, word)
		})
		if at < 0 {
			return "", wrong("“"+word+"” is hier niet bekend.", "“"+word+"” is not known here.", cureOf(c, options).NL, cureOf(c, options).EN)
		}
		words[i] = options[at].ID
	}
	return strings.Join(words, " "), nil
}

// cureOf says what one may write instead.
func cureOf(c Column, options []protocol.Option) protocol.Text {
	switch {
	case c.Type == "organisation":
		return say("Voeg de organisatie eerst toe, of schrijf haar korte naam.", "Add the organisation first, or write its short name.")
	case c.Type == "person":
		return say("Schrijf de inlognaam van iemand met een account.", "Write the short name of somebody with an account.")
	case len(options) == 0:
		return say("Laat dit leeg.", "Leave this empty.")
	}
	var nl, en []string
	for _, o := range options {
		nl, en = append(nl, o.Label.NL), append(en, o.Label.EN)
	}
	return say("Kies uit: "+strings.Join(nl, ", ")+".", "Choose from: "+strings.Join(en, ", ")+".")
}

// isAddress: an e-mail address and nothing else.
func isAddress(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s
}
