// SPDX-License-Identifier: EUPL-1.2

package archtest

import (
	"slices"
	"strings"
	"testing"
)

// sandbox is what the unit of systemd must say, so that whoever takes the program over has its
// own folder and nothing else: no rights, no other files, no memory that is written and run, no
// dump of memory on the disk.
var sandbox = []string{
	"CapabilityBoundingSet=", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "PrivateDevices=yes", "ProtectProc=invisible", "ProtectKernelModules=yes",
	"ProtectKernelTunables=yes", "ProtectControlGroups=yes", "RestrictNamespaces=yes", "RestrictSUIDSGID=yes", "MemoryDenyWriteExecute=yes", "LockPersonality=yes", "SystemCallArchitectures=native",
	"SystemCallFilter=@system-service", "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX", "StateDirectoryMode=0700", "UMask=0077", "LimitCORE=0", "User=loket",
}

func unsaid(unit string) (out []string) {
	lines := strings.Split(unit, "\n")
	for _, want := range sandbox {
		if !slices.Contains(lines, want) {
			out = append(out, want)
		}
	}
	if strings.Count(unit, "--addr ") != 1 || !strings.Contains(unit, "--addr 127.0.0.1:") {
		out = append(out, "one address, of this machine")
	}
	return out
}

// S15: the unit that comes with the product shuts the program in: one address, files for their
// owner only. Control: a unit without one of the lines is found.
func TestUnitShutsIn(t *testing.T) {
	t.Parallel()
	unit := read(t, "../../docs/loket.service")
	for _, what := range unsaid(unit) {
		t.Errorf("docs/loket.service does not say %s", what)
	}
	for _, line := range sandbox {
		if !slices.Contains(unsaid(strings.Replace(unit, "\n"+line+"\n", "\n", 1)), line) {
			t.Errorf("control: without %s nothing is missed", line)
		}
	}
}
