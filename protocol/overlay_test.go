// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

const noord = `
overlay: {of: streek, version: "1"}
protocol: {id: noord, version: "1-1", title: Noord}
tables:
  - id: class
    change: replace
    title: Klasse in Noord
    rules:
      - {id: c, change: remove}
      - {id: b, change: add, when: urgent_matter, then: {level: c}, because: Hier telt haast.}
steps:
  - {id: reply, change: remove}
  - {id: call, title: Bellen, phase: weigh, owner: [contract]}
products:
  - {id: memo, change: replace, recipients: [contract]}
`

func overStreek(t *testing.T, change ...string) (*Protocol, error) {
	t.Helper()
	base, err := streek()
	if err != nil {
		t.Fatal(err)
	}
	over := strings.NewReplacer(change...).Replace(noord)
	return LoadOver(fstest.MapFS{"streek.yaml": {Data: base}}, fstest.MapFS{"noord.yaml": {Data: []byte(over)}})
}

// design §4.14: a municipal overlay on a regional base, shown as a difference.
func TestOverlay(t *testing.T) {
	t.Parallel()
	p, err := overStreek(t)
	if err != nil {
		t.Fatal(err)
	}
	if p.About.ID != "noord" || p.Step("reply") != nil || p.Step("call") == nil || p.Product("memo").Title.NL != "Memo" {
		t.Errorf("the changes are not in it: %+v", p.About)
	}
	want := []string{
		"protocol  changed version: 1 → 1-1", "protocol  changed title: Streek → Noord",
		"overlay  changed of:  → streek", "overlay  changed version:  → 1",
		"tables class changed title: Klasse → Klasse in Noord", "tables class/c removed :  →", "tables class/b added :  →",
		"steps reply removed :  →", "steps call added :  →",
		"products memo changed recipients: [{role: policy, of: everywhere, except: asking, else: manager}, {role: contract}] → [{role: contract}]",
	}
	found := Compare(streekProtocol(t), p)
	if diff := cmp.Diff(want, said(found)); diff != "" {
		t.Error(diff)
	}
	for _, d := range found {
		if d.ID == "class/b" && (d.New.File != "noord.yaml" || d.New.Line != 10) {
			t.Errorf("the rule that was added stands at %+v", d.New)
		}
	}
	if f := table(t, p.Evaluate(Input{Facts: Facts{"urgent_matter": true}, Now: noon}), "class"); f.Outputs["level"] == nil {
		t.Error("the overlay does not evaluate")
	}
}

// What an overlay says wrong is told with its line and a cure.
func TestOverlayFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ was, is, at, says, cure string }{
		{"{id: reply, change: remove}", "{id: replay, change: remove}", "noord.yaml:12", `geen onderdeel "replay"`, `"reply"`},
		{"{id: reply, change: remove}", "{id: reply, change: drop}", "noord.yaml:12", `"drop" bestaat niet`, "remove"},
		{"{id: reply, change: remove}", "{id: reply, change: remove, title: Weg}", "noord.yaml:12", "hoeft niets anders", "alleen id"},
		{"{id: call, title", "{id: weigh_class, title", "noord.yaml:13", `al een onderdeel "weigh_class"`, "replace"},
		{"{id: c, change: remove}", "{id: d, change: replace}", "noord.yaml:9", `geen onderdeel "d"`, ""},
		{`version: "1"}`, `version: "0"}`, "noord.yaml:2", `de basis is nu versie "1"`, `version: "1"`},
		{"recipients: [contract]", "recipients: [contrct]", "noord.yaml:15", `geen rol "contrct"`, `"contract"`},
		{"{id: reply, change: remove}", "{id: weigh_class, change: replace, due: T-77}", "noord.yaml:12", `geen termijn "T-77"`, ""},
	} {
		_, err := overStreek(t, c.was, c.is)
		var problems Problems
		if !errors.As(err, &problems) || !strings.Contains(err.Error(), c.at) || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), c.cure) {
			t.Errorf("%s: want %s %q → %q, got\n%v", c.is, c.at, c.says, c.cure, err)
		}
	}
	if _, err := Load(fstest.MapFS{"noord.yaml": {Data: []byte(noord)}}); err == nil || !strings.Contains(err.Error(), `alleen wijzigingen op het protocol "streek"`) {
		t.Errorf("an overlay without its base: %v", err)
	}
}

// Design §4.14: an overlay knows its base, what it changes, and where each element comes from.
// Control: a protocol that stands by itself, and a next version that is written as changes,
// have no base.
func TestOverlayKnowsWhereItsElementsComeFrom(t *testing.T) {
	t.Parallel()
	p, err := overStreek(t)
	if err != nil {
		t.Fatal(err)
	}
	base, changes := p.Base()
	if base == nil || base.Title.NL != "Streek" || base.Version != "1" || len(changes) != len(Compare(streekProtocol(t), p)) {
		t.Fatalf("base %+v, %d changes", base, len(changes))
	}
	for element, want := range map[[2]string]string{{"steps", "call"}: "added", {"tables", "class"}: "changed", {"products", "memo"}: "changed", {"roles", "access"}: "base"} {
		if got := p.Origin(element[0], element[1]); got != want {
			t.Errorf("%v comes from %q, want %q", element, got, want)
		}
	}
	plain := streekProtocol(t)
	next, err := overStreek(t, "id: noord, version: \"1-1\"", "version: \"2\"")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []*Protocol{plain, next} {
		if base, changes := p.Base(); base != nil || changes != nil || p.Origin("steps", "call") != "" {
			t.Errorf("control: %s %s has a base", p.About.ID, p.About.Version)
		}
	}
}

// SM-11: a part is the whole, a list or an element of the protocol, and nothing else.
func TestPartsOfAProtocol(t *testing.T) {
	t.Parallel()
	p := streekProtocol(t)
	for part, want := range map[string]string{"": "", "steps": "", "products/memo": "Memo"} {
		if title, found := p.Part(part); !found || title.NL != want {
			t.Errorf("%q: %q %v", part, title.NL, found)
		}
	}
	for _, part := range []string{"steps/none", "none", "protocol", "none/memo", "overlay/of"} {
		if _, found := p.Part(part); found {
			t.Errorf("%q is a part", part)
		}
	}
	if parts := p.Parts(); len(parts) == 0 || parts[0] != "roles" {
		t.Errorf("parts in another order: %v", parts)
	}
}
