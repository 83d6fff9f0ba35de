// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"regexp"
	"strings"
)

// piece is a stretch of text, or a placeholder for a fact.
type piece struct {
	text string
	fact string
}

var placeholder = regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}`)

// pieces cuts a text at its placeholders.
func pieces(text string) []piece {
	var all []piece
	rest := text
	for {
		at := placeholder.FindStringSubmatchIndex(rest)
		if at == nil {
			break
		}
		if at[0] > 0 {
			all = append(all, piece{text: rest[:at[0]]})
		}
		all = append(all, piece{fact: rest[at[2]:at[3]]})
		rest = rest[at[1]:]
	}
	if rest != "" {
		all = append(all, piece{text: rest})
	}
	return all
}

// compileTexts checks the placeholders of every product against its level, and its
// subject, which travels in the open, against V1.
func (l *loader) compileTexts() {
	for i := range l.p.Products {
		d := &l.p.Products[i]
		l.compileText(site{pos: d.Pos, key: "subject", row: d.Each}, d.Subject, "V1", "Het onderwerp van een bericht is voor iedereen te lezen")
		for _, part := range d.Parts {
			why := "Dit product gaat tot " + string(d.Level)
			l.compileText(site{pos: part.Pos, key: "text", row: d.Each}, part.Text, d.Level, why)
			l.compileText(site{pos: part.Lines.Pos, key: "text", row: part.Lines.Of}, part.Lines.Text, d.Level, why)
		}
	}
}

func (l *loader) compileText(s site, text Text, limit Level, why string) {
	for _, version := range []string{text.NL, text.EN} {
		if _, done := l.c.parts[version]; !done {
			l.c.parts[version] = pieces(version)
		}
		for _, piece := range l.c.parts[version] {
			l.checkPlaceholder(s, piece, limit, why)
		}
		if strings.Count(version, "{{") != strings.Count(version, "}}") {
			l.problem(s.pos, s.key, "Schrijf {{feit}} met twee accolades aan beide kanten.", "In deze tekst staat een invulplek die niet goed is afgesloten.")
		}
	}
}

func (l *loader) checkPlaceholder(s site, p piece, limit Level, why string) {
	if p.fact == "" {
		return
	}
	at, ok := l.c.index[p.fact]
	if !ok {
		l.problem(s.pos, s.key, l.c.instead(p.fact, meant(p.fact, l.c.index, "Vraag het in een formulier, of haal de invulplek weg.")), "De invulplek {{%s}} verwijst naar een feit dat niet bestaat.", p.fact)
		return
	}
	d := l.c.declared[at]
	if limit.known() && d.fact.Level.known() && !d.fact.Level.Within(limit) {
		l.problem(s.pos, s.key, "Haal de invulplek weg, of geef het product een dieper niveau.", "%s, maar {{%s}} is %s.", why, p.fact, d.fact.Level)
	}
	if d.readers != "" {
		l.problem(s.pos, s.key, "Haal de invulplek weg; wie het mag lezen opent het in de zaak.", "{{%s}} is alleen voor wie bij %q gekozen is en kan niet in een tekst staan.", p.fact, d.readers)
	}
	l.inView(s, d)
}
