// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// dialled is an address in a trace of the calls that connect.
var dialled = regexp.MustCompile(`sin6?_port=htons\((\d+)\).*?"([0-9a-fA-F.:]+)"`)

// watched runs part of this test program where there is no network but the machine itself, and
// gives every address outside it that the program tried to reach, and how many inside.
func watched(t *testing.T, env string, args ...string) (outside []string, inside int) {
	t.Helper()
	trace := filepath.Join(t.TempDir(), "trace")
	line := append([]string{"-n", "--", "sh", "-c", `ip link set lo up && exec strace -f -qq -e trace=connect -o "$0" "$@"`, trace, os.Args[0]}, args...)
	c := exec.Command("unshare", line...)
	c.Env = append(os.Environ(), "LOKET_FULL=", env)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("NOTHING WAS WATCHED: this needs root, unshare, ip and strace: %v\n%s", err, out)
	}
	text, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	for call := range strings.Lines(string(text)) {
		m := dialled.FindStringSubmatch(call)
		if m == nil {
			continue
		}
		if ip := net.ParseIP(m[2]); ip == nil || !ip.IsLoopback() {
			outside = append(outside, net.JoinHostPort(m[2], m[1]))
		} else {
			inside++
		}
	}
	return outside, inside
}

// S15, ASVS 13.2.4: a desk is set up, served, reported to by people and a machine, and worked in
// to the end of a case, on a machine without a network: it needs none, and of the calls it makes
// to connect none goes to an address outside. Control: a program that does ask outside is seen.
// Only with LOKET_FULL=1: it needs root, unshare and strace.
func TestNothingOutsideIsAsked(t *testing.T) {
	if !full() {
		t.Log("not watched: LOKET_FULL=1, or make test-full")
		return
	}
	outside, inside := watched(t, "LOKET_TEST_DIAL=", "-test.run", "^(TestFromEmptyFolder|TestKeysFromEmptyFolder|TestServesSeveralDesks|TestCanaries|TestInvitationAndSecondFactor)$")
	if len(outside) > 0 || inside < 5 {
		t.Errorf("asked outside: %v; inside %d times", outside, inside)
	}
	found, _ := watched(t, "LOKET_TEST_DIAL=192.0.2.1:9")
	if len(found) == 0 || found[0] != "192.0.2.1:9" {
		t.Errorf("control: a program that asks outside is not seen: %v", found)
	}
	t.Logf("%d connections inside, %d outside; control: %v", inside, len(outside), found)
}
