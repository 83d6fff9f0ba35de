// SPDX-License-Identifier: EUPL-1.2

package protocol

import "strings"

// Compose fills the parts of a product from facts no deeper than the product's level. The
// result is Markdown in Dutch by part id. A part whose condition does not hold is left
// out; a fact that lies too deep leaves its place empty, an
// open question says that it is still open. row may be nil.
//
// What people wrote is not Markdown: it comes out as they typed it, with its signs escaped.
func (p *Protocol) Compose(pr *Product, ev *Evaluation, row Facts) map[string]string {
	a := p.over(ev, row)
	defer a.release()
	parts := map[string]string{}
	for i := range pr.Parts {
		part := &pr.Parts[i]
		if a.test(part.When).verdict != True {
			continue
		}
		parts[part.ID] = a.fill(part.Text.NL, pr.Level)
	}
	return parts
}

// Fill replaces the placeholders in one text of the protocol (the subject of a notice) by
// the facts of an evaluation, no deeper than limit.
func (p *Protocol) Fill(text Text, limit Level, ev *Evaluation, row Facts) Text {
	a := p.over(ev, row)
	defer a.release()
	return Text{NL: a.fill(text.NL, limit), EN: a.fillEnglish(text.EN, limit)}
}

func (a *activation) fill(text string, limit Level) string {
	return a.filled(text, limit, func(t Text) string { return t.NL })
}

func (a *activation) fillEnglish(text string, limit Level) string {
	return a.filled(text, limit, func(t Text) string { return t.EN })
}

func (a *activation) filled(text string, limit Level, language func(Text) string) string {
	cut, ok := a.c.parts[text]
	if !ok {
		cut = pieces(text)
	}
	var out strings.Builder
	for _, piece := range cut {
		if piece.fact == "" {
			out.WriteString(piece.text)
			continue
		}
		at, ok := a.c.index[piece.fact]
		if !ok {
			continue
		}
		fact := a.c.declared[at].fact
		if !fact.Level.Within(limit) {
			continue
		}
		if a.raw[at] == nil {
			out.WriteString(language(whenUnknown(fact)))
			continue
		}
		out.WriteString(escape(fact, language(a.p.words(fact, a.raw[at]))))
	}
	return strings.TrimSpace(out.String())
}

// whenUnknown says that a question with fixed answers is still open: "Onrust: nog onbekend".
// Text that nobody wrote leaves its place empty.
func whenUnknown(f *Fact) Text {
	switch f.Type {
	case TypeChoice, TypeChoices, TypeYesNo, TypeDate, TypeMoment, TypeOccurrence, TypeNumber:
		return Text{NL: "nog onbekend", EN: "not known yet"}
	}
	return Text{}
}

var markdown = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", `*`, `\*`, `_`, `\_`, `[`, `\[`, `]`, `\]`, `<`, `\<`, `>`, `\>`,
	`#`, `\#`, `|`, `\|`, `!`, `\!`, `~`, `\~`)

// escape keeps typed text from becoming markup; wording of the protocol itself may be.
func escape(f *Fact, words string) string {
	switch f.Type {
	case TypeText, TypeLong, TypePhone, TypeEmail, TypeChoice, TypeChoices:
		if len(f.Options) == 0 {
			return markdown.Replace(words)
		}
	}
	return words
}
