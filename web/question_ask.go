// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
)

// readAsked sends questions to the reporter or a party (R-R-63): missing fields, a
// question in own words, or both.
func readAsked(v *visit) (loket.Payload, error) {
	text := strings.TrimSpace(v.text("tekst_vraag"))
	fields := v.r.PostForm["veld"]
	if text == "" && len(fields) == 0 {
		return nil, loket.Refuse(loket.Invalid,
			"Kies wat u wilt weten, of schrijf een eigen vraag.",
			"Choose what you want to know, or write a question of your own.")
	}
	to := v.text("aan")
	if to == "" {
		to = "reporter"
	}
	return loket.Asked{Question: v.rand.ID(), Fields: fields, Text: text, To: to}, nil
}

// readAnswered closes a question with a note, for instance after a phone call.
func readAnswered(v *visit) (loket.Payload, error) {
	note := strings.TrimSpace(v.text("tekst_antwoord"))
	declined := v.text("geweigerd") == yesValue
	if note == "" && !declined {
		return nil, loket.Refuse(loket.Invalid,
			"Schrijf wat het antwoord was, of hoe u het kreeg.",
			"Write what the answer was, or how you got it.")
	}
	return loket.Answered{Question: v.text("vraag"), Note: note, Declined: declined, Level: v.textLevel()}, nil
}

// parties are the rows that a question can be sent to besides the reporter.
func (c *casePage) parties() []desk.RowView {
	var parties []desk.RowView
	for _, list := range c.view.Rows {
		for _, row := range list.Rows {
			parties = append(parties, desk.RowView{ID: row.ID, Title: sentence(": ", c.P(list.Form.Title), row.Title)})
		}
	}
	return parties
}

// askedOf names whom a question went to.
func (c *casePage) askedOf(to string) string {
	for _, party := range c.parties() {
		if party.ID == to {
			return party.Title
		}
	}
	return c.T("case.the_reporter")
}

func (c *casePage) questionState(question desk.QuestionView) string {
	switch {
	case question.Declined:
		return c.T("case.question_declined")
	case question.Done:
		return c.T("case.question_done", c.when(question.DoneAt))
	}
	return c.T("case.question_open")
}
