// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// Issue "The region works" item 1: a desk is set up once per invitation, with its first
// person and all ledger entries; what is wrong is said before anything is made.
func TestFound(t *testing.T) {
	t.Parallel()
	b, ctx := regional(t), t.Context()
	if _, err := b.Invite(ctx, admin); loket.ErrorCode(err) != loket.NotFound {
		t.Errorf("a person of an organisation invites: %v", err)
	}
	code, err := b.Invite(ctx, loket.System(""))
	if err != nil {
		t.Fatal(err)
	}
	good := desk.Founding{Code: code, Tenant: desk.Tenant{ID: "west", Name: "Gemeente West", Protocol: b.p.About.ID, Host: "west.example.org", Phone: "010 000 00 00"}, Coordinator: desk.Person{ID: "Sam", Name: "Sam Voorbeeld", Email: "sam@example.org"}}
	for what, change := range map[string]func(*desk.Founding){
		"a wrong code":        func(f *desk.Founding) { f.Code = "aaaaaaaaaaaaaaaaaaaaaaaaaa" },
		"a taken name":        func(f *desk.Founding) { f.Tenant.ID = "vb" },
		"an unknown rulebook": func(f *desk.Founding) { f.Tenant.Protocol = "onbekend" },
		"no coordinator":      func(f *desk.Founding) { f.Coordinator.Name = "" },
		"a reserved name":     func(f *desk.Founding) { f.Coordinator.ID = "system" },
	} {
		f := good
		change(&f)
		if _, err := b.Found(ctx, f); loket.ErrorCode(err) != loket.Invalid {
			t.Errorf("%s: %v", what, err)
		}
	}
	before := len(b.m.s.ledger)
	made, err := b.Found(ctx, good)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := b.Tenant(ctx, "west"); err != nil || got.Host != "west.example.org" {
		t.Errorf("made %+v, %v", got, err)
	}
	if made.Coordinator.ID != "sam" || !slices.Contains(made.Coordinator.Roles, "beheer") {
		t.Errorf("the coordinator is %+v", made.Coordinator)
	}
	var actions []string
	for _, e := range b.m.s.ledger[before:] {
		actions = append(actions, e.Action)
	}
	if strings.Join(actions, " ") != "book.uitnodigingen tenant.set person.set" {
		t.Errorf("the ledger says %v", actions)
	}
	good.Tenant.ID, good.Tenant.Host = "oost", ""
	if _, err := b.Found(ctx, good); loket.ErrorCode(err) != loket.Invalid {
		t.Errorf("a code is used twice: %v", err)
	}
	if code, err = b.Invite(ctx, loket.System("")); err != nil {
		t.Fatal(err)
	}
	b.clock.at = b.clock.at.Add(24 * time.Hour)
	if err := b.Invited(ctx, code); loket.ErrorCode(err) != loket.Invalid {
		t.Errorf("a code of yesterday: %v", err)
	}
}

