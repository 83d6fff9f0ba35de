// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// R-R-125, R-R-149: the missing drawings of the document come back as images and in words.
func TestProtocolShowDraws(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "schemas")
	status, out, _ := typed(t, "protocol", "show", "rotterdam", "--charts", folder)
	if status != exitOK || !strings.Contains(out, "## Stroomschema") {
		t.Fatalf("ended with %d", status)
	}
	drawn, err := filepath.Glob(filepath.Join(folder, "*.svg"))
	if err != nil || len(drawn) != 4 {
		t.Fatalf("drawn: %v %v", drawn, err)
	}
	if b, err := os.ReadFile(drawn[0]); err != nil || !strings.HasPrefix(string(b), "<svg") {
		t.Errorf("%s is no image: %v", drawn[0], err)
	}
}

// R-R-12, R-R-30: whoever writes a rule, an example or a scenario finds every name in the book:
// options of questions, outcomes of rows, parts and stops of messages, checks, kinds, phases.
// Control: a name that is in no protocol is not in the book either.
func TestProtocolShowNamesEverything(t *testing.T) {
	status, out, _ := typed(t, "protocol", "show", "rotterdam")
	if status != exitOK {
		t.Fatalf("ended with %d", status)
	}
	for _, name := range []string{
		"`suspected_unnatural_death`", "(= unknown)", "(+ text)", "→ `class`", "class: calamity",
		"## Soorten zaken", "by: `reporter`", "may: `", "part `", "mandatory, to be written", "stop `", "checks: `", "### ", "## Controles",
	} {
		if !strings.Contains(out, name) {
			t.Errorf("the book does not tell %s", name)
		}
	}
	if strings.Contains(out, "`no_such_option`") {
		t.Error("the book tells what is not there")
	}
}

// Design §4.14: the book of a municipality begins with what it does otherwise than its region, and
// says of each term what ends it. Control: the region itself has no such chapter.
func TestProtocolShowTellsTheOverlay(t *testing.T) {
	status, out, said := typed(t, "protocol", "show", town)
	if status != exitOK {
		t.Fatalf("ended with %d: %s", status, said)
	}
	for _, want := range []string{"## Wat hier anders is dan in ", "`deadlines T-3` Reactie op het onderzoek · within: 3 working days → 1 working day", "`steps tell_chair` Voorzitter informeren · vervallen", " · met: `"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in the book:\n%.1500s", want, out)
		}
	}
	if _, out, _ := typed(t, "protocol", "show", region); strings.Contains(out, "Wat hier anders is") {
		t.Error("the region differs from itself")
	}
}

// R-I-18 D-55: the book tells for which municipality somebody gets a message, and who gets it
// when nobody is there. Control: what no product says is not told.
func TestProtocolShowTellsForWhom(t *testing.T) {
	status, out, _ := typed(t, "protocol", "show", "ijsselland")
	if status != exitOK {
		t.Fatalf("ended with %d", status)
	}
	want := "- to `policy_officer_youth` · of: `members` · except: `municipality_asking` · else: `municipal_manager`, `contract_manager`"
	if !strings.Contains(out, want) {
		t.Errorf("the book does not tell %s", want)
	}
	if strings.Contains(out, "- to `mayor` · of: `members`") {
		t.Error("the book tells what no product says")
	}
}

// DOC-04 DOC-35: the documents of a protocol are written as they come out of its invented cases,
// and are those that the program itself shows; another version shows none.
func TestProtocolShowWritesExamples(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "voorbeelden")
	if status, _, said := typed(t, "protocol", "show", "ijsselland", "--examples", folder); status != exitOK {
		t.Fatalf("ended with %d: %s", status, said)
	}
	made, err := os.ReadFile(filepath.Join(folder, "DOC-35-key_message.md"))
	p, fault := readProtocol("ijsselland")
	if err != nil || fault != nil || example(p, "DOC-35-key_message.md") != string(made) {
		t.Errorf("another example than the program shows: %v %v", err, fault)
	}
	p.About.Version = "999"
	if example(p, "DOC-35-key_message.md") != "" || example(p, "../protocol.yaml") != "" {
		t.Error("control: an example of another version was shown")
	}
}
