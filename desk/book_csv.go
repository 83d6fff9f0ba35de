// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"example.org/loket"
	"example.org/loket/protocol"
)

// Bounds of one import. A larger list comes in parts.
const (
	importBytes = 2 << 20
	importRows  = 5000
)

// Imported tells what became of each row of a file: nothing is lost without a word.
type Imported struct {
	Added, Changed, Same int
	Rejected             []RejectedRow
	Head                 []string // as the file had it, for sending rejected rows again
	Unknown              []string // columns of the file that the book does not have
}

// RejectedRow is a row that was not taken over, as it came, with why.
type RejectedRow struct {
	Row    int // in the file; the heading is row 1
	Cells  []string
	Faults []EntryFault
}

// ImportEntries takes over a CSV file, with commas or semicolons. Good rows are taken, the
// others come back with row number, column, what is wrong and what to write instead. A row
// that is there already changes the entry of the same name.
func (d *Desk) ImportEntries(ctx context.Context, a loket.Actor, book string, file io.Reader) (*Imported, error) {
	p, b, err := d.bookFor(ctx, a, book, true)
	if err != nil {
		return nil, err
	}
	head, rows, err := readTable(file)
	if err != nil {
		return nil, err
	}
	in := &importing{Imported: &Imported{Head: head}, book: b, tenant: a.Tenant, seen: map[string]int{}}
	in.place()
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		if in.names, err = readNames(ctx, tx, a.Tenant, p); err != nil {
			return err
		}
		return in.sort(ctx, tx, rows, d.Rand)
	})
	if err != nil || len(in.entries) == 0 {
		return in.Imported, err
	}
	return in.Imported, d.writeEntries(ctx, a, in.entries)
}

// importing is one import on its way.
type importing struct {
	*Imported
	book    *Book
	tenant  string
	names   Names
	columns []string       // column of the book per cell; empty: not known
	seen    map[string]int // name → row
	entries []Entry
}

// place finds which column each cell of a row belongs to.
func (in *importing) place() {
	in.columns = make([]string, len(in.Head))
	for i, title := range in.Head {
		at := slices.IndexFunc(in.book.Columns, func(c Column) bool {
			return sameOrganisation(c.ID, title) || sameOrganisation(c.Title.NL, title) || sameOrganisation(c.Title.EN, title)
		})
		if at < 0 {
			in.Unknown = append(in.Unknown, title)
			continue
		}
		in.columns[i] = in.book.Columns[at].ID
	}
}

// sort decides per row: new, changed, the same or rejected.
func (in *importing) sort(ctx context.Context, tx Tx, rows [][]string, ids Rand) error {
	for i, cells := range rows {
		row := i + 2
		values := map[string]string{}
		for j, cell := range cells {
			if j < len(in.columns) && in.columns[j] != "" {
				values[in.columns[j]] = unharmed(cell)
			}
		}
		clean, faults := in.book.Check(values, in.names)
		if len(cells) > len(in.Head) {
			faults = append(faults, EntryFault{"", say("Deze rij heeft meer cellen dan de kop.", "This row has more cells than the heading."), say("Zet een waarde met een scheidingsteken erin tussen aanhalingstekens.", "Put a value that holds a separator between quotes.")})
		}
		if len(faults) > 0 {
			in.Rejected = append(in.Rejected, RejectedRow{row, cells, faults})
			continue
		}
		for _, line := range in.book.lines(clean) {
			if err := in.one(ctx, tx, row, cells, line, ids); err != nil {
				return err
			}
		}
	}
	return nil
}

func (in *importing) one(ctx context.Context, tx Tx, row int, cells []string, clean map[string]string, ids Rand) error {
	e := in.book.made(in.tenant, clean, in.names.zone)
	if first := in.seen[e.Name]; first > 0 {
		in.Rejected = append(in.Rejected, RejectedRow{row, cells, []EntryFault{{"", say("Deze rij is dezelfde als rij "+itoa(first)+".", "This row is the same as row "+itoa(first)+"."), say("Haal een van beide weg.", "Remove one of them.")}}})
		return nil
	}
	in.seen[e.Name] = row
	kept, found, err := tx.EntryNamed(ctx, in.tenant, in.book.ID, e.Name)
	switch {
	case err != nil:
		return err
	case !found:
		e.ID, e.Version = ids.ID(), 1
		in.Added++
	case maps.Equal(kept.Values, e.Values):
		in.Same++
		return nil
	default:
		e.ID, e.Version = kept.ID, kept.Version+1
		in.Changed++
	}
	in.entries = append(in.entries, e)
	if in.book == organisationBook { // rows below may refer to it
		in.names.Organisations = append(in.names.Organisations, protocol.Option{ID: clean["id"], Label: say(clean["name"], clean["name"])})
	}
	return nil
}

