// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// calendarBook keeps who reads their shifts in a calendar program: only a hash of the secret
// in the address, so that the list itself opens nothing. It is no page of its own.
var calendarBook = &Book{ID: "agenda",
	name:  func(v map[string]string) string { return v["hash"] },
	sort:  func(v map[string]string) string { return v["person"] },
	about: func(v map[string]string) string { return v["person"] },
}

// idOf writes a hash as an identifier.
func idOf(hash []byte) string {
	sum := sha256.Sum256(hash)
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:16]))
}

// NewCalendar gives the actor a secret address of their own shifts; an earlier one stops
// working at once.
func (d *Desk) NewCalendar(ctx context.Context, a loket.Actor) (address string, err error) {
	p, _, err := d.bookFor(ctx, a, rosterBook.ID, false)
	if err != nil {
		return "", err
	}
	token := d.Rand.ID()
	now := d.Now()
	fresh := calendarBook.made(a.Tenant, map[string]string{"person": a.ID, "hash": idOf([]byte(token))}, p.Location())
	fresh.ID, fresh.Version, fresh.At, fresh.By = fresh.Values["hash"], 1, now, a.ID
	err = d.Store.Write(ctx, func(tx Tx) error {
		earlier, err := tx.Entries(ctx, EntryQuery{Tenant: a.Tenant, Book: calendarBook.ID, About: []string{folded(a.ID)}, At: now})
		if err != nil {
			return err
		}
		for _, e := range earlier {
			e.Version, e.Until, e.At, e.By = e.Version+1, now, now, a.ID
			if err := d.writeEntry(ctx, tx, a, e); err != nil {
				return err
			}
		}
		return d.writeEntry(ctx, tx, a, fresh)
	})
	return d.address(ctx, a.Tenant) + "/agenda/" + token, err
}

// Calendar gives the shifts of whoever holds the secret as an iCalendar file: role and time,
// nothing about cases and no other names. A person who is gone has no calendar.
func (d *Desk) Calendar(ctx context.Context, tenant, token string) ([]byte, error) {
	p, err := d.Protocol(ctx, tenant)
	if err != nil {
		return nil, err
	}
	now := d.Now()
	var shifts []Entry
	var person string
	err = d.Store.Read(ctx, func(tx Tx) error {
		key, found, err := tx.Entry(ctx, tenant, calendarBook.ID, idOf([]byte(token)))
		if err != nil || !found || !key.Until.IsZero() && !key.Until.After(now) {
			return orHidden(err)
		}
		person = key.Values["person"]
		who, found, err := tx.Person(ctx, tenant, person)
		if err != nil || !found || len(who.Roles) == 0 {
			return orHidden(err)
		}
		shifts, err = tx.Entries(ctx, EntryQuery{Tenant: tenant, Book: rosterBook.ID, At: now.Add(-rosterAhead), Until: now.Add(4 * rosterAhead)})
		return err
	})
	if err != nil {
		return nil, err
	}
	return calendar(p, person, shifts), nil
}

// calendar writes shifts as RFC 5545 wants them.
func calendar(p *protocol.Protocol, person string, shifts []Entry) []byte {
	var b strings.Builder
	write := func(name, value string) { b.WriteString(fold75(name + ":" + value)) }
	write("BEGIN", "VCALENDAR")
	write("VERSION", "2.0")
	write("PRODID", "-//Loket//Rooster//NL")
	write("X-WR-CALNAME", locale.T(mailLang, "written.calendar"))
	for _, e := range shifts {
		what := "written.shift"
		switch person {
		case e.Values["person"]:
		case e.Values["deputy"]:
			what = "written.deputy"
		default:
			continue
		}
		write("BEGIN", "VEVENT")
		write("UID", e.ID+"@loket")
		write("DTSTAMP", stampOf(e.At))
		write("SEQUENCE", itoa(e.Version-1))
		write("DTSTART", stampOf(e.From))
		write("DTEND", stampOf(e.Until))
		write("SUMMARY", escapeText(locale.T(mailLang, what, roleTitle(p, e.Values["role"]).NL)))
		write("END", "VEVENT")
	}
	write("END", "VCALENDAR")
	return []byte(b.String())
}

func stampOf(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

func escapeText(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// fold75 breaks a line after at most 75 octets, never inside a character.
func fold75(line string) string {
	var b strings.Builder
	length := 0
	for _, c := range line {
		size := len(string(c))
		if length+size > 75 {
			b.WriteString("\r\n ")
			length = 1
		}
		fmt.Fprint(&b, string(c))
		length += size
	}
	return b.String() + "\r\n"
}
