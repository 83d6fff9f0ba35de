// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"strings"
)

// Compose fills the parts of a product from facts no deeper than the product's level. The
// result is Markdown in Dutch by part id. A part whose condition does not hold is left
// out; a fact that lies too deep leaves its place empty. What nobody knows is said in so
// many words (“nog onbekend”), except where it would be all that the part says: then the
// part stays empty, which its author sees and has to fill or explain. row may be nil.
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
		parts[part.ID] = blocks(a.fill(part.Text.NL, pr.Level), a.lines(&part.Lines, pr.Level))
	}
	return parts
}

// lines are the repeated text of a part: for each row, or for each check that is open.
func (a *activation) lines(lines *Lines, limit Level) string {
	var all []string
	for _, f := range a.ev.Checks {
		if f.Checks.ID != lines.Open {
			continue
		}
		for _, item := range f.Items {
			if item.OK != True {
				all = append(all, "- "+item.Check.Ask.NL)
			}
		}
	}
	if lines.Of != "" {
		a.perRow(lines.Of, func(int) {
			if a.test(lines.When).verdict == True {
				all = append(all, a.fill(lines.Text.NL, limit))
			}
		})
	}
	if strings.Contains(lines.Text.NL, "\n") {
		return strings.Join(all, "\n\n")
	}
	return strings.Join(all, "\n")
}

// blocks puts two texts under each other; either may be empty. The rows of a table follow
// its head at once.
func blocks(first, second string) string {
	switch {
	case first == "" || second == "":
		return first + second
	case strings.HasPrefix(second, "|") && strings.HasSuffix(first, "|"):
		return first + "\n" + second
	}
	return first + "\n\n" + second
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
		words, known := a.wording(piece.fact, limit, language)
		if !known && len(cut) == 1 {
			return ""
		}
		out.WriteString(within(out.String(), words))
	}
	return strings.TrimSpace(out.String())
}

// wording is what stands in the place of a fact; known is false for words that only say
// that nobody knows.
func (a *activation) wording(id string, limit Level, language func(Text) string) (words string, known bool) {
	at, ok := a.c.index[id]
	if !ok || !a.c.declared[at].fact.Level.Within(limit) {
		return "", false
	}
	fact := a.c.declared[at].fact
	if a.raw[at] == nil {
		return language(notKnown), false
	}
	if words = a.chosen(fact, limit, language); words == "" {
		times := timeWords{loc: a.p.zone(), inFull: true, closing: a.c.declared[at].source == clockSource}
		words = escape(fact, language(wordsOf(fact, a.raw[at], times)))
	}
	switch {
	case words == "" && a.unsettled[at]:
		return language(notKnown), false
	case words == "":
		return language(nothing(fact)), false
	}
	return words, true
}

// notKnown says that a question is still open: “Onrust: nog onbekend”.
var notKnown = Text{NL: "nog onbekend", EN: "not known yet"}

// nothing words an answer without words: a list of none, or a question that does not arise.
func nothing(f *Fact) Text {
	if f.Type == TypeChoices {
		return Text{NL: "geen", EN: "none"}
	}
	return Text{NL: "niet van toepassing", EN: "not applicable"}
}

// notExplained stands where an option asks for words that are still to come.
var notExplained = Text{NL: "(nog niet toegelicht)", EN: "(not explained yet)"}

// chosen words a choice of which some option asks for own words (“Nee, want …”): the label
// is finished with them. Other facts give nothing.
func (a *activation) chosen(f *Fact, limit Level, language func(Text) string) string {
	var picked []string
	switch v := a.raw[a.c.index[f.ID]].(type) {
	case string:
		picked = []string{v}
	case []string:
		picked = v
	}
	var all []string
	for _, id := range picked {
		if o := a.c.declared[a.c.index[f.ID]].options[id]; o != nil {
			all = append(all, a.inOwnWords(f, o, limit, language))
		}
	}
	return strings.Join(all, ", ")
}

func (a *activation) inOwnWords(f *Fact, o *Option, limit Level, language func(Text) string) string {
	label := language(o.Label.filled())
	at, asks := a.c.index[f.ID+"_"+o.ID]
	if !o.Text || !asks || !a.c.declared[at].fact.Level.Within(limit) {
		return label
	}
	asksReason := strings.Contains(label, ",") // “Nee, want”; without a comma: “Iets anders”
	said, _ := a.raw[at].(string)
	switch {
	case said != "" && asksReason:
		return label + " " + markdown.Replace(said)
	case said != "":
		return label + ": " + markdown.Replace(said)
	case asksReason:
		return label + " " + language(notExplained)
	}
	return label
}

// within keeps words of several lines inside the list item or table row that they stand in.
func within(before, words string) string {
	line := before[strings.LastIndexByte(before, '\n')+1:]
	if !strings.HasPrefix(line, "- ") && !strings.HasPrefix(line, "|") {
		return words
	}
	var kept []string
	for _, one := range strings.Split(words, "\n") {
		if one = strings.TrimSpace(one); one != "" {
			kept = append(kept, one)
		}
	}
	if line[0] == '|' {
		return strings.Join(kept, " ")
	}
	return strings.Join(kept, "\n  ")
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
