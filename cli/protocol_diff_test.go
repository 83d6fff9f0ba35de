// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	region = "../protocol/testdata/heuvelland"
	town   = "../protocol/testdata/bergdorp"
)

// design §4, SM-11: versions and overlays are compared, by element with file and line.
func TestProtocolDiff(t *testing.T) {
	t.Parallel()
	status, out, err := typed(t, "protocol", "diff", region, town)
	if status != exitDifferent {
		t.Fatalf("status %d: %s%s", status, out, err)
	}
	for _, want := range []string{
		"~ deadlines T-3  Reactie op het onderzoek  (" + region + "/protocol.yaml:", town + "/bergdorp.yaml:",
		"    within: 3 working days → 1 working day", "- steps tell_chair  Voorzitter informeren", "verschillen.",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in:\n%s", want, out)
		}
	}
	if status, out, _ := typed(t, "protocol", "diff", region, region); status != exitOK || !strings.Contains(out, "0 verschillen") {
		t.Errorf("control: a protocol differs from itself: %d %s", status, out)
	}
}

// An overlay is checked and tested over the region beside it.
func TestProtocolOverlay(t *testing.T) {
	t.Parallel()
	for _, verb := range []string{"check", "test"} {
		if status, out, err := typed(t, "protocol", verb, town); status != exitOK {
			t.Errorf("%s: %d %s%s", verb, status, out, err)
		}
	}
	alone := t.TempDir()
	data, err := os.ReadFile(filepath.Join(town, "bergdorp.yaml"))
	if err != nil || os.WriteFile(filepath.Join(alone, "bergdorp.yaml"), data, 0o600) != nil {
		t.Fatal(err)
	}
	if status, out, said := typed(t, "protocol", "check", alone); status == exitOK || !strings.Contains(out+said, "heuvelland") {
		t.Errorf("control: an overlay without its base: %d %s%s", status, out, said)
	}
}

// design §4: past cases under another version.
func TestProtocolReplay(t *testing.T) {
	t.Parallel()
	status, out, err := typed(t, "protocol", "replay", region, "--under", town)
	if status != exitDifferent || !strings.Contains(out, "deadlines T-3 (Reactie op het onderzoek): 2026-05-19 17:00") || !strings.Contains(out, "8 zaken") {
		t.Errorf("%d %s%s", status, out, err)
	}
	file := filepath.Join(region, "cases", "voorbeelden.yaml")
	if status, out, err := typed(t, "protocol", "replay", file, "--under", region); status != exitOK || !strings.Contains(out, "8 zaken, 0 waren anders gegaan") {
		t.Errorf("control: under its own version: %d %s%s", status, out, err)
	}
}
