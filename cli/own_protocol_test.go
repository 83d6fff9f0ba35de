// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Design §1: a region works by a protocol of its own that is a folder of text. Its desk and its
// people are set up with that folder. Control: without the folder the command says what lacks,
// and not that the role does not exist.
func TestPeopleOfAnOwnProtocol(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"desk", "set", "--data", data, "--id", "heuvelland", "--name", "Heuvelland", "--protocol", "heuvelland", "--protocols", region}, exitOK, "staat klaar"},
		{[]string{"person", "set", "--data", data, "--id", "sara", "--name", "Sara Fictie", "--role", "intake"}, exitUsage, "--protocols"},
		{[]string{"person", "set", "--data", data, "--id", "sara", "--name", "Sara Fictie", "--role", "nobody", "--protocols", region}, exitUsage, `De rol "nobody" staat niet in het protocol heuvelland`},
		{[]string{"person", "set", "--data", data, "--id", "sara", "--name", "Sara Fictie", "--role", "provider", "--protocols", region}, exitOK, ""},
	} {
		if status, out, said := typed(t, c.args...); status != c.status || !strings.Contains(out+said, c.says) {
			t.Errorf("%v: status %d, %s%s", c.args, status, out, said)
		}
	}
}

// A folder without examples is told so; its own files are no examples.
func TestProtocolWithoutExamples(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	text := "protocol: {id: x, version: \"1\", title: X}\n"
	if err := os.WriteFile(filepath.Join(folder, "protocol.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, out, said := typed(t, "protocol", "test", folder); status != exitUsage || !strings.Contains(out+said, "heeft geen voorbeelden") {
		t.Errorf("status %d: %s%s", status, out, said)
	}
}
