// SPDX-License-Identifier: EUPL-1.2

package scenario_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/loket/internal/testkit"
	"example.org/loket/scenario"
)

// The stories of this repository go as told: SC-01, SC-02, SC-05, SC-06, SC-08, SC-11.
func TestScenarios(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../scenarios/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories found: %v", err)
	}
	invented, err := filepath.Glob("../protocol/testdata/*/stories/*.yaml") // of protocols that exist only to prove the language
	if err != nil || len(invented) == 0 {
		t.Fatalf("no stories of invented protocols: %v", err)
	}
	files = append(files, invented...)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			sum, err := scenario.Run(context.Background(), testkit.Start(nil), []string{file}, &out)
			if err != nil {
				t.Fatal(err)
			}
			if sum.Failed > 0 || sum.Checks == 0 {
				t.Errorf("%d of %d stories differ\n%s", sum.Failed, sum.Stories, out.String())
			}
		})
	}
}

// Every whole story in docs/scenarios.md goes as told.
func TestDocumentedStories(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/scenarios.md")
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, block := range strings.Split(string(page), "```yaml\n")[1:] {
		text, _, _ := strings.Cut(block, "```")
		if !strings.HasPrefix(text, "scenario:") {
			continue
		}
		told++
		if sum, out := play(t, testkit.Start(nil), text); sum.Failed > 0 || sum.Checks == 0 {
			t.Errorf("a documented story differs:\n%s", out)
		}
	}
	if told < 3 {
		t.Errorf("%d stories found", told)
	}
}

const control = `scenario: CONTROL
title: controle
protocol: rotterdam
people:
  alfa:    {role: reporter, organisation: Alfa}
  officer: desk_officer
canaries: [Mila Verzonnen]
steps:
  - step: melding
    at: 2026-03-28 16:10
    who: alfa
    report:
      case: mila
      answers:
        organisation: Alfa
        kinds: [suspected_unnatural_death]
        incident: 2026-03-28 14:00
        description: Mila Verzonnen is dood gevonden op de groep.
    expect:
      receipt: {due: 2026-03-30 15:00}
`

func play(t *testing.T, start scenario.Start, text string) (scenario.Summary, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "control.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	sum, err := scenario.Run(context.Background(), start, []string{file}, &out)
	if err != nil {
		t.Fatal(err)
	}
	return sum, out.String()
}

// A story that goes as told has no differences; with one wrong expectation it has one,
// and the reader learns where, what was expected, what came and why.
func TestWrongExpectationIsFound(t *testing.T) {
	t.Parallel()
	sum, out := play(t, testkit.Start(nil), control)
	if sum.Failed != 0 {
		t.Fatalf("the control story must pass:\n%s", out)
	}
	sum, out = play(t, testkit.Start(nil), strings.Replace(control, "due: 2026-03-30 15:00", "due: 2026-03-30 14:00", 1))
	if sum.Failed != 1 || len(sum.Results[0].Differences) != 1 {
		t.Fatalf("one difference wanted, got:\n%s", out)
	}
	for _, part := range []string{"ANDERS", "melding · 2026-03-28 16:10", "control.yaml:20 receipt.due", "verwacht: 2026-03-30 14:00", "gekregen: 2026-03-30 15:00", "48 uur"} {
		if !strings.Contains(out, part) {
			t.Errorf("the difference does not say %q:\n%s", part, out)
		}
	}
}

// A role or product that the protocol does not have gives file, line and the nearest name.
func TestMisspeltNames(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "misspelt.yaml")
	text := strings.Replace(control, "desk_officer", "desk_oficer", 1)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := scenario.Run(context.Background(), testkit.Start(nil), []string{file}, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "misspelt.yaml:6") || !strings.Contains(err.Error(), "desk_officer?") {
		t.Errorf("a misspelt role gives: %v", err)
	}
	_, out := play(t, testkit.Start(nil), control+"      deadlines: {T-1: none}\n      tables: {clasification: {class: event}}\n")
	for _, part := range []string{`kent "T-1" niet`, "T-01", "classification?"} {
		if !strings.Contains(out, part) {
			t.Errorf("the difference does not say %q:\n%s", part, out)
		}
	}
}

// S05: with sealing off, the sweep must find the canary on disk.
func TestSweepFindsWhatLiesOpen(t *testing.T) {
	t.Parallel()
	sum, out := play(t, testkit.Start(testkit.OpenSealer{}), control)
	if sum.Failed != 1 || !strings.Contains(out, "P: data") || !strings.Contains(out, "Mila Verzonnen") {
		t.Fatalf("the sweep did not find the canary that lies open:\n%s", out)
	}
}
