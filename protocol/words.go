// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"strconv"
	"strings"
	"time"
)

// Words renders the value of a fact for a reader: option labels, dates in local time.
// A value that is not there gives no words.
func (p *Protocol) Words(fact string, value any) Text {
	f := p.Fact(fact)
	if f == nil {
		f = &Fact{ID: fact}
	}
	return p.words(f, value)
}

func (p *Protocol) words(f *Fact, value any) Text { return wordsOf(f, value, p.brief()) }

func wordsOf(f *Fact, value any, times timeWords) Text {
	switch v := value.(type) {
	case bool:
		return yesNo(f, v)
	case string:
		return f.label(v)
	case []string:
		return listWords(f, v)
	case int64:
		return plain(strconv.FormatInt(v, 10))
	case int:
		return plain(strconv.Itoa(v))
	case time.Time:
		if v.IsZero() {
			return Text{}
		}
		if f.Type == TypeDate {
			return times.date(v)
		}
		return times.moment(v)
	case Occurrence:
		return times.occurrence(v)
	}
	return Text{}
}

// yesNo uses the labels of the options yes and no when a field gives its own.
func yesNo(f *Fact, v bool) Text {
	id, word := "no", Text{"nee", "no"}
	if v {
		id, word = "yes", Text{"ja", "yes"}
	}
	for i := range f.Options {
		if f.Options[i].ID == id {
			return f.Options[i].Label.filled()
		}
	}
	return word
}

// label is the wording of an option; other text is its own wording.
func (f *Fact) label(v string) Text {
	for i := range f.Options {
		if f.Options[i].ID == v {
			return f.Options[i].Label.filled()
		}
	}
	return plain(v)
}

func listWords(f *Fact, list []string) Text {
	if len(list) == 1 {
		return f.label(list[0])
	}
	nl, en := make([]string, len(list)), make([]string, len(list))
	for i, v := range list {
		label := f.label(v)
		nl[i], en[i] = label.NL, label.EN
	}
	return Text{strings.Join(nl, ", "), strings.Join(en, ", ")}
}

// filled lets the Dutch stand in where no English was written.
func (t Text) filled() Text {
	if t.EN == "" {
		t.EN = t.NL
	}
	return t
}

// outputWords puts the outputs of a table in words, in the order of its outputs.
func (p *Protocol) outputWords(t *Table, outputs Facts) Text {
	var nl, en []string
	for i := range t.Outputs {
		o := &t.Outputs[i]
		value, ok := outputs[o.ID]
		if !ok {
			continue
		}
		words := p.words(o, value)
		if len(t.Outputs) > 1 {
			title := o.Title.filled()
			words = Text{labelled(title.NL, words.NL), labelled(title.EN, words.EN)}
		}
		nl, en = append(nl, words.NL), append(en, words.EN)
	}
	return Text{strings.Join(nl, "; "), strings.Join(en, "; ")}
}

// labelled puts words after their label; a label that asks needs no colon.
func labelled(label, words string) string {
	if strings.HasSuffix(label, "?") {
		return label + " " + words
	}
	return label + ": " + words
}
