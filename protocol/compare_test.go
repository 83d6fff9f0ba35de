// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// said puts differences on lines: list id change key: was → is.
func said(found []Difference) []string {
	var lines []string
	for _, d := range found {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s %s: %s → %s", d.List, d.ID, d.Change, d.Key, d.Was, d.Is)))
	}
	return lines
}

// R-R-12 SM-11: versions are compared by element, with the place in the file.
func TestCompare(t *testing.T) {
	t.Parallel()
	old := streekProtocol(t)
	for _, c := range []struct {
		was, is string
		want    []string
	}{
		{"title: Klasse, type", "title: Zwaarte, type", []string{"tables class/level changed title: Klasse → Zwaarte"}},
		{"{id: reply, title: Antwoorden,", "{id: answer_it, title: Antwoorden,", []string{"steps reply removed :  →", "steps answer_it added :  →"}},
		{"else: [manager, contract]}", "else: [contract]}", []string{"products alarm changed recipients: [{role: access, of: actual, responsible, else: manager, contract}, {role: manager, when: urgent_matter}] → [{role: access, of: actual, responsible, else: contract}, {role: manager, when: urgent_matter}]"}},
		{"rules: [{id: c, when: unrest_contract || unrest_access, then: {level: c}}, {id: a, then: {level: a}}]", "rules: [{id: a, then: {level: a}}, {id: c, when: unrest_contract || unrest_access, then: {level: c}}]", []string{"tables class moved rule: c, a → a, c"}},
		{"then: {level: c}", "then: {level: a}", []string{"tables class/c changed then: {level: c} → {level: a}"}},
		{"label: Dringend?", "label: {nl: Dringend?, en: Urgent?}", []string{"forms report/all/urgent_matter changed label.en:  → Urgent?"}},
		{"together: [[contract], [access]]", "together: [[access], [contract]]", []string{"tables class changed decided_by: contract, access → access, contract", "tables class changed together: [contract, access] → [access, contract]"}},
		{`version: "1"`, `version: "2"`, []string{"protocol  changed version: 1 → 2"}},
	} {
		fresh, err := loadStreek(t, c.was, c.is)
		if err != nil {
			t.Fatal(err)
		}
		found := Compare(old, fresh)
		if diff := cmp.Diff(c.want, said(found)); diff != "" {
			t.Errorf("%s:\n%s", c.is, diff)
		}
		for _, d := range found {
			if d.Old.Line+d.New.Line == 0 && d.List != "protocol" {
				t.Errorf("%s %s: no place", d.List, d.ID)
			}
		}
	}
	if found := Compare(old, streekProtocol(t)); len(found) != 0 {
		t.Errorf("control: a protocol differs from itself: %v", said(found))
	}
}

// design §4: past cases under another version show every element that turned out otherwise.
func TestReplay(t *testing.T) {
	t.Parallel()
	cases := fstest.MapFS{"cases/x.yaml": {Data: []byte(`
- case: onrust
  now: 2026-03-03 12:00
  facts: {case_kind: report, unrest_contract: yes, unrest_access: no, half_contract_sent: yes, half_access_sent: yes, urgent_matter: yes}
  expect: {}
- case: niets aan de hand
  now: 2026-03-03 12:00
  facts: {case_kind: press}
  expect: {}
`)}}
	old := streekProtocol(t)
	fresh, err := loadStreek(t, "when: unrest_contract || unrest_access", "when: unrest_contract && unrest_access", ", done: class_decided", ", when: '!urgent_matter'")
	if err != nil {
		t.Fatal(err)
	}
	replayed, err := old.ReplayCases(cases, fresh)
	if err != nil || len(replayed) != 2 {
		t.Fatal(err, replayed)
	}
	var got []string
	for _, o := range replayed[0].Outcomes {
		got = append(got, fmt.Sprintf("%s %s: %s → %s", o.List, o.ID, o.Was.NL, o.Is.NL))
	}
	want := []string{"tables class: level: c → level: a", "steps weigh_class: voorgesteld → "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if n := len(replayed[1].Outcomes); n != 0 { // unknown under both
		t.Errorf("the other case: %v", replayed[1].Outcomes)
	}
	same, err := old.ReplayCases(cases, streekProtocol(t))
	if err != nil || len(same[0].Outcomes)+len(same[1].Outcomes) != 0 {
		t.Errorf("control: under its own version a case goes otherwise: %v %v", same, err)
	}
}
