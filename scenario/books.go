// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
)

// bookkeeper is a desk that keeps up lists: organisations, who works where, contracts.
type bookkeeper interface {
	PutEntry(ctx context.Context, a loket.Actor, book string, change desk.EntryChange) (desk.Entry, error)
}

// keepBooks writes what the story says of the lists, as somebody who may set up the desk.
func (p *player) keepBooks(ctx context.Context) error {
	if len(p.tale.story.Books) == 0 {
		return nil
	}
	keeper, ok := p.desk.Service.(bookkeeper)
	if !ok {
		return errors.New("dit loket houdt geen lijsten bij")
	}
	for _, b := range p.tale.story.Books {
		who := p.bookkeeper(cmp.Or(b.Tenant, p.tenant))
		if fault := p.misbooked(b); fault != nil {
			return Faults{*fault}
		}
		for _, values := range b.Entries {
			if _, err := keeper.PutEntry(ctx, who, b.Book, desk.EntryChange{Values: values}); err != nil {
				return Faults{p.bookFault(b, columnsOf(b.Book), "De regel %s past niet in de lijst %q: %s", rowWords(values), b.Book, refusal(err))}
			}
		}
	}
	return nil
}

// misbooked finds a list or a column that the desk does not have.
func (p *player) misbooked(b Book) *Fault {
	book := desk.BookNamed(b.Book)
	if book == nil {
		known := namesOf("", desk.BookIDs(), func(id string) string { return id }).known
		fault := p.bookFault(b, meant(b.Book, known), "Er is geen lijst %q.", b.Book)
		return &fault
	}
	for _, values := range b.Entries {
		for _, column := range sortedKeys(values) {
			if book.Column(column) == nil {
				fault := p.bookFault(b, columnsOf(b.Book), "De lijst %q heeft geen kolom %q.", b.Book, column)
				return &fault
			}
		}
	}
	return nil
}

func (p *player) bookFault(b Book, cure, message string, args ...any) Fault {
	return Fault{File: p.tale.story.File, Line: b.Line, Message: fmt.Sprintf(message, args...), Cure: cure}
}

// columnsOf lists the columns of a list, with a star at those that must be filled in.
func columnsOf(book string) string {
	var columns []string
	for _, c := range desk.BookNamed(book).Columns {
		star := ""
		if c.Need {
			star = "*"
		}
		columns = append(columns, c.ID+star)
	}
	return "Kolommen: " + strings.Join(columns, ", ") + " (met * is nodig)."
}

// rowWords writes a line of a list as the story does.
func rowWords(values map[string]string) string {
	var words []string
	for _, column := range sortedKeys(values) {
		words = append(words, column+": "+values[column])
	}
	return "{" + strings.Join(words, ", ") + "}"
}

// bookkeeper has every role of a tenant that may set up its desk.
func (p *player) bookkeeper(tenant string) loket.Actor {
	who := loket.Actor{ID: "story-books", Name: "Verhaal", Tenant: tenant}
	for _, r := range p.houses[tenant].protocol.Roles {
		if slices.Contains(r.May, "configure") {
			who.Role, who.Roles = r.ID, append(who.Roles, r.ID)
		}
	}
	return who
}

// refusal is what the desk said, with the columns it named.
func refusal(err error) string {
	words := err.Error()
	if e, ok := errors.AsType[*loket.Error](err); ok {
		for _, f := range e.Fields {
			words += " " + f.Field + ": " + f.Message.NL
		}
	}
	return words
}
