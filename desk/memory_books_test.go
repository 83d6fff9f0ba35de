// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// The books of the store in memory: every version of every line, newest last.

func (m *memory) PutEntry(_ context.Context, e desk.Entry) error {
	kept, found, _ := m.Entry(context.Background(), e.Tenant, e.Book, e.ID)
	named, taken, _ := m.EntryNamed(context.Background(), e.Tenant, e.Book, e.Name)
	if found && kept.Version != e.Version-1 || !found && e.Version != 1 || taken && named.ID != e.ID {
		return loket.Refuse(loket.Conflict, "bezet", "taken")
	}
	m.s.books = append(slices.Clone(m.s.books), e)
	return nil
}

func (m *memory) lines(book string) []desk.Entry {
	newest := map[string]desk.Entry{}
	for _, e := range m.s.books {
		if e.Book == book {
			newest[e.Tenant+"|"+e.ID] = e
		}
	}
	var out []desk.Entry
	for _, e := range newest {
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b desk.Entry) int { return cmp.Or(strings.Compare(a.Sort, b.Sort), strings.Compare(a.ID, b.ID)) })
	return out
}

func (m *memory) Entry(_ context.Context, tenant, book, id string) (desk.Entry, bool, error) {
	for _, e := range m.lines(book) {
		if e.Tenant == tenant && e.ID == id {
			return e, true, nil
		}
	}
	return desk.Entry{}, false, nil
}

func (m *memory) EntryNamed(_ context.Context, tenant, book, name string) (desk.Entry, bool, error) {
	for _, e := range m.lines(book) {
		if e.Tenant == tenant && e.Name == name {
			return e, true, nil
		}
	}
	return desk.Entry{}, false, nil
}

func (m *memory) Entries(_ context.Context, q desk.EntryQuery) ([]desk.Entry, error) {
	until := q.Until
	if until.IsZero() {
		until = q.At
	}
	var out []desk.Entry
	seen := q.After == ""
	for _, e := range m.lines(q.Book) {
		holds := q.At.IsZero() || (e.From.IsZero() || !e.From.After(until)) && (e.Until.IsZero() || e.Until.After(q.At))
		if seen && e.Tenant == q.Tenant && holds && (len(q.About) == 0 || slices.Contains(q.About, e.About)) && (q.Limit == 0 || len(out) < q.Limit) {
			out = append(out, e)
		}
		seen = seen || e.ID == q.After
	}
	return out, nil
}

func (m *memory) EntryHistory(_ context.Context, tenant, book, id string) ([]desk.Entry, error) {
	var out []desk.Entry
	for _, e := range m.s.books {
		if e.Tenant == tenant && e.Book == book && e.ID == id {
			out = append([]desk.Entry{e}, out...)
		}
	}
	return out, nil
}

func (m *memory) CountEarlier(_ context.Context, tenant, organisation string, from, before time.Time) (int, error) {
	n := 0
	for _, row := range m.s.cases {
		if row.Tenant == tenant && strings.EqualFold(row.Organisation, organisation) && !row.ReceivedAt.Before(from) && row.ReceivedAt.Before(before) {
			n++
		}
	}
	return n, nil
}
