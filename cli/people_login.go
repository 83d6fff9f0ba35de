// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// personRef names one person on the command line.
type personRef struct {
	place
	Tenant string `env:"LOKET_TENANT" placeholder:"ID" help:"Organisation; needed when there are several."`
	ID     string `arg:"" help:"Short name of the person."`
}

// find opens the house and finds the person in it. The caller closes the house.
func (p *personRef) find(c *console) (*house, desk.Person, error) {
	h, _, err := p.openPlain(c)
	if err != nil {
		return nil, desk.Person{}, err
	}
	tenant, err := h.tenant(c.ctx, p.Tenant)
	if err != nil {
		h.close()
		return nil, desk.Person{}, err
	}
	person, found, err := h.Person(c.ctx, tenant.ID, p.ID)
	if err != nil || !found {
		h.close()
		return nil, desk.Person{}, refuse(err, "Er is niemand met de korte naam %q.", "There is nobody with the short name %q.", p.ID)
	}
	return h, person, nil
}

// personInviteCmd makes an invitation for one person.
type personInviteCmd struct {
	personRef
	BaseURL string `env:"LOKET_BASE_URL" default:"http://127.0.0.1:8080" placeholder:"URL" help:"Address of the pages as readers know it."`
}

// Run implements the command.
func (i *personInviteCmd) Run(c *console) error {
	h, person, err := i.find(c)
	if err != nil {
		return err
	}
	defer h.close()
	return c.invite(h, person.Tenant, person.ID, i.BaseURL)
}

// invite makes an invitation and says where it is used.
func (c *console) invite(h *house, tenant, person, baseURL string) error {
	code, err := h.sessions(false).Invite(c.ctx, loket.System(tenant), person)
	if err != nil {
		return refuse(err, "De uitnodiging kan niet worden opgeslagen.", "The invitation cannot be stored.")
	}
	base, err := h.addressOf(baseURL)(c.ctx, tenant)
	if err != nil {
		return refuse(err, "De database kan niet gelezen worden.", "The database cannot be read.")
	}
	c.say("%s komt binnen op %s/uitnodiging met deze code. Hij werkt één keer en drie dagen: %s", "%s comes in at %s/uitnodiging with this code. It works once, for three days: %s", person, base, code)
	return nil
}

// personLinkCmd says who somebody at a provider is here.
type personLinkCmd struct {
	personRef
	Issuer  string `required:"" placeholder:"URL" help:"Issuer of the provider, exactly as it calls itself."`
	Subject string `required:"" help:"What the provider calls the person (sub). Never a mail address."`
}

// Run implements the command.
func (l *personLinkCmd) Run(c *console) error {
	h, person, err := l.find(c)
	if err != nil {
		return err
	}
	defer h.close()
	added, err := h.store.AddLink(c.ctx, desk.Link{Tenant: person.Tenant, Issuer: l.Issuer, Subject: l.Subject, Person: person.ID, Made: time.Now()})
	if err != nil {
		return refuse(err, "De koppeling kan niet worden opgeslagen.", "The link cannot be stored.")
	}
	if !added {
		return refuse(nil, "Dit kenmerk is al van iemand anders.", "This mark is somebody else's already.")
	}
	h.noteLogin(c.ctx, person.Tenant, person.ID, "login.linked", "done")
	c.say("%s kan inloggen via %s.", "%s can log in through %s.", person.ID, l.Issuer)
	return nil
}

// personForgetSecondCmd takes a second factor away.
type personForgetSecondCmd struct{ personRef }

// Run implements the command.
func (f *personForgetSecondCmd) Run(c *console) error {
	h, person, err := f.find(c)
	if err != nil {
		return err
	}
	defer h.close()
	if err := h.sessions(false).ForgetSecond(c.ctx, person.Tenant, person.ID); err != nil {
		return refuse(err, "De tweede stap kan niet worden weggehaald.", "The second step cannot be taken away.")
	}
	c.say("%s heeft geen tweede stap meer en is uitgelogd.", "%s has no second step any more and was logged out.", person.ID)
	return nil
}
