// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/policies"
	"example.org/loket/protocol"
)

// A book is a list that an organisation keeps up itself: its organisations, their contracts,
// who works where, whom to call, who is on duty. All books work alike:
//
//	typed or imported values ──check──▶ Entry, version n ──one transaction──▶ row · history · ledger
//
// An entry is never removed: it ends. What it was before stays in its history, so that a
// case of last year still finds whom it had to do with.
type Book struct {
	ID      string // in addresses and files
	Title   protocol.Text
	Columns []Column
	Open    bool // everybody who works at the desk may read it; else only who sets it up

	watched bool // one of the media monitor, kept by who monitors

	name  func(v map[string]string) string // what makes two rows the same entry
	sort  func(v map[string]string) string // order in the list
	about func(v map[string]string) string // organisation it is about, for looking up
	check func(v map[string]string) []EntryFault
	every func(v map[string]string) []map[string]string            // the lines that one typed line stands for; nil: itself
	fill  func(typed map[string]string, n Names) map[string]string // what follows from what was typed; nil: nothing
}

// Column is one value of an entry.
type Column struct {
	ID      string
	Title   protocol.Text
	Help    protocol.Text
	Type    string // text | long | short | date | moment | choice | choices | yesno | number | email | phone | organisation | person | role
	Options []protocol.Option
	Need    bool
	Most    int // characters; 0: 200
}

// Entry is one line of a book. From is the first moment it holds, Until the first at which
// it no longer does; zero is open.
type Entry struct {
	Tenant  string
	Book    string
	ID      string
	Version int
	Name    string
	Sort    string
	About   string
	From    time.Time
	Until   time.Time
	Values  map[string]string
	At      time.Time // last change
	By      string
}

// EntryQuery selects lines of a book, in their order. After is the id of the last one seen.
type EntryQuery struct {
	Tenant string
	Book   string
	About  []string  // only about one of these organisations, folded; empty: all
	At     time.Time // only what holds at this moment; zero: also what ended
	Until  time.Time // with At: what holds at any moment between the two
	After  string
	Limit  int // 0: all
}

// Books is the part of a unit of work that keeps the books.
type Books interface {
	// PutEntry stores a line: version 1 is new, any other follows the version before it.
	// Another one of the same name, or another change, gives a Conflict.
	PutEntry(ctx context.Context, e Entry) error
	Entry(ctx context.Context, tenant, book, id string) (Entry, bool, error)
	EntryNamed(ctx context.Context, tenant, book, name string) (Entry, bool, error)
	Entries(ctx context.Context, q EntryQuery) ([]Entry, error)
	// EntryHistory gives every version of a line, newest first.
	EntryHistory(ctx context.Context, tenant, book, id string) ([]Entry, error)
	// CountEarlier counts cases about an organisation received between two moments.
	CountEarlier(ctx context.Context, tenant, organisation string, from, before time.Time) (int, error)
}

// EntryFault says what is wrong with one value and how to put it right.
type EntryFault struct {
	Column string
	Say    protocol.Text
	Cure   protocol.Text
}

// books are all lists, in the order of the page that leads to them.
var books = []*Book{organisationBook, activityBook, contractBook, contactBook, rosterBook, feedBook, keywordBook}

// BookIDs names all lists, in the order of the page that leads to them.
func BookIDs() []string {
	ids := make([]string, len(books))
	for i, b := range books {
		ids[i] = b.ID
	}
	return ids
}

// BookNamed finds a book; nil when there is none of that name.
func BookNamed(id string) *Book {
	if i := slices.IndexFunc(books, func(b *Book) bool { return b.ID == id }); i >= 0 {
		return books[i]
	}
	return nil
}

// Column finds a column of the book.
func (b *Book) Column(id string) *Column {
	if i := slices.IndexFunc(b.Columns, func(c Column) bool { return c.ID == id }); i >= 0 {
		return &b.Columns[i]
	}
	return nil
}

