// SPDX-License-Identifier: EUPL-1.2

package archtest

import (
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// secretShapes are how keys and tokens of all sorts begin; each is broken in two here, so that
// this file does not hold one.
var secretShapes = []string{
	"BEGIN (RSA |EC |DSA |OPENSSH |ENCRYPTED |)PRIVATE" + " KEY", "AKIA" + "[0-9A-Z]{16}", "gh[pousr]_" + "[0-9A-Za-z]{36}", "glpat-" + "[0-9A-Za-z_-]{20}", "xox[abpr]-" + "[0-9A-Za-z-]{10}",
	"AGE-SECRET-KEY-" + "1[0-9A-Z]{50}", "hv[sb]\\." + "[0-9A-Za-z_-]{24}", "npm_" + "[0-9A-Za-z]{36}", "eyJ[0-9A-Za-z_-]{15,}\\.eyJ" + "[0-9A-Za-z_-]{15,}\\.", "PRIVATE\\+KEY\\+loket" + "[^ ]*\\+[0-9a-f]{8}\\+",
}

// S15: no key or token was ever part of the source: not in a file, and not in a commit that was
// made since. Control: one of each kind is recognised.
func TestNoSecretsInHistory(t *testing.T) {
	t.Parallel()
	shape := strings.Join(secretShapes, "|")
	out, err := exec.Command("git", "-C", "../..", "log", "--format=%h %s", "-E", "-G", shape, "HEAD").CombinedOutput()
	if err != nil {
		t.Skipf("NO HISTORY WAS LOOKED THROUGH: this folder is no checkout of git: %v %s", err, out)
	}
	for commit := range strings.Lines(string(out)) {
		t.Errorf("a secret, in what %s added or took away", strings.TrimSpace(commit))
	}
	known := regexp.MustCompile(shape)
	zeros, nines := strings.Repeat("0", 60), strings.Repeat("9", 60)
	for i, secret := range []string{
		"-----BEGIN " + "PRIVATE KEY-----", "AKIA" + zeros[:16], "ghp_" + zeros[:36], "glpat-" + zeros[:20], "xoxb-" + nines[:12], "AGE-SECRET-KEY-" + "1" + zeros[:50], "hvs." + zeros[:24], "npm_" + zeros[:36],
		"eyJ" + zeros[:16] + ".eyJ" + nines[:16] + ".", "PRIVATE+KEY" + "+loket/ledger+" + zeros[:8] + "+x",
	} {
		if !known.MatchString(secret) {
			t.Errorf("control: %s is not recognised", secretShapes[i])
		}
	}
	commits, _ := exec.Command("git", "-C", "../..", "rev-list", "--count", "HEAD").Output()
	t.Logf("%s commits", strings.TrimSpace(string(commits)))
}
