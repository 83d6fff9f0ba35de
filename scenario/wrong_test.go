// SPDX-License-Identifier: EUPL-1.2

package scenario_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"example.org/loket/internal/testkit"
	"example.org/loket/scenario"
)

const told = `scenario: WRONG
protocol: rotterdam
people:
  alfa:    {role: reporter, organisation: Alfa}
  officer: {role: desk_officer, name: Functionaris Een}
  alderman: {role: executive, name: Wethouder Drie}
  colleague: {role: desk_officer, name: Functionaris Vier}
  head: {role: desk_coordinator, name: Coördinator Vijf}
  owner: {role: protocol_owner, name: Eigenaar Zes}
  admin: tenant_admin
steps:
  - at: 2026-03-28 16:10
    who: alfa
    report:
      case: mila
      answers:
        organisation: Alfa
        kinds: [suspected_unnatural_death]
        incident: 2026-03-28 14:00
        age: 16
        laws: [jeugdwet]
        relation_to_care: [care_given]
        description: Een jongere is dood gevonden op de groep.
    expect:
%s
  - {who: officer, decide: {subject: classification, as_proposed: yes}}
  - {who: officer, skip: {step: weigh, motivation: Al gedaan aan de telefoon.}}
  - {who: officer, note: Teruggebeld.}
  - {who: officer, ask: {name: q, fields: [sex]}}
  - {who: officer, row: {form: party, id: bravo, answers: {party_name: Bravo}}}
  - {who: alfa, report: {case: proef, answers: {organisation: Alfa, kinds: [other], incident: 2026-03-28 14:00}}}
  - {who: officer, propose_destroy: {ground: test, reason: Een oefening.}}
  - {who: head, approve: {rules: test, note: Gezien.}}
  - {who: head, case: mila, hide: {from: colleague, reason: Familie.}}
  - {who: owner, emergency: {ground: absence, level: V4, purpose: Bellen met de politie., reason: Niemand neemt op.}}
  - {who: officer, propose_destroy: {ground: request, reason: Het gezin vraagt het.}}
  - {who: admin, entry: {book: rooster, values: {role: desk_officer, person: officer, from: 2026-03-28 16:00, until: 2026-03-28 22:00}}}
  - {who: officer, draft: dat}
  - who: officer
    release: {product: dat, to: [alderman]}
    expect:
%s`