// AllBooks lists the books that an actor may read.
func (d *Desk) AllBooks(ctx context.Context, a loket.Actor) ([]*Book, error) {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(books), func(b *Book) bool { return !mayRead(a, p, b) || !b.offered(p) }), nil
}

// mayRead: a book of names and numbers is for people of the desk and for whom it informs,
// never for the reporting side or outsiders; the rest is for who sets the desk up (R-I-100).
func mayRead(a loket.Actor, p *protocol.Protocol, b *Book) bool {
	inside := slices.ContainsFunc(a.Roles, func(id string) bool {
		r := p.Role(id)
		return r != nil && (r.Side == "desk" || r.Side == "informed")
	})
	return may(a, p, "book.read", policies.Inside.When(inside)|policies.Listed.When(b.Open)|policies.Watched.When(b.watched))
}

// BookPage is one page of a book.
type BookPage struct {
	Book    *Book
	Entries []Entry
	Next    string // id to go on after; empty at the end
	May     bool   // change it
	Names   Names
	Now     time.Time
}

// entryPage is how many lines one page of a book shows.
const entryPage = 50

// BookFilter narrows a page of a book.
type BookFilter struct {
	About string // organisation, id or name
	Ended bool   // also what no longer holds
	After string
}

// Book shows one page of a book.
func (d *Desk) Book(ctx context.Context, a loket.Actor, book string, f BookFilter) (*BookPage, error) {
	p, b, err := d.bookFor(ctx, a, book, false)
	if err != nil {
		return nil, err
	}
	page := &BookPage{Book: b, May: b.keeps(a, p), Now: d.Now()}
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		if page.Names, err = readNames(ctx, tx, a.Tenant, p); err != nil {
			return err
		}
		q := EntryQuery{Tenant: a.Tenant, Book: b.ID, After: f.After, Limit: entryPage + 1}
		if !f.Ended {
			q.At, q.Until = page.Now, farAway
		}
		if f.About != "" {
			q.About = []string{folded(page.Names.organisationID(f.About))}
		}
		page.Entries, err = tx.Entries(ctx, q)
		return err
	})
	if len(page.Entries) > entryPage {
		page.Entries = page.Entries[:entryPage]
		page.Next = page.Entries[entryPage-1].ID
	}
	return page, err
}

// farAway is after every moment that a book knows.
var farAway = time.Date(9000, 1, 1, 0, 0, 0, 0, time.UTC)

// bookFor finds a book for an actor who may read it, or change it.
func (d *Desk) bookFor(ctx context.Context, a loket.Actor, book string, change bool) (*protocol.Protocol, *Book, error) {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return nil, nil, err
	}
	b := BookNamed(book)
	if b == nil || !b.offered(p) || !mayRead(a, p, b) || change && !b.keeps(a, p) {
		d.refusedTo(ctx, a, "", "book.read")
		return nil, nil, errHidden
	}
	return p, b, nil
}

// Names are what values of a book refer to: organisations, people and roles of a tenant.
type Names struct {
	Organisations []protocol.Option // id and name, in order of name
	People        []Person
	Roles         []protocol.Option
	zone          *time.Location
}

// readNames gathers what values may refer to: the organisations in the book, and those that
// the protocol itself knows as options of its facts.
func readNames(ctx context.Context, tx Tx, tenant string, p *protocol.Protocol) (Names, error) {
	n := Names{zone: p.Location()}
	entries, err := tx.Entries(ctx, EntryQuery{Tenant: tenant, Book: organisationBook.ID})
	if err != nil {
		return n, err
	}
	known := map[string]protocol.Text{}
	for _, fact := range relationFacts(p) {
		for _, o := range optionsOf(p, fact) {
			known[o.ID] = o.Title
		}
	}
	for _, e := range entries {
		known[e.Values["id"]] = protocol.Text{NL: e.Values["name"], EN: e.Values["name"]}
	}
	for id, title := range known {
		n.Organisations = append(n.Organisations, protocol.Option{ID: id, Label: title})
	}
	slices.SortFunc(n.Organisations, func(a, b protocol.Option) int { return strings.Compare(folded(a.Label.NL), folded(b.Label.NL)) })
	for _, r := range p.Roles {
		n.Roles = append(n.Roles, protocol.Option{ID: r.ID, Label: r.Title})
	}
	n.People, err = tx.People(ctx, tenant)
	return n, err
}

