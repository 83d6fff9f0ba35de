// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"time"
	"unicode"

	"github.com/a-h/templ"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// Books is what the pages of lists ask of the desk: organisations, who works where,
// contracts, contacts, roster. The service offers it when it keeps them.
type Books interface {
	AllBooks(ctx context.Context, by loket.Actor) ([]*desk.Book, error)
	Book(ctx context.Context, by loket.Actor, book string, filter desk.BookFilter) (*desk.BookPage, error)
	Entry(ctx context.Context, by loket.Actor, book, id string) (*desk.EntryView, error)
	PutEntry(ctx context.Context, by loket.Actor, book string, change desk.EntryChange) (desk.Entry, error)
	EndEntry(ctx context.Context, by loket.Actor, book, id string, version int) error
	ImportEntries(ctx context.Context, by loket.Actor, book string, file io.Reader) (*desk.Imported, error)
	ExportEntries(ctx context.Context, by loket.Actor, book string, w io.Writer) error
}

const booksPath = "/lijsten"

// books is the service as far as it keeps lists.
func (v *visit) books() (Books, error) {
	keeper, ok := v.service.(Books)
	if !ok {
		return nil, errUnknownPage()
	}
	v.nav = booksPath
	return keeper, nil
}

// booksPage leads to each list.
type booksPage struct {
	*reader
	books []*desk.Book
}

// showBooks answers GET /lijsten.
func showBooks(v *visit) error {
	keeper, err := v.books()
	if err != nil {
		return err
	}
	all, err := keeper.AllBooks(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return errUnknownPage()
	}
	return v.show(http.StatusOK, v.T("book.all"), (&booksPage{reader: v.reader, books: all}).page())
}

// bookPage is one page of one list.
type bookPage struct {
	*reader
	*desk.BookPage
	about string
	ended bool
}

// showBook answers GET /lijsten/{book}?bij=…&oud=1&na=…. The address names an organisation
// or a line, never a person.
func showBook(v *visit) error {
	keeper, err := v.books()
	if err != nil {
		return err
	}
	query := v.r.URL.Query()
	if v.r.PathValue("book") == contactsBook && query.Has(overviewMark) {
		return showOverview(v)
	}
	page := &bookPage{reader: v.reader, about: query.Get("bij"), ended: query.Get("oud") != ""}
	page.BookPage, err = keeper.Book(v.r.Context(), v.actor, v.r.PathValue("book"), desk.BookFilter{About: page.about, Ended: page.ended, After: query.Get("na")})
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, v.P(page.Book.Title), page.page())
}

// bookAt is an address within a list.
func bookAt(book *desk.Book, parts ...string) templ.SafeURL {
	path := booksPath + "/" + book.ID
	for _, part := range parts {
		path += "/" + url.PathEscape(part)
	}
	return templ.SafeURL(path)
}

// next is the address of the page after this one.
func (p *bookPage) next() templ.SafeURL {
	query := url.Values{"na": {p.Next}}
	if p.about != "" {
		query.Set("bij", p.about)
	}
	if p.ended {
		query.Set("oud", "1")
	}
	return bookAt(p.Book) + templ.SafeURL("?"+query.Encode())
}

// filters: a list about organisations can be narrowed to one.
func (p *bookPage) filters() bool {
	for _, c := range p.Book.Columns {
		if c.Type == "organisation" && c.Need {
			return true
		}
	}
	return false
}

// pair is one value of a line as it is read.
type pair struct {
	title, value, kind string
}

// entryHead is the line above an entry: what it is about.
func (v *reader) entryHead(b *desk.Book, n desk.Names, e desk.Entry) string {
	var words []string
	for _, c := range b.Columns {
		if c.Need && c.Type != "date" && c.Type != "short" && c.Type != "moment" && (c.Type != "choice" || len(words) == 0) {
			words = append(words, v.P(n.Words(c, e.Values[c.ID])))
		}
	}
	return sentence(" · ", words...)
}

// entryPairs are the other values of an entry, those that are filled in.
func (v *reader) entryPairs(b *desk.Book, n desk.Names, e desk.Entry) []pair {
	var out []pair
	for _, c := range b.Columns {
		inHead := c.Need && c.Type != "date" && c.Type != "short" && c.Type != "moment" && c.Type != "choice"
		if value := e.Values[c.ID]; value != "" && !inHead {
			out = append(out, pair{v.P(c.Title), v.entryWords(c, n, value), c.Type})
		}
	}
	return out
}

// entryWords is one value as people read it: a day in words, a number by its name.
func (v *reader) entryWords(c desk.Column, n desk.Names, value string) string {
	if day, err := time.ParseInLocation(time.DateOnly, value, v.zone()); err == nil && c.Type == "date" {
		return locale.Day(v.lang, day, v.zone())
	}
	if at, err := time.ParseInLocation("2006-01-02 15:04", value, v.zone()); err == nil && c.Type == "moment" {
		return v.when(at)
	}
	return v.P(n.Words(c, value))
}

// capital begins a label with a capital.
func capital(s string) string {
	for i, c := range s {
		return string(unicode.ToUpper(c)) + s[i+len(string(c)):]
	}
	return s
}

// entryState says whether a line no longer holds, or not yet.
func (v *reader) entryState(e desk.Entry) string {
	switch {
	case !e.Until.IsZero() && !e.Until.After(v.now):
		return v.T("book.over")
	case e.From.After(v.now):
		return v.T("book.ahead")
	}
	return ""
}

// exportBook answers GET /lijsten/{book}/bestand: the whole list as CSV.
func exportBook(v *visit) error {
	keeper, err := v.books()
	if err != nil {
		return err
	}
	var file bytes.Buffer // gathered first: a fault halfway becomes a page and not half a list
	if err := keeper.ExportEntries(v.r.Context(), v.actor, v.r.PathValue("book"), &file); err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+v.r.PathValue("book")+`.csv"`)
	_, err = file.WriteTo(v.w)
	return err
}

// dial is a number as a telephone dials it.
func dial(number string) templ.SafeURL {
	var digits []rune
	for _, c := range number {
		if c >= '0' && c <= '9' || c == '+' {
			digits = append(digits, c)
		}
	}
	return templ.SafeURL("tel:" + string(digits))
}

// label is the text of an option.
func (v *reader) label(o protocol.Option) string { return v.P(o.Label) }
