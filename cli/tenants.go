// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"context"
	"io/fs"
	"net/url"
	"os"
	"slices"

	"example.org/loket/desk"
	"example.org/loket/web"
)

// front knows which desk answers at which host. first is the tenant at the bare address:
// that of the installation (base) and of the machine (addr).
func (h *house) front(first, base, addr string) desk.Front {
	f := desk.Front{Desk: h.desk, First: first, Bare: []string{desk.HostOf(addr)}}
	if u, err := url.Parse(base); err == nil {
		f.Bare = append(f.Bare, desk.HostOf(u.Host))
	}
	return f
}

// ready checks that every desk here can work: its protocol is installed.
func (h *house) ready(ctx context.Context, first string) ([]desk.Tenant, error) {
	all, err := h.desk.Tenants(ctx)
	if err != nil {
		return nil, refuse(err, "De database kan niet gelezen worden.", "The database cannot be read.")
	}
	for _, t := range all {
		if _, err := h.desk.Protocol(ctx, t.ID); err != nil {
			return nil, refuse(nil, "Het protocol %s van %s is hier niet geïnstalleerd. Geef de map met --protocols.",
				"The protocol %s of %s is not installed here. Give its folder with --protocols.", protocolName(t), t.ID)
		}
	}
	if first != "" && !slices.ContainsFunc(all, func(t desk.Tenant) bool { return t.ID == first }) {
		return nil, refuse(nil, "Er is geen organisatie %q.", "There is no organisation %q.", first)
	}
	return all, nil
}

func protocolName(t desk.Tenant) string {
	if t.Version != "" {
		return t.Protocol + "@" + t.Version
	}
	return t.Protocol
}

func (h *house) noTenant() error {
	return refuse(nil, "Er is nog geen organisatie. Typ eerst: loket desk set --data %s --id ID --name NAAM --protocol PROTOCOL",
		"There is no organisation yet. First type: loket desk set --data %s --id ID --name NAME --protocol PROTOCOL", h.Data)
}

// looks opens the folder of token files and refuses one that does more than set tokens.
func looks(folder string) (fs.FS, error) {
	if folder == "" {
		return nil, nil
	}
	files := os.DirFS(folder)
	if err := web.CheckThemes(files); err != nil {
		return nil, refuse(err, "Een huisstijl in %s kan niet gebruikt worden.", "A theme in %s cannot be used.", folder)
	}
	return files, nil
}

// listDesks prints where each desk is found: the bare address for the first, its own host
// for each that has one.
func (c *console) listDesks(all []desk.Tenant, first, address string) {
	for i, t := range all {
		if t.ID == first || first == "" && i == 0 {
			c.say("Het loket van %s staat open op %s", "The desk of %s is open at %s", t.Name, address)
		}
		if t.Host != "" {
			c.say("Het loket van %s staat open op %s", "The desk of %s is open at %s", t.Name, desk.WithHost(address, t.Host))
		}
	}
}
