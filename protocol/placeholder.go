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

// checkAbout checks the facts that a title names: it stands on lists and in the tables of the
// desk, where nothing deeper than V1 may stand.
func (l *loader) checkAbout(s site, facts []string) {
	s.key = "about"
	for _, id := range facts {
		f := l.fact(s.pos, s.key, id)
		if f == nil {
			continue
		}
		d := l.c.declared[l.c.index[id]]
		if f.Level.known() && !f.Level.Within("V1") {
			l.problem(s.pos, s.key, "Noem een feit van V1, of haal het weg.", "Een titel is voor iedereen te lezen, maar %q is %s.", id, f.Level)
		}
		if d.readers != "" || f.Type == TypeLong {
			l.problem(s.pos, s.key, "Noem een feit met een kort antwoord dat iedereen mag lezen.", "Het feit %q kan niet achter een titel staan.", id)
		}
		l.inView(s, d)
	}
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
	for i := range l.p.Steps {
		l.checkAbout(site{pos: l.p.Steps[i].Pos, row: l.p.Steps[i].Each}, l.p.Steps[i].About)
	}
	for i := range l.p.Deadlines {
		l.checkAbout(site{pos: l.p.Deadlines[i].Pos, row: l.p.Deadlines[i].Each}, l.p.Deadlines[i].About)
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
