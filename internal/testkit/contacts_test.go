// SPDX-License-Identifier: EUPL-1.2

package testkit_test

import (
	"cmp"
	"fmt"
	"os"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/testkit"
)

// The lists of an invented region: a municipality with nobody, one with two people, one with
// a mailbox that several share, a contact without a function (R-I-98, R-I-99).
const (
	someOrganisations = "id;name;kind\nrsj;RSJ;purchasing_region\ndalfsen;Dalfsen;municipality\ndeventer;Deventer;municipality\nkampen;Kampen;municipality\nolst_wijhe;Olst-Wijhe;municipality\nommen;Ommen;municipality\nhotel;Hotel;youth_care_provider\n"
	someContacts      = "organisation;name;function;phone;mobile;email;order\ndalfsen;Mila Verzonnen;coördinator toegang;010 000 00 11;;mila.verzonnen@example.org;1\nkampen;Sara Fictie;zorgcoördinator;;06 00 00 00 22;sara.fictie@example.org;2\nkampen;Daan Bedacht;teamleider;;06 00 00 00 21;daan.bedacht@example.org;1\nolst_wijhe;Team jeugd;;010 000 00 14;;team.jeugd@example.org;1\nommen;Bram Nepnaam;;;06 00 00 00 15;;1\n"
)

func overview(t *testing.T, k *testkit.Kit, a loket.Actor) string {
	t.Helper()
	o, err := k.Desk.ContactOverview(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	out.WriteString("# Overzicht contactpersonen (DOC-56)\n\n- Gemaakt door: Loket, uit de lijst Contacten\n- Alleen voor wie in de regio inlogt\n- Bron: bijlage 1, regel 462-492\n\n")
	out.WriteString("| Gemeente | Naam | Functie | Telefoonnummer | Mobiel | E-mailadres |\n|---|---|---|---|---|---|\n")
	for _, g := range o.Groups {
		if len(g.Contacts) == 0 {
			g.Contacts = []desk.Contact{{Name: "*Nog niemand*"}}
		}
		for _, c := range g.Contacts {
			fmt.Fprintf(&out, "| %s | %s | %s | %s | %s | %s |\n", g.Organisation, c.Name, cmp.Or(c.Function, "–"), cmp.Or(c.Phone, "–"), cmp.Or(c.Mobile, "–"), cmp.Or(c.Email, "–"))
		}
	}
	return out.String()
}

// DOC-56 R-I-97 R-I-98 R-I-99 R-I-100: the overview has the columns of the appendix, every
// municipality and no provider without contact, in order; who may not read contacts gets none.
func TestContactOverview(t *testing.T) {
	t.Parallel()
	k, as := pressDesk(t)
	admin := as("admin")
	for _, list := range [][2]string{{"organisaties", someOrganisations}, {"contacten", someContacts}} { // contacts name organisations
		if got, err := k.Desk.ImportEntries(t.Context(), admin, list[0], strings.NewReader(list[1])); err != nil || len(got.Rejected) > 0 {
			t.Fatalf("%+v %v", got, err)
		}
	}
	const file = "../../protocols/ijsselland/specimens/DOC-56-contact_overview.md"
	made := overview(t, k, as("adviser"))
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, []byte(made), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if kept, err := os.ReadFile(file); err != nil || string(kept) != made {
		t.Errorf("the specimen is not what the desk makes: UPDATE=1 go test ./internal/testkit -run ContactOverview (%v)\n%s", err, made)
	}
	if _, err := k.Desk.ContactOverview(t.Context(), as("director")); loket.ErrorCode(err) != loket.NotFound {
		t.Errorf("a provider reads the contacts: %v", err)
	}
	elsewhere := as("adviser")
	elsewhere.Tenant = "elders"
	if _, err := k.Desk.ContactOverview(t.Context(), elsewhere); err == nil {
		t.Error("another region reads the contacts")
	}
	if !strings.Contains(made, "| Deventer | *Nog niemand* |") || strings.Contains(made, "Hotel") || strings.Index(made, "Daan") > strings.Index(made, "Sara") {
		t.Errorf("control:\n%s", made)
	}
}
