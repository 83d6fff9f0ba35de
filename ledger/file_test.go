// SPDX-License-Identifier: EUPL-1.2

package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// onItsOwn is a log on its own of at least so many bytes.
func onItsOwn(t *testing.T, least int) (file []byte, head Head) {
	t.Helper()
	for n := 2 + least/350; ; n += 50 {
		lines, head := written(t, n)
		if file = ownFile(t, lines, head); len(file) >= least {
			return file, head
		}
	}
}

func ownFile(t *testing.T, lines []Line, head Head) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteHead(&b, head); err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		if err := WriteLine(&b, l); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// sizes is how large the log is of which each byte is changed, and of how many changes the whole
// of it is read: the short form, or with LOKET_FULL=1 what S09 promises.
func sizes() (bytes, whole int) {
	if os.Getenv("LOKET_FULL") != "" {
		return 1 << 20, 1000
	}
	return 1 << 16, 100
}

// S09: each single byte of a log of 1 MiB on its own (64 KiB in the short form) is changed: all are
// found, at their place. Of a thousand the whole file is read. Control: unchanged it is accepted,
// and a reader that takes the meaning and not the bytes misses some.
func TestEveryByteOfAFileCounts(t *testing.T) {
	t.Parallel()
	least, whole := sizes()
	file, head := onItsOwn(t, least)
	if r, err := VerifyFile(bytes.NewReader(file), head); err != nil || !r.OK() {
		t.Fatal(r, err)
	}
	file = file[:len(file):len(file)]
	rows := bytes.SplitAfter(file, []byte("\n"))
	rows = rows[:len(rows)-1]
	tree, at := Tree{}, len(rows[0])
	for n, row := range rows[1:] {
		for i := range row {
			changed := slices.Clone(row)
			changed[i] ^= 1
			v := verifier{tree: Tree{tree.size, slices.Clone(tree.peaks)}, next: int64(n)}
			line := readLine(changed, int64(n))
			if err := v.line(line); err != nil || len(v.report.Problems) == 0 {
				t.Fatalf("byte %d of entry %d: not found: %v", i, n, err)
			}
			if p := v.report.Problems[0]; line.Index == int64(n) && (p.From > int64(n) || p.To < int64(n)) {
				t.Fatalf("byte %d of entry %d: blamed %v", i, n, p)
			}
		}
		line := readLine(row, int64(n))
		if len(line.Hashes) == 0 {
			t.Fatalf("entry %d cannot be read", n)
		}
		hashes, err := split(line.Hashes)
		if err != nil {
			t.Fatal(err)
		}
		tree.grow(hashes)
		at += len(row)
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range whole {
		i := r.IntN(len(file))
		changed := slices.Clone(file)
		changed[i] ^= byte(1 + r.IntN(255))
		report, err := VerifyFile(bytes.NewReader(changed), head)
		if err != nil || report.OK() {
			t.Fatalf("byte %d: not found by who reads all: %v", i, err)
		}
		if n := int64(bytes.Count(file[:i], []byte("\n"))) - 1; n >= 0 && (report.Problems[0].From > n || report.Problems[0].To < n-1) {
			t.Fatalf("byte %d, of entry %d: blamed %v", i, n, report.Problems[0])
		}
	}
	t.Logf("%d bytes changed one by one, %d with the whole file read", at-len(rows[0]), whole)
	if spaced := bytes.Replace(rows[1], []byte(`,"at"`), []byte(`, "at"`), 1); exact(spaced, &entryLine{}) || json.Unmarshal(spaced, &entryLine{}) != nil {
		t.Error("control: a space more is the same to who reads the meaning only")
	}
}

// S09: lines removed, doubled, swapped, cut off; and a log made anew in full, with a head that
// fits it. Control: against that head alone nothing can be seen.
func TestMovesInAFileAreFound(t *testing.T) {
	t.Parallel()
	lines, head := written(t, entries)
	_, early := written(t, 100)
	check := func(what string, lines []Line, own Head, place int64, kept ...Head) {
		t.Helper()
		r, err := VerifyFile(bytes.NewReader(ownFile(t, lines, own)), kept...)
		if err != nil {
			t.Fatal(err)
		}
		located(t, r, what, place, entries+1)
	}
	for i := range lines {
		n := int64(i)
		check("removed", slices.Delete(slices.Clone(lines), i, i+1), head, n)
		check("doubled", slices.Insert(slices.Clone(lines), i, lines[i]), head, n)
		check("cut", lines[:i], head, n)
		if i > 0 {
			swapped := slices.Clone(lines)
			swapped[i-1], swapped[i] = swapped[i], swapped[i-1]
			check("swapped", swapped, head, n-1)
		}
		broken := slices.Clone(lines)
		broken[i].Actor = "intruder"
		broken, forged := anew(t, broken)
		check("made anew", broken, forged, n, head, early)
		if r, err := VerifyFile(bytes.NewReader(ownFile(t, broken, forged))); err != nil || !r.OK() {
			t.Fatalf("control: without a state kept outside nothing can be seen, yet %v %v", r.Problems, err)
		}
	}
	if r, err := VerifyFile(strings.NewReader("")); err != nil || r.OK() {
		t.Errorf("an empty file: %v %v", r, err)
	}
	none, empty := written(t, 0)
	if r, err := VerifyFile(bytes.NewReader(ownFile(t, none, empty))); err != nil || !r.OK() {
		t.Errorf("control: a log without entries yet: %v %v", r, err)
	}
	whole := ownFile(t, lines, head)
	for _, n := range []int{0, 10, len(whole) / 2} { // a disk that fails is no log that was changed, and none that is right
		if _, err := VerifyFile(io.MultiReader(bytes.NewReader(whole[:n]), iotest.ErrReader(io.ErrClosedPipe))); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("a disk that fails after %d bytes: %v", n, err)
		}
	}
}
