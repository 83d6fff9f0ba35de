// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/locale"
)

// keyCmd is about the keys of machines. `loket keys` is about those that seal.
type keyCmd struct {
	Make keyMakeCmd `cmd:"" help:"Make a key for a machine; it is printed once."`
	List keyListCmd `cmd:"" help:"List the keys of machines."`
	End  keyEndCmd  `cmd:"" help:"Revoke a key, at once."`
}

// keyPlace is whose keys these are.
type keyPlace struct {
	place
	Tenant string `env:"LOKET_TENANT" placeholder:"ID" help:"Organisation whose desk it is; needed when there are several."`
}

// find opens the house and finds the organisation. The caller closes the house.
func (k *keyPlace) find(c *console) (*house, loket.Actor, error) {
	h, _, err := k.openPlain(c)
	if err != nil {
		return nil, loket.Actor{}, err
	}
	tenant, err := h.tenant(c.ctx, k.Tenant)
	if err != nil {
		h.close()
		return nil, loket.Actor{}, err
	}
	return h, loket.System(tenant.ID), nil
}

// keyMakeCmd makes a key.
type keyMakeCmd struct {
	keyPlace
	Title        string   `required:"" help:"Name of the system that it goes into."`
	Organisation string   `help:"Provider that it reports for; default: the desk itself."`
	Opens        []string `enum:"report,register" default:"report" help:"report: send reports and ask how they stand; register: read the register, of the desk itself only."`
	Days         int      `default:"365" help:"How many days it is valid: 365 at most."`
}

// Run implements the command.
func (m *keyMakeCmd) Run(c *console) error {
	h, by, err := m.find(c)
	if err != nil {
		return err
	}
	defer h.close()
	wish := desk.Machine{Title: m.Title, Organisation: m.Organisation, Scopes: m.Opens, Expires: h.clock.Now().Add(time.Duration(m.Days) * 24 * time.Hour)}
	made, token, err := h.desk.MakeMachine(c.ctx, by, wish)
	if err != nil {
		return c.unsaved(err, "De sleutel kan niet worden opgeslagen.", "The key cannot be stored.")
	}
	c.say("Sleutel %s, geldig tot %s. Hij wordt niet nog eens getoond: %s", "Key %s, valid until %s. It is not shown again: %s", made.ID, made.Expires.Format(time.DateOnly), token)
	return nil
}

// keyListCmd lists keys.
type keyListCmd struct{ keyPlace }

// Run implements the command.
func (l *keyListCmd) Run(c *console) error {
	h, by, err := l.find(c)
	if err != nil {
		return err
	}
	defer h.close()
	all, err := h.desk.Machines(c.ctx, by)
	if err != nil {
		return c.unsaved(err, "De sleutels kunnen niet gelezen worden.", "The keys cannot be read.")
	}
	for _, m := range all {
		fmt.Fprintf(c.out, "%-26s %-30s %-24s %-16s "+locale.Pick(c.lang, "tot %s ingetrokken %s gebruikt %s\n", "until %s revoked %s used %s\n"), m.ID, m.Title, cmp.Or(m.Organisation, "-"), strings.Join(m.Scopes, ","), dayOrNone(m.Expires), dayOrNone(m.Ended), dayOrNone(m.Used))
	}
	return nil
}

func dayOrNone(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Format(time.DateOnly)
}

// keyEndCmd revokes a key.
type keyEndCmd struct {
	keyPlace
	ID string `arg:"" help:"The key, as the list names it."`
}

// Run implements the command.
func (e *keyEndCmd) Run(c *console) error {
	h, by, err := e.find(c)
	if err != nil {
		return err
	}
	defer h.close()
	if err := h.desk.EndMachine(c.ctx, by, e.ID); err != nil {
		if loket.ErrorCode(err) == loket.NotFound {
			return refuse(nil, "Er is geen sleutel %q.", "There is no key %q.", e.ID)
		}
		return c.unsaved(err, "De sleutel kan niet worden ingetrokken.", "The key cannot be revoked.")
	}
	c.say("De sleutel %s opent niets meer.", "The key %s opens nothing any more.", e.ID)
	return nil
}
