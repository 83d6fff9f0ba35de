// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"bufio"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// entry is one line of testdata/clocks.txt.
type entry struct {
	line             int
	from             any
	within, end      string
	early, due, text string
}

func clockTable(t testing.TB, p *Protocol) []entry {
	t.Helper()
	file, err := os.Open("testdata/clocks.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var table []entry
	scanner := bufio.NewScanner(file)
	for n := 1; scanner.Scan(); n++ {
		columns := strings.Split(scanner.Text(), " | ")
		if len(columns) != 6 || strings.HasPrefix(columns[0], "#") {
			continue
		}
		e := entry{line: n, within: columns[1], end: strings.TrimPrefix(columns[2], "-"), early: columns[3], due: columns[4], text: scanner.Text()}
		if date, ok := strings.CutPrefix(columns[0], "day "); ok {
			day, _ := parseDay(date)
			e.from = wholeDay(p, day.year, day.month, day.day)
		} else {
			e.from = instant(t, columns[0])
		}
		table = append(table, e)
	}
	return table
}

// R08 T-01…T-14: at least 400 deadlines that were worked out elsewhere, none wrong.
func TestClockTable(t *testing.T) {
	t.Parallel()
	p := dutch()
	table := clockTable(t, p)
	if len(table) < 400 {
		t.Fatalf("the table holds %d deadlines; 400 are promised", len(table))
	}
	for _, e := range table {
		f := p.clock(&Deadline{Within: e.within, End: e.end}, e.from, time.Time{}, time.Time{})
		if !f.Early.Equal(instant(t, e.early)) || !f.Due.Equal(instant(t, e.due)) {
			t.Errorf("clocks.txt:%d: %s\n got %s and %s", e.line, e.text, f.Early.Format(time.RFC3339), f.Due.Format(time.RFC3339))
		}
		if f.Words.NL == "" || f.Words.EN == "" {
			t.Errorf("clocks.txt:%d: no words", e.line)
		}
	}
}

// R08: the zone of the machine and its zone files make no difference. The table runs
// again in a process of its own, elsewhere in the world and without zone files.
func TestClockTableElsewhere(t *testing.T) {
	t.Parallel()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, extra := range [][]string{nil, {"TZ=Asia/Tokyo"}, {"TZ="}, {"TZ=America/New_York", "ZONEINFO=/nowhere"}} {
		here := slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "TZ=") || strings.HasPrefix(v, "ZONEINFO=") })
		command := exec.Command(program, "-test.run=^(TestClockTable|TestClockExamples|TestReadOccurrence)$", "-test.v")
		command.Env = append(here, extra...)
		out, err := command.CombinedOutput()
		if err != nil || strings.Count(string(out), "--- PASS: TestClock") != 2 {
			t.Errorf("%v: %v\n%s", extra, err, out)
		}
	}
}
