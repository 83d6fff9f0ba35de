// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"encoding/json"
	"maps"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// EntryChange is what somebody wants an entry to be. ID is empty for a new one; Version is
// the one that the page showed.
type EntryChange struct {
	ID      string
	Version int
	Values  map[string]string
}

var (
	errOther  = loket.Refuse(loket.Conflict, "Iemand anders heeft deze regel net gewijzigd. Kijk wat er veranderd is en bewaar opnieuw; wat u typte staat er nog.", "Somebody else has just changed this line. See what changed and save again; what you typed is kept.")
	errDouble = loket.Refuse(loket.Invalid, "Deze regel staat er al. Wijzig de regel die er is, of geef een andere begindatum.", "This line is there already. Change the one that is there, or give another first day.")
)

// PutEntry adds or changes a line of a book, with history and ledger entry in one
// transaction. Faults come back as loket.Invalid with the columns in Fields.
func (d *Desk) PutEntry(ctx context.Context, a loket.Actor, book string, change EntryChange) (Entry, error) {
	p, b, err := d.bookFor(ctx, a, book, true)
	if err != nil {
		return Entry{}, err
	}
	var names Names
	var kept Entry
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		if names, err = readNames(ctx, tx, a.Tenant, p); err != nil || change.ID == "" {
			return err
		}
		var found bool
		if kept, found, err = tx.Entry(ctx, a.Tenant, b.ID, change.ID); err == nil && !found {
			err = errHidden
		}
		return err
	})
	if err != nil {
		return Entry{}, err
	}
	clean, faults := b.Check(change.Values, names)
	if len(faults) > 0 {
		return Entry{}, invalidEntry(faults)
	}
	if change.ID != "" && kept.Version != change.Version {
		return Entry{}, errOther
	}
	if b == organisationBook && change.ID != "" {
		clean["id"] = kept.Values["id"] // everything refers to it
	}
	var entries []Entry
	for i, values := range b.lines(clean) {
		e := b.made(a.Tenant, values, p.Location())
		e.ID, e.Version = d.Rand.ID(), 1
		if i == 0 && change.ID != "" {
			e.ID, e.Version = change.ID, change.Version+1
		}
		entries = append(entries, e)
	}
	return entries[0], d.writeEntries(ctx, a, entries)
}

// lines are what one typed line stands for: a shift that is repeated is a line each week.
func (b *Book) lines(clean map[string]string) []map[string]string {
	if b.every == nil {
		return []map[string]string{clean}
	}
	return b.every(clean)
}

// EndEntry ends a line: it holds until and including today, or until now for a shift.
func (d *Desk) EndEntry(ctx context.Context, a loket.Actor, book, id string, version int) error {
	p, b, err := d.bookFor(ctx, a, book, true)
	if err != nil {
		return err
	}
	var e Entry
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		var found bool
		if e, found, err = tx.Entry(ctx, a.Tenant, b.ID, id); err == nil && !found {
			err = errHidden
		}
		return err
	})
	if err != nil {
		return err
	}
	if e.Version != version {
		return errOther
	}
	now := d.Now().In(p.Location())
	values := maps.Clone(e.Values)
	values["until"] = now.Format(time.DateOnly)
	if b.Column("until").Type == "moment" {
		values["until"] = now.Format(momentLayout)
	}
	ended := b.made(a.Tenant, values, p.Location())
	if !ended.From.IsZero() && !ended.Until.After(ended.From) { // it never began: it ends where it would have begun
		ended.Until = ended.From
	}
	ended.ID, ended.Version = e.ID, e.Version+1
	return d.writeEntries(ctx, a, []Entry{ended})
}

// writeEntries stores lines with their ledger entries, all or none.
func (d *Desk) writeEntries(ctx context.Context, a loket.Actor, entries []Entry) error {
	now := d.Now()
	return d.Store.Write(ctx, func(tx Tx) error {
		for i := range entries {
			entries[i].At, entries[i].By = now, a.ID
			if err := d.writeEntry(ctx, tx, a, entries[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (d *Desk) writeEntry(ctx context.Context, tx Tx, a loket.Actor, e Entry) error {
	other, found, err := tx.EntryNamed(ctx, e.Tenant, e.Book, e.Name)
	if err != nil {
		return err
	}
	if found && other.ID != e.ID {
		return errDouble
	}
	if err := tx.PutEntry(ctx, e); err != nil {
		if loket.ErrorCode(err) == loket.Conflict {
			return errOther
		}
		return err
	}
	if err := d.watched(ctx, tx, e); err != nil {
		return err
	}
	digest, err := d.entryDigest(e)
	if err != nil {
		return err
	}
	return tx.Ledger(ctx, LedgerEntry{At: e.At, Tenant: e.Tenant, Actor: a.ID, Role: a.Role, Action: "book." + e.Book, Outcome: "done", Purpose: e.ID, Seq: e.Version, Digest: digest})
}

// entryDigest binds the ledger to what was written. It is keyed: nobody can try out names
// and numbers against it.
func (d *Desk) entryDigest(e Entry) ([]byte, error) {
	body, err := json.Marshal(e.Values)
	return d.Sealer.Index(e.Tenant, "book "+e.Book, string(body)), err
}

func invalidEntry(faults []EntryFault) error {
	fields := make([]protocol.AnswerError, len(faults))
	for i, f := range faults {
		fields[i] = protocol.AnswerError{Field: f.Column, Message: say(f.Say.NL+" "+f.Cure.NL, f.Say.EN+" "+f.Cure.EN)}
	}
	return &loket.Error{Code: loket.Invalid, Message: say("Kijk de gemarkeerde velden na. Wat u invulde, staat er nog.", "Check the marked fields. What you filled in is kept."), Fields: fields}
}

// EntryView is one line with what it was before.
type EntryView struct {
	Book    *Book
	Entry   Entry
	History []Entry // newest first
	May     bool
	Names   Names
	Now     time.Time
}

// Entry shows one line of a book; an empty id shows a new one.
func (d *Desk) Entry(ctx context.Context, a loket.Actor, book, id string) (*EntryView, error) {
	p, b, err := d.bookFor(ctx, a, book, id == "")
	if err != nil {
		return nil, err
	}
	v := &EntryView{Book: b, May: b.keeps(a, p), Now: d.Now()}
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		if v.Names, err = readNames(ctx, tx, a.Tenant, p); err != nil || id == "" {
			return err
		}
		var found bool
		if v.Entry, found, err = tx.Entry(ctx, a.Tenant, b.ID, id); err != nil || !found {
			return orHidden(err)
		}
		v.History, err = tx.EntryHistory(ctx, a.Tenant, b.ID, id)
		return err
	})
	return v, err
}

func orHidden(err error) error {
	if err == nil {
		return errHidden
	}
	return err
}
