// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// installation is the tenant of things that belong to no organisation: invitations to set
// up a desk. No person and no case belongs to it.
const installation = ""

// invitationKept is how long an invitation to set up a desk can be used.
const invitationKept = 24 * time.Hour

// invitationBook keeps invitations: a hash of the code, until when, and whether it was used.
var invitationBook = &Book{ID: "uitnodigingen",
	name:  func(v map[string]string) string { return v["hash"] },
	sort:  func(v map[string]string) string { return v["hash"] },
	about: func(map[string]string) string { return "" },
}

// Founding is what somebody fills in to set up a desk from a starter protocol.
type Founding struct {
	Code        string // of the invitation
	Tenant      Tenant
	Coordinator Person // id, name, address; the roles follow from the protocol
}

var errInvitation = loket.Refuse(loket.Invalid, "Deze code is niet (meer) geldig. Vraag de beheerder van de installatie om een nieuwe.", "This code is not valid (any more). Ask the administrator of the installation for a new one.")

// Invite makes a code with which one desk can be set up in the browser, once and within a
// day. Only the installation itself may: the command line.
func (d *Desk) Invite(ctx context.Context, a loket.Actor) (code string, err error) {
	if !mayAlone(a, "desk.invited") {
		return "", errHidden
	}
	code, now := d.Rand.ID(), d.Now()
	e := invitationBook.made(installation, map[string]string{"hash": idOf([]byte(code))}, time.UTC)
	e.ID, e.Version, e.At, e.By, e.Until = e.Values["hash"], 1, now, a.ID, now.Add(invitationKept)
	err = d.Store.Write(ctx, func(tx Tx) error { return d.writeEntry(ctx, tx, a, e) })
	return code, err
}

// Invited tells whether a code can be used now.
func (d *Desk) Invited(ctx context.Context, code string) error {
	return d.Store.Read(ctx, func(tx Tx) error {
		_, err := d.invitation(ctx, tx, code)
		return err
	})
}

func (d *Desk) invitation(ctx context.Context, tx Tx, code string) (Entry, error) {
	e, found, err := tx.Entry(ctx, installation, invitationBook.ID, idOf([]byte(strings.TrimSpace(code))))
	if err == nil && (!found || !d.Now().Before(e.Until)) {
		err = errInvitation
	}
	return e, err
}

// Names of what else can be wrong with a founding, in its faults.
const (
	FaultCode             = "code"
	FaultPhone            = "phone"
	FaultEmail            = "email"
	FaultCoordinator      = "coordinator"
	FaultLogin            = "login"
	FaultCoordinatorEmail = "coordinator_email"
)

// CheckFounding says all that is wrong with a founding before anything is made. Whoever has no
// invitation is not told which organisations there are.
func (d *Desk) CheckFounding(ctx context.Context, f Founding) (Founding, error) {
	f.Tenant = tidyTenant(f.Tenant)
	f.Tenant.Phone, f.Tenant.Email = strings.TrimSpace(f.Tenant.Phone), strings.TrimSpace(f.Tenant.Email)
	f.Coordinator.ID, f.Coordinator.Name = strings.ToLower(strings.TrimSpace(f.Coordinator.ID)), strings.TrimSpace(f.Coordinator.Name)
	faults := append(d.tenantFaults(f.Tenant), f.faults()...)
	switch err := d.Invited(ctx, f.Code); {
	case errors.Is(err, errInvitation):
		faults = append([]protocol.AnswerError{{Field: FaultCode, Message: errInvitation.Message}}, faults...)
	case err != nil:
		return f, err
	default:
		taken, err := d.takenNames(ctx, f.Tenant)
		if err != nil {
			return f, err
		}
		faults = append(faults, taken...)
	}
	if err := refused(faults); err != nil {
		return f, err
	}
	f.Coordinator.Tenant, f.Coordinator.Roles = f.Tenant.ID, firstRoles(d.knowing(f.Tenant.Protocol).inForce(f.Tenant, d.Now()))
	return f, Settings{f.Tenant.Privacy, f.Tenant.SecondFactor}.check()
}

// takenNames: what another organisation has already.
func (d *Desk) takenNames(ctx context.Context, t Tenant) ([]protocol.AnswerError, error) {
	out, err := d.takenHost(ctx, t)
	if err != nil {
		return nil, err
	}
	if _, err := d.Tenant(ctx, t.ID); err == nil {
		out = append(out, fault(FaultID, "Er is al een organisatie met deze korte naam. Kies een andere.", "There is an organisation with this short name already. Choose another."))
	}
	return out, nil
}

// faults are those that the rest of the form shows by itself.
func (f Founding) faults() (out []protocol.AnswerError) {
	if f.Tenant.Phone == "" {
		out = append(out, fault(FaultPhone, "Geef het nummer waarop het loket te bellen is.", "Give the number on which the desk can be called."))
	}
	if f.Tenant.Email != "" && !isAddress(f.Tenant.Email) {
		out = append(out, fault(FaultEmail, "Dit is geen e-mailadres. Schrijf bijvoorbeeld loket@voorbeeldstad.example.", "This is no e-mail address. Write for example desk@example.org."))
	}
	if f.Coordinator.Name == "" {
		out = append(out, fault(FaultCoordinator, "Geef de eerste coördinator een naam.", "Give the first coordinator a name."))
	}
	if !isName(f.Coordinator.ID) || Reserved(f.Coordinator.ID) {
		out = append(out, fault(FaultLogin, "Geef een inlognaam van kleine letters, cijfers en streepjes.", "Give a login of lower-case letters, digits and dashes."))
	}
	if e := f.Coordinator.Email; e != "" && !isAddress(e) {
		out = append(out, fault(FaultCoordinatorEmail, "Dit is geen e-mailadres. Schrijf bijvoorbeeld naam@voorbeeldstad.example.", "This is no e-mail address. Write for example name@example.org."))
	}
	return out
}

