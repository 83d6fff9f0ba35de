// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"context"
	"errors"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
)

type listed []desk.Tenant

func (l listed) Tenants(context.Context) ([]desk.Tenant, error) {
	if l == nil {
		return nil, errors.New("no database")
	}
	return l, nil
}

// S03: a host leads to one desk only, and a name that nobody gave here leads to none.
func TestFront(t *testing.T) {
	t.Parallel()
	two := listed{{ID: "noord", Host: "noord.example.org"}, {ID: "zuid", Host: "zuid.example.org"}}
	one := listed{{ID: "noord"}}
	for _, c := range []struct {
		all   listed
		first string
		host  string
		want  string
	}{
		{two, "", "noord.example.org", "noord"}, {two, "", "ZUID.example.org.:8080", "zuid"},
		{two, "", "127.0.0.1:8080", "noord"}, {two, "zuid", "127.0.0.1:8080", "zuid"}, {two, "", "[::1]:8080", "noord"}, {two, "", "localhost", "noord"},
		{two, "", "loket.example.org:443", "noord"}, {two, "", "elders.example.org", ""}, {two, "", "zuid.example.org.evil.example", ""}, {two, "", "", ""},
		{one, "", "whatever.example.org", "noord"}, {listed{{ID: "noord", Host: "noord.example.org"}}, "", "whatever.example.org", ""},
		{listed{}, "", "127.0.0.1", ""},
	} {
		got, err := desk.Front{Desk: c.all, First: c.first, Bare: []string{"loket.example.org"}}.At(t.Context(), c.host)
		if err != nil || got != c.want {
			t.Errorf("%q of %d desks leads to %q, want %q (%v)", c.host, len(c.all), got, c.want, err)
		}
	}
	if got, err := (desk.Front{Desk: listed(nil)}).At(t.Context(), "127.0.0.1"); err == nil || got != "" {
		t.Errorf("without a database somebody's desk answers: %q", got)
	}
}

// Links in notices lead to the host of the organisation that sends them.
func TestWithHost(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]string{
		"https://loket.example.org": "https://zuid.example.org", "http://127.0.0.1:8080": "http://zuid.example.org:8080", "http://[::1]:8080/x": "http://zuid.example.org:8080/x", "": "",
	} {
		if got := desk.WithHost(base, "zuid.example.org"); got != want {
			t.Errorf("%s becomes %s", base, got)
		}
	}
}

// R-I-01: an organisation works by one protocol version; what cannot work is refused in
// words, and every change of its settings stands in the ledger.
func TestPutTenant(t *testing.T) {
	t.Parallel()
	r := start(t)
	good := desk.Tenant{ID: "zuid", Name: "Zuid", Protocol: r.p.About.ID, Host: " Zuid.Example.org:443 "}
	system := loket.System("zuid")
	if err := r.PutTenant(t.Context(), system, good); err != nil {
		t.Fatal(err)
	}
	kept, err := r.Tenant(t.Context(), "zuid")
	if err != nil || kept.Host != "zuid.example.org" || kept.Kind != "municipality" {
		t.Errorf("kept %+v, %v", kept, err)
	}
	last := r.m.s.ledger[len(r.m.s.ledger)-1]
	if last.Action != "tenant.set" || last.Tenant != "zuid" {
		t.Errorf("the ledger says %+v", last)
	}
	for what, change := range map[string]func(*desk.Tenant){
		"no id":         func(x *desk.Tenant) { x.ID = " " },
		"a wild id":     func(x *desk.Tenant) { x.ID = "Zuid/../x" },
		"no name":       func(x *desk.Tenant) { x.Name = "" },
		"no protocol":   func(x *desk.Tenant) { x.Protocol = "onbekend" },
		"other version": func(x *desk.Tenant) { x.Version = "99" },
		"a wild host":   func(x *desk.Tenant) { x.Host = "zuid example" },
		"a taken host":  func(x *desk.Tenant) { x.ID = "west" },
	} {
		x := good
		change(&x)
		if err := r.PutTenant(t.Context(), system, x); loket.ErrorCode(err) != loket.Invalid {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := r.PutTenant(t.Context(), loket.Actor{ID: "p1", Tenant: "zuid", Roles: []string{"officer"}}, good); loket.ErrorCode(err) != loket.NotFound {
		t.Errorf("a person changed it: %v", err)
	}
}
