// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"context"
	"crypto/rand"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// deskInviteCmd makes an invitation to set up a desk in the browser.
type deskInviteCmd struct {
	place
	BaseURL string `env:"LOKET_BASE_URL" default:"http://127.0.0.1:8080" placeholder:"URL" help:"Address of the pages as readers know it."`
}

// Run implements the command.
func (d *deskInviteCmd) Run(c *console) error {
	h, _, err := d.openPlain(c)
	if err != nil {
		return err
	}
	defer h.close()
	return h.invite(c, d.BaseURL)
}

// invite prints where a desk can be set up, and the code for it.
func (h *house) invite(c *console, base string) error {
	code, err := h.desk.Invite(c.ctx, loket.System(""))
	if err != nil {
		return c.unsaved(err, "De uitnodiging kan niet worden opgeslagen.", "The invitation cannot be stored.")
	}
	c.say("Richt een loket in op %s/nieuw-loket met deze code. Hij werkt één keer en één dag: %s", "Set up a desk at %s/nieuw-loket with this code. It works once, for one day: %s", base, code)
	return nil
}

// founder implements web.Founder: the desk makes organisation and person, the account lies
// with the logins.
type founder struct {
	house *house
	base  string // address of the installation
}

// Starters implements web.Founder.
func (f founder) Starters() []*protocol.Protocol { return f.house.desk.StarterProtocols() }

// Found implements web.Founder. The account goes first: it opens nothing until the person
// is there.
func (f founder) Found(ctx context.Context, wish desk.Founding) (made desk.Founding, address, password string, err error) {
	if made, err = f.house.desk.CheckFounding(ctx, wish); err != nil {
		return made, "", "", err
	}
	if password, err = f.account(ctx, made.Tenant.ID, made.Coordinator.ID); err != nil {
		return made, "", "", err
	}
	made, err = f.house.desk.Found(ctx, wish)
	address = f.base
	if made.Tenant.Host != "" {
		address = desk.WithHost(f.base, made.Tenant.Host)
	}
	return made, address, password, err
}

// PutPerson implements web.Founder.
func (f founder) PutPerson(ctx context.Context, by loket.Actor, p desk.Person) error {
	return f.house.desk.PutPerson(ctx, by, p)
}

// account gives the first person of a desk a password.
func (f founder) account(ctx context.Context, tenant, person string) (string, error) {
	password := rand.Text()
	hash, err := passwords.Hash(ctx, password)
	if err != nil {
		return "", err
	}
	a, _, err := f.house.store.Account(ctx, tenant, person)
	if err != nil {
		return "", err
	}
	a.Tenant, a.Login, a.Person, a.Hash = tenant, person, person, hash
	return password, f.house.store.PutAccount(ctx, a)
}
