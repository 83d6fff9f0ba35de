// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"example.org/loket"
	"example.org/loket/policies"
	"example.org/loket/protocol"
)

// Machine is a key with which a computer reaches the desk, of a provider or of the desk's own
// organisation. The key itself is shown once; kept is a hash, and the ID by which people
// know it again:
//
//	loket_ + ID + _ + secret      ID: 26 signs, its first six are shown in lists
//
// What it opens follows from its scopes, and from nobody's roles.
type Machine struct {
	Tenant       string
	ID           string
	Title        string // what people call it: which system it is in
	Organisation string // that it speaks for; empty: the desk's own
	Scopes       []string
	Hash         []byte // SHA-256 of the secret, which has 256 random bits
	Made         time.Time
	By           string // who made it
	Expires      time.Time
	Used         time.Time // to the minute; zero: never
	Ended        time.Time // zero: not
}

// Scopes of keys.
const (
	ScopeReport   = "report"   // send first reports and ask how they stand
	ScopeRegister = "register" // read the register, which holds no persons
)

// Scopes are all of them.
var Scopes = []string{ScopeReport, ScopeRegister}

// scopeAbilities are what a scope can, in the words of the policies.
var scopeAbilities = map[string][]string{ScopeReport: {"report", "follow_up"}, ScopeRegister: {"register"}}

const (
	machineMark    = "loket_"
	machineActor   = "key:"               // begins the id of a machine as an actor; nobody can have such a name
	machineLongest = 366 * 24 * time.Hour // a key lives a year at most
	machineSeen    = time.Minute          // how exactly use is noted: not every request is a write
	machineShown   = 6                    // signs of the ID in lists
	machineTitle   = 60                   // characters
)

// Mark is by what people know a key again.
func (m Machine) Mark() string { return machineMark + m.ID[:min(len(m.ID), machineShown)] + "…" }

// Good reports whether the key opens anything at a moment.
func (m Machine) Good(now time.Time) bool { return m.Ended.IsZero() && now.Before(m.Expires) }

// ErrMachine is the one answer to every key that opens nothing: unknown, wrong, over, ended.
var ErrMachine = loket.Refuse(loket.Forbidden, "Deze sleutel is niet bekend, verlopen of ingetrokken. Vraag het loket om een nieuwe.",
	"This key is not known, has expired or was revoked. Ask the desk for a new one.")

// Machines is the part of a unit of work that keeps the keys of machines.
type Machines interface {
	PutMachine(ctx context.Context, m Machine) error // insert or replace
	Machine(ctx context.Context, tenant, id string) (Machine, bool, error)
	MachinesOf(ctx context.Context, tenant string) ([]Machine, error) // newest first
	// UseMachine notes the last use. It must not bring an ended one back.
	UseMachine(ctx context.Context, tenant, id string, at time.Time) error
}

// Machines lists the keys of an organisation's desk, for who gives them.
func (d *Desk) Machines(ctx context.Context, a loket.Actor) (all []Machine, err error) {
	if err := d.mayKeys(ctx, a, "key.read"); err != nil {
		return nil, err
	}
	err = d.Store.Read(ctx, func(tx Tx) error {
		all, err = tx.MachinesOf(ctx, a.Tenant)
		return err
	})
	return all, err
}

func (d *Desk) mayKeys(ctx context.Context, a loket.Actor, action string) error {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return err
	}
	if !may(a, p, action, 0) {
		d.refusedTo(ctx, a, "", action)
		return errHidden
	}
	return nil
}