// R-I-97, R-I-98, R-I-99: the check lists what is missing, and each line goes away when it
// is put right.
func TestSetupCheck(t *testing.T) {
	t.Parallel()
	b, ctx := regional(t), t.Context()
	b.m.people = nil
	has := func(kind, words string) bool {
		t.Helper()
		s, err := b.Setup(ctx, admin)
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(s.Lacks, func(l desk.Lack) bool { return l.Kind == kind && strings.Contains(l.Say.NL, words) })
	}
	put := func(book string, v map[string]string) {
		t.Helper()
		if _, err := b.PutEntry(ctx, admin, book, desk.EntryChange{Values: v}); err != nil {
			t.Fatal(err)
		}
	}
	lacks := [][2]string{{"role", "Toegang"}, {"role", "Medewerker loket"}, {"duty", "21:45"}, {"municipality", "Zuid"}, {"municipality", "Noord aan Zee"}, {"template", "Dat-bericht"}}
	for _, l := range lacks {
		if !has(l[0], l[1]) {
			t.Errorf("not said: %v", l)
		}
	}
	put("contacten", map[string]string{"organisation": "zuid", "name": "Sara Fictie", "phone": "010 000 00 00", "checked": "2025-09-29"})
	for _, want := range []string{"geen mobiel", "geen functie", "niet nagekeken"} {
		if !has("contact", want) {
			t.Errorf("not said: %s", want)
		}
	}
	put("contacten", map[string]string{"organisation": "zuid", "name": "Mila Verzonnen", "mobile": "06 00 00 00 00", "function": "manager"})
	if !has("contact", "wanneer Mila Verzonnen") || has("contact", "Mila Verzonnen (Zuid) is langer") {
		t.Error("a contact that was made today is called out of date (R-I-99)")
	}
	if has("contact", "wanneer Sara Fictie") {
		t.Error("control: the day on which Sara Fictie was checked is known")
	}
	// Zuid has two contacts by now, and neither stands for the access; Noord has none: one line each.
	for _, want := range []string{"Bij Zuid staat niemand als Toegang", "Noord aan Zee heeft geen contact. Nodig: Toegang"} {
		if !has("municipality", want) {
			t.Errorf("not said: %s (R-I-99)", want)
		}
	}
	if has("municipality", "Zuid heeft geen contact") || has("municipality", "Wethouder") || has("municipality", "Manager") {
		t.Error("control: said of a town with contacts, or of a role that is not asked there")
	}
	page := func(words string) string {
		s, _ := b.Setup(ctx, admin)
		return s.Lacks[slices.IndexFunc(s.Lacks, func(l desk.Lack) bool { return strings.Contains(l.Say.NL, words) })].Page
	}
	if got := page("Bij Zuid staat niemand"); got != "/lijsten/contacten?bij=zuid" {
		t.Errorf("Zuid has contacts without a role, and is mended at %s", got)
	}
	if got := page("Noord aan Zee heeft geen contact"); got != "/lijsten/contacten/regel/nieuw?organisation=noord&role=access" {
		t.Errorf("the access of Noord is added at %s", got)
	}
	put("contacten", map[string]string{"organisation": "noord", "name": "Team Jeugd", "email": "jeugd@example.org", "mailbox": "ja", "checked": "2025-10-01", "role": "access"})
	put("contacten", map[string]string{"organisation": "zuid", "name": "Bram Nepnaam", "mobile": "06 00 00 00 00", "role": "access", "deputy": "Mila Verzonnen"})
	b.m.people = []desk.Person{{ID: "samira", Name: "Samira Proef", Roles: []string{"officer", "access", "manager", "alderman", "beheer"}}}
	put("rooster", map[string]string{"role": "officer", "person": "samira", "from": "2026-03-30 21:00", "until": "2026-03-30 22:00"})
	for _, l := range lacks {
		if has(l[0], l[1]) {
			t.Errorf("put right and still said: %v", l)
		}
	}
	if has("contact", "Team Jeugd") {
		t.Error("a shared mailbox needs no mobile")
	}
	if !has("reach", "Samira Proef") {
		t.Error("somebody without an address is not named")
	}
	if _, err := b.Setup(ctx, officer); loket.ErrorCode(err) != loket.NotFound {
		t.Errorf("an officer sees it: %v", err)
	}
}

