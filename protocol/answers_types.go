// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Lengths in characters where a field sets no maximum of its own.
const (
	maxText = 300
	maxLong = 20_000
)

// maxNumber is the highest number where a field sets none.
const maxNumber = 1_000_000_000

var (
	email = regexp.MustCompile(`^[^\s@<>"(),;:]+@[^\s@<>"(),;:]+\.[^\s@<>"(),;:.]+$`)
	phone = regexp.MustCompile(`^\+?(?:[ ()/.-]*\d){7,15}[ ()-]*$`)
)

func refuse(f *Field, nl, en string) []AnswerError {
	return []AnswerError{{Field: f.ID, Message: Text{nl, en}}}
}

func readText(f *Field, posted string) (string, bool, []AnswerError) {
	text := clean(posted, f.Type == TypeLong)
	limit := f.Max
	if limit == 0 {
		limit = maxText
		if f.Type == TypeLong {
			limit = maxLong
		}
	}
	if n := utf8.RuneCountInString(text); n > limit {
		return "", false, refuse(f,
			fmt.Sprintf("Deze tekst is te lang: %d tekens. Er passen er %d. Maak de tekst korter.", n, limit),
			fmt.Sprintf("This text is too long: %d characters. There is room for %d. Make it shorter.", n, limit))
	}
	return text, text != "", nil
}

// readYesNo accepts yes and no; any other option of the field means "I do not know".
func readYesNo(f *Field, text string) (any, bool, []AnswerError) {
	switch text {
	case "yes", "true", "ja":
		return true, true, nil
	case "no", "false", "nee":
		return false, true, nil
	case "unknown":
		return nil, false, nil
	}
	if o := optionOf(f, text); o != nil && o.Unknown {
		return nil, false, nil
	}
	return nil, false, refuse(f, "Kies ja of nee.", "Choose yes or no.")
}

func readChoice(f *Field, text string) (any, bool, []AnswerError) {
	o := optionOf(f, text)
	if o == nil {
		return nil, false, refuse(f, "Kies een van de antwoorden uit de lijst.", "Choose one of the answers in the list.")
	}
	if o.Unknown {
		return nil, false, nil
	}
	return text, true, nil
}

func readChoices(f *Field, posted []string) (any, bool, []AnswerError) {
	list := []string{}
	for _, text := range posted {
		if text == "" {
			continue
		}
		o := optionOf(f, text)
		if o == nil {
			return nil, false, refuse(f, "Kies alleen antwoorden uit de lijst.", "Choose only answers in the list.")
		}
		if !o.Unknown && !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return list, len(list) > 0, nil
}

func optionOf(f *Field, id string) *Option {
	for i := range f.Options {
		if f.Options[i].ID == id {
			return &f.Options[i]
		}
	}
	return nil
}

func readNumber(f *Field, text string) (any, bool, []AnswerError) {
	highest := int64(f.Max)
	if highest == 0 {
		highest = maxNumber
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil, false, refuse(f, "Vul een heel getal in, met alleen cijfers.", "Fill in a whole number, with digits only.")
	}
	if n < 0 || n > highest {
		return nil, false, refuse(f,
			fmt.Sprintf("Vul een getal in van 0 tot en met %d.", highest),
			fmt.Sprintf("Fill in a number from 0 up to and including %d.", highest))
	}
	return n, true, nil
}

func readShaped(f *Field, text string, shape *regexp.Regexp, limit int, message Text) (any, bool, []AnswerError) {
	if len(text) > limit || !shape.MatchString(text) {
		return nil, false, []AnswerError{{Field: f.ID, Message: message}}
	}
	return text, true, nil
}
