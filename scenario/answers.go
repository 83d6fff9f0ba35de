// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"net/url"
	"strings"

	"example.org/loket/protocol"
)

// posted turns the answers of a story into what a browser would send for the form.
func (p *player) posted(form string, answers map[string]Value) (url.Values, error) {
	values := url.Values{}
	f := p.protocol.Form(form)
	if f == nil {
		return nil, mistaken(meant(form, p.forms()), "Er is geen formulier %q in dit protocol.", form)
	}
	fields := fieldsOf(f)
	for _, id := range sortedKeys(answers) {
		field, ok := fields[baseField(id, fields)]
		if !ok {
			return nil, mistaken(meant(id, fields), "Het formulier %q heeft geen veld %q (regel %d).", form, id, answers[id].Line)
		}
		if field.ID != id { // a part of an occurrence, or words with an option
			values[id] = answers[id].Words()
			continue
		}
		kind := p.typeOf(field)
		if cure := misshapen(kind, answers[id]); cure != "" {
			return nil, mistaken(cure, "Het antwoord op %q heeft de verkeerde vorm (regel %d): %s.", id, answers[id].Line, answers[id])
		}
		p.post(values, id, kind, answers[id])
		p.remember(field, answers[id])
	}
	return values, nil
}

// misshapen finds an answer that no page could send: a block where a word belongs would be
// posted as nothing, and nobody would notice.
func misshapen(kind string, v Value) (cure string) {
	switch {
	case kind == protocol.TypeOccurrence || kind == protocol.TypeMoment:
		if len(v.List) > 0 {
			return "Schrijf een moment zoals 2026-06-06 18:30, of een blok met date en time."
		}
	case v.Keys != nil:
		return "Schrijf de waarde zelf, zonder blok; woorden bij een optie staan in een eigen veld: <veld>_<optie>."
	case kind != protocol.TypeChoices && len(v.List) > 1:
		return "Schrijf één waarde; alleen een veld met meer keuzes neemt een lijst."
	}
	return ""
}

func (p *player) forms() map[string]bool {
	forms := map[string]bool{}
	for _, f := range p.protocol.Forms {
		forms[f.ID] = true
	}
	return forms
}

func fieldsOf(f *protocol.Form) map[string]*protocol.Field {
	fields := map[string]*protocol.Field{}
	for i := range f.Sections {
		for j := range f.Sections[i].Fields {
			field := &f.Sections[i].Fields[j]
			fields[field.ID] = field
		}
	}
	return fields
}

// baseField finds the field that an answer belongs to: itself, or the field before its
// longest known prefix (incident_at_date → incident_at, kinds_other → kinds).
func baseField(id string, fields map[string]*protocol.Field) string {
	if _, ok := fields[id]; ok {
		return id
	}
	best := ""
	for known := range fields {
		if strings.HasPrefix(id, known+"_") && len(known) > len(best) {
			best = known
		}
	}
	return best
}

func (p *player) typeOf(field *protocol.Field) string {
	if fact := p.protocol.Fact(field.ID); fact != nil && fact.Type != "" {
		return fact.Type
	}
	return field.Type
}

func (p *player) post(values url.Values, id, kind string, v Value) {
	if kind != protocol.TypeChoices && len(v.List) == 1 {
		v.Text = v.List[0]
	}
	switch kind {
	case protocol.TypeYesNo:
		text := v.Text
		if yes, ok := truth(text); ok && yes {
			text = "yes"
		} else if ok {
			text = "no"
		}
		values.Set(id, text)
	case protocol.TypeChoices:
		values[id] = v.Words()
	case protocol.TypeOccurrence, protocol.TypeMoment:
		postMoment(values, id, v)
	default:
		values.Set(id, v.Text)
	}
}

// postMoment spreads a moment over the boxes of the page: date, time, which of two equal
// hours, the end of a period, or unknown with a discovery.
func postMoment(values url.Values, id string, v Value) {
	for key, text := range v.Keys {
		values.Set(id+"_"+key, text)
	}
	if v.Text == "" {
		values.Set(id, "") // the box was there and is empty now
		return
	}
	if v.Text == "unknown" {
		values.Set(id+"_unknown", "yes")
		return
	}
	from, to, period := strings.Cut(v.Text, " - ")
	date, clock, fold := splitMoment(from)
	values.Set(id+"_date", date)
	values.Set(id+"_time", clock)
	values.Set(id+"_fold", fold)
	if period {
		date, clock, _ := splitMoment(to)
		values.Set(id+"_to_date", date)
		values.Set(id+"_to_time", clock)
	}
}

func splitMoment(text string) (date, clock, fold string) {
	words := strings.Fields(strings.ReplaceAll(text, "T", " "))
	for i, w := range words {
		switch i {
		case 0:
			date = w
		case 1:
			clock = w
		default:
			fold = w
		}
	}
	return date, clock, fold
}

// remember keeps answers that are deep enough to be canaries by themselves: the sweep
// looks for them wherever sealed text must not lie open. Short answers would only give
// false alarms.
func (p *player) remember(field *protocol.Field, v Value) {
	const telling = 8
	fact := p.protocol.Fact(field.ID)
	if fact == nil || fact.Level < "V4" || len(v.Text) < telling {
		return
	}
	switch fact.Type {
	case protocol.TypeText, protocol.TypeLong:
		p.fingerprint[v.Text] = field.ID
		p.toldHere(v.Text)
	}
}
