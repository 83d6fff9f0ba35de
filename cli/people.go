// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"bufio"
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/identity"
)

// deskCmd is about the organisation.
type deskCmd struct {
	Set    deskSetCmd    `cmd:"" help:"Make or change an organisation."`
	Invite deskInviteCmd `cmd:"" help:"Make a code to set up an organisation in the browser."`
}

// deskSetCmd makes or changes an organisation. What is not given stays as it was.
type deskSetCmd struct {
	place
	ID       string `required:"" aliases:"tenant" help:"Short name, for example voorbeeldstad."`
	Name     string `help:"Name as readers see it."`
	Kind     string `enum:"municipality,purchasing_region," default:"" help:"municipality or purchasing_region."`
	Protocol string `help:"Id of the protocol in force."`
	Version  string `name:"protocol-version" help:"Version of the protocol; default: the one that is installed."`
	Host     string `placeholder:"NAME" help:"Host name where this desk answers, for example loket.voorbeeldstad.example."`
	Phone    string `help:"Phone number of the desk."`
	Email    string `help:"Mail address of the desk."`
	Privacy  string `placeholder:"URL" help:"Address (https) of its privacy statement; none: the page of the desk itself."`
	Second   string `name:"second-factor" enum:"deep,all,installation," default:"" help:"Who must show a second factor here, beside whom the installation asks: deep, all, or installation: nobody else."`
	Theme    string `help:"Token file of its looks: the name of a file in --themes, without .css."`

	Protocols []string `env:"LOKET_PROTOCOLS" placeholder:"DIR" help:"Further protocol folders."`
}

// Run implements the command.
func (d *deskSetCmd) Run(c *console) error {
	h, known, err := d.openPlain(c, d.Protocols...)
	if err != nil {
		return err
	}
	defer h.close()
	t, err := h.desk.Tenant(c.ctx, d.ID)
	if err != nil && loket.ErrorCode(err) != loket.NotFound {
		return refuse(err, "De database kan niet gelezen worden.", "The database cannot be read.")
	}
	t = d.over(t)
	if d.Privacy == "none" {
		t.Privacy = ""
	}
	if d.Second == "installation" {
		t.SecondFactor = ""
	}
	if t.Protocol == "" || t.Name == "" {
		return refuse(nil, "Geef een nieuwe organisatie een naam (--name) en een protocol (--protocol).", "Give a new organisation a name (--name) and a protocol (--protocol).")
	}
	if known[t.Protocol] == nil {
		return refuse(nil, "Het protocol %q komt niet mee met dit programma.", "The protocol %q does not come with this program.", t.Protocol)
	}
	if err := h.desk.PutTenant(c.ctx, loket.System(t.ID), t); err != nil {
		return c.unsaved(err, "De organisatie kan niet worden opgeslagen.", "The organisation cannot be stored.")
	}
	c.say("Organisatie %s staat klaar. Nu de mensen: loket person set --data %s --help", "Organisation %s is ready. Now the people: loket person set --data %s --help", d.ID, d.Data)
	return nil
}

// over puts what was given over what is known.
func (d *deskSetCmd) over(t desk.Tenant) desk.Tenant {
	if d.Protocol != "" {
		t.Version = "" // a version belongs to its protocol
	}
	return desk.Tenant{ID: d.ID, Name: cmp.Or(d.Name, t.Name), Kind: cmp.Or(d.Kind, t.Kind), Protocol: cmp.Or(d.Protocol, t.Protocol), Version: cmp.Or(d.Version, t.Version),
		Host: cmp.Or(d.Host, t.Host), Phone: cmp.Or(d.Phone, t.Phone), Email: cmp.Or(d.Email, t.Email), Theme: cmp.Or(d.Theme, t.Theme),
		Privacy: cmp.Or(d.Privacy, t.Privacy), SecondFactor: cmp.Or(d.Second, t.SecondFactor)}
}

// unsaved passes on what the desk said to its reader, or else says what went wrong here.
func (c *console) unsaved(err error, nl, en string) error {
	if said, ok := errors.AsType[*loket.Error](err); ok {
		return &fault{nl: said.Message.NL, en: said.Message.EN}
	}
	return &fault{nl: nl, en: en, cause: err}
}

// openPlain opens a house that sends no mail, for the commands that change settings.
func (p *place) openPlain(c *console, folders ...string) (*house, desk.Protocols, error) {
	known, err := inForce(folders)
	if err != nil {
		return nil, nil, err
	}
	h, err := open(c.ctx, parts{place: *p, sender: noMail{}, clock: wall{}, rand: randomIDs(), protocols: known})
	return h, known, err
}

