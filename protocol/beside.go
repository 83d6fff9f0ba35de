// SPDX-License-Identifier: EUPL-1.2

package protocol

import "slices"

// Who must judge what the case already knows should see it beside the question (R-I-65, R-I-66):
//
//	provider_register.active_in ──beside──▶ impact_region.active_confirmed
//
// What is shown is no answer of that form, and each reader sees it as deep as on the case page.

// referBeside checks that `beside` names questions of the same case, answered elsewhere.
func (l *loader) referBeside(form *Form, f *Field) {
	if len(f.Beside) > 0 && !slices.Contains([]string{"officer", "rows", "register"}, form.Use) {
		l.problem(f.Pos, "beside", "Haal beside weg, of zet de vraag in een formulier met use: officer, rows of register.", "Dit formulier vult iemand in die de zaak niet ziet.")
		return
	}
	for _, id := range f.Beside {
		if l.fact(f.Pos, "beside", id) == nil {
			continue
		}
		asker, twin := l.askedOnce(id)
		switch {
		case slices.Contains(fieldsOf(form), id):
			l.problem(f.Pos, "beside", "Noem een vraag van een ander formulier.", "De vraag %q staat al in dit formulier.", id)
		case asker == nil:
			l.problem(f.Pos, "beside", "Noem een vraag van een formulier over de hele zaak.", "%q is geen vraag over de zaak.", id)
		case asker.HiddenUntil != "" && !twin.AtOnce:
			l.problem(f.Pos, "beside", "Noem een vraag van een formulier zonder hidden_until.", "Het antwoord op %q kan nog verborgen zijn.", id)
		}
	}
}

// askedOnce finds a form that asks something about the case and not about a row; nil: none does.
func (l *loader) askedOnce(id string) (form *Form, field *Field) {
	l.eachField(func(of *Form, f *Field) {
		if form == nil && f.ID == id && of.Use != "rows" && of.Use != "advice" {
			form, field = of, f
		}
	})
	return form, field
}
