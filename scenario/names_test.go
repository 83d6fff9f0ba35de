// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"example.org/loket/protocol"
	"example.org/loket/protocols"
)

// misspeltExpectations and misspeltActions are pairs of an expectation or action with a wrong name in it, and the name that is
// meant. Most would be true of every desk: nobody got `datt`, and `jan` has no mail.
var misspeltExpectations = [][2]string{
	{`facts: {agee: unknown}`, "age"},
	{`knows: {aldermann: {dat: none}}`, "alderman"},
	{`knows: {alderman: {datt: none}}`, "dat"},
	{`knows: {alderman: {dat: seen}}`, "sent"},
	{`inbox: {aldermann: []}`, "alderman"},
	{`mails: {to: aldermann, count: 0}`, "alderman"},
	{`products: {not_proposed: [datt]}`, "dat"},
	{`recipients: {dat: [aldermann]}`, "alderman"},
	{`worklist: {not: [mla]}`, "mila"},
	{`worklist: {view: teem}`, "team"},
	{`deadlines: {T-02: {state: nonee}}`, "none"},
	{`deadlines: {T-0l: none}`, "T-01"},
	{`duties: {ijg: {must: none}}`, "igj"},
	{`tables: {missing_persn: {arises: no}}`, "missing_person"},
	{`criteria: {report_criterium: {none: yes}}`, "report_criteria"},
	{`checks: {completeness: {ok: [agee]}}`, "age"},
	{`status: opened`, "open"},
	{`refused: {code: motivatin}`, "motivation"},
	{`hidden_from: [oficer]`, "officer"},
	{`emergencies: {by: oficer, count: 0}`, "officer"},
	{`emergencies: {state: run}`, "runs"},
	{`emergencies: {ground: safty}`, "safety"},
	{`retention: {proposed: [case_dat]}`, "case_data"},
	{`certificate: {items: {mla: [case_data]}}`, "mila"},
	{`certificate: {items: {mila: [tst]}}`, "test"},
	{`on_duty: {desk_oficer: []}`, "desk_officer"},
	{`on_duty: {desk_officer: [oficer]}`, "officer"},
}

var misspeltActions = [][2]string{
	{`done: clasify`, "classify"},
	{`skip: {step: weigh, how: nott, motivation: x}`, "not"},
	{`duty: {duty: ijg}`, "igj"},
	{`duty: {duty: igj, state: don}`, "done"},
	{`ask: {name: q, fields: [agee]}`, "age"},
	{`open: {fields: [descripton], purpose: x}`, "description"},
	{`erase: {fields: [agee], reason: x}`, "age"},
	{`assign: oficer`, "officer"},
	{`task: {title: Bellen, owner: oficer}`, "officer"},
	{`tell: {to: alderman, channel: spokn}`, "spoken"},
	{`draft: {product: dat, left_empty: {thatt: x}}`, "that"},
	{`record: {form: party, answers: {party_name: Bravo}}`, "Bekend zijn"},
	{`row: {form: assessment, id: a, answers: {age: 3}}`, "Bekend zijn"},
	{`propose_close: phase9`, "phase1"},
	{`propose_close: {phase: phase1, motivations: {learnin: x}}`, "learning"},
	{`end: {as: evnt, reason: x}`, "event"},
	{`hide: {from: [oficer], reason: x}`, "officer"},
	{`show: {to: oficer, reason: x}`, "officer"},
	{`emergency: {ground: safty, level: V4, purpose: x, reason: x}`, "safety"},
	{`emergency: {ground: safety, level: V6, purpose: x, reason: x}`, "V1"},
	{`review: {by: oficer, right: yes, remark: x}`, "officer"},
	{`propose_destroy: {ground: tst, reason: x}`, "test"},
	{`approve: [case_dat]`, "case_data"},
	{`approve: {rules: all, cases: [mla]}`, "mila"},
	{`note: {text: x, kind: handovr}`, "handover"},
}

// A misspelt name never passes: the story says where it stands and which one may be meant. All
// wrong expectations are found at once; a wrong action stops the story.
func TestNamesThatNobodyHas(t *testing.T) {
	t.Parallel()
	files, err := protocols.FS("rotterdam")
	if err != nil {
		t.Fatal(err)
	}
	rotterdam, err := protocol.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range misspeltExpectations {
		misspelt(t, rotterdam, c[0], c[1], func(p *player, s *Step) []string {
			s.Expect[0].Line = 1
			p.checkNames(&s.Expect[0])
			var said []string
			for _, d := range p.result.Differences {
				said = append(said, d.What+" "+d.Because)
			}
			return said
		}, "expect: {%s}")
	}
	for _, c := range misspeltActions {
		misspelt(t, rotterdam, c[0], c[1], func(p *player, s *Step) []string {
			if err, wrong := errors.AsType[*storyError](p.misnamed(s)); wrong {
				return []string{storyWrong + " " + err.cure}
			}
			return nil
		}, "%s")
	}
}

// misspelt asks what is said of one step: one thing, with the name that is meant; and nothing
// of the same step where a refusal is expected, for then it may hold any name.
func misspelt(t *testing.T, rotterdam *protocol.Protocol, text, meant string, say func(*player, *Step) []string, in string) {
	t.Helper()
	file := "scenario: X\nprotocol: rotterdam\npeople: {officer: desk_officer, alderman: executive}\nsteps:\n" +
		"  - {step: r, at: 2026-03-28 16:10, who: officer, report: {case: mila, answers: {organisation: Alfa}}}\n  - {who: officer, " + fmt.Sprintf(in, text) + "}\n"
	story, err := Read("x.yaml", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	p := &player{tale: story.tales()[0], protocol: rotterdam, houses: map[string]*house{"": {protocol: rotterdam}}, cases: map[string]*played{}}
	step := &p.tale.steps[1]
	if said := say(p, step); len(said) != 1 || !strings.HasPrefix(said[0], storyWrong) || !strings.Contains(said[0], meant) {
		t.Errorf("%s: %q, want %q named", text, said, meant)
	}
	if len(step.actions()) > 0 {
		step.Expect = []Expect{{Refused: &WantRefused{Code: "invalid"}}}
		if said := say(p, step); said != nil {
			t.Errorf("%s, with a refusal expected: %q", text, said)
		}
	}
}