// personCmd is about people.
type personCmd struct {
	Set   personSetCmd   `cmd:"" help:"Add or change somebody."`
	List  personListCmd  `cmd:"" help:"List everybody."`
	Block personBlockCmd `cmd:"" help:"Keep somebody out, at once."`

	Out personOutCmd `cmd:"" help:"End the sessions of somebody, or of everybody; they can log in again."`

	Review personReviewCmd `cmd:"" help:"Who may what, and came in when: CSV for the yearly review of rights."`

	Invite       personInviteCmd       `cmd:"" help:"Make a code with which somebody sets a password or links a login."`
	Link         personLinkCmd         `cmd:"" help:"Say who somebody at a login provider is here."`
	ForgetSecond personForgetSecondCmd `cmd:"" help:"Take away somebody's second factor: telephone and codes are lost."`
}

// personSetCmd adds or changes somebody.
type personSetCmd struct {
	place
	Tenant       string   `env:"LOKET_TENANT" placeholder:"ID" help:"Organisation; needed when there are several."`
	ID           string   `required:"" help:"Short name, unique; never shown to outsiders."`
	Name         string   `required:"" help:"Name as colleagues see it."`
	Email        string   `help:"Mail address for notices."`
	Role         []string `required:"" help:"Roles of the protocol; the first is the one shown."`
	Organisation string   `help:"Organisation this person speaks for, when not the desk's own."`
	Login        string   `help:"Name to log in with. Without one there is no account."`
	Password     string   `enum:"invite,make,read," default:"invite" help:"invite: print a code with which the person chooses one, once, within three days; make: make one that stays and print it, to try things out; read: read one line from standard input."`
	BaseURL      string   `env:"LOKET_BASE_URL" default:"http://127.0.0.1:8080" placeholder:"URL" help:"Address of the pages as readers know it."`
	Protocols    []string `env:"LOKET_PROTOCOLS" placeholder:"DIR" help:"Further protocol folders."`
}

// Run implements the command.
func (s *personSetCmd) Run(c *console) error {
	h, known, err := s.openPlain(c, s.Protocols...)
	if err != nil {
		return err
	}
	defer h.close()
	tenant, err := h.tenant(c.ctx, s.Tenant)
	if err != nil {
		return err
	}
	p := known[tenant.Protocol]
	if p == nil {
		return refuse(nil, "Het protocol %q van %s zit niet in het programma. Geef zijn map met --protocols.", "The protocol %q of %s does not come with the program. Give its folder with --protocols.", tenant.Protocol, tenant.ID)
	}
	for _, role := range s.Role {
		if p.Role(role) == nil {
			return refuse(nil, "De rol %q staat niet in het protocol %s. Typ: loket protocol show %[2]s", "The role %q is not in the protocol %s. Type: loket protocol show %[2]s", role, tenant.Protocol)
		}
	}
	if desk.Reserved(s.ID) {
		return refuse(nil, "De naam %q gebruikt het loket zelf. Kies een andere.", "The desk itself uses the name %q. Choose another.", s.ID)
	}
	person := desk.Person{ID: s.ID, Tenant: tenant.ID, Name: s.Name, Email: s.Email, Roles: s.Role, Organisation: s.Organisation}
	if err := h.store.Write(c.ctx, func(tx desk.Tx) error { return tx.PutPerson(c.ctx, person) }); err != nil {
		return refuse(err, "Deze persoon kan niet worden opgeslagen.", "This person cannot be stored.")
	}
	if s.Login == "" {
		c.say("%s is opgeslagen, zonder account.", "%s is stored, without an account.", s.ID)
		return nil
	}
	return s.account(c, h, tenant.ID)
}

// account gives the person a way to log in, and ends the sessions that are open. Whoever has
// an account keeps its password, unless another is made or read.
func (s *personSetCmd) account(c *console, h *house, tenant string) error {
	if s.Password == "invite" {
		return s.invite(c, h, tenant)
	}
	password, err := s.password(c.in, h.called(c.ctx, tenant))
	if err != nil {
		return c.unsaved(err, "Het wachtwoord kan niet gelezen worden.", "The password cannot be read.")
	}
	if err := h.putAccount(c, tenant, s.Login, s.ID, password); err != nil {
		return err
	}
	if err := h.store.EndSessions(c.ctx, tenant, s.ID); err != nil {
		return refuse(err, "De open sessies kunnen niet worden beëindigd.", "The open sessions cannot be ended.")
	}
	if s.Password == "read" {
		c.say("%s kan inloggen.", "%s can log in.", s.ID)
		return nil
	}
	c.say("%s kan inloggen met dit wachtwoord. Het wordt niet nog eens getoond: %s", "%s can log in with this password. It is not shown again: %s", s.ID, password)
	return nil
}

