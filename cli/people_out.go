// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"errors"

	"example.org/loket/desk"
)

// personOutCmd ends sessions: of one person, or of everybody when something went wrong and
// nobody knows yet with whom (ASVS 7.4.5). Nobody is kept from logging in again.
type personOutCmd struct {
	place
	Tenant    string `env:"LOKET_TENANT" placeholder:"ID" help:"Organisation; needed when there are several."`
	Everybody bool   `help:"Everybody of this organisation."`
	ID        string `arg:"" optional:"" help:"Short name of the person."`
}

// Run implements the command.
func (o *personOutCmd) Run(c *console) error {
	if o.Everybody == (o.ID != "") {
		return refuse(nil, "Noem één persoon, of kies --everybody.", "Name one person, or choose --everybody.")
	}
	h, _, err := o.openPlain(c)
	if err != nil {
		return err
	}
	defer h.close()
	tenant, err := h.tenant(c.ctx, o.Tenant)
	if err != nil {
		return err
	}
	people, err := h.desk.People(c.ctx, tenant.ID)
	if err != nil {
		return refuse(err, "De database kan niet gelezen worden.", "The database cannot be read.")
	}
	out, faults := 0, []error(nil)
	for _, p := range people {
		if o.Everybody || p.ID == o.ID {
			out++
			faults = append(faults, h.out(c, p))
		}
	}
	switch err := errors.Join(faults...); {
	case err != nil:
		return refuse(err, "Niet iedereen kon worden uitgelogd.", "Not everybody could be logged out.")
	case out == 0:
		return refuse(nil, "Er is niemand met de korte naam %q.", "There is nobody with the short name %q.", o.ID)
	}
	c.say("Uitgelogd: %d. Opnieuw inloggen kan.", "Logged out: %d. They can log in again.", out)
	return nil
}

// out ends the sessions of one person, and says so in the ledger.
func (h *house) out(c *console, p desk.Person) error {
	if err := h.store.EndSessions(c.ctx, p.Tenant, p.ID); err != nil {
		return err
	}
	h.noteLogin(c.ctx, p.Tenant, p.ID, "login.sessions_ended", "done")
	return nil
}
