// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

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
		for _, values := range b.Entries {
			if _, err := keeper.PutEntry(ctx, who, b.Book, desk.EntryChange{Values: values}); err != nil {
				return Faults{{File: p.tale.story.File, Line: b.Line, Message: fmt.Sprintf("De regel %v past niet in de lijst %q: %s", values, b.Book, refusal(err)), Cure: "Kijk welke kolommen de lijst heeft."}}
			}
		}
	}
	return nil
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
