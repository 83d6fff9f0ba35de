// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"strings"
	"testing"
)

// sound is a protocol in which everybody who is asked for something can do it.
const sound = `protocol: {id: rechten, version: "1", title: Rechten, summary: {nl: Kort., en: Short.}}
roles:
  - {id: officer, title: Loket, side: desk, sees: V3, opens: V3, may: [work, record, decide, compose, release, close]}
  - {id: expert, title: Deskundige, side: desk, sees: V3, may: [work, contribute, align]}
  - {id: outsider, title: Melder, side: reporter, sees: V3, may: [report, follow_up]}
  - {id: region, title: Regio, side: desk, sees: V3, may: [work, record], cases: {kinds: [k]}}
kinds: [{id: k, title: K, phase: one}, {id: other, title: O, phase: two}]
forms:
  - {id: f, title: {nl: F, en: F}, use: report, opens: k, sections: [{id: s, fields: [{id: begun, label: {nl: B, en: B}, type: moment, level: V1}, {id: heavy, label: {nl: Z, en: H}, type: yesno, level: V1}]}]}
  - {id: opinion, title: Mening, use: officer, by: [expert], sections: [{id: s, fields: [{id: advice, label: A, type: text, level: V2}]}]}
  - {id: person, title: Persoon, use: rows, by: [officer], sections: [{id: s, fields: [{id: seen_on, label: D, type: moment, level: V2}]}]}
  - {id: more, title: {nl: M, en: M}, use: follow_up, by: [outsider], sections: [{id: s, fields: [{id: extra, label: {nl: E, en: E}, type: text, level: V2}]}]}
tables:
  - {id: weigh, title: Wegen, question: Zwaar?, decided_by: [officer], outputs: [{id: weight, title: Gewicht, type: text}], rules: [{id: r, then: {weight: w}}]}
criteria:
  - {id: marks, title: Lijst, decided_by: [officer], items: [{id: "1", title: Een, when: heavy}]}
duties: [{id: tell_region, title: Vertel het de regio, tell: region, by: officer}]
deadlines:
  - {id: T-1, title: Klok, from: begun, within: 1 day, met: received_at, owner: officer, escalate: [{to: [region]}]}
  - {id: T-2, title: Rijklok, each: person, from: seen_on, within: 1 day, met: seen_on, owner: officer}
phases: [{id: one, title: Een, proposed_by: [officer], closed_by: [officer]}, {id: two, title: Twee, closed_by: [officer], ends: [one]}]
products:
  - {id: memo, title: Memo, level: V3, recipients: [expert], made_by: [officer], released_by: [officer], align: [expert], parts: [{id: p, text: Tekst.}]}
steps:
  - {id: heavy_step, title: Wegen, phase: one, action: "decide:weigh", owner: [officer]}
  - {id: mark_step, title: Lijst, phase: one, action: "decide:marks", owner: [officer], due: T-1}
  - {id: ask_expert, title: Vraag, phase: one, action: "form:opinion", owner: [expert]}
  - {id: ask_more, title: Meer, phase: one, action: "form:more", owner: [outsider]}
  - {id: write, title: Schrijf, phase: one, action: "compose:memo", owner: [officer]}
  - {id: duty, title: Plicht, phase: one, action: "duty:tell_region", owner: [officer]}
  - {id: row, title: Rij, phase: one, action: note, each: person, due: T-2, owner: [officer]}
  - {id: look, title: Kijk, phase: one, action: note, owner: [region]}
  - {id: shut, title: Sluit, phase: one, action: "close:one", owner: [officer]}
`

// oddities are the warnings that are about who may what.
func oddities(t *testing.T, text string) []string {
	t.Helper()
	p, err := Load(mapFolder("protocol.yaml", []byte(text)))
	if err != nil {
		t.Fatalf("%v", err)
	}
	var out []string
	for _, w := range p.Warnings() {
		out = append(out, w.String())
	}
	return out
}

