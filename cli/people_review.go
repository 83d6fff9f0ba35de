// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"encoding/csv"
	"slices"
	"strings"
	"time"

	"example.org/loket/desk"
	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// personReviewCmd writes who may what, for the yearly review of rights: a line for each role
// of each person, and whether there is a way in (BIO2; T6 of the threat model).
type personReviewCmd struct {
	place
	Tenant string `env:"LOKET_TENANT" placeholder:"ID" help:"Organisation; needed when there are several."`

	Protocols []string `env:"LOKET_PROTOCOLS" placeholder:"DIR" help:"Further protocol folders."`
}

// Run implements the command.
func (r *personReviewCmd) Run(c *console) error {
	h, _, err := r.openPlain(c, r.Protocols...)
	if err != nil {
		return err
	}
	defer h.close()
	tenant, err := h.tenant(c.ctx, r.Tenant)
	if err != nil {
		return err
	}
	lines, err := h.review(c, tenant)
	if err == nil {
		err = c.reviewed(lines)
	}
	if err != nil {
		return refuse(err, "De rechten kunnen niet gelezen worden.", "The rights cannot be read.")
	}
	return nil
}

// reviewed writes the lines as CSV with semicolons, as spreadsheets here read it.
func (c *console) reviewed(lines [][]string) error {
	out := csv.NewWriter(c.out)
	out.Comma = ';'
	heads := locale.Pick(c.lang, "persoon;naam;organisatie;rol;mag;ziet;opent;toegang;tweede stap;laatst ingelogd;laatst vanaf",
		"person;name;organisation;role;may;sees;opens;way in;second step;last login;last from")
	if err := out.WriteAll(append([][]string{strings.Split(heads, ";")}, lines...)); err != nil {
		return err
	}
	return out.Error()
}

func (h *house) review(c *console, tenant desk.Tenant) ([][]string, error) {
	p, err := h.desk.Protocol(c.ctx, tenant.ID)
	if err != nil {
		return nil, err
	}
	people, err := h.desk.People(c.ctx, tenant.ID)
	if err != nil {
		return nil, err
	}
	last, err := h.store.LastLogins(c.ctx, tenant.ID)
	if err != nil {
		return nil, err
	}
	from, err := h.store.LastFrom(c.ctx, tenant.ID)
	if err != nil {
		return nil, err
	}
	var lines [][]string
	for _, who := range people {
		way, second, err := h.wayIn(c, who)
		if err != nil {
			return nil, err
		}
		at, err := h.desk.Whereabouts(c.ctx, tenant.ID, from[who.ID])
		if err != nil {
			return nil, err
		}
		for _, role := range who.Roles {
			lines = append(lines, slices.Concat([]string{who.ID, desk.Harmless(who.Name), desk.Harmless(who.Organisation)}, c.rights(p, role), []string{way, second, day(last[who.ID], p), desk.Harmless(strings.Trim(at.Network+" "+at.Device, " "))}))
		}
	}
	return lines, nil
}

// rights are what a role may by the protocol; a role that it does not have gives none.
func (c *console) rights(p *protocol.Protocol, id string) []string {
	role := p.Role(id)
	if role == nil {
		return []string{id + " " + locale.Pick(c.lang, "(niet in het protocol)", "(not in the protocol)"), "", "", ""}
	}
	return []string{locale.Pick(c.lang, role.Title.NL, role.Title.EN), strings.Join(role.May, " "), string(role.Sees), string(role.Opens)}
}

// wayIn tells how somebody comes in, and whether a second step is asked.
func (h *house) wayIn(c *console, who desk.Person) (way, second string, err error) {
	accounts, err := h.store.AccountsOf(c.ctx, who.Tenant, who.ID)
	if err != nil {
		return "", "", err
	}
	links, err := h.store.LinksOf(c.ctx, who.Tenant, who.ID)
	if err != nil {
		return "", "", err
	}
	keys, err := h.store.PasskeysOf(c.ctx, who.Tenant, who.ID)
	if err != nil {
		return "", "", err
	}
	_, has, err := h.store.Factor(c.ctx, who.Tenant, who.ID)
	var ways []string
	for words, there := range map[string]bool{locale.Pick(c.lang, "wachtwoord", "password"): len(accounts) > 0, locale.Pick(c.lang, "via organisatie", "by organisation"): len(links) > 0, "passkey": len(keys) > 0} {
		if there {
			ways = append(ways, words)
		}
	}
	slices.Sort(ways)
	way = strings.Join(ways, ", ")
	if slices.ContainsFunc(accounts, func(a desk.Account) bool { return a.Blocked }) {
		way = locale.Pick(c.lang, "geblokkeerd", "blocked")
	}
	return way, map[bool]string{true: locale.Pick(c.lang, "ja", "yes"), false: locale.Pick(c.lang, "nee", "no")}[has], err
}

// day is a date as spreadsheets read it; empty for never.
func day(at time.Time, p *protocol.Protocol) string {
	if at.IsZero() {
		return ""
	}
	return at.In(p.Location()).Format(time.DateOnly)
}