// aboutReceipt and aboutCase pair a right expectation with a wrong one.
var aboutReceipt = [][2]string{
	{`receipt: {due: 2026-03-30 15:00}`, `receipt: {due: 2026-03-30 14:00}`},
	{`receipt: {state: met}`, `receipt: {state: late}`},
	{`receipt: {words: [48 uur]}`, `receipt: {words: [49 uur]}`},
	{`receipt: {desk_open: yes}`, `receipt: {desk_open: no}`},
	{`receipt: {urgent: no}`, `receipt: {urgent: yes}`},
	{`receipt: {missing: [Geslacht], not_missing: [Leeftijd]}`, `receipt: {missing: [Leeftijd]}`},
	{`receipt: {kind: melding}`, `receipt: {not_missing: [Geslacht]}`},
	{`refused: no`, `refused: yes`},
}
var aboutCase = [][2]string{
	{`status: open`, `status: closed`},
	{`kind: calamiteit`, `kind: gebeurtenis`},
	{`urgent: no`, `urgent: yes`},
	{`flags: {never: [dringend]}`, `flags: [dringend]`},
	{`facts: {age: "16", description: sealed, sex: unknown}`, `facts: {age: unknown}`},
	{`facts: {laws: Jeugdwet}`, `facts: {description: unknown}`},
	{`tables: {classification: {class: calamity, statutory: calamity, decided: yes, differs: no, provisional: no}}`, `tables: {classification: {class: incident}}`},
	{`tables: {classification: {decided: {class: calamity}}}`, `tables: {classification: {decided: no}}`},
	{`tables: {classification: {because: ernstige schade}}`, `tables: {classification: {because: regen}}`},
	{`tables: {missing_person: {arises: no}}`, `tables: {missing_person: {missing_duty: duty}}`},
	{`tables: {spokesperson: {speaks: case_owner}}`, `tables: {no_such_table: {class: incident}}`},
	{`criteria: {report_criteria: {met: [C1, "1"], not: ["3"]}}`, `criteria: {report_criteria: {met: ["3"]}}`},
	{`criteria: {report_criteria: {possible: ["2"]}}`, `criteria: {report_criteria: {not: [C1]}}`},
	{`criteria: {council_criteria: {met: ["1"]}}`, `criteria: {report_criteria: {none: yes}}`},
	{`criteria: {council_criteria: {decided: []}}`, `criteria: {report_criteria: {met: [C1], only: yes}}`},
	{`duties: {igj: {must: "yes", state: open}}`, `duties: {igj: {must: "no"}}`},
	{`duties: {desk: {state: done}}`, `duties: {igj: {state: done}}`},
	{`deadlines: {T-01: {due: 2026-03-30 15:00, start: 2026-03-28 14:00, met: 2026-03-28 16:10, state: [met, late], words: vooruit}}`, `deadlines: {T-01: {due: 2026-03-30 14:00}}`},
	{`deadlines: {T-02: none}`, `deadlines: {T-01: none}`},
	{`deadlines: {T-01: met}`, `deadlines: {T-02: running}`},
	{`steps: {open: [criteria], not_open: [classify], done: [weigh]}`, `steps: {open: [classify]}`},
	{`steps: {not_open: [close_phase1]}`, `steps: {not_open: [criteria]}`},
	{`steps: {open: [assess_council]}`, `steps: {open: [no_such_step]}`},
	{`products: {released: [dat], not_proposed: [dat]}`, `products: {released: [summary]}`},
	{`products: {not_proposed: [event_notice]}`, `products: {proposed: [event_notice]}`},
	{`recipients: {dat: [alderman]}`, `recipients: {dat: [officer]}`},
	{`texts: {dat: {contains: calamiteit, never: [groep]}}`, `texts: {dat: {never: [calamiteit]}}`},
	{`findings: {dat: {none: yes, no_stops: yes}}`, `findings: {dat: {text: [zestien]}}`},
	{`mails: {to: alderman, count: 1, never: [dood]}`, `mails: {to: alderman, count: 2}`},
	{`mails: {subject: dat-melding}`, `mails: {never: [zaak]}`},
	{`knows: {alderman: {dat: sent}}`, `knows: {alderman: {dat: read}}`},
	{`knows: {officer: {dat: none}}`, `knows: {officer: {dat: sent}}`},
	{`questions: {open: 1, done: 0, contains: sex}`, `questions: {open: 0}`},
	{`checks: {completeness: {missing: [sex], ok: [age]}}`, `checks: {completeness: {ok: [sex]}}`},
	{`checks: {completeness: {ask: {sex: [Geslacht]}}}`, `checks: {completeness: {ask: {sex: [Schoenmaat]}}}`},
	{`checks: {closing: {missing: [learning]}}`, `checks: {closing: {all: yes}}`},
	{`no_duplicates: yes`, `duplicates: {case: mila}`},
	{`links: {count: 0}`, `links: {verdict: related}`},
	{`rows: {party: {count: 1, contains: Bravo}}`, `rows: {party: 2}`},
	{`worklist: {contains: [mila], first: mila, desk_open: yes}`, `worklist: {not: [mila]}`},
	{`worklist: {jobs: 1}`, `worklist: {jobs: 2}`},
	{`worklist: {late: []}`, `worklist: {late: [mila]}`},
	{`register: {year: 2026, rows: 1, sum: {voorvallen: 1}, never: [groep]}`, `register: {year: 2026, rows: 2}`},
	{`as: admin, setup: {contains: [Niemand heeft de rol bestuursadviseur], never: [Niemand heeft de rol loketfunctionaris]}`, `as: admin, setup: [Niemand heeft de rol loketfunctionaris]`},
	{`as: admin, setup: {never: [gefietst]}`, `as: officer, setup: {never: [gefietst]}`},
	{`versions: {"1.0": effective, "9.9": none}`, `versions: {"1.0": draft}`},
	{`register: {year: 2025, rows: 0}`, `register: {year: 2026, sum: {voorvallen: 2}}`},
	{`figures: {year: 2026, incidents: 1, small: yes, frozen: 0}`, `figures: {year: 2026, small: no}`},
	{`figures: {year: 2026, counts: {laws: {Jeugdwet: klein}}}`, `figures: {year: 2026, counts: {laws: {Jeugdwet: "1"}}}`},
	{`timeline: [Ontvangen]`, `timeline: [Bravo is gebeld]`},
	{`deviations: {what: weigh, motivation: telefoon, by: officer}`, `deviations: {what: weigh, motivation: vergeten}`},
	{`decisions: {classification: {outcome: calamiteit, deviates: no, by: officer, at: 2026-03-28 16:10}}`, `decisions: {classification: {by: alderman}}`},
	{`decisions: {classification: {outcome: {class: calamity, statutory: calamity}}}`, `decisions: {classification: {outcome: {class: incident}}}`},
	{`worklist: {first: [mila]}`, `worklist: {first: [other]}`},
	{`criteria: {report_criteria: {decided: no}}`, `criteria: {report_criteria: {decided: yes}}`},
	{`decisions: {classification: calamiteit}`, `decisions: {spokesperson: {by: officer}}`},
	{`log: {never: [dood]}`, `log: [heeft gefietst]`},
	{`notes: [Teruggebeld]`, `notes: [Niet gebeld]`},
	{`inbox: {alderman: [dat]}`, `inbox: {alderman: []}`},
	{`neighbours: {count: 0}`, `neighbours: {with: elders, state: accepted}`},
	{`proposals: 0`, `proposals: 1`},
	{`shared: {never: [dood]}, status: open`, `shared: [dood], status: open`},
	{`sees_nothing: no`, `sees_nothing: yes`},
	{`gone: no`, `gone: yes`},
	{`as: head, case: proef, gone: yes`, `as: head, case: mila, gone: yes`},
	{`hidden_from: [colleague]`, `hidden_from: []`},
	{`held: no`, `held: yes`},
	{`as: head, emergencies: {by: owner, ground: absence, level: V4, at: 2026-03-28 16:10, until: 2026-03-28 20:10, state: runs, says: [politie], never: [school]}`, `as: head, emergencies: {by: owner, level: V5}`},
	{`as: owner, emergencies: {count: 1}`, `as: head, emergencies: {by: officer, count: 1}`},
	{`as: head, emergencies: owner`, `as: head, emergencies: {state: waits}`},
	{`as: head, retention: {proposed: [request], held: [], due: {request: 2026-03-28 16:10}, asked: {request: officer}}`, `as: head, retention: {proposed: []}`},
	{`as: head, retention: request`, `as: head, retention: {asked: {test: officer}}`},
	{`as: head, certificate: {items: {proef: [test]}, whole: [proef], by: head, contains: [Gezien], never: [oefening]}`, `as: head, certificate: {whole: []}`},
	{`as: head, certificate: {contains: [Testmelding]}`, `as: officer, certificate: {by: head}`},
	{`on_duty: {desk_officer: [officer], desk_coordinator: []}`, `on_duty: {desk_officer: [colleague]}`},
	{`reporter: {questions: 1, forms: [supplement], due: 2026-03-30 15:00, reports: 1}`, `reporter: {questions: 0}`},
}

