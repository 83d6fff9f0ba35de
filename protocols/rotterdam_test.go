// SPDX-License-Identifier: EUPL-1.2

package protocols_test

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"example.org/loket/protocol"
	"example.org/loket/protocols"
)

// folder is the protocol as the program carries it.
func folder(t *testing.T, id string) fs.FS {
	t.Helper()
	found, err := protocols.FS(id)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func load(t *testing.T, fsys fs.FS) *protocol.Protocol {
	t.Helper()
	p, err := protocol.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func run(t *testing.T, fsys fs.FS) []protocol.CaseResult {
	t.Helper()
	results, err := load(t, fsys).RunCases(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return results
}

// R-R-01: the protocol loads, and the checker has nothing to remark.
func TestRotterdamLoadsWithoutRemarks(t *testing.T) {
	t.Parallel()
	for _, w := range load(t, folder(t, "rotterdam")).Warnings() {
		t.Errorf("%s:%d: %s %s", w.File, w.Line, w.Message, w.Cure)
	}
}

// An unknown protocol is refused by name, and every protocol on board loads.
func TestProtocolsOnBoard(t *testing.T) {
	t.Parallel()
	if _, err := protocols.FS("../etc"); err == nil {
		t.Error("a folder outside the list was opened")
	}
	for _, id := range protocols.IDs() {
		if got := load(t, folder(t, id)).About.ID; got != id {
			t.Errorf("folder %s holds protocol %q", id, got)
		}
	}
}

// The examples in cases/ prove the rules: criteria, tables, clocks, steps, products and
// checks; each names the requirements it proves. R-R-31 R-R-49 DT-09 DT-11 DT-24 T-01
func TestRotterdamCases(t *testing.T) {
	t.Parallel()
	results := run(t, folder(t, "rotterdam"))
	if len(results) < 100 {
		t.Errorf("%d cases ran, want at least 100", len(results))
	}
	for _, r := range results {
		for _, difference := range r.Differences {
			t.Errorf("%s, regel %d, %q: %s", r.File, r.Line, r.Name, difference)
		}
		if len(r.Refs) == 0 {
			t.Errorf("%s, regel %d: %q names no requirement", r.File, r.Line, r.Name)
		}
	}
}

// Every row of every table, every rule of every duty and every outcome of every criterion
// is touched by some example (DT-01, DT-09 … DT-20).
func TestRotterdamCasesTouchEveryRule(t *testing.T) {
	t.Parallel()
	fsys := folder(t, "rotterdam")
	p := load(t, fsys)
	touched := map[string]bool{}
	for _, r := range run(t, fsys) {
		for _, one := range r.Fired {
			touched[one] = true
		}
	}
	need := func(name string) {
		if !touched[name] {
			t.Errorf("no example touches %s", name)
		}
	}
	for _, table := range p.Tables {
		for _, rule := range table.Rules {
			need(table.ID + "/" + rule.ID)
		}
	}
	for _, duty := range p.Duties {
		for _, rule := range duty.Rules {
			need(duty.ID + "/" + rule.ID)
		}
	}
	for _, list := range p.Criteria {
		for _, item := range list.Items {
			for _, how := range []string{" met", " not", " possible"} {
				need(list.ID + "/" + item.ID + how)
			}
		}
	}
}

// Control: each of these faults in the protocol makes some example fail.
func TestRotterdamCasesCatchFaults(t *testing.T) {
	t.Parallel()
	for _, fault := range []struct{ name, file, was, is string }{
		{"ernstig bij criterium 5", "criteria.yaml", `in kinds && staff_injured'`, `in kinds && staff_injured && staff_injury_serious'`},
		{"tot en met 18 jaar", "facts.yaml", "is: 'age < 18'", "is: 'age <= 18'"},
		{"72 uur", "deadlines.yaml", "from: incident\n    within: 48 hours", "from: incident\n    within: 72 hours"},
		{"gesloten zorg niet apart", "tables-2-assessment.yaml", "then: {missing_duty: watch}", "then: {missing_duty: none}"},
		{"onbekend is geen mogelijk verband", "tables-2-assessment.yaml", `any_in(relation_to_care, ["care_given", "not_yet_known"])`, `any_in(relation_to_care, ["care_given"])`},
		{"ruimere definitie vergeten", "tables-2-assessment.yaml", `harm_to in ["staff", "involved"]`, `harm_to == "client"`},
		{"ongepubliceerd onderzoek telt", "facts.yaml", `&& investigation_published == "yes")`, `)`},
	} {
		t.Run(fault.name, func(t *testing.T) {
			t.Parallel()
			if broken := failures(run(t, with(t, fault.file, fault.was, fault.is))); broken == 0 {
				t.Error("no example noticed")
			}
		})
	}
}

func failures(results []protocol.CaseResult) int {
	n := 0
	for _, r := range results {
		if !r.Passed() {
			n++
		}
	}
	return n
}

// with changes one piece of text in one file of Rotterdam's protocol.
func with(t *testing.T, file, was, is string) fs.FS {
	t.Helper()
	return changed(t, "rotterdam", file, was, is)
}

// changed copies a protocol and changes one piece of text in one file.
func changed(t *testing.T, id, file, was, is string) fs.FS {
	t.Helper()
	source, changed := folder(t, id), fstest.MapFS{}
	err := fs.WalkDir(source, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(source, name)
		if name == file {
			if !bytes.Contains(data, []byte(was)) {
				t.Fatalf("%s does not contain %q", name, was)
			}
			data = []byte(strings.ReplaceAll(string(data), was, is))
		}
		changed[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return changed
}