func badTable(nl, en string) error { return loket.Refuse(loket.Invalid, nl, en) }

// readTable reads a CSV file as spreadsheets write it. Rows of different length are for the
// report; a file that is no table at all is refused as a whole, and nothing is taken over.
func readTable(file io.Reader) (head []string, rows [][]string, err error) {
	body, err := io.ReadAll(io.LimitReader(file, importBytes+1))
	switch {
	case err != nil:
		return nil, nil, err
	case len(body) > importBytes:
		return nil, nil, badTable("Het bestand is groter dan 2 MB. Knip het in delen.", "The file is larger than 2 MB. Cut it into parts.")
	case !utf8.Valid(body):
		return nil, nil, badTable("Het bestand is niet leesbaar als tekst. Bewaar het in uw rekenblad als ‘CSV UTF-8’.", "The file cannot be read as text. Save it in your spreadsheet as ‘CSV UTF-8’.")
	}
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	first, _, _ := bytes.Cut(body, []byte("\n"))
	r := csv.NewReader(bytes.NewReader(body))
	r.FieldsPerRecord, r.TrimLeadingSpace = -1, true
	if bytes.Count(first, []byte(";")) >= bytes.Count(first, []byte(",")) && bytes.Contains(first, []byte(";")) {
		r.Comma = ';'
	}
	all, err := r.ReadAll()
	if e, ok := errors.AsType[*csv.ParseError](err); ok {
		return nil, nil, badTable("Regel "+itoa(e.Line)+" is niet te lezen: er staat een aanhalingsteken te veel of te weinig. Er is niets overgenomen.", "Line "+itoa(e.Line)+" cannot be read: there is a quote too many or too few. Nothing was taken over.")
	}
	switch {
	case err != nil:
		return nil, nil, err
	case len(all) < 2:
		return nil, nil, badTable("Er staan geen rijen in. De eerste rij is de kop met de namen van de kolommen.", "There are no rows in it. The first row is the heading with the names of the columns.")
	case len(all)-1 > importRows:
		return nil, nil, badTable("Er staan meer dan 5000 rijen in. Knip het bestand in delen.", "There are more than 5000 rows in it. Cut the file into parts.")
	}
	return all[0], all[1:], nil
}

// unharmed undoes what Harmless did to a value that begins like a formula.
func unharmed(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && rest != "" && strings.ContainsRune("=+-@\t\r", rune(rest[0])) {
		return rest
	}
	return s
}

// ExportEntries writes a book as CSV with semicolons, as Dutch spreadsheets read it; what it
// writes can be imported again. Who took it is in the ledger: contacts are personal data.
func (d *Desk) ExportEntries(ctx context.Context, a loket.Actor, book string, w io.Writer) error {
	_, b, err := d.bookFor(ctx, a, book, true)
	if err != nil {
		return err
	}
	if err := d.entered(ctx, LedgerEntry{Tenant: a.Tenant, Actor: a.ID, Role: a.Role, Action: "book." + b.ID, Outcome: "done", Purpose: "export"}); err != nil {
		return unlogged(err)
	}
	var entries []Entry
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		entries, err = tx.Entries(ctx, EntryQuery{Tenant: a.Tenant, Book: b.ID})
		return err
	})
	if err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma = ';'
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	head := make([]string, len(b.Columns))
	for i, c := range b.Columns {
		head[i] = c.Title.NL
	}
	lines := [][]string{head}
	for _, e := range entries {
		line := make([]string, len(b.Columns))
		for i, c := range b.Columns {
			line[i] = Harmless(e.Values[c.ID])
		}
		lines = append(lines, line)
	}
	return out.WriteAll(lines)
}
