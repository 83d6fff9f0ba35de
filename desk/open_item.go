// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/protocol"
)

// OpenItem is one thing that a stop waits for: a question without an answer, a form that nobody
// filled in, a text that was not released, a decision that was not taken.
type OpenItem struct {
	Kind  string // question | form | product | decide | duty
	ID    string // of the field, form, product, table, list or duty
	Form  string // of a question: a form that asks it, which the reader may fill in; empty: somebody else does
	Title protocol.Text
	Shut  bool // of a text: this reader may not open it
}

// waits follows what a condition names back to what people do: "the report was released" to
// the text and to the questions that stop it, a derived fact to the answers it follows from.
//
//	check ──ok──▶ report_released ──▶ text ──stop──▶ question 3, question 7
//	        └───▶ derived fact ──▶ answers, forms, decisions
//
// What is known is no question any more, unless nothing else is left: then the answer is not
// the one that is waited for.
type waits struct {
	o     *open
	a     loket.Actor
	forms []*protocol.Form // that the reader may fill in
	seen  map[string]bool
	found []OpenItem
	known []OpenItem // questions with an answer
}

// waiting is for the stops of one page: which forms the reader may fill in is the same for all.
func waiting(o *open, a loket.Actor, fits map[string]bool) *waits {
	return &waits{o: o, a: a, forms: forms(o, a, fits)}
}

// items are what a condition waits for, in the order of the protocol's own words.
func (w *waits) items(condition string) []OpenItem {
	w.seen, w.found, w.known = map[string]bool{}, nil, nil
	w.condition(condition)
	if len(w.found) == 0 {
		return w.known
	}
	return w.found
}

func (w *waits) condition(text string) {
	for _, id := range w.o.p.NamesIn(text) {
		w.fact(id)
	}
}

// fact is one fact that a condition names.
func (w *waits) fact(id string) {
	if w.seen[id] {
		return
	}
	w.seen[id] = true
	if w.question(id) || w.milestone(id) || w.duty(id) {
		return
	}
	p := w.o.p
	for i := range p.Tables {
		if slices.ContainsFunc(p.Tables[i].Outputs, func(f protocol.Fact) bool { return f.ID == id }) {
			w.table(&p.Tables[i])
			return
		}
	}
	for i := range p.Facts {
		if p.Facts[i].ID == id && p.Facts[i].AnyOf != "" {
			w.form(p.Form(p.Facts[i].AnyOf))
		}
	}
	for _, from := range p.FollowsFrom(id) {
		w.fact(from)
	}
}

// question: the fact is an answer.
func (w *waits) question(id string) bool {
	item := OpenItem{Kind: "question", ID: id}
	asked := false
	for _, f := range w.o.p.AskedBy(id) {
		asked = asked || f.Use != "advice"
		if item.Form == "" && f.Use != "advice" && f.Use != "rows" && slices.Contains(w.forms, f) {
			item.Form = f.ID
		}
	}
	if !asked {
		return false
	}
	item.Title = w.o.p.Fact(id).Title
	if _, known := w.o.ev.Facts[id]; known {
		w.known = append(w.known, item)
	} else {
		w.found = append(w.found, item)
	}
	return true
}

// milestone: the fact tells that a form was sent, a text released, a decision taken.
func (w *waits) milestone(id string) bool {
	p := w.o.p
	at := strings.LastIndex(strings.TrimSuffix(id, "_at"), "_")
	if at < 0 {
		return false
	}
	if done, _ := w.o.ev.Facts[id].(bool); done {
		return true
	}
	name, what := id[:at], strings.TrimSuffix(id[at+1:], "_at")
	switch {
	case (what == "sent" || what == "rows") && p.Form(name) != nil:
		w.form(p.Form(name))
	case (what == "released" || what == "drafted") && p.Product(name) != nil:
		w.product(p.Product(name))
	case what == "decided" && p.Table(name) != nil:
		w.table(p.Table(name))
	case what == "decided" && p.CriteriaList(name) != nil:
		w.add("decide", name, p.CriteriaList(name).Title)
	case (what == "done" || what == "skipped") && p.Step(name) != nil:
		w.condition(p.Step(name).Done)
	default:
		return false
	}
	return true
}

func (w *waits) duty(id string) bool {
	for i := range w.o.p.Duties {
		if d := &w.o.p.Duties[i]; id == d.ID+"_state" || id == d.ID+"_must" || id == d.ID+"_done_at" {
			w.add("duty", d.ID, d.Title)
			return true
		}
	}
	return false
}

// form: a form that nobody sent. Its own questions are not named: it says which they are.
func (w *waits) form(f *protocol.Form) {
	if f != nil {
		w.add("form", f.ID, f.Title)
	}
}

// table: a decision, or what follows from others.
func (w *waits) table(t *protocol.Table) {
	if len(t.DecidedBy) > 0 {
		w.add("decide", t.ID, t.Title)
		return
	}
	w.condition(t.When)
	for _, r := range t.Rules {
		w.condition(r.When)
	}
}

// product: a text that was not released, and what stops it.
func (w *waits) product(pr *protocol.Product) {
	w.add("product", pr.ID, pr.Title)
	if pr.Each != "" {
		return
	}
	for _, s := range pr.Stop {
		if verdict, _ := w.o.p.Holds(s.Unless, w.o.ev, nil); verdict != protocol.True {
			w.condition(s.Unless)
		}
	}
}

func (w *waits) add(kind, id string, title protocol.Text) {
	item := OpenItem{Kind: kind, ID: id, Title: title, Shut: kind == "product" && !w.reads(w.o.p.Product(id))}
	if kind == "form" && slices.ContainsFunc(w.forms, func(f *protocol.Form) bool { return f.ID == id }) {
		item.Form = id
	}
	if !slices.Contains(w.found, item) {
		w.found = append(w.found, item)
	}
}

// reads: the page of this text opens for the reader.
func (w *waits) reads(pr *protocol.Product) bool {
	return w.o.mayAt(w.a, "product.read", ofProduct(w.a, pr), pr.Level)
}

// checkItems are what each open check of a case waits for, by list and check.
func checkItems(o *open, w *waits) map[string][]OpenItem {
	out := map[string][]OpenItem{}
	for _, list := range o.ev.Checks {
		for _, item := range list.Items {
			if item.OK == protocol.True {
				continue
			}
			if found := w.items(item.Check.OK); len(found) > 0 {
				out[list.Checks.ID+"/"+item.Check.ID] = found
			}
		}
	}
	return out
}