// MakeMachine gives a key to a machine. The token is shown once and kept nowhere.
func (d *Desk) MakeMachine(ctx context.Context, a loket.Actor, wish Machine) (made Machine, token string, err error) {
	if err := d.mayKeys(ctx, a, "key.set"); err != nil {
		return made, "", err
	}
	now := d.Now()
	if err := wish.check(now); err != nil {
		return made, "", err
	}
	secret := d.Rand.ID() + d.Rand.ID()
	made = Machine{Tenant: a.Tenant, ID: d.Rand.ID(), Title: strings.TrimSpace(wish.Title), Organisation: strings.TrimSpace(wish.Organisation), Scopes: wish.Scopes,
		Hash: hashSecret(secret), Made: now, By: a.ID, Expires: wish.Expires}
	err = d.Store.Write(ctx, func(tx Tx) error {
		if err := tx.PutMachine(ctx, made); err != nil {
			return err
		}
		return tx.Ledger(ctx, d.keyEntry(a, made, "key.made"))
	})
	return made, machineMark + made.ID + "_" + secret, err
}

// check says what is wrong with the wish for a key.
func (m Machine) check(now time.Time) error {
	switch n := utf8.RuneCountInString(strings.TrimSpace(m.Title)); {
	case n == 0 || n > machineTitle:
		return loket.Refuse(loket.Invalid, "Geef de sleutel een naam van hoogstens 60 tekens, bijvoorbeeld die van het systeem waar hij in komt.", "Give the key a name of at most 60 characters, such as that of the system it goes into.")
	case len(m.Scopes) == 0 || slices.ContainsFunc(m.Scopes, func(s string) bool { return !slices.Contains(Scopes, s) }):
		return loket.Refuse(loket.Invalid, "Kies wat de sleutel opent.", "Choose what the key opens.")
	case slices.Contains(m.Scopes, ScopeRegister) && strings.TrimSpace(m.Organisation) != "":
		return loket.Refuse(loket.Invalid, "Het register gaat over alle organisaties. Alleen een sleutel van het loket zelf leest het.", "The register is about all organisations. Only a key of the desk itself reads it.")
	case !m.Expires.After(now) || m.Expires.Sub(now) > machineLongest:
		return loket.Refuse(loket.Invalid, "Kies een dag waarop de sleutel verloopt, binnen een jaar.", "Choose a day on which the key expires, within a year.")
	}
	return nil
}

// EndMachine revokes a key: the next request with it is refused, on every node.
func (d *Desk) EndMachine(ctx context.Context, a loket.Actor, id string) error {
	if err := d.mayKeys(ctx, a, "key.set"); err != nil {
		return err
	}
	return d.Store.Write(ctx, func(tx Tx) error {
		m, found, err := tx.Machine(ctx, a.Tenant, id)
		if err != nil {
			return err
		}
		if !found {
			return errHidden
		}
		if !m.Ended.IsZero() {
			return nil
		}
		m.Ended = d.Now()
		if err := tx.PutMachine(ctx, m); err != nil {
			return err
		}
		return tx.Ledger(ctx, d.keyEntry(a, m, "key.ended"))
	})
}

// keyEntry says of a key which it is and what it opens; its title and organisation are in the digest.
func (d *Desk) keyEntry(a loket.Actor, m Machine, action string) LedgerEntry {
	return LedgerEntry{At: d.Now(), Tenant: m.Tenant, Actor: a.ID, Role: a.Role, Action: action, Outcome: "done", Purpose: m.ID + " " + strings.Join(m.Scopes, " "),
		Digest: d.Sealer.Index(m.Tenant, "key", m.Title+"\x00"+m.Organisation)}
}

// MachineActor finds the machine that a token belongs to, at the desk of one organisation.
// Every request looks again, so a key that was revoked opens nothing any more (S04). A wrong
// token of a key that exists is in the ledger; of one that does not there is nothing to name.
func (d *Desk) MachineActor(ctx context.Context, tenant, token string) (loket.Actor, error) {
	id, secret, shaped := strings.Cut(strings.TrimPrefix(token, machineMark), "_")
	if !shaped || !strings.HasPrefix(token, machineMark) || len(id) > 64 {
		return loket.Actor{}, ErrMachine
	}
	var m Machine
	var found bool
	err := d.Store.Read(ctx, func(tx Tx) (err error) {
		m, found, err = tx.Machine(ctx, tenant, id)
		return err
	})
	if err != nil {
		return loket.Actor{}, err
	}
	right := subtle.ConstantTimeCompare(hashSecret(secret), m.Hash) == 1
	if !found {
		return loket.Actor{}, ErrMachine
	}
	a := m.actor()
	now := d.Now()
	if !right || !m.Good(now) {
		d.refusedTo(ctx, a, "", "key.used")
		return loket.Actor{}, ErrMachine
	}
	if now.Sub(m.Used).Abs() >= machineSeen {
		err = d.Store.Write(ctx, func(tx Tx) error { return tx.UseMachine(ctx, tenant, id, now) })
	}
	return a, err
}