// invite makes an account that nothing opens yet, and a code with which its person chooses a
// password: what an administrator hands out is no password (ASVS 6.4.1).
func (s *personSetCmd) invite(c *console, h *house, tenant string) error {
	login := strings.ToLower(strings.TrimSpace(s.Login))
	account, known, err := h.store.Account(c.ctx, tenant, login)
	if err != nil {
		return refuse(err, "Het account kan niet gelezen worden.", "The account cannot be read.")
	}
	if !known || account.Person != s.ID {
		account = desk.Account{Tenant: tenant, Login: login, Person: s.ID}
	}
	account.Blocked = false
	if err := h.store.PutAccount(c.ctx, account); err != nil {
		return refuse(err, "Het account kan niet worden opgeslagen.", "The account cannot be stored.")
	}
	if err := h.store.EndSessions(c.ctx, tenant, s.ID); err != nil {
		return refuse(err, "De open sessies kunnen niet worden beëindigd.", "The open sessions cannot be ended.")
	}
	if account.Hash != "" {
		c.say("%s kan inloggen met het eigen wachtwoord.", "%s can log in with the password of before.", s.ID)
		return nil
	}
	return c.invite(h, tenant, s.ID, s.BaseURL)
}

// password makes one, or reads one that is good enough for the browser too.
func (s *personSetCmd) password(in io.Reader, organisation string) (string, error) {
	if s.Password != "read" {
		return rand.Text(), nil
	}
	line, err := bufio.NewReader(in).ReadString('\n')
	line = strings.TrimRight(line, "\r\n")
	if err != nil && line == "" {
		return "", err
	}
	return line, identity.NewPassword(line, s.Login, s.ID, s.Name, s.Organisation, organisation)
}

// called is the name of an organisation; empty when it cannot be found.
func (h *house) called(ctx context.Context, tenant string) string {
	t, err := h.desk.Tenant(ctx, tenant)
	if err != nil {
		return ""
	}
	return t.Name
}

func (h *house) putAccount(c *console, tenant, login, person, password string) error {
	hash, err := passwords.Hash(c.ctx, password)
	if err != nil {
		return err
	}
	account := desk.Account{Tenant: tenant, Login: strings.ToLower(strings.TrimSpace(login)), Person: person, Hash: hash}
	if err := h.store.PutAccount(c.ctx, account); err != nil {
		return refuse(err, "Het account kan niet worden opgeslagen.", "The account cannot be stored.")
	}
	return nil
}

// personListCmd lists everybody.
type personListCmd struct {
	place
	Tenant string `env:"LOKET_TENANT" placeholder:"ID" help:"Organisation; needed when there are several."`
}

// Run implements the command.
func (l *personListCmd) Run(c *console) error {
	h, _, err := l.openPlain(c)
	if err != nil {
		return err
	}
	defer h.close()
	tenant, err := h.tenant(c.ctx, l.Tenant)
	if err != nil {
		return err
	}
	people, err := h.desk.People(c.ctx, tenant.ID)
	if err != nil {
		return refuse(err, "De mensen kunnen niet gelezen worden.", "The people cannot be read.")
	}
	for _, p := range people {
		fmt.Fprintf(c.out, "%-20s %-30s %s\n", p.ID, p.Name, strings.Join(p.Roles, ", "))
	}
	return nil
}

// personBlockCmd keeps somebody out.
type personBlockCmd struct {
	place
	Tenant string `env:"LOKET_TENANT" placeholder:"ID" help:"Organisation; needed when there are several."`
	Login  string `arg:"" help:"Name the person logs in with."`
}

// Run implements the command.
func (b *personBlockCmd) Run(c *console) error {
	h, _, err := b.openPlain(c)
	if err != nil {
		return err
	}
	defer h.close()
	tenant, err := h.tenant(c.ctx, b.Tenant)
	if err != nil {
		return err
	}
	account, found, err := h.store.Account(c.ctx, tenant.ID, strings.ToLower(b.Login))
	if person, known, fault := h.Person(c.ctx, tenant.ID, b.Login); err == nil && !found && known && fault == nil { // comes in through a provider
		account, found = desk.Account{Tenant: tenant.ID, Login: strings.ToLower(person.ID), Person: person.ID}, true
	}
	if err != nil || !found {
		return refuse(err, "Er is geen account %q.", "There is no account %q.", b.Login)
	}
	account.Blocked = true
	steps := []error{h.store.PutAccount(c.ctx, account), h.store.EndSessions(c.ctx, tenant.ID, account.Person)}
	if i := slices.IndexFunc(steps, func(err error) bool { return err != nil }); i >= 0 {
		return refuse(steps[i], "Dit account kan niet worden geblokkeerd.", "This account cannot be blocked.")
	}
	c.say("%s kan niet meer inloggen en is uitgelogd.", "%s can no longer log in and was logged out.", b.Login)
	return nil
}
