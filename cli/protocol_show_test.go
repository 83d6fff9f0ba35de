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
