// SPDX-License-Identifier: EUPL-1.2

package protocol

import "testing"

// R-R-12: a condition in words, with the titles and options of the protocol; “not” is worked in, and
// that a fact is known is not said where it is said what it is. Control: what is no fact, or no
// sentence, has no words, also deep within.
func TestConditionWords(t *testing.T) {
	t.Parallel()
	p, err := Load(mapFolder("protocol.yaml", []byte(`
protocol: {id: woorden, title: Woorden, version: "1"}
roles:
  - {id: officer, title: medewerker, side: desk, may: [record]}
forms:
  - id: facts
    use: officer
    by: [officer]
    title: {nl: Feiten, en: Facts}
    sections:
      - id: a
        title: A
        fields:
          - {id: kind, type: choice, level: V1, label: {nl: Soort, en: Kind}, options: [{id: calamity, label: {nl: Calamiteit, en: Calamity}}, {id: incident, label: {nl: Incident, en: Incident}}]}
          - {id: age, type: number, level: V1, label: {nl: Leeftijd, en: Age}}
          - {id: safe, type: yesno, level: V1, label: {nl: Is het veilig?, en: Is it safe?}}
          - {id: laws, type: choices, level: V1, label: {nl: Wetten, en: Laws}, options: [{id: wmo, label: Wmo}, {id: jeugdwet, label: Jeugdwet}]}
          - {id: told_at, type: moment, level: V1, label: {nl: Verteld op, en: Told at}}
`)))
	if err != nil {
		t.Fatal(err)
	}
	for condition, want := range map[string]Text{
		`kind == "calamity" && age < 18`:                        {"soort is Calamiteit en leeftijd is minder dan 18", "kind is Calamity and age is less than 18"},
		`known(age) && age >= 18`:                               {"leeftijd is minstens 18", "age is at least 18"},
		`!(known(told_at) || "wmo" in laws)`:                    {"verteld op is niet bekend en bij wetten is niet gekozen: Wmo", "told at is not known and at laws was not chosen: Wmo"},
		`safe || (!safe && laws.size() == 0)`:                   {"“Is het veilig?” is ja of (“Is het veilig?” is nee en bij wetten is niets gekozen)", "“Is it safe?” is yes or (“Is it safe?” is no and at laws nothing was chosen)"},
		`facts_sent && !closed`:                                 {"feiten is ingevuld en niet: gesloten", "facts was filled in and not: closed"},
		`kind in ["calamity", "incident"]`:                      {"soort is Calamiteit of Incident", "kind is Calamity or Incident"},
		`told_at > received_at + duration("48h")`:               {"verteld op is na 48 uur na ontvangen", "told at is after 48 hours after received"},
		`laws.all(l, l == "wmo") && laws.exists(l, l != "wmo")`: {"bij wetten is alleen gekozen: Wmo en bij wetten is iets anders gekozen dan Wmo", "at laws only this was chosen: Wmo and at laws something else was chosen than Wmo"},
	} {
		clause, ok := p.ConditionWords(condition)
		if got := clause.Text(); !ok || got != want {
			t.Errorf("%s: %v\n\t%q\n\t%q", condition, ok, got.NL, got.EN)
		}
	}
	for _, lost := range []string{"safe && nobody == 1", "safe && (age + 1 > 2 || laws.map(l, l).size() > 0)", "age <", "", `kind.matches("c.*")`} {
		if clause, ok := p.ConditionWords(lost); ok {
			t.Errorf("control: %q has words: %q", lost, clause.Text().NL)
		}
	}
}
