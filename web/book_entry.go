// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
)

// entryPage is the form of one line, with what it was before.
type entryPage struct {
	*reader
	*desk.EntryView
	values  map[string]string
	faults  map[string]string
	refused string
}

// showEntry answers GET /lijsten/{book}/regel/{id}; "nieuw" is a new line.
func showEntry(v *visit) error {
	page, err := v.entryPage()
	if err != nil {
		return err
	}
	page.values = page.Entry.Values
	if page.Entry.ID == "" {
		page.values = page.chosen(v.r.URL.Query())
	}
	return v.show(http.StatusOK, page.title(), page.page())
}

// chosen is what a link to a new line chose already, such as whose contact it is: only what is
// picked from a list, never what somebody types.
func (p *entryPage) chosen(query url.Values) map[string]string {
	values := maps.Clone(p.Entry.Values)
	if values == nil {
		values = map[string]string{}
	}
	for _, c := range p.Book.Columns {
		if given := query.Get(c.ID); given != "" && picks(c) {
			values[c.ID] = given
		}
	}
	return values
}

func (v *visit) entryPage() (*entryPage, error) {
	keeper, err := v.books()
	if err != nil {
		return nil, err
	}
	view, err := keeper.Entry(v.r.Context(), v.actor, v.r.PathValue("book"), v.entryID())
	if err != nil {
		return nil, err
	}
	return &entryPage{reader: v.reader, EntryView: view, values: map[string]string{}, faults: map[string]string{}}, nil
}

// newEntry stands in the address of a line that is not there yet.
const newEntry = "nieuw"

func (v *visit) entryID() string {
	if id := v.r.PathValue("id"); id != newEntry {
		return id
	}
	return ""
}

// putEntry answers POST /lijsten/{book}/regel/{id}. What was typed stays on the page when
// something is wrong with it, or somebody else was first.
func putEntry(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	page, err := v.entryPage()
	if err != nil {
		return err
	}
	for _, c := range page.Book.Columns {
		page.values[c.ID] = strings.Join(v.r.PostForm[c.ID], " ")
	}
	_, err = v.service.(Books).PutEntry(v.r.Context(), v.actor, page.Book.ID, desk.EntryChange{ID: v.entryID(), Version: atoi(v.text("versie")), Values: page.values})
	if err == nil {
		return v.to(string(bookAt(page.Book)) + "?gedaan=bewaard")
	}
	return page.refuse(err)
}

// refuse shows the form again with what is wrong.
func (p *entryPage) refuse(err error) error {
	said, ok := errors.AsType[*loket.Error](err)
	if !ok || said.Code != loket.Invalid && said.Code != loket.Conflict {
		return err
	}
	found, _ := p.explain(err)
	p.refused, p.focus = p.P(said.Message), true
	for _, f := range said.Fields {
		p.faults[f.Field] = p.P(f.Message)
	}
	return p.show(found.status, p.T("form.fault_title", p.title()), p.page())
}

// endEntry answers POST /lijsten/{book}/regel/{id}/beeindigen.
func endEntry(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	page, err := v.entryPage()
	if err != nil {
		return err
	}
	page.values = page.Entry.Values
	if err := v.service.(Books).EndEntry(v.r.Context(), v.actor, page.Book.ID, v.entryID(), atoi(v.text("versie"))); err != nil {
		return page.refuse(err)
	}
	return v.to(string(bookAt(page.Book)) + "?gedaan=beeindigd")
}

func (p *entryPage) title() string {
	if p.Entry.ID == "" {
		return p.T("book.new", p.P(p.Book.Title))
	}
	return p.P(p.Book.Title)
}

// fixed: the short name of an organisation never changes, because rules refer to it.
func (p *entryPage) fixed(c desk.Column) bool { return c.Type == "short" && p.Entry.ID != "" }

// inputType is the HTML type that fits a column; a phone brings the right keys.
func inputType(c desk.Column) string {
	switch c.Type {
	case "date", "email":
		return c.Type
	case "phone":
		return "tel"
	}
	return "text"
}

// picks: the column is chosen from a list.
func picks(c desk.Column) bool {
	switch c.Type {
	case "organisation", "person", "role", "choice", "yesno":
		return true
	}
	return false
}

// describedBy names the texts that belong to a field.
func (p *entryPage) describedBy(c desk.Column) string {
	var ids []string
	if p.P(c.Help) != "" {
		ids = append(ids, c.ID+"-hulp")
	}
	if p.faults[c.ID] != "" {
		ids = append(ids, c.ID+"-fout")
	}
	return strings.Join(ids, " ")
}

// changes are what one version changed, in words: the columns that differ from the one before.
func (p *entryPage) changes(i int) []pair {
	now := p.History[i]
	before := map[string]string{}
	if i+1 < len(p.History) {
		before = p.History[i+1].Values
	}
	var out []pair
	for _, c := range p.Book.Columns {
		if now.Values[c.ID] != before[c.ID] {
			words := p.entryWords(c, p.Names, now.Values[c.ID])
			if words == "" {
				words = p.T("book.emptied")
			}
			out = append(out, pair{p.P(c.Title), words, c.Type})
		}
	}
	return out
}
