// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.org/loket/internal/visitor"
	"example.org/loket/protocol"
	"example.org/loket/scenario"
)

// marks are words that occur nowhere else, in everything that a person types about a
// person. Each knows where it was planted.
type marks struct {
	s       *twoDesks
	planted map[string]string // mark → where
}

func (m *marks) next(where string) string {
	mark := fmt.Sprintf("Qz%03dvxk", len(m.planted)+1)
	m.planted[mark] = where
	return mark
}

// deep tells whether what is typed into a field concerns people: a field of V3 or deeper,
// or words of somebody's own.
func (m *marks) deep(field visitor.Field) bool {
	if strings.HasPrefix(field.Name, "tekst_") && field.Kind != "hidden" {
		return true
	}
	f := m.s.told.Fact(field.Name)
	return f != nil && f.Level >= "V3"
}

// fill answers a form: a mark wherever somebody types about people, else what it holds, else
// something that fits. Base goes before all but the marks.
func (m *marks) fill(f visitor.Form, base url.Values) url.Values {
	values := f.Values()
	for _, field := range f.Fields {
		given := strings.Join(values[field.Name], "")
		switch {
		case field.Free() && m.deep(field):
			values.Set(field.Name, m.words(f, field))
		case base.Has(field.Name):
			values[field.Name] = base[field.Name]
		case field.Kind == "number":
			values.Set(field.Name, "5")
		case strings.HasSuffix(field.Name, "_unknown"), strings.HasSuffix(field.Name, "_fold"):
		case given == "" && len(field.Options) > 0:
			values.Set(field.Name, telling(f, field))
		}
	}
	return values
}

// telling is an answer that asks for words: the one with a box of its own, else the first.
func telling(f visitor.Form, field visitor.Field) string {
	first := ""
	for _, o := range field.Options {
		if slices.ContainsFunc(f.Fields, func(x visitor.Field) bool { return o != "" && x.Name == field.Name+"_"+o }) {
			return o
		}
		if first == "" {
			first = o
		}
	}
	return first
}

// words are a mark in a shape that the field takes, or something plain where none would be one.
func (m *marks) words(f visitor.Form, field visitor.Field) string {
	where := f.Action + " " + field.Name
	kind := ""
	if fact := m.s.told.Fact(field.Name); fact != nil {
		kind = fact.Type
	}
	switch kind {
	case protocol.TypeNumber:
		return "17"
	case protocol.TypeDate:
		return "27-03-2010"
	case protocol.TypePhone:
		n := len(m.planted) + 1
		mark := fmt.Sprintf("010 000 %d %02d", 1+n/100, n%100)
		m.planted[mark] = where
		return mark
	case protocol.TypeEmail:
		return m.next(where) + "@example.org"
	}
	return m.next(where)
}

// complete is a report with everything in it that is no free text.
func complete() url.Values {
	return url.Values{
		"urgency": {"not_urgent"}, "organisation": {"Alfa"}, "reporter_kind": {"contracted"}, "kinds": {"serious_violence", "other"},
		"incident_date": {"2026-03-27"}, "incident_time": {"15:04"}, "relation_to_care": {"care_given"}, "care_started": {"yes"},
		"violence_nature": {"physical", "threat"}, "violence_serious": {"yes"}, "violence_by": {"co_client"}, "violence_against": {"client"},
		"injury": {"physical"}, "injury_serious": {"no"}, "location": {"treatment_or_residential"}, "contact_phone": {"010 000 00 00"},
		"age": {"17"}, "sex": {"man"}, "residence": {"rotterdam"}, "laws": {"jeugdwet"}, "supervisor_told": {"none"}, "setting": {"voluntary"},
		"safety": {"yes"}, "parents_informed": {"yes"}, "unrest": {"none"}, "media": {"none"},
	}
}

// formAt finds the form of a page that posts to an address that ends so.
func formAt(page visitor.Page, ends string) (visitor.Form, bool) {
	for _, f := range page.Forms() {
		path, _, _ := strings.Cut(f.Action, "?")
		if f.Method == http.MethodPost && strings.HasSuffix(path, ends) {
			return f, true
		}
	}
	return visitor.Form{}, false
}

