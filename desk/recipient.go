// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"slices"
	"strings"

	"example.org/loket/protocol"
)

// addressees finds whom the protocol wants to tell, and where it wants somebody and nobody is
// (R-I-98, R-I-99, D-11, D-12, D-55).
func addressees(o *open, pr *protocol.Product, row string, people []Person) ([]Person, []protocol.Gap) {
	plain := make([]protocol.Person, len(people))
	for i, p := range people {
		plain[i] = protocol.Person{ID: p.ID, Roles: p.Roles, Organisation: p.Organisation}
	}
	found, gaps := o.p.Addressees(pr, o.ev, o.RowFacts(pr.Each, row), plain)
	var out []Person
	for _, a := range found {
		i := slices.IndexFunc(people, func(p Person) bool { return p.ID == a.Person })
		if i < 0 {
			continue
		}
		p := people[i]
		p.Roles = firstRole(a.Role, p.Roles) // told as this, whatever else they are
		out = append(out, p)
	}
	return out, gaps
}

func firstRole(role string, roles []string) []string {
	out := []string{role}
	for _, r := range roles {
		if r != role {
			out = append(out, r)
		}
	}
	return out
}

func roleTitle(p *protocol.Protocol, id string) protocol.Text {
	if r := p.Role(id); r != nil {
		return protocol.Text{NL: r.Title.NL, EN: orDefault(r.Title.EN, r.Title.NL)}
	}
	return say(id, id)
}

func factTitles(p *protocol.Protocol, ids []string) (nl, en string) {
	for i, id := range ids {
		title := say(id, id)
		if f := p.Fact(id); f != nil {
			title = f.Title
		}
		if i > 0 {
			nl, en = nl+", ", en+", "
		}
		nl, en = nl+title.NL, en+orDefault(title.EN, title.NL)
	}
	return nl, en
}

// whomToCall lists the contacts of an organisation that hold now, in order of preference:
// name, function and number (D-55). A book that cannot be read leaves the gap as it is.
func (d *Desk) whomToCall(ctx context.Context, o *open, at protocol.Organisation) string {
	about := []string{folded(at.ID)}
	if at.Title.NL != "" {
		about = append(about, folded(at.Title.NL))
	}
	var entries []Entry
	err := d.Store.Read(ctx, func(tx Tx) (err error) {
		entries, err = tx.Entries(ctx, EntryQuery{Tenant: o.Tenant, Book: contactBook.ID, About: about, At: d.Now(), Limit: 5})
		return err
	})
	if err != nil {
		return ""
	}
	words := make([]string, len(entries))
	for i, e := range entries {
		v := e.Values
		words[i] = strings.Join(slices.DeleteFunc([]string{v["name"], v["function"], orDefault(v["mobile"], orDefault(v["phone"], v["email"]))}, func(s string) bool { return s == "" }), ", ")
	}
	return strings.Join(words, "; ")
}
