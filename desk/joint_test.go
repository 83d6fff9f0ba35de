// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

var (
	sara = loket.Actor{ID: "sara", Role: "contract", Roles: []string{"contract"}, Tenant: "streek"}
	daan = loket.Actor{ID: "daan", Role: "access", Roles: []string{"access"}, Tenant: "streek", Organisation: "Noord"}
)

// startRegion is a desk that works by the region on a page, with edits of its text: old, new.
func startRegion(t *testing.T, edits ...string) (*bench, loket.CaseID) {
	t.Helper()
	text, err := os.ReadFile("../protocol/testdata/streek/streek.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p, err := protocol.Load(fstest.MapFS{"streek.yaml": {Data: []byte(strings.NewReplacer(edits...).Replace(string(text)))}})
	if err != nil {
		t.Fatal(err)
	}
	b := start(t)
	ps := desk.Protocols{}
	ps.Add(p)
	b.m.tenants = []desk.Tenant{{ID: "streek", Name: "Streek", Protocol: p.About.ID}}
	b.m.people = []desk.Person{{ID: "sara", Tenant: "streek", Name: "Sara Fictie", Roles: sara.Roles}, {ID: "daan", Tenant: "streek", Name: "Daan Bedacht", Roles: daan.Roles, Organisation: "Noord"}}
	b.Desk = desk.New(desk.Options{Store: b.m, Sealer: box{}, Rand: &counter{}, Clock: b.clock, Protocols: ps, BaseURL: "http://loket.example.org"})
	b.p = p
	r, err := b.SendReport(context.Background(), loket.Actor{}, desk.ReportForm{Key: "k", Tenant: "streek", Form: "report", Posted: url.Values{"actual": {"noord"}, "responsible": {"noord"}}})
	if err != nil {
		t.Fatal(err)
	}
	return b, r.Case
}

func (b *bench) send(t *testing.T, a loket.Actor, id loket.CaseID, form string, answers url.Values) {
	t.Helper()
	if _, err := b.SendForm(context.Background(), a, id, desk.FormChange{Form: form, Posted: answers}); err != nil {
		t.Fatalf("%s by %s: %v", form, a.ID, err)
	}
}

func (b *bench) sees(t *testing.T, a loket.Actor, id loket.CaseID) *desk.CaseView {
	t.Helper()
	v, err := b.Case(context.Background(), a, id)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// everything is all that a view says, in one text.
func everything(v *desk.CaseView) string {
	p := v.Protocol
	v.Protocol, v.Forms, v.Phases = nil, nil, nil
	defer func() { v.Protocol = p }()
	var tables []string
	for _, f := range v.Tables {
		tables = append(tables, fmt.Sprint(f.Outputs, f.Reasons, f.Others))
	}
	v.Tables, v.Derived = nil, nil
	for i := range v.Proposals {
		v.Proposals[i].Table = nil
	}
	return fmt.Sprintf("%+v %v", *v, tables)
}

// R-I-60…67: the half of one is unseen by the other, everywhere on the case, until both are in.
func TestHalvesUnseen(t *testing.T) {
	t.Parallel()
	b, id := startRegion(t)
	b.send(t, sara, id, "half_contract", url.Values{"unrest_contract": {"yes"}, "signals_contract": {"Drie keer eerder gebeld"}})
	other := b.sees(t, daan, id)
	if _, known := other.Answers["unrest_contract"]; known || other.Known["signals_contract"] != nil {
		t.Errorf("the other reads the half: %v", other.Answers)
	}
	if all := everything(other); strings.Contains(all, "Drie keer") || strings.Contains(all, "unrest_contract:true") {
		t.Errorf("the half of sara shows somewhere: %s", all)
	}
	mine := b.sees(t, sara, id)
	if mine.Answers["unrest_contract"] != true || mine.Known["signals_contract"] == nil {
		t.Errorf("sara does not see her own half: %v", mine.Answers)
	}
	if f := mine.Tables[0]; !f.Provisional || f.Outputs["level"] != "c" {
		t.Errorf("one half settles the class: %+v", f.Outputs)
	}
	if facts, err := b.Open(context.Background(), loket.Actor{ID: "daan", Role: "access", Roles: []string{"access", "opener"}, Tenant: "streek"}, id, []string{"unrest_contract"}, "kijken"); err != nil || facts[0].Known {
		t.Errorf("opening shows the hidden half: %+v %v", facts, err)
	}

	b.send(t, daan, id, "half_access", url.Values{"unrest_access": {"no"}})
	if now := b.sees(t, daan, id); now.Answers["unrest_contract"] != true || !strings.Contains(everything(now), "Drie keer") {
		t.Errorf("control: both halves are in and the other still cannot read: %v", now.Answers)
	}
	if f := b.sees(t, sara, id).Tables[0]; f.Provisional || f.Outputs["level"] != "c" {
		t.Errorf("both halves in: %+v", f.Outputs)
	}
}

// A half that is sent again while it is hidden keeps what it did not ask again.
func TestOwnHalfSentAgain(t *testing.T) {
	t.Parallel()
	b, id := startRegion(t)
	b.send(t, sara, id, "half_contract", url.Values{"unrest_contract": {"yes"}, "signals_contract": {"Drie"}})
	b.send(t, sara, id, "half_contract", url.Values{"signals_contract": {"Vier"}})
	if got := b.sees(t, sara, id).Answers; got["unrest_contract"] != true || got["signals_contract"] != "Vier" {
		t.Errorf("answers %v", got)
	}
}

// R-I-72 R-I-74: two sign; until then the page says who still must, and differing signatures
// show as doubt.
func TestTwoSign(t *testing.T) {
	t.Parallel()
	b, id := startRegion(t)
	b.send(t, sara, id, "half_contract", url.Values{"unrest_contract": {"no"}})
	b.send(t, daan, id, "half_access", url.Values{"unrest_access": {"no"}})
	b.do(t, sara, id, loket.Decided{Subject: "class"})
	v := b.sees(t, daan, id)
	s := v.Signing["class"]
	if len(s.Signed) != 1 || s.Signed[0].Name != "Sara Fictie" || len(s.Waiting) != 1 || s.Waiting[0].NL != "Toegang" || !s.MaySign || s.Doubt {
		t.Fatalf("signing as daan sees it: %+v", s)
	}
	if !v.Decisions[0].Waits || !strings.Contains(everything(v), "Ondertekend: Klasse") {
		t.Error("the signature does not show as one")
	}
	for _, todo := range b.sees(t, sara, id).Proposals {
		if todo.Target == "class" && todo.Mine {
			t.Error("who signed is asked to sign")
		}
	}
	b.do(t, daan, id, loket.Decided{Subject: "class", Outputs: map[string]any{"level": "c"}, Motivation: "Er is onrust in de wijk"})
	if s := b.sees(t, sara, id).Signing["class"]; !s.Doubt || len(s.Signed) != 2 || s.Waiting[0].NL != "Contractmanager" {
		t.Fatalf("differing signatures: %+v", s)
	}
	b.do(t, sara, id, loket.Decided{Subject: "class", Outputs: map[string]any{"level": "c"}})
	v = b.sees(t, sara, id)
	if _, waits := v.Signing["class"]; waits || v.Tables[0].Decided == nil || v.Tables[0].Decided.Outputs["level"] != "c" {
		t.Fatalf("both signed: %+v %+v", v.Signing, v.Tables[0].Decided)
	}
	for _, todo := range v.Proposals {
		if todo.Target == "class" {
			t.Error("the decision stands and is still proposed")
		}
	}
}

// Control: who has no part in it may not sign.
func TestOthersDoNotSign(t *testing.T) {
	t.Parallel()
	b, id := startRegion(t)
	bram := loket.Actor{ID: "bram", Role: "policy", Roles: []string{"policy"}, Tenant: "streek"}
	if _, err := b.Do(context.Background(), bram, id, desk.Change{Want: loket.Decided{Subject: "class"}}); err == nil {
		t.Error("somebody else signs")
	}
}