// play goes through everything that one case meets over HTTP, and plants as it goes.
func (m *marks) play() {
	s := m.s
	s.t.Helper()
	reporter := s.stranger(northHost)
	page := s.must(reporter.Get("/melden"))
	form, _ := formAt(page, "/melden")
	wrong := m.fill(form, complete())
	wrong.Set("incident_date", "morgen")
	s.must(reporter.Post("/melden", wrong)) // refused: kept as a draft
	s.must(s.stranger(northHost).Post("/melden/concept", m.fill(form, complete())))
	receipt := s.must(reporter.Send(form, m.fill(form, complete())))
	number, code := receiptOf(receipt.Body)
	if code == "" {
		s.t.Fatalf("no receipt: %d %s", receipt.Status, receipt.Title())
	}
	m.enter(number, code)
	m.mistakes()
	officer := s.as(roleWith(s.told, "work", "close", "record", "retain"), north)
	list := s.must(officer.Get("/werklijst?lijst=team"))
	for _, at := range casesOn(list) {
		m.handle(officer, at)
	}
	m.phoneIntake(officer)
	s.works(s.t.Context())
	m.everybodyReads()
}

// enter comes back as the reporter, and sends every form that is offered.
func (m *marks) enter(number, code string) {
	b := m.s.stranger(northHost)
	home := m.s.must(b.Post("/mijn-melding", url.Values{"nummer": {number}, "code": {code}}))
	for _, link := range home.Links() {
		if strings.HasPrefix(link, "/mijn-melding/formulier/") {
			form, found := formAt(m.s.must(b.Get(link)), strings.SplitN(link, "?", 2)[0])
			if found {
				m.s.must(b.Send(form, m.fill(form, complete())))
			}
		}
	}
}

// mistakes are what people type in the wrong place, and what is not read at all.
func (m *marks) mistakes() {
	b := m.s.stranger(northHost)
	m.s.must(b.Post("/inloggen", url.Values{"gebruiker": {m.next("wrong login")}, "wachtwoord": {m.next("wrong password")}}))
	m.s.must(b.Post("/mijn-melding", url.Values{"nummer": {m.next("wrong number")}, "code": {m.next("wrong code")}}))
	m.s.must(b.Post("/moet-ik-melden", url.Values{"description": {m.next("advice")}, "sleutel": {m.next("key")}}))
	m.s.must(b.Once(http.MethodPost, "/melden", "description="+m.next("half a percent sign")+"%2&x=%"))
	m.s.must(b.Once("PATCH", "/melden", m.next("unknown method")))
}

// ends are the forms that make a case quiet; they come after all the others.
var ends = []string{"/sluiten", "/sluiten-voorstellen", "/beeindigen", "/omzetten", "/koppelen", "/vernietigen"}

// handle does everything that the page of a case offers, once each.
func (m *marks) handle(b *visitor.Browser, at string) {
	done := map[string]bool{}
	for range 40 {
		page := m.s.must(b.Get(at))
		form, found := nextForm(page, at, done)
		if !found {
			break
		}
		m.s.must(b.Send(form, m.fill(form, url.Values{"onderdelen": nil})))
	}
	page := m.s.must(b.Get(at))
	for _, link := range page.Links() {
		if path, _, _ := strings.Cut(link, "#"); strings.HasPrefix(path, at+"/") {
			m.below(b, path)
		}
	}
	for _, end := range ends {
		if form, found := formAt(m.s.must(b.Get(at)), end); found {
			m.s.must(b.Send(form, m.fill(form, nil)))
		}
	}
}

// casesOn are the cases on a worklist; in the short form the one that was reported.
func casesOn(list visitor.Page) []string {
	var out []string
	for _, link := range list.Links() {
		path := strings.FieldsFunc(link, func(c rune) bool { return c == '?' || c == '#' })
		if strings.HasPrefix(link, "/zaak/") && !slices.Contains(out, path[0]) {
			out = append(out, path[0])
		}
	}
	if !full() {
		out = out[:min(1, len(out))]
	}
	return out
}

// full asks for the whole measure instead of the short form of every day.
func full() bool { return os.Getenv("LOKET_FULL") != "" }

// nextForm is a form of the case that was not sent yet.
func nextForm(page visitor.Page, at string, done map[string]bool) (visitor.Form, bool) {
	for _, f := range page.Forms() {
		v := f.Values()
		key := f.Action + " " + v.Get("formulier") + " " + v.Get("onderwerp")
		if f.Method != http.MethodPost || !strings.HasPrefix(f.Action, at) || done[key] || slices.ContainsFunc(ends, func(e string) bool { return strings.HasSuffix(f.Action, e) }) {
			continue
		}
		done[key] = true
		return f, true
	}
	return visitor.Form{}, false
}

// below does what a page under a case offers: a form of the protocol, a product.
func (m *marks) below(b *visitor.Browser, at string) {
	done := map[string]bool{}
	for range 6 {
		form, found := nextForm(m.s.must(b.Get(at)), strings.SplitN(at, "?", 2)[0], done)
		if !found {
			return
		}
		page := m.s.must(b.Send(form, m.fill(form, complete())))
		if again, refused := formAt(page, form.Action); refused && page.Status >= 400 {
			m.s.must(b.Send(again, again.Values()))
		}
	}
}

