// SPDX-License-Identifier: EUPL-1.2

package protocol

import "slices"

// PressRoom says how the press room shows cases of a kind (R-I-06 … R-I-25): which facts are
// the question and its answer, which clocks count, which texts are shared. A kind without a
// question is not in the room. Every name is that of something the protocol declares.
type PressRoom struct {
	Question   string   `yaml:"question"`   // fact: what was asked
	Subject    string   `yaml:"subject"`    // fact: what it is about, in a few words; other questions about it are found by these words
	Medium     string   `yaml:"medium"`     // fact: for whom
	Answer     string   `yaml:"answer"`     // fact: what was answered
	Clock      string   `yaml:"clock"`      // deadline of the desk
	OwnClock   string   `yaml:"own_clock"`  // deadline of the asker
	Ask        []string `yaml:"ask"`        // fields of the form that opens such a case: the short form of the room
	Texts      []string `yaml:"texts"`      // products that the room shows, in order
	FollowUp   string   `yaml:"follow_up"`  // repeated form: further questions, each with its own clocks
	Evaluation string   `yaml:"evaluation"` // repeated form: the evaluation
	Found      Found    `yaml:"found"`      // where an article of the media monitor is written down
}

// Found names the repeated form, and the fields in it, that take what was in the media.
type Found struct {
	Form   string `yaml:"form"`
	At     string `yaml:"at"`     // moment
	Medium string `yaml:"medium"` // text: name of the medium
	Title  string `yaml:"title"`  // text: what is said
	Link   string `yaml:"link"`   // text
	Kind   string `yaml:"kind"`   // choice: what kind of medium; the person chooses
}

// There tells whether the press room shows cases of the kind.
func (r PressRoom) There() bool { return r.Question != "" }

// PressKinds are the kinds whose cases belong in the press room, in the order of the protocol.
func (p *Protocol) PressKinds() []*Kind {
	var out []*Kind
	for i := range p.Kinds {
		if p.Kinds[i].Press.There() {
			out = append(out, &p.Kinds[i])
		}
	}
	return out
}

// referPress checks the names in the press room of a kind.
func (l *loader) referPress(k *Kind) {
	r := k.Press
	if !r.There() {
		if r.Subject+r.Clock+r.Found.Form+r.FollowUp != "" || len(r.Ask)+len(r.Texts) > 0 {
			l.problem(k.Pos, "press", "Voeg toe: question: met het feit waarin de vraag staat.", "De perskamer van %q zegt niet wat de vraag is.", k.ID)
		}
		return
	}
	for _, id := range []string{r.Question, r.Subject, r.Medium, r.Answer} {
		l.pressText(k, id)
	}
	for _, id := range []string{r.Clock, r.OwnClock} {
		exists(l, k.Pos, "press", "termijn", id, l.c.deadlines)
	}
	for _, id := range r.Texts {
		exists(l, k.Pos, "press", "product", id, l.c.products)
	}
	for _, id := range []string{r.FollowUp, r.Evaluation, r.Found.Form} {
		l.rowsForm(k.Pos, "press", id)
	}
	l.pressFound(k)
	l.pressAsk(k)
}

// pressText: the room shows words at once, so never those of a person.
func (l *loader) pressText(k *Kind, id string) {
	if id == "" {
		return
	}
	f := l.fact(k.Pos, "press", id)
	switch {
	case f == nil:
	case f.Type != TypeText && f.Type != TypeLong:
		l.problem(k.Pos, "press", "Noem een feit van type text of long.", "De perskamer toont woorden; %q is van type %s.", id, f.Type)
	case f.Level > "V3":
		l.problem(k.Pos, "press", "Noem een feit van hooguit V3.", "De perskamer toont %q meteen, en dat feit is %s.", id, f.Level)
	}
}

// pressFound: the fields stand in the repeated form.
func (l *loader) pressFound(k *Kind) {
	f := k.Press.Found
	form := l.c.forms[f.Form]
	for key, id := range map[string]string{"at": f.At, "medium": f.Medium, "title": f.Title, "link": f.Link, "kind": f.Kind} {
		if id != "" && (form == nil || !slices.Contains(fieldsOf(form), id)) {
			l.problem(k.Pos, "press", "Noem een vraag van het formulier dat bij found: form: staat.", "In de perskamer staat bij found: %s: %q, en die vraag staat niet in het formulier %q.", key, id, f.Form)
		}
	}
}

// pressAsk: the short form asks only what the long one asks, and all that it waits for.
func (l *loader) pressAsk(k *Kind) {
	if len(k.Press.Ask) == 0 {
		return
	}
	form := l.opening(k.ID)
	if form == nil {
		l.problem(k.Pos, "press", "Maak een formulier met use: report en opens: "+k.ID+".", "De perskamer vraagt iets bij een nieuwe zaak, maar geen formulier opent er een.")
		return
	}
	asked := fieldsOf(form)
	for _, id := range k.Press.Ask {
		if !slices.Contains(asked, id) {
			l.problem(k.Pos, "press", "Noem een vraag van het formulier "+form.ID+".", "De perskamer vraagt %q, en die vraag staat niet in het formulier dat de zaak opent.", id)
		}
	}
	for _, s := range form.Sections {
		for i := range s.Fields {
			if f := &s.Fields[i]; f.Need == "required" && f.Show == "" && !slices.Contains(k.Press.Ask, f.ID) {
				l.problem(k.Pos, "press", "Zet "+f.ID+" bij ask.", "Het formulier %q wacht op %q, en de perskamer vraagt dat niet.", form.ID, f.ID)
			}
		}
	}
}

// opening is the form that opens a case of a kind.
func (l *loader) opening(kind string) *Form {
	for i := range l.p.Forms {
		if f := &l.p.Forms[i]; f.Use == "report" && f.Opens == kind {
			return f
		}
	}
	return nil
}

func fieldsOf(f *Form) []string {
	var out []string
	for _, s := range f.Sections {
		for i := range s.Fields {
			out = append(out, s.Fields[i].ID)
		}
	}
	return out
}

// ShortForm is the form that opens a case of a kind with only what the press room asks, in
// the order of the room; nil when the room has no form of its own.
func (p *Protocol) ShortForm(kind string) *Form {
	k := p.Kind(kind)
	if k == nil || len(k.Press.Ask) == 0 {
		return nil
	}
	for i := range p.Forms {
		if f := p.Forms[i]; f.Use == "report" && f.Opens == kind {
			f.Sections = []Section{{ID: "short", Title: f.Title, Fields: pick(&p.Forms[i], k.Press.Ask)}}
			return &f
		}
	}
	return nil
}

// pick gives fields of a form in the order of ids.
func pick(f *Form, ids []string) []Field {
	var out []Field
	for _, id := range ids {
		for _, s := range f.Sections {
			for i := range s.Fields {
				if s.Fields[i].ID == id {
					out = append(out, s.Fields[i])
				}
			}
		}
	}
	return out
}