// Every expectation that is right passes, and every one that is wrong is found: none of
// them is looked at and then forgotten.
func TestEveryExpectationCanFail(t *testing.T) {
	t.Parallel()
	right, _ := expectations(aboutReceipt, aboutCase, 0)
	if sum, out := play(t, testkit.Start(nil), right); sum.Failed != 0 {
		t.Errorf("right expectations must pass:\n%s", out)
	}
	wrong, lines := expectations(aboutReceipt, aboutCase, 1)
	sum, out := play(t, testkit.Start(nil), wrong)
	found := map[int]bool{}
	for _, d := range sum.Results[0].Differences {
		found[d.Line] = true
	}
	for line, text := range lines {
		if !found[line] {
			t.Errorf("line %d is wrong and was not found: %s", line, text)
		}
	}
	if t.Failed() {
		t.Log(out)
	}
	covered(t, right+wrong)
}

// expectations fills the story with the right (0) or wrong (1) ones, and tells on which
// line of the file each stands.
func expectations(receipt, later [][2]string, which int) (text string, lines map[int]string) {
	list := func(all [][2]string) string {
		var b strings.Builder
		for _, e := range all {
			eyes := "as: officer, "
			if strings.HasPrefix(e[which], "as: ") {
				eyes = ""
			}
			b.WriteString("      - {" + eyes + e[which] + "}\n")
		}
		return b.String()
	}
	text = fmt.Sprintf(told, list(receipt), list(later))
	lines = map[int]string{}
	for i, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "      - {as: ") {
			lines[i+1] = line
		}
	}
	return text, lines
}

// covered fails when an expectation exists that this test does not try.
func covered(t *testing.T, text string) {
	t.Helper()
	kind := reflect.TypeFor[scenario.Expect]()
	for i := range kind.NumField() {
		key := kind.Field(i).Tag.Get("yaml")
		if key != "-" && key != "case" && key != "no_leak" && !strings.Contains(text, ", "+key+": ") && key != "as" {
			t.Errorf("no test for the expectation %q", key)
		}
	}
}