// design §4, R-R-16: who is asked to do something can do it. Each broken variant is a slip that a
// writer of a protocol makes without noticing; the checker says where, and what to write instead.
// Control: the sound protocol has no warnings.
func TestWhoIsAskedCanDoIt(t *testing.T) {
	t.Parallel()
	if got := oddities(t, sound); len(got) > 0 {
		t.Fatalf("control: the sound protocol is odd: %s", strings.Join(got, "\n"))
	}
	for _, c := range []struct{ name, was, is, at, want, cure string }{
		{"the form names another role", "use: officer, by: [expert]", "use: officer, by: [officer]", "id: ask_expert", `De rol "expert" is aan zet bij stap "ask_expert", maar mag formulier "opinion" invullen niet: de rol staat niet bij by`, "Zet de rol bij by"},
		{"the role may not fill forms", "may: [work, contribute, align]", "may: [work, align]", "id: ask_expert", `bij may van de rol staat record of contribute niet`, "Geef de rol record of contribute"},
		{"the table is another's", "question: Zwaar?, decided_by: [officer]", "question: Zwaar?, decided_by: [expert]", "id: heavy_step", `mag tabel "weigh" beslissen niet`, "decided_by"},
		{"the table decides itself", "question: Zwaar?, decided_by: [officer], ", "", "id: heavy_step", `niemand beslist tabel "weigh": zij volgt uit de feiten`, "decided_by"},
		{"who decides may not decide", "record, decide, compose", "record, compose", "id: weigh", `moet tabel "weigh" beslissen, maar mag dat niet: bij may staat decide niet`, "Geef de rol decide"},
		{"the text is another's", "made_by: [officer]", "made_by: [expert]", "id: write", `mag product "memo" maken niet`, "made_by"},
		{"who releases may not release", "compose, release, close", "compose, close", "id: memo", `moet product "memo" vrijgeven, maar mag dat niet`, "Geef de rol release"},
		{"who releases may not read it", "id: officer, title: Loket, side: desk, sees: V3, opens: V3", "id: officer, title: Loket, side: desk, sees: V2, opens: V2", "id: memo", `staat bij released_by van product "memo", maar mag het niet lezen: het product is V3, de rol komt tot V2`, "opens"},
		{"who aligns may not agree", "may: [work, contribute, align]", "may: [work, contribute]", "id: memo", `mag geen akkoord geven`, "Geef de rol align"},
		{"who closes may not close", "release, close]", "release]", "id: one, title: Een", `moet fase "one" afsluiten, maar mag dat niet`, "Geef de rol close"},
		{"who is asked sees no cases", "may: [work, record], cases", "may: [record], cases", "id: look", `aan zet bij stap "look", maar ziet geen zaken: bij may staat work niet`, "Geef de rol work"},
		{"who is told that it is late sees no cases", "may: [work, record], cases", "may: [record], cases", "id: T-1", `krijgt bericht over termijn "T-1", maar ziet geen zaken`, "Geef de rol work"},
		{"the clock is of somebody who sees no cases", "met: received_at, owner: officer", "met: received_at, owner: blind", "id: T-1", `De rol "blind" is aan zet bij termijn "T-1", maar ziet geen zaken`, "Geef de rol work"},
		{"the role sees other kinds of cases", "cases: {kinds: [k]}", "cases: {kinds: [other]}", "id: look", `ziet geen zaken die in fase "one" komen`, "cases: {kinds: …}"},
		{"the form is offered to nobody", "use: follow_up, by: [outsider]", "use: follow_up, by: [outsider, expert]", "id: more", `De rol "expert" staat bij formulier "more", maar kan het niet sturen`, "follow_up of record"},
		{"the form is never offered", "use: officer, by: [expert]", "use: officer, when: \"false\", by: [expert]", "id: opinion", `Formulier "opinion" wordt nooit aangeboden`, "Schrijf een voorwaarde"},
		{"the clock runs per row and the step does not", "action: note, each: person, due: T-2", "action: note, due: T-2", "id: row", `krijgt nooit de klok van "T-2"`, "each: person"},
		{"the text is per row and the step is not", "{id: memo, title: Memo", "{id: memo, each: person, title: Memo", "id: write", `gaan niet over dezelfde rijen`, "dezelfde each"},
		{"of names organisations for a role without", "action: note, owner: [region]", "action: note, of: [town], owner: [region]", "id: look", `doet of niets`, "Haal of weg"},
		{"of names organisations for a filler without", "use: officer, by: [expert]", "use: officer, by: [expert], of: [town]", "id: opinion", `Bij formulier "opinion" doet of niets`, "Haal of weg"},
		{"of names organisations for a decider without", "question: Zwaar?,", "question: Zwaar?, of: [town],", "id: weigh", `Bij tabel "weigh" doet of niets`, "Haal of weg"},
		{"the form is of another organisation than the step", "use: officer, by: [expert]", "use: officer, by: [expert], of: [town]", "id: ask_expert", `Stap "ask_expert" is voor een andere organisatie dan "opinion"`, "of: [town]"},
		{"who closes ends what another closes", "proposed_by: [officer], closed_by: [officer]}, {id: two", "proposed_by: [officer], closed_by: [region]}, {id: two", "id: two, title: Twee", `De rol "officer" sluit met fase "two" ook fase "one" af`, "closed_by van fase"},
		{"who puts it aside may not", "action: \"compose:memo\",", "action: \"compose:memo\", skipped_by: [expert],", "id: write", `moet stap "write" overslaan, maar mag dat niet`, "Geef de rol record"},
	} {
		text := sound
		switch {
		case strings.Contains(c.is, "blind"):
			text = strings.Replace(text, "kinds: [{id: k,", "  - {id: blind, title: Blind, side: desk, may: [record]}\nkinds: [{id: k,", 1)
		case strings.Contains(c.is, "town"):
			text = strings.Replace(text, "{id: heavy, label: {nl: Z, en: H}, type: yesno, level: V1}", "{id: heavy, label: {nl: Z, en: H}, type: yesno, level: V1}, {id: town, label: {nl: T, en: T}, type: choice, level: V1, options: [{id: n, label: {nl: N, en: N}}]}", 1)
		}
		if !strings.Contains(text, c.was) {
			t.Fatalf("%s: %q is not in the protocol", c.name, c.was)
		}
		broken := strings.Replace(text, c.was, c.is, 1)
		before, _, there := strings.Cut(broken, c.at)
		line := fmt.Sprintf("protocol.yaml:%d: ", strings.Count(before, "\n")+1)
		got, found := strings.Join(oddities(t, broken), "\n"), false
		for _, w := range strings.Split(got, "\n") {
			found = found || strings.Contains(w, c.want) && strings.Contains(w, c.cure) && strings.HasPrefix(w, line)
		}
		if !found || !there {
			t.Errorf("%s: want %q at %swith cure %q, got\n%s", c.name, c.want, line, c.cure, got)
		}
	}
}
