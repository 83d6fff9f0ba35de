// SPDX-License-Identifier: EUPL-1.2

// Package vulns holds the check on known weaknesses against its control: a database with an
// invented weakness in a component of the program.
package vulns

import (
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// check runs govulncheck on the program with a database of testdata, and gives its exit status.
func check(t *testing.T, database string) (status int, said string) {
	t.Helper()
	folder, err := filepath.Abs(filepath.Join("testdata", database))
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "tool", "govulncheck", "-C", "../..", "-db", "file://"+folder, "-scan", "package", "./cmd/loket").CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode(), string(out)
	} else if err != nil {
		t.Fatal(err)
	}
	return 0, string(out)
}

// ASVS 15.1.1, 15.2.1: a known weakness in a component is found and fails the check. Control:
// without it in the database the same program passes.
func TestPlantedWeaknessIsFound(t *testing.T) {
	if status, said := check(t, "planted"); status != 3 || !strings.Contains(said, "GO-2099-0001") {
		t.Errorf("%d: %s", status, said)
	}
	if status, said := check(t, "empty"); status != 0 {
		t.Errorf("control: %d: %s", status, said)
	}
}