// firstRoles are what the first person of a desk needs: to handle cases, and to set it up.
func firstRoles(p *protocol.Protocol) []string {
	var out []string
	for _, wanted := range [][]string{{"work", "record", "close"}, {"configure"}} {
		for _, r := range p.Roles {
			if !slices.ContainsFunc(wanted, func(action string) bool { return !slices.Contains(r.May, action) }) {
				if !slices.Contains(out, r.ID) {
					out = append(out, r.ID)
				}
				break
			}
		}
	}
	return out
}

// Found makes the desk: organisation, first person and the end of the invitation, with their
// ledger entries, all or nothing. The account of the person is the caller's.
func (d *Desk) Found(ctx context.Context, f Founding) (Founding, error) {
	f, err := d.CheckFounding(ctx, f)
	if err != nil {
		return f, err
	}
	a := loket.System(f.Tenant.ID)
	err = d.Store.Write(ctx, func(tx Tx) error {
		used, err := d.invitation(ctx, tx, f.Code)
		if err != nil {
			return err
		}
		used.Version, used.Until, used.At, used.By = used.Version+1, d.Now(), d.Now(), a.ID
		if err := d.writeEntry(ctx, tx, a, used); err != nil {
			return err
		}
		if err := d.putTenant(ctx, tx, a, f.Tenant); err != nil {
			return err
		}
		if err := d.beginOrganisations(ctx, tx, a, f); err != nil {
			return err
		}
		return d.putPerson(ctx, tx, a, f.Coordinator)
	})
	d.forgetTenants()
	return f, err
}

// putPerson stores who somebody is, with a ledger entry that names nobody.
func (d *Desk) putPerson(ctx context.Context, tx Tx, a loket.Actor, p Person) error {
	if err := tx.PutPerson(ctx, p); err != nil {
		return err
	}
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return tx.Ledger(ctx, LedgerEntry{At: d.Now(), Tenant: p.Tenant, Actor: a.ID, Role: a.Role, Action: "person.set", Outcome: "done", Purpose: p.ID + ": " + strings.Join(p.Roles, " "), Digest: d.Sealer.Index(p.Tenant, "person", string(body))})
}

// PutPerson adds or changes somebody of the actor's own organisation, with roles of its
// protocol. Who sets the desk up may, and the installation.
func (d *Desk) PutPerson(ctx context.Context, a loket.Actor, p Person) error {
	in, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return err
	}
	if !may(a, in, "person.set", 0) {
		d.refusedTo(ctx, a, "", "person.set")
		return errHidden
	}
	p.Tenant, p.ID, p.Name, p.Email = a.Tenant, strings.TrimSpace(p.ID), strings.TrimSpace(p.Name), strings.TrimSpace(p.Email)
	if Reserved(p.ID) || !isName(p.ID) || p.Name == "" {
		return loket.Refuse(loket.Invalid, "Geef een naam en een inlognaam van kleine letters, cijfers en streepjes.", "Give a name and a login of lower-case letters, digits and dashes.")
	}
	if len(p.Roles) == 0 || slices.ContainsFunc(p.Roles, func(id string) bool { r := in.Role(id); return r == nil || r.Side == "reporter" }) {
		return loket.Refuse(loket.Invalid, "Kies minstens één rol van het protocol.", "Choose at least one role of the protocol.")
	}
	if p.ID == a.ID && slices.ContainsFunc(p.Roles, func(id string) bool { return !slices.Contains(a.Roles, id) }) {
		d.refusedTo(ctx, a, "", "person.set")
		return errOwnRole
	}
	phone := d.phoneOf(ctx, a.Tenant, in)
	return d.Store.Write(ctx, func(tx Tx) error {
		if err := d.tellOfRoles(ctx, tx, a, in, phone, p); err != nil {
			return err
		}
		return d.putPerson(ctx, tx, a, p)
	})
}

// errOwnRole: who sets the desk up has no case of their own accord (T12).
var errOwnRole = loket.Refuse(loket.Invalid, "Uzelf een rol geven kan niet. Vraag het een andere beheerder, of wie het systeem beheert.",
	"Giving yourself a role is not possible. Ask another administrator, or who runs the system.")

// tellOfRoles tells who supervises the access, by mail and without a name, that somebody got a
// role: an administrator could make an account to look with. Who it was stands in the ledger.
func (d *Desk) tellOfRoles(ctx context.Context, tx Tx, a loket.Actor, in *protocol.Protocol, phone string, p Person) error {
	before, _, err := tx.Person(ctx, a.Tenant, p.ID)
	if err != nil || !slices.ContainsFunc(p.Roles, func(id string) bool { return !slices.Contains(before.Roles, id) }) {
		return err
	}
	return d.tellSupervisors(ctx, tx, a, in, phone, "roles")
}

// StarterProtocols are the protocols that a new desk can begin with, in order of id.
func (d *Desk) StarterProtocols() []*protocol.Protocol {
	var out []*protocol.Protocol
	for id, p := range d.every() {
		if id == p.About.ID {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b *protocol.Protocol) int { return strings.Compare(a.About.ID, b.About.ID) })
	return out
}
