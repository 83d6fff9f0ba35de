// SPDX-License-Identifier: EUPL-1.2

package guardcorpus

import (
	"embed"
	"strings"
)

//go:embed care letters press minutes shift desk
var folders embed.FS

// words are the lists of one style.
type words struct {
	style                                                                        string
	given, surname, street, village, provider, institution, personstreet, health []string
	positive, negative                                                           []sentence
}

// sentence is one line of a list, with what it is meant to hold.
type sentence struct{ group, category, text string }

func load(style string) *words {
	read := func(name string) string {
		b, err := folders.ReadFile(style + "/" + name + ".txt")
		if err != nil {
			panic("guardcorpus: " + err.Error()) // the folders are part of the program
		}
		return string(b)
	}
	list := func(name string) []string {
		return strings.FieldsFunc(read(name), func(r rune) bool { return r == '|' || r == '\n' })
	}
	w := &words{
		style: style,
		given: strings.Fields(read("given")), surname: list("surname"), street: list("street"), village: list("village"), provider: list("provider"),
		institution: list("institution"), personstreet: list("personstreet"), health: list("health"),
	}
	for _, line := range strings.Split(read("positive"), "\n") {
		head, text, ok := strings.Cut(line, " | ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		group, category, _ := strings.Cut(head, " ")
		w.positive = append(w.positive, sentence{group, category, text})
	}
	for _, line := range strings.Split(strings.TrimSpace(read("negative")), "\n") {
		w.negative = append(w.negative, sentence{text: line})
	}
	return w
}

// between is what parts one sentence from the next: minutes and logs go by the line.
func (w *words) between() string {
	if w.style == "minutes" || w.style == "shift" || w.style == "desk" {
		return "\n"
	}
	return " "
}

// Names gives the given names and last names of a style.
func Names(style string) (given, surnames []string) {
	w := load(style)
	return w.given, w.surname
}
