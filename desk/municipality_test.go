// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"context"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
)

// organisations are the lines of the list of organisations, by short name.
func (b *bench) organisations() map[string]map[string]string {
	out := map[string]map[string]string{}
	for _, e := range b.m.s.books {
		if e.Book == "organisaties" {
			out[e.Values["id"]] = e.Values
		}
	}
	return out
}

// R-I-32: a file with nothing but codes and names is a list of municipalities; a wrong code
// comes back with the right one; what is no municipality is left alone.
func TestMunicipalitiesByCodeAndName(t *testing.T) {
	t.Parallel()
	b := regional(t)
	file := "code,naam\n0193,Zwolle\nGM1773,Olst-Wijhe\n0148,Ommen\n9998,Nergenshuizen\n,Zwolle\n"
	in, err := b.ImportEntries(t.Context(), admin, "organisaties", strings.NewReader(file))
	if err != nil || in.Added != 2 || len(in.Rejected) != 3 {
		t.Fatalf("%+v, %v", in, err)
	}
	if said := in.Rejected[0].Faults[0]; in.Rejected[0].Row != 4 || said.Column != "code" || !strings.Contains(said.Say.NL, "Dalfsen") || !strings.Contains(said.Cure.NL, "0175") {
		t.Errorf("the wrong code: %+v", in.Rejected[0])
	}
	got := b.organisations()
	if v := got["zwolle"]; v["code"] != "0193" || v["kind"] != "municipality" || v["name"] != "Zwolle" {
		t.Errorf("Zwolle is %v", v)
	}
	if v := got["olst-wijhe"]; v["code"] != "1773" {
		t.Errorf("Olst-Wijhe is %v", v)
	}
	for id, c := range map[string]struct{ kind, name, code string }{"raalte": {"gemeente", "Raalte", "0177"}, "school": {"school", "Zwolle", ""}, "dorp": {"municipality", "Verzonnen", ""}} {
		if _, err := b.PutEntry(t.Context(), admin, "organisaties", desk.EntryChange{Values: map[string]string{"id": id, "name": c.name, "kind": c.kind}}); err != nil {
			t.Fatal(id, err)
		}
		if v := b.organisations()[id]; v["code"] != c.code {
			t.Errorf("%s has code %q, want %q", id, v["code"], c.code)
		}
	}
}

// R-I-32, D-55: a new desk of a municipality that is chosen by name begins with its code.
func TestFoundingFillsInTheCode(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ kind, code string }{"Gemeente Steenwijkerland": {"municipality", "1708"}, "Steenwijkerland": {"purchasing_region", ""}, "Gemeente Nergens": {"municipality", ""}} {
		b := start(t)
		code, err := b.Invite(context.Background(), loket.System(""))
		if err != nil {
			t.Fatal(err)
		}
		_, err = b.Found(t.Context(), desk.Founding{Code: code, Tenant: desk.Tenant{ID: "west", Name: name, Kind: c.kind, Protocol: b.p.About.ID, Host: "west.example.org", Phone: "010 000 00 00"}, Coordinator: desk.Person{ID: "sam", Name: "Sam Voorbeeld", Email: "sam@example.org"}})
		if err != nil {
			t.Fatal(name, err)
		}
		if got := b.organisations()["steenwijkerland"]["code"]; got != c.code {
			t.Errorf("%s begins with code %q, want %q", name, got, c.code)
		}
	}
}
