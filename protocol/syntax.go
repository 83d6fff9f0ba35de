// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// Faults in the writing itself: text that is no text, YAML that does not parse, a condition
// that does not parse. The libraries say these in the words of programmers; here they become
// words of authors, each with what to do.

// unreadable is a file that is not text: the line of the first byte that no editor wrote.
type unreadable struct {
	line    int
	message string
	cure    string
}

func (u unreadable) Error() string { return u.message }

// readable finds bytes that cannot stand in a text. UTF-16 with its mark is read by the parser.
func readable(data []byte) error {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return nil
	}
	line := 1
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		switch {
		case r == utf8.RuneError && size == 1:
			return unreadable{line, "Dit bestand is niet als UTF-8 bewaard.", "Bewaar het bestand opnieuw en kies als codering UTF-8."}
		case r == '\n':
			line++
		case r < ' ' && r != '\t' && r != '\r' || r == 0x7f:
			return unreadable{line, "Hier staat een onzichtbaar stuurteken.", "Haal het teken weg: verwijder de regel en typ hem opnieuw."}
		}
		at += size
	}
	return nil
}

// syntax words a fault in the YAML itself.
func (l *loader) syntax(name string, err error) {
	var strange unreadable
	var many *yaml.LoadErrors
	var one *yaml.LoadError
	switch {
	case errors.As(err, &strange):
		l.problem(Pos{File: name, Line: strange.line}, "", strange.cure, "%s", strange.message)
	case errors.As(err, &many):
		for _, one := range many.Errors {
			l.badYAML(name, one)
		}
	case errors.As(err, &one):
		l.badYAML(name, one)
	default:
		l.problem(Pos{File: name, Line: 1}, "", indentation, "Dit is geen geldige YAML.")
	}
}

func (l *loader) badYAML(name string, one *yaml.LoadError) {
	what, cure := yamlWords(one.Message)
	l.problem(Pos{File: name, Line: lineOf(one)}, "", cure, "Dit is geen geldige YAML%s.", what)
}

const indentation = "Kijk naar het inspringen, de aanhalingstekens en de dubbele punten op en boven deze regel."

const betweenBraces = `zet een tekst met een komma of dubbele punt tussen "…", en een voorwaarde met [, { of " erin tussen '…', zoals when: 'harm in ["death"]'.`

// yamlFaults are parts of what the parser says, with what they mean for an author.
var yamlFaults = []struct{ says, means, cure string }{
	{"no documents", ": het bestand is leeg", "Schrijf er iets in, of haal het bestand weg."},
	{"violates indentation", ": er staat een tab", "Spring in met spaties, niet met tabs."},
	{"cannot start any token", ": een tab of ander teken waarmee niets kan beginnen", "Spring in met spaties, niet met tabs; zet een waarde die met @, %, ` of * begint tussen aanhalingstekens."},
	{"expected ',' or '}'", ": een accolade { wordt niet gesloten, of er past iets niet tussen { en }", "Zet } aan het eind; " + betweenBraces},
	{"expected ',' or ']'", ": een haak [ wordt niet gesloten, of er past iets niet tussen [ en ]", "Zet ] aan het eind; " + betweenBraces},
	{"mapping values are not allowed", ": hier kan geen dubbele punt staan", "Zet een tekst met een dubbele punt tussen aanhalingstekens, en kijk naar het inspringen."},
	{"unexpected end of stream", ": een aanhalingsteken of haak wordt niet gesloten", indentation},
	{"could not find expected ':'", ": achter een naam ontbreekt de dubbele punt", indentation},
	{"did not find expected key", ": hier hoort een sleutel met een dubbele punt", indentation},
	{"did not find expected '-'", ": hier hoort een streepje van de lijst", indentation},
	{"did not find expected", ": er staat iets anders dan hier kan", indentation},
	{"multiple", ": er staan meer documenten in dit bestand", "Haal de regel met --- weg, of maak er twee bestanden van."},
	{"max depth", ": te veel haken in elkaar", "Schrijf het vlakker op: een blok met sleutels in plaats van haken in haken."},
	{"unknown anchor", ": een verwijzing met * of &", "Schrijf de tekst uit, of gebruik `like` bij een veld."},
	{"unknown escape", ": een \\ tussen dubbele aanhalingstekens", "Gebruik enkele aanhalingstekens, of schrijf de \\ dubbel."},
}

func yamlWords(message string) (means, cure string) {
	for _, f := range yamlFaults {
		if strings.Contains(message, f.says) {
			return f.means, f.cure
		}
	}
	return "", indentation
}

// ExplainYAML words what the YAML parser found: the line, what it is, and what to do. Other
// files of authors, such as scenarios, say it the same way.
func ExplainYAML(err error) (line int, message, cure string) {
	var many *yaml.LoadErrors
	var one *yaml.LoadError
	switch {
	case errors.As(err, &many) && len(many.Errors) > 0:
		one = many.Errors[0]
	case !errors.As(err, &one):
		return 1, "Dit is geen geldige YAML.", indentation
	}
	what, cure := yamlWords(one.Message)
	return lineOf(one), "Dit is geen geldige YAML" + what + ".", cure
}

// lineOf points at the start of what never ended, else at the fault itself.
func lineOf(e *yaml.LoadError) int {
	if strings.Contains(e.Message, "end of stream") && e.ContextMark.Line > 0 {
		return e.ContextMark.Line
	}
	return max(1, e.Mark.Line)
}

// expressionWords says what the parser of conditions stumbled on, at a column counted from 1.
func expressionWords(message string, column int) string {
	_, near, _ := strings.Cut(message, "'")
	near, _, _ = strings.Cut(near, "'")
	near = strings.TrimSpace(near)
	switch {
	case strings.Contains(message, "<EOF>"):
		return fmt.Sprintf("De voorwaarde is niet goed geschreven: zij houdt bij teken %d te vroeg op.", column)
	case near == "":
		return fmt.Sprintf("De voorwaarde is niet goed geschreven, bij teken %d.", column)
	default:
		return fmt.Sprintf("De voorwaarde is niet goed geschreven, bij teken %d: “%s” past daar niet.", column, near)
	}
}

// mismatchWords says which kind of value a condition wants and which it got, when it says so.
func mismatchWords(message string) string {
	for _, kind := range []struct{ is, words string }{
		{"'bool'", "ja of nee"}, {"'string'", "een tekst of keuze"}, {"'int'", "een getal"}, {"'list(string)'", "een lijst"}, {"'timestamp'", "een moment"}, {"'google.protobuf.Timestamp'", "een moment"},
	} {
		message = strings.ReplaceAll(message, kind.is, kind.words)
	}
	if rest, ok := strings.CutPrefix(message, "expected type "); ok {
		if want, got, both := strings.Cut(rest, " but found "); both {
			return "De voorwaarde klopt niet: hier hoort " + want + ", en er staat " + got + "."
		}
	}
	return "De voorwaarde klopt niet."
}