func (m Machine) actor() loket.Actor {
	return loket.Actor{ID: machineActor + m.ID, Name: m.Title, Tenant: m.Tenant, Organisation: m.Organisation, Scopes: m.Scopes}
}

func hashSecret(secret string) []byte {
	sum := sha256.Sum256([]byte("loket machine\x00" + secret))
	return sum[:]
}

// isMachine: it came with a key.
func isMachine(a loket.Actor) bool { return len(a.Scopes) > 0 }

// machineAsker is a machine as the policies know it: it can what its scopes say, and sees V0.
func machineAsker(a loket.Actor) policies.Question {
	q := policies.Question{Who: policies.Machine}
	for _, scope := range a.Scopes {
		q.Can |= policies.Able(scopeAbilities[scope]...)
	}
	return q
}

// Followed is how a report stands that a machine delivered. Nothing of the case is in it.
type Followed struct {
	Number     string
	ReceivedAt time.Time
	State      string // received, working, asked, completed, ended
	Words      protocol.Text
	Questions  int // of the desk that wait for an answer
}

// Follow tells a machine how a report stands that was delivered with a key of its own
// organisation. A report that a person sent in the name of that organisation is not told of:
// who sends it may not want the organisation to know.
func (d *Desk) Follow(ctx context.Context, a loket.Actor, number string) (*Followed, error) {
	row, records, own, err := d.delivered(ctx, a, number)
	if err != nil {
		return nil, err
	}
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	if !may(a, p, "report.followed", policies.Own.When(own)) {
		d.refusedTo(ctx, a, row.ID, "report.followed")
		return nil, errHidden
	}
	o, err := d.unseal(ctx, row, records)
	if err != nil {
		return nil, err
	}
	err = d.entered(ctx, LedgerEntry{Tenant: a.Tenant, Actor: a.ID, Case: row.ID, Action: "report.followed", Outcome: "done"})
	if err != nil {
		return nil, unlogged(err)
	}
	return &Followed{Number: o.Number, ReceivedAt: row.ReceivedAt, State: followedState(o), Words: reporterStatus(o), Questions: o.openQuestions()}, nil
}

// delivered finds a case by its number, and whether a key of the machine's own organisation
// sent its first report.
func (d *Desk) delivered(ctx context.Context, a loket.Actor, number string) (row CaseRow, records []Record, own bool, err error) {
	err = d.Store.Read(ctx, func(tx Tx) error {
		var found bool
		if row, found, err = tx.CaseByNumber(ctx, a.Tenant, number); err != nil || !found {
			row = CaseRow{}
			return err
		}
		if records, err = tx.Events(ctx, row.ID); err != nil || len(records) == 0 || row.Status == statusDestroyed {
			return err
		}
		id, byMachine := strings.CutPrefix(records[0].By, machineActor)
		if !byMachine {
			return nil
		}
		m, found, err := tx.Machine(ctx, a.Tenant, id)
		own = found && sameOrganisation(m.Organisation, a.Organisation)
		return err
	})
	return row, records, own, err
}

func followedState(o *open) string {
	switch {
	case o.Ended != "":
		return "ended"
	case status(o.Case) == "closed":
		return "completed"
	case o.openQuestions() > 0:
		return "asked"
	case o.Assigned != "" || len(o.Decisions) > 0:
		return "working"
	}
	return "received"
}
