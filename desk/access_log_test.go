// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
)

// auditor supervises, in this example.
func (b *bench) auditor() loket.Actor { return b.adviser("V2", "V2", "work", "audit") }

// NEN 7513, BIO2 8.15.01, R-R-62: who supervises reads who did what with a case, when, why, and
// from where; looking at it is an entry too. Control: an officer does not come there, a place
// that was forgotten is not made up, and a broken log shows nothing.
func TestAccessLog(t *testing.T) {
	t.Parallel()
	b := start(t)
	id := b.report(t, "k", answers()).Case
	key, _ := box{}.NewKey(context.Background(), "vb")
	sealed, _ := box{}.Seal(context.Background(), key, desk.OriginPlace("vb", "plek"), []byte(`{"network":"192.0.2.0/24","device":"Firefox, Linux"}`))
	b.m.s.origins = map[string]desk.Origin{"vb/plek": {Tenant: "vb", Mark: "plek", Key: key, Sealed: sealed}}
	here := desk.CameFrom(context.Background(), "vb", officer.ID, "abcd.plek")
	gone := desk.CameFrom(context.Background(), "vb", officer.ID, "efgh.weg")
	if _, err := b.Open(here, officer, id, []string{"story"}, "beoordelen wat er nodig is"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Do(gone, officer, id, desk.Change{Want: loket.Noted{Kind: "note", Text: "gebeld"}}); err != nil {
		t.Fatal(err)
	}
	for range 3 { // again and again is one line
		if _, err := b.Case(here, officer, id); err != nil {
			t.Fatal(err)
		}
	}
	a := b.auditor()
	for range 2 {
		if _, err := b.AccessLog(context.Background(), a, id); err != nil {
			t.Fatal(err)
		}
	}
	log, err := b.AccessLog(context.Background(), a, id)
	if err != nil {
		t.Fatal(err)
	}
	var opened, noted, seen *desk.AccessLine
	looks := 0
	for i, l := range log.Lines {
		switch {
		case l.What.EN == "Seen: the case":
			if seen != nil || l.Purpose != "" {
				t.Errorf("twice: %+v", l)
			}
			seen = &log.Lines[i]
		case l.Session == "abcd":
			opened = &log.Lines[i]
		case l.Session == "efgh":
			noted = &log.Lines[i]
		}
		if l.What.EN == "Access log looked at" {
			looks++
		}
	}
	if seen == nil || seen.Who != "Samira Proef" || seen.Times != 3 || seen.First.After(seen.At) {
		t.Errorf("seen: %+v", seen)
	}
	if looks < 2 {
		t.Errorf("looking is no entry: %+v", log.Lines)
	}
	if opened == nil || opened.Who != "Samira Proef" || opened.From != (desk.Whereabouts{Network: "192.0.2.0/24", Device: "Firefox, Linux"}) || opened.Purpose != "beoordelen wat er nodig is" {
		t.Errorf("opened: %+v", opened)
	}
	if noted == nil || noted.Known {
		t.Errorf("control: a forgotten place: %+v", noted)
	}
	_, err = b.AccessLog(context.Background(), officer, id)
	if code(t, err, loket.NotFound); !strings.HasSuffix(strings.Join(b.entries("refused"), ","), "samira log.read") {
		t.Errorf("refused: %q", b.entries("refused"))
	}
	b.m.broken = errors.New("disk full")
	log, err = b.AccessLog(context.Background(), a, id)
	if code(t, err, loket.Unavailable); log != nil {
		t.Error("shown, and not in the log")
	}
}

// AVG 13, ASVS 6.3.3: who sets the desk up chooses the address of the privacy statement, which
// is https, and who shows a second factor. Control: others may not, and what is wrong is refused.
func TestSettings(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	a := b.adviser("V0", "V0", "configure")
	want := desk.Settings{Privacy: "https://www.voorbeeldstad.example/privacy", SecondFactor: "all"}
	if err := b.SetSettings(ctx, a, want); err != nil {
		t.Fatal(err)
	}
	if got, err := b.Settings(ctx, a); err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
	for _, bad := range []desk.Settings{{Privacy: "http://a.example.org"}, {Privacy: "javascript:alert(1)"}, {Privacy: "https://"}, {Privacy: "//a.example.org"},
		{Privacy: "https://mila@a.example.org/"}, {Privacy: "https://a.example.org/" + strings.Repeat("a", 500)}, {SecondFactor: "off"}, {SecondFactor: "x"}} {
		code(t, b.SetSettings(ctx, a, bad), loket.Invalid)
		code(t, b.PutTenant(ctx, loket.System("vb"), desk.Tenant{ID: "vb", Name: "V", Protocol: b.p.About.ID, Privacy: bad.Privacy, SecondFactor: bad.SecondFactor}), loket.Invalid)
	}
	code(t, b.SetSettings(ctx, officer, want), loket.NotFound)
	if got := b.entries("done"); !strings.Contains(strings.Join(got, ","), "derde settings.set") {
		t.Errorf("in the log %q", got)
	}
}

// ASVS 6.3.3: an organisation asks more than the installation, never less.
func TestStricterFactor(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{{"off", "", ""}, {"off", "deep", "deep"}, {"off", "all", "all"}, {"deep", "", "deep"}, {"deep", "deep", "deep"}, {"deep", "all", "all"},
		{"all", "", "all"}, {"all", "deep", "all"}, {"all", "all", "all"}, {"", "", ""}, {"deep", "off", "deep"}} {
		if got := desk.StricterFactor(c[0], c[1]); got != c[2] {
			t.Errorf("%q and %q give %q", c[0], c[1], got)
		}
	}
}
