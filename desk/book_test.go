// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// R-I-97, R-I-98, R-I-100: a contact is added, changed, replaced; its history stays; only who
// sets the desk up changes it, and every change stands in the ledger without a name.
func TestBookChanges(t *testing.T) {
	t.Parallel()
	b, ctx := regional(t), t.Context()
	typed := map[string]string{"organisation": "Noord aan Zee", "name": "Sara Fictie", "function": "coördinator", "mobile": "06 00 00 00 00", "role": "Toegang", "order": "1", "checked": "28-3-2026"}
	for who, a := range map[string]loket.Actor{"officer": officer, "reporter": {ID: "reporter", Tenant: "vb", Roles: []string{"provider"}}, "another organisation": {ID: "x", Tenant: "elders", Roles: []string{"beheer"}}} {
		if _, err := b.PutEntry(ctx, a, "contacten", desk.EntryChange{Values: typed}); loket.ErrorCode(err) != loket.NotFound {
			t.Errorf("%s adds a contact: %v", who, err)
		}
	}
	first, err := b.PutEntry(ctx, admin, "contacten", desk.EntryChange{Values: typed})
	if err != nil {
		t.Fatal(err)
	}
	if first.Values["organisation"] != "noord" || first.Values["role"] != "access" || first.Values["checked"] != "2026-03-28" {
		t.Errorf("kept as %v", first.Values)
	}
	if _, err := b.PutEntry(ctx, admin, "contacten", desk.EntryChange{Values: typed}); loket.ErrorCode(err) != loket.Invalid {
		t.Errorf("twice the same: %v", err)
	}
	typed["phone"] = "010 000 00 00"
	if _, err := b.PutEntry(ctx, admin, "contacten", desk.EntryChange{ID: first.ID, Version: 1, Values: typed}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.PutEntry(ctx, admin, "contacten", desk.EntryChange{ID: first.ID, Version: 1, Values: typed}); loket.ErrorCode(err) != loket.Conflict {
		t.Errorf("an older page overwrites: %v", err)
	}
	if err := b.EndEntry(ctx, admin, "contacten", first.ID, 2); err != nil {
		t.Fatal(err)
	}
	v, err := b.Entry(ctx, admin, "contacten", first.ID)
	if err != nil || len(v.History) != 3 || v.History[2].Values["phone"] != "" || v.Entry.Values["until"] != "2026-03-30" {
		t.Fatalf("history: %+v, %v", v, err)
	}
	b.clock.at = b.clock.at.Add(24 * time.Hour)
	for ended, want := range map[bool]int{false: 0, true: 1} {
		if page, err := b.Book(ctx, officer, "contacten", desk.BookFilter{Ended: ended, About: "noord aan zee"}); err != nil || len(page.Entries) != want || page.May {
			t.Errorf("ended %v: %+v, %v", ended, page, err)
		}
	}
	seen := 0
	for _, e := range b.m.s.ledger {
		if strings.Contains(fmt.Sprint(e), "Sara") {
			t.Error("a name stands in the ledger")
		}
		if e.Action == "book.contacten" && e.Outcome == "done" && len(e.Digest) > 0 {
			seen++
		}
	}
	if seen != 3 {
		t.Errorf("%d changes in the ledger", seen)
	}
	if _, err := b.Book(ctx, officer, "contracten", desk.BookFilter{}); loket.ErrorCode(err) != loket.NotFound {
		t.Errorf("an officer reads the contracts: %v", err)
	}
}

// A list that fails in one transaction leaves nothing, not even a ledger entry.
func TestBookChangeIsWhole(t *testing.T) {
	t.Parallel()
	b := regional(t)
	b.m.broken = loket.Refuse(loket.Unavailable, "vol", "full")
	before := len(b.m.s.ledger)
	if _, err := b.PutEntry(t.Context(), admin, "organisaties", desk.EntryChange{Values: map[string]string{"id": "alfa", "name": "Alfa", "kind": "school"}}); err == nil {
		t.Fatal("stored on a full disk")
	}
	if len(b.m.s.books) != 0 || len(b.m.s.ledger) != before {
		t.Error("something is left of it")
	}
}

// R-I-98, issue "The region works" item 2: good rows are taken over; each other row comes back
// with its number, the column, what is wrong and what to write; a second import changes nothing.
func TestImport(t *testing.T) {
	t.Parallel()
	b, ctx := regional(t), t.Context()
	file := "\ufeffKorte naam;naam;soort;e-mail;telefoon;geldig vanaf;kleur\r\n" +
		"alfa;Alfa;jeugdhulpaanbieder;alfa@example.org;'+31 10 000 00 00;1-1-2026;rood\r\n" +
		"bravo;Bravo;ruimtevaart;;;;\r\n" +
		"Charlie!;;school;geen adres;12;2026-02-30;\r\n" +
		"alfa;Alfa nog eens;school;;;;\r\n" +
		"alfa-1;\"Alfa, locatie 1\";locatie;;;;;te veel\r\n" +
		"hotel;Hotel;other_care_provider;;;;\r\n"
	in, err := b.ImportEntries(ctx, admin, "organisaties", strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if in.Added != 2 || in.Changed != 0 || len(in.Rejected) != 4 || strings.Join(in.Unknown, ",") != "kleur" {
		t.Fatalf("%+v", in)
	}
	for i, want := range []struct {
		row     int
		columns string
	}{{3, "kind"}, {4, "id name phone email from"}, {5, ""}, {6, "parent "}} {
		got := in.Rejected[i]
		var columns []string
		for _, f := range got.Faults {
			columns = append(columns, f.Column)
			if f.Say.NL == "" || f.Cure.NL == "" || f.Say.EN == "" || f.Cure.EN == "" {
				t.Errorf("row %d: %+v says nothing", got.Row, f)
			}
		}
		if got.Row != want.row || strings.Join(columns, " ") != want.columns || len(got.Cells) == 0 {
			t.Errorf("row %d: %v, want %+v", got.Row, columns, want)
		}
	}
	again, err := b.ImportEntries(ctx, admin, "organisaties", strings.NewReader("id,name,kind,email,phone,from\nalfa,Alfa,jeugdhulpaanbieder,alfa@example.org,+31 10 000 00 00,2026-01-01\nhotel,Hotel bv,school,,,\n"))
	if err != nil || again.Same != 1 || again.Changed != 1 || again.Added != 0 {
		t.Errorf("again: %+v, %v", again, err)
	}
	for what, bad := range map[string]string{"empty": "", "heading only": "id;name\n", "no text": "id;name\n\xff\xfe;x\n", "a lost quote": "id,name\nalfa,\"Al\nfa", "too large": strings.Repeat("x", 3<<20)} {
		if _, err := b.ImportEntries(ctx, admin, "organisaties", strings.NewReader(bad)); loket.ErrorCode(err) != loket.Invalid {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := b.ImportEntries(ctx, officer, "organisaties", strings.NewReader(file)); loket.ErrorCode(err) != loket.NotFound {
		t.Errorf("an officer imports: %v", err)
	}
}

// What is exported can be imported again, unchanged; no cell can act as a formula; who took
// the list is in the ledger.
func TestExport(t *testing.T) {
	t.Parallel()
	b, ctx := regional(t), t.Context()
	file := "organisatie;naam;e-mail;telefoon\nnoord;=HYPERLINK(1);a@example.org;\nnoord;Bram Nepnaam;;+31 6 00 00 00 00\n"
	if in, err := b.ImportEntries(ctx, admin, "contacten", strings.NewReader(file)); err != nil || in.Added != 2 {
		t.Fatalf("%+v, %v", in, err)
	}
	var out bytes.Buffer
	if err := b.ExportEntries(ctx, admin, "contacten", &out); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), ";=") || !strings.Contains(out.String(), ";'=HYPERLINK") || !strings.Contains(out.String(), "'+31") {
		t.Error(out.String())
	}
	if in, err := b.ImportEntries(ctx, admin, "contacten", bytes.NewReader(out.Bytes())); err != nil || in.Same != 2 || len(in.Rejected) > 0 {
		t.Errorf("%+v, %v", in, err)
	}
	if err := b.ExportEntries(ctx, officer, "contacten", &out); loket.ErrorCode(err) != loket.NotFound {
		t.Errorf("an officer exports: %v", err)
	}
	found := false
	for _, e := range b.m.s.ledger {
		found = found || e.Purpose == "export" && e.Actor == "beheer"
	}
	if !found {
		t.Error("the export is not in the ledger")
	}
}
