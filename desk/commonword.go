// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"strings"
	"unicode"

	"example.org/loket/protocol"
)

// wordSet holds those that stand in many texts, in small letters.
type wordSet map[string]bool

func (w wordSet) learn(text string) {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune("-'’", r) }) {
		w[strings.ToLower(word)] = true
	}
}

// commonWords are no names of people: the words of the protocol itself, and the
// organisations that the case knows. Without them a text could not name its own provider.
func commonWords(p *protocol.Protocol, all []protocol.Facts) wordSet {
	w := wordSet{}
	w.learn(p.About.Title.NL)
	w.learn(p.Desk.Name)
	for i := range p.Roles {
		w.learn(p.Roles[i].Title.NL)
	}
	for i := range p.Forms {
		w.learnForm(&p.Forms[i])
	}
	for i := range p.Products {
		for _, part := range p.Products[i].Parts {
			w.learn(part.Text.NL)
		}
	}
	for _, facts := range all {
		for id, v := range facts {
			text, ok := v.(string)
			if f := p.Fact(id); ok && f != nil && f.AVG == "N" {
				w.learn(text)
			}
		}
	}
	return w
}

// mayStay lists what is written as a whole without pointing to a person: the organisations
// that the case knows, and answers and criteria of several words that the protocol itself puts in a text.
func mayStay(p *protocol.Protocol, all []protocol.Facts) []string {
	var out []string
	say := func(text protocol.Text) {
		if strings.Contains(text.NL, " ") {
			out = append(out, text.NL)
		}
	}
	for i := range p.Forms {
		for _, section := range p.Forms[i].Sections {
			for _, field := range section.Fields {
				for _, option := range field.Options {
					say(option.Label)
				}
			}
		}
	}
	for i := range p.Criteria {
		for _, item := range p.Criteria[i].Items {
			say(item.Title)
		}
	}
	for _, facts := range all {
		for id, v := range facts {
			text, ok := v.(string)
			if f := p.Fact(id); ok && f != nil && f.AVG == "N" && f.Type == protocol.TypeText {
				out = append(out, text)
			}
		}
	}
	return out
}

func (w wordSet) learnForm(f *protocol.Form) {
	for _, section := range f.Sections {
		for _, field := range section.Fields {
			w.learn(field.Label.NL)
			for _, option := range field.Options {
				w.learn(option.Label.NL)
			}
		}
	}
}
