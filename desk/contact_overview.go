// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"example.org/loket"
)

// ContactOverview is the list of contacts as the appendix of a protocol prints it (DOC-56,
// R-I-97, R-I-98): every municipality with whom to call, also the one that has nobody
// (R-I-99). It stays among those who may read the list of contacts (R-I-100).
type ContactOverview struct {
	Now    time.Time
	Groups []ContactGroup // by name
}

// ContactGroup is one organisation with its contacts in order of preference; without any it
// is a gap.
type ContactGroup struct {
	Organisation string
	Contacts     []Contact
}

// Contact is one line of the overview.
type Contact struct {
	Name, Function, Phone, Mobile, Email string
}

// ContactOverview gives the contacts that hold now.
func (d *Desk) ContactOverview(ctx context.Context, a loket.Actor) (*ContactOverview, error) {
	p, _, err := d.bookFor(ctx, a, contactBook.ID, false)
	if err != nil {
		return nil, err
	}
	o := &ContactOverview{Now: d.Now()}
	var names Names
	var contacts, organisations []Entry
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		if names, err = readNames(ctx, tx, a.Tenant, p); err != nil {
			return err
		}
		if contacts, err = tx.Entries(ctx, EntryQuery{Tenant: a.Tenant, Book: contactBook.ID, At: o.Now}); err != nil {
			return err
		}
		organisations, err = tx.Entries(ctx, EntryQuery{Tenant: a.Tenant, Book: organisationBook.ID, At: o.Now})
		return err
	})
	for _, e := range organisations {
		if e.Values["kind"] == "municipality" {
			o.group(e.Values["name"])
		}
	}
	for _, e := range contacts {
		v := e.Values
		g := o.group(names.Organisation(v["organisation"]))
		g.Contacts = append(g.Contacts, Contact{v["name"], v["function"], v["phone"], v["mobile"], v["email"]})
	}
	slices.SortStableFunc(o.Groups, func(a, b ContactGroup) int { return strings.Compare(a.Organisation, b.Organisation) })
	return o, err
}

// group is the place of an organisation, made when it is not there.
func (o *ContactOverview) group(name string) *ContactGroup {
	i := slices.IndexFunc(o.Groups, func(g ContactGroup) bool { return g.Organisation == name })
	if i < 0 {
		o.Groups = append(o.Groups, ContactGroup{Organisation: name})
		i = len(o.Groups) - 1
	}
	return &o.Groups[i]
}
