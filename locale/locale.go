// SPDX-License-Identifier: EUPL-1.2

// Package locale holds the texts of the product in Dutch and English, and the
// words for moments and durations.
//
// The texts of a protocol (titles, questions, letters) are not here: they come
// with the protocol and are chosen with Pick. Texts of the product stand in
// nl.yaml and en.yaml, flat, one key per line:
//
//	worklist.title: Werklijst
//	worklist.late.one: "%d taak is te laat"
//	worklist.late.other: "%d taken zijn te laat"
//
// A page writes locale.T(lang, "worklist.title"), and for counted things
// locale.N(lang, "worklist.late", n). A key is words_with_underscores.joined.by
// dots and has at least one dot. A large area may keep its texts in a pair of its
// own: nl_area.yaml and en_area.yaml. The tests compare the languages and look
// for every key that the sources use.
package locale

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
)

// Lang is a language of the product; its value fits the HTML attribute lang.
type Lang string

// Dutch is the language of the product; English is the second language.
const (
	NL Lang = "nl"
	EN Lang = "en"
)

//go:embed *.yaml
var files embed.FS

var dutch, english = load(NL), load(EN)

// load reads every file of a language. A line that cannot be read leaves its key out, so
// that a page shows a key rather than nothing; the tests refuse such a line.
func load(lang Lang) map[string]string {
	texts := make(map[string]string, 2000)
	entries, _ := files.ReadDir(".")
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), string(lang)+".") || strings.HasPrefix(entry.Name(), string(lang)+"_") {
			_ = readInto(texts, entry.Name())
		}
	}
	return texts
}

// readInto reads the little YAML that these files are written in: a key and its text on one
// line, between double quotes where YAML wants them, or the text on the lines below a |. A
// parser of all YAML takes longer over the texts than a desk should take to start. The tests
// hold that it would read the same.
func readInto(texts map[string]string, name string) error {
	raw, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	for rest := string(raw); rest != ""; {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		key, text, ok := strings.Cut(line, ": ")
		switch {
		case !ok || strings.TrimSpace(key) != key || key == "":
			return fmt.Errorf("locale: %s: no text in %q", name, line)
		case text == "|":
			text, rest = below(rest)
		case strings.HasPrefix(text, `"`):
			if text, err = strconv.Unquote(text); err != nil {
				return fmt.Errorf("locale: %s: %s: %w", name, key, err)
			}
		}
		texts[key] = text
	}
	return nil
}

// below takes the lines that stand two to the right, and gives what comes after them.
func below(rest string) (text, after string) {
	var said strings.Builder
	for strings.HasPrefix(rest, "  ") || strings.HasPrefix(rest, "\n") {
		line, after, _ := strings.Cut(rest, "\n")
		said.WriteString(strings.TrimPrefix(line, "  ") + "\n")
		rest = after
	}
	return strings.TrimRight(said.String(), "\n") + "\n", rest
}

// Of reads a language from a cookie, a query value or the first choice of an
// Accept-Language header. Anything that is not English is Dutch.
func Of(s string) Lang {
	first, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(s)), ",")
	if first == "en" || strings.HasPrefix(first, "en-") || strings.HasPrefix(first, "en;") {
		return EN
	}
	return NL
}

// T is the text of a key, with args filled in as by fmt.Sprintf. A text that is
// missing in English is given in Dutch; a key that nobody wrote is given as it is.
func T(lang Lang, key string, args ...any) string {
	texts := dutch
	if lang == EN {
		texts = english
	}
	text, ok := texts[key]
	if !ok {
		text, ok = dutch[key]
	}
	if !ok {
		return key
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// N is the text for n things: key.one or key.other, filled in with n and then args.
func N(lang Lang, key string, n int, args ...any) string {
	form := ".other"
	if n == 1 {
		form = ".one"
	}
	return T(lang, key+form, append([]any{n}, args...)...)
}

// Has tells whether a key has a Dutch text.
func Has(key string) bool {
	_, ok := dutch[key]
	return ok
}

// Pick chooses between the two versions of a text that came from elsewhere, such
// as a protocol: the English one when it is asked for and exists.
func Pick(lang Lang, nl, en string) string {
	if lang == EN && en != "" {
		return en
	}
	return nl
}