// Who sets a desk up adds people of its own organisation, in roles that the protocol has.
func TestPutPerson(t *testing.T) {
	t.Parallel()
	b, ctx := regional(t), t.Context()
	good := desk.Person{ID: "toon", Name: "Toon Voorbeeld", Roles: []string{"officer"}, Tenant: "elders"}
	if err := b.PutPerson(ctx, officer, good); loket.ErrorCode(err) != loket.NotFound {
		t.Errorf("an officer adds people: %v", err)
	}
	if err := b.PutPerson(ctx, admin, good); err != nil {
		t.Fatal(err)
	}
	if last := b.m.people[len(b.m.people)-1]; last.Tenant != "vb" {
		t.Errorf("made in %s", last.Tenant)
	}
	for what, change := range map[string]func(*desk.Person){"no role": func(p *desk.Person) { p.Roles = nil }, "a reporter": func(p *desk.Person) { p.Roles = []string{"provider"} }, "an unknown role": func(p *desk.Person) { p.Roles = []string{"koning"} }, "a reserved id": func(p *desk.Person) { p.ID = "reporter" }, "no name": func(p *desk.Person) { p.Name = " " }} {
		p := good
		change(&p)
		if err := b.PutPerson(ctx, admin, p); loket.ErrorCode(err) != loket.Invalid {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// T12: who sets a desk up gives themselves no role, and who supervises the access hears of every role
// that somebody gets, without a name. The log says who gave which to whom. Control: what takes
// no new role needs no mail, and losing a role of one's own is possible.
func TestNobodyGivesThemselvesARole(t *testing.T) {
	t.Parallel()
	g, ctx := guard(t), t.Context()
	before := len(g.m.s.outbox)
	own := desk.Person{ID: admin.ID, Name: "Ada Verzonnen", Roles: []string{"beheer", "officer"}}
	if err := g.PutPerson(ctx, admin, own); loket.ErrorCode(err) != loket.Invalid {
		t.Errorf("an own role: %v", err)
	}
	if !slices.Contains(g.entries("refused"), admin.ID+" person.set") || len(g.m.s.outbox) != before {
		t.Error("the refusal is not in the log, or was told")
	}
	own.Roles = []string{"beheer"}
	if err := g.PutPerson(ctx, admin, own); err != nil {
		t.Errorf("control: the own name: %v", err)
	}
	before = len(g.m.s.outbox)
	other := desk.Person{ID: "toon", Name: "Toon Voorbeeld", Roles: []string{"officer"}}
	for range 2 { // the second time there is no new role
		if err := g.PutPerson(ctx, admin, other); err != nil {
			t.Fatal(err)
		}
	}
	told := g.m.s.outbox[before:]
	if len(told) != 1 || told[0].Person != "pia" || strings.Contains(told[0].Subject+told[0].Body, "Toon") {
		t.Errorf("told: %+v", told)
	}
	if last := g.m.s.ledger[len(g.m.s.ledger)-1]; last.Actor != admin.ID || last.Purpose != "toon: officer" {
		t.Errorf("in the log: %+v", last)
	}
}

// R-I-97 R-I-99: all that is wrong with a new desk is said at once, each at its field. Control:
// whoever has no invitation is not told which names and addresses are taken.
func TestFoundSaysAllFaultsAtOnce(t *testing.T) {
	t.Parallel()
	b, ctx := regional(t), t.Context()
	code, err := b.Invite(ctx, loket.System(""))
	if err != nil {
		t.Fatal(err)
	}
	fields := func(f desk.Founding) (out []string) {
		t.Helper()
		_, err := b.Found(ctx, f)
		said, ok := errors.AsType[*loket.Error](err)
		if !ok || said.Code != loket.Invalid || len(said.Fields) > 0 && said.Message != said.Fields[0].Message {
			t.Fatalf("%v", err)
		}
		for _, f := range said.Fields {
			out = append(out, f.Field)
		}
		return out
	}
	bad := desk.Founding{Code: "verkeerd", Tenant: desk.Tenant{ID: "GROOT", Protocol: "onbekend", Host: "geen naam", Email: "geen"}, Coordinator: desk.Person{ID: "system", Email: "ook geen"}}
	all := []string{desk.FaultCode, desk.FaultName, desk.FaultID, desk.FaultProtocol, desk.FaultHost, desk.FaultPhone, desk.FaultEmail, desk.FaultCoordinator, desk.FaultLogin, desk.FaultCoordinatorEmail}
	if got := fields(bad); !slices.Equal(got, all) {
		t.Errorf("faults at %v, want %v", got, all)
	}
	taken := desk.Founding{Code: "verkeerd", Tenant: desk.Tenant{ID: "vb", Name: "Gemeente West", Protocol: b.p.About.ID, Phone: "010 000 00 00"}, Coordinator: desk.Person{ID: "sam", Name: "Sam Voorbeeld"}}
	if got := fields(taken); !slices.Equal(got, []string{desk.FaultCode}) {
		t.Errorf("without an invitation one hears: %v", got)
	}
	taken.Code = code
	if got := fields(taken); !slices.Equal(got, []string{desk.FaultID}) {
		t.Errorf("control: a taken name: %v", got)
	}
}