// organisationID finds an organisation by id or name; what is not known stays as it is.
func (n Names) organisationID(s string) string {
	for _, o := range n.Organisations {
		if sameOrganisation(o.ID, s) || sameOrganisation(o.Label.NL, s) {
			return o.ID
		}
	}
	return strings.TrimSpace(s)
}

// Organisation gives the name of an organisation.
func (n Names) Organisation(id string) string {
	for _, o := range n.Organisations {
		if o.ID == id {
			return o.Label.NL
		}
	}
	return id
}

// Person gives the name of somebody.
func (n Names) Person(id string) string {
	for _, p := range n.People {
		if p.ID == id {
			return p.Name
		}
	}
	return id
}

// Words gives one value of an entry as people read it, in Dutch or English.
func (n Names) Words(c Column, value string) protocol.Text {
	same := protocol.Text{NL: value, EN: value}
	switch c.Type {
	case "organisation":
		return protocol.Text{NL: n.Organisation(value), EN: n.Organisation(value)}
	case "person":
		return protocol.Text{NL: n.Person(value), EN: n.Person(value)}
	case "role":
		return optionWords(n.Roles, value)
	case "choice", "yesno":
		return optionWords(c.options(), value)
	case "choices":
		var out protocol.Text
		for i, id := range strings.Fields(value) {
			w := optionWords(c.Options, id)
			if i > 0 {
				out.NL, out.EN = out.NL+", ", out.EN+", "
			}
			out.NL, out.EN = out.NL+w.NL, out.EN+w.EN
		}
		return out
	}
	return same
}

func optionWords(options []protocol.Option, id string) protocol.Text {
	for _, o := range options {
		if o.ID == id {
			return o.Label
		}
	}
	return protocol.Text{NL: id, EN: id}
}

var yesNo = []protocol.Option{{ID: "yes", Label: say("ja", "yes")}, {ID: "no", Label: say("nee", "no")}}

func (c Column) options() []protocol.Option {
	if c.Type == "yesno" {
		return yesNo
	}
	return c.Options
}

// Choices are the options of a column, of whatever kind they are.
func (n Names) Choices(c Column) []protocol.Option {
	switch c.Type {
	case "organisation":
		return n.Organisations
	case "role":
		return n.Roles
	case "person":
		out := make([]protocol.Option, len(n.People))
		for i, p := range n.People {
			out[i] = protocol.Option{ID: p.ID, Label: say(p.Name, p.Name)}
		}
		return out
	}
	return c.options()
}

// made turns checked values into an entry.
func (b *Book) made(tenant string, v map[string]string, zone *time.Location) Entry {
	e := Entry{Tenant: tenant, Book: b.ID, Values: maps.Clone(v), Name: folded(b.name(v)), Sort: folded(b.sort(v)), About: folded(b.about(v))}
	e.From, e.Until = b.period(v, zone)
	return e
}

// period is when an entry holds. A last day counts until its midnight; a shift ends on time.
func (b *Book) period(v map[string]string, zone *time.Location) (from, until time.Time) {
	if at, err := time.ParseInLocation(momentLayout, v["from"], zone); err == nil {
		from = at
	} else if day, err := time.ParseInLocation(time.DateOnly, v["from"], zone); err == nil {
		from = day
	}
	if at, err := time.ParseInLocation(momentLayout, v["until"], zone); err == nil {
		until = at
	} else if day, err := time.ParseInLocation(time.DateOnly, v["until"], zone); err == nil {
		until = time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, zone)
	}
	return from, until
}

const momentLayout = "2006-01-02 15:04"
