// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// typed runs one command as somebody types it.
func typed(t *testing.T, args ...string) (status int, out, errors string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status = Main(t.Context(), args, &stdout, &stderr)
	return status, stdout.String(), stderr.String()
}

// running is a command that serves, and what it printed so far.
type running struct {
	out, err page
	url      string
	stop     func() int
}

// page is a buffer that can be read while it is written.
type page struct {
	mu    sync.Mutex
	buf   bytes.Buffer
	wrote chan struct{} // told of every write, when there is one
}

func (p *page) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case p.wrote <- struct{}{}:
	default:
	}
	return p.buf.Write(b)
}

func (p *page) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.buf.String()
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// serving starts a command and waits until it says where it is. ready is the last thing
// it prints before it can be used.
func serving(t *testing.T, ready string, args ...string) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r := &running{out: page{wrote: make(chan struct{}, 1)}}
	ended := make(chan int, 1)
	go func() { ended <- Main(ctx, args, &r.out, &r.err) }()
	var once sync.Once
	status := -1
	r.stop = func() int {
		once.Do(func() { cancel(); status = <-ended })
		return status
	}
	t.Cleanup(func() { r.stop() })
	for !strings.Contains(r.out.String(), ready) {
		select {
		case code := <-ended:
			ended <- code // for the clean-up
			t.Fatalf("ended with %d: %s %s", code, r.out.String(), r.err.String())
		case <-r.out.wrote:
		}
	}
	r.url = address.FindString(r.out.String())
	return r
}

// Wrong use is told, with the exit status that scripts expect.
func TestUsage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"--help"}, exitOK, "Run the desk"},
		{[]string{"version"}, exitOK, "loket"},
		{[]string{"serve", "--nope"}, exitUsage, "--nope"},
		{[]string{"--lang", "fr", "version"}, exitUsage, "--lang"},
		{[]string{"protocol", "check", "nergens"}, exitUsage, "geen map met een protocol"},
		{[]string{"--lang", "en", "protocol", "check", "nergens"}, exitUsage, "not a folder with a protocol"},
		{[]string{"scenario", "run", "nergens.yaml"}, exitUsage, "nergens.yaml"},
		{[]string{"ledger", "verify", "--data", "nergens"}, exitUsage, "--data"},
		{[]string{"health", "--addr", "127.0.0.1:1"}, exitDifferent, "antwoordt niet"},
	} {
		status, out, err := typed(t, c.args...)
		if status != c.status || !strings.Contains(out+err, c.says) {
			t.Errorf("%v: status %d, %s%s", c.args, status, out, err)
		}
	}
}

// A folder that others may enter is refused before a key is put into it.
func TestWideFolderIsRefused(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	status, _, err := typed(t, "desk", "set", "--data", folder, "--id", "x", "--name", "X", "--protocol", "rotterdam")
	if status != exitUsage || !strings.Contains(err, "chmod 700 "+folder) {
		t.Errorf("status %d: %s", status, err)
	}
	if entries, _ := os.ReadDir(folder); len(entries) != 0 {
		t.Errorf("something was made all the same: %v", entries)
	}
}

// A protocol with a fault ends with status 1, and names file and line.
func TestProtocolCommands(t *testing.T) {
	t.Parallel()
	if status, out, err := typed(t, "protocol", "check", "rotterdam"); status != exitOK {
		t.Errorf("status %d: %s%s", status, out, err)
	}
	folder := t.TempDir()
	broken := "protocol:\n  id: x\n  version: \"1\"\n  title: X\nsteps:\n  - id: a\n    titel: A\n"
	if err := os.WriteFile(filepath.Join(folder, "protocol.yaml"), []byte(broken), 0o600); err != nil {
		t.Fatal(err)
	}
	status, out, _ := typed(t, "protocol", "check", folder)
	if status != exitDifferent || !strings.Contains(out, filepath.Join(folder, "protocol.yaml")+":") {
		t.Errorf("status %d: %s", status, out)
	}
	if status, out, _ := typed(t, "protocol", "show", "rotterdam"); status != exitOK || !strings.Contains(out, "## Termijnen") || !strings.Contains(out, "T-01") {
		t.Errorf("status %d: %.200s", status, out)
	}
	if status, out, _ := typed(t, "--lang", "en", "protocol", "show", "rotterdam"); status != exitOK || !strings.Contains(out, "## Deadlines") {
		t.Errorf("status %d: %.200s", status, out)
	}
	if status, out, _ := typed(t, "protocol", "schema"); status != exitOK || !strings.HasPrefix(out, "{") {
		t.Errorf("status %d: %.200s", status, out)
	}
}

const story = `scenario: OEFENING
protocol: rotterdam
people:
  alfa: {role: reporter, organisation: Alfa}
  officer: {role: desk_officer}
steps:
  - at: 2026-06-06 20:10
    who: alfa
    report:
      case: one
      answers: {organisation: Alfa, kinds: [missing], incident: 2026-06-06 18:30}
    expect:
      receipt: {due: DUE}
`

// A story that goes as told ends with 0, one that does not with 1 and says where.
func TestScenarioRun(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for due, want := range map[string]int{"2026-06-08 18:30": exitOK, "2026-06-08 19:30": exitDifferent} {
		file := filepath.Join(folder, due[11:13]+".yaml")
		if err := os.WriteFile(file, []byte(strings.Replace(story, "DUE", due, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		status, out, err := typed(t, "scenario", "run", file)
		if status != want {
			t.Errorf("%s: status %d, %s%s", due, status, out, err)
		}
		if want == exitDifferent && (!strings.Contains(out, "ma 8 jun 18:30") && !strings.Contains(out, "2026-06-08 18:30")) {
			t.Errorf("the difference is not told: %s", out)
		}
	}
}