func (m *marks) phoneIntake(b *visitor.Browser) {
	at := ""
	for _, link := range m.s.must(b.Get("/werklijst")).Links() {
		if strings.HasPrefix(link, "/nieuw/") {
			at = link
			form, _ := formAt(m.s.must(b.Get(at)), at)
			m.s.must(b.Send(form, m.fill(form, complete())))
		}
	}
}

// everybodyReads lets each role look at each list.
func (m *marks) everybodyReads() {
	for _, role := range m.s.told.Roles {
		b := m.s.as(role.ID, north)
		for _, path := range []string{"/werklijst", "/berichten", "/bezorging", "/register", "/cijfers", "/bewaren", "/lijsten", "/dienst", "/versies"} {
			page := m.s.must(b.Get(path))
			if path == "/register" || path == "/bezorging" || path == "/cijfers" || path == "/werklijst" {
				m.s.lists = append(m.s.lists, page.Body)
			}
		}
	}
	csv := m.s.must(m.s.as(roleWith(m.s.told, "register", "close"), north).Get("/register?jaar=2026"))
	m.s.lists = append(m.s.lists, csv.Body)
	m.s.lists = append(m.s.lists, m.s.must(m.s.stranger(northHost).Get("/healthz")).Body)
}

var (
	receiptNumber = regexp.MustCompile(`\b\d{4}-\d{4}\b`)
	receiptCode   = regexp.MustCompile(`\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b`)
)

func receiptOf(body string) (number, code string) {
	return receiptNumber.FindString(body), receiptCode.FindString(body)
}

// remaining is every place where a mark must not lie: each file of the folder, the log, the
// mail as it left, addresses and titles, and the lists that are made without persons.
func (s *twoDesks) remaining() []scenario.Remainder {
	left, err := remains(s.folder, s.written)
	if err != nil {
		s.t.Fatal(err)
	}
	mails := ""
	for _, m := range s.mails.Messages() {
		mails += m.Raw + "\n" + m.Subject + "\n" + m.Body + "\n"
	}
	for name, text := range map[string]string{
		"mail": mails, "addresses": strings.Join(s.trail.Addresses, "\n"), "titles": strings.Join(s.trail.Titles, "\n"), "lists": strings.Join(s.lists, "\n"),
	} {
		left = append(left, scenario.Remainder{Name: name, Bytes: []byte(text)})
	}
	return left
}

// found are the marks that lie in the open, and where.
func (m *marks) found() map[string][]string {
	out := map[string][]string{}
	for _, left := range m.s.remaining() {
		for mark := range m.planted {
			for how, form := range scenario.Written(mark) {
				if bytes.Contains(left.Bytes, form) {
					out[mark] = append(out[mark], left.Name+" ("+how+")")
				}
			}
		}
	}
	return out
}

// S05: marks in everything that people type about people, through a whole case over HTTP:
// report, draft, additions, weighing, decisions, notes, products, mail, closing and mistakes.
// None lies in a file, in the log, in a mail, in an address, a title or a list. In full (LOKET_FULL) 300.
func TestCanaries(t *testing.T) {
	t.Parallel()
	m := plant(t, false)
	for mark, where := range m.found() {
		if strings.HasSuffix(m.planted[mark], " contact_email") && !slices.ContainsFunc(where, notPost) {
			continue // where a notice goes: on its envelope, and in the outbox until it is forgotten
		}
		t.Errorf("planted at %s, found in %v", m.planted[mark], where)
	}
	t.Logf("%d marks planted, %d bytes looked through", len(m.planted), m.size())
}

func notPost(where string) bool {
	return !strings.HasPrefix(where, "mail ") && !strings.HasPrefix(where, "loket.db")
}

// Control: with nothing sealed the same marks are found.
func TestCanariesCatches(t *testing.T) {
	t.Parallel()
	m := plant(t, true)
	found := m.found()
	t.Logf("%d marks planted, %d found in the open", len(m.planted), len(found))
	if len(found) < 100 {
		t.Errorf("only %d of %d marks found with nothing sealed", len(found), len(m.planted))
	}
}

func plant(t *testing.T, inTheOpen bool) *marks {
	t.Helper()
	m := &marks{s: openTwoDesks(t, inTheOpen), planted: map[string]string{}}
	want := 120
	if full() {
		want = 300
	}
	for m.play(); len(m.planted) < want; {
		m.play()
	}
	return m
}

func (m *marks) size() (n int) {
	for _, left := range m.s.remaining() {
		n += len(left.Bytes)
	}
	return n
}
