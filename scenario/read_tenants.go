// SPDX-License-Identifier: EUPL-1.2

package scenario

import "strings"

// checkTenants finds what is wrong with whose desk the story plays at: no tenant or twice,
// and people, lists or canaries of none.
func (d *decoder) checkTenants(s *Story, at faultAt) {
	const example = "Schrijf bijvoorbeeld: protocol: voorbeeldstad, of bij twee organisaties: tenants: {stad: {protocol: voorbeeldstad}, streek: {protocol: voorbeeldstreek}}"
	switch {
	case s.Protocol == "" && len(s.Tenants) == 0:
		at(1, example, "Er staat niet onder welk protocol dit verhaal speelt.")
	case s.Protocol != "" && len(s.Tenants) > 0:
		at(1, "Zet het protocol bij elke tenant en haal de regel protocol: weg.", "Dit verhaal heeft protocol en tenants; het is een van de twee.")
	}
	for _, id := range sortedKeys(s.Tenants) {
		t := s.Tenants[id]
		if t.Protocol == "" {
			at(t.Line, "Schrijf bijvoorbeeld: "+id+": {protocol: voorbeeldstad}", "De tenant %q heeft geen protocol.", id)
		}
		if strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" || id == "" || id[0] == '-' || len(id) > 40 {
			at(t.Line, "Gebruik kleine letters, cijfers en streepjes, bijvoorbeeld: stad.", "%q kan geen naam van een tenant zijn.", id)
		}
	}
	for _, alias := range sortedKeys(s.People) {
		who := s.People[alias]
		if who.Tenant == "" && len(s.Tenants) > 1 {
			at(who.Line, "Schrijf erbij: tenant: "+strings.Join(sortedKeys(s.Tenants), " of tenant: "), "Er staat niet bij welke tenant %q hoort.", alias)
		}
		d.checkTenant(s, who.Line, who.Tenant, at)
	}
	for _, b := range s.Books {
		if b.Tenant == "" && len(s.Tenants) > 1 {
			at(b.Line, "Schrijf erbij: tenant: "+strings.Join(sortedKeys(s.Tenants), " of tenant: "), "Er staat niet van welke tenant de lijst %q is.", b.Book)
		}
		d.checkTenant(s, b.Line, b.Tenant, at)
	}
	for _, c := range s.Canaries {
		d.checkTenant(s, c.Line, c.Tenant, at)
	}
}

func (d *decoder) checkTenant(s *Story, line int, tenant string, at faultAt) {
	if _, ok := s.Tenants[tenant]; tenant != "" && !ok {
		cure := meant(tenant, s.Tenants)
		if len(s.Tenants) == 0 {
			cure = "Zet bovenaan: tenants: {" + tenant + ": {protocol: …}}, in plaats van protocol:."
		}
		at(line, cure, "De tenant %q staat niet onder tenants.", tenant)
	}
}
