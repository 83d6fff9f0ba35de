// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

const roundAndRound = `
protocol: {id: round, version: "1", title: Rond, summary: {nl: Rond., en: Round.}}
kinds: [{id: event, title: Gebeurtenis, phase: look}]
phases:
  - {id: look, title: Kijken, then: do}
  - {id: do, title: Doen, then: look}
forms:
  - id: facts
    title: Feiten
    use: officer
    sections:
      - id: all
        fields:
          - {id: hurt, label: Gewond, type: yesno, level: V2, show: helped}
          - {id: helped, label: Geholpen, type: yesno, level: V2, show: hurt}
          - {id: free, label: Vrij, type: yesno, level: V1}
          - {id: why, label: Waarom, type: text, level: V1, show: free}
`

func warned(t *testing.T, text string) string {
	t.Helper()
	p, err := Load(fstest.MapFS{"round.yaml": {Data: []byte(text)}, "forgotten.yml": {Data: []byte("steps: []\n")}, "cases.yaml/a.txt": {Data: []byte("x")}})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(Problems(p.Warnings()))
}

// Design §4: the checker tells of phases that never come to an end, and of questions that are
// never asked. Control: the same protocol without the two circles says neither.
func TestCirclesAreTold(t *testing.T) {
	t.Parallel()
	said := warned(t, roundAndRound)
	for _, want := range []string{"round.yaml:5: let op: Deze fasen volgen op elkaar in een kring", "look → do → look", "round.yaml:14: let op: Deze vragen wachten op elkaar: hurt → helped → hurt"} {
		if !strings.Contains(said, want) {
			t.Errorf("want %q in\n%s", want, said)
		}
	}
	sound := strings.NewReplacer(", then: look", "", ", show: hurt", "").Replace(roundAndRound)
	if said := warned(t, sound); strings.Contains(said, "→ look") || strings.Contains(said, "op elkaar") {
		t.Errorf("nothing goes round here:\n%s", said)
	}
}

// Design §4: no file of a protocol is passed over in silence; a folder is no file, whatever its name.
func TestFilesThatAreNotReadAreTold(t *testing.T) {
	t.Parallel()
	if said := warned(t, roundAndRound); !strings.Contains(said, "forgotten.yml: let op: Dit bestand wordt niet gelezen") {
		t.Error(said)
	}
}
