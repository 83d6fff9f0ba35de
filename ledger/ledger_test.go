// SPDX-License-Identifier: EUPL-1.2

package ledger

import (
	"bytes"
	"crypto/rand"
	"iter"
	"slices"
	"strconv"
	"testing"
	"time"
)

const entries = 200

// written makes a log of n entries and its head.
func written(t testing.TB, n int) ([]Line, Head) {
	t.Helper()
	var tree Tree
	var lines []Line
	at := time.Date(2026, 3, 28, 21, 45, 0, 0, time.UTC)
	for i := range n {
		e := Entry{At: at.Add(time.Duration(i) * time.Second), Tenant: "alfa", Actor: "p" + strconv.Itoa(i%7), Role: "desk", Case: "c" + strconv.Itoa(i%13), Action: "case.opened", Outcome: "done", Seq: i, Digest: []byte{byte(i), 1, 2}}
		hashes, err := tree.Append(&e)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, Line{e, hashes})
	}
	head, err := tree.Head()
	if err != nil {
		t.Fatal(err)
	}
	return lines, head
}

func seq(lines []Line) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		for _, l := range lines {
			if !yield(l, nil) {
				return
			}
		}
	}
}

func verify(t *testing.T, lines []Line, heads ...Head) Report {
	t.Helper()
	report, err := Verify(seq(lines), heads...)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// located fails unless the report names entry i and blames no more than it must.
func located(t *testing.T, r Report, what string, i int64, most int64) {
	t.Helper()
	if len(r.Problems) == 0 {
		t.Fatalf("%s at %d: not found", what, i)
	}
	p := r.Problems[0]
	if i < p.From || i > p.To || p.To-p.From >= most {
		t.Fatalf("%s at %d: the report blames %v", what, i, p)
	}
}

func TestVerifyAcceptsWhatWasWritten(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 63, 64, entries} {
		lines, head := written(t, n)
		if r := verify(t, lines, head); !r.OK() || !r.Head.Equal(head) {
			t.Fatalf("%d entries: %v", n, r)
		}
	}
}

// S09: every single change of every entry is found, and its place is named.
func TestVerifyLocatesEveryChange(t *testing.T) {
	fields := map[string]func(*Entry){
		"at":      func(e *Entry) { e.At = e.At.Add(time.Microsecond) },
		"tenant":  func(e *Entry) { e.Tenant += "x" },
		"actor":   func(e *Entry) { e.Actor = "other" },
		"role":    func(e *Entry) { e.Role = "" },
		"case":    func(e *Entry) { e.Case = "other" },
		"action":  func(e *Entry) { e.Action = "read" },
		"outcome": func(e *Entry) { e.Outcome = "refused" },
		"purpose": func(e *Entry) { e.Purpose = "x" },
		"seq":     func(e *Entry) { e.Seq++ },
		"digest":  func(e *Entry) { e.Digest = append(bytes.Clone(e.Digest), 0) },
		"via":     func(e *Entry) { e.Via += "x" },
	}
	lines, head := written(t, entries)
	for what, change := range fields {
		for i := range lines {
			broken := slices.Clone(lines)
			change(&broken[i].Entry)
			r := verify(t, broken, head)
			located(t, r, what, int64(i), 1)
			if len(r.Problems) != 1 {
				t.Fatalf("%s at %d: one change, %d problems", what, i, len(r.Problems))
			}
		}
	}
}

// S09: changed hashes, removed, inserted, swapped and doubled entries, and a cut tail.
func TestVerifyLocatesEveryMove(t *testing.T) {
	lines, head := written(t, entries)
	for i := range lines {
		for b := 0; b < len(lines[i].Hashes); b += 32 {
			broken := slices.Clone(lines)
			broken[i].Hashes = bytes.Clone(broken[i].Hashes)
			broken[i].Hashes[b] ^= 1
			located(t, verify(t, broken, head), "hash", int64(i), entries)
		}
		located(t, verify(t, slices.Delete(slices.Clone(lines), i, i+1), head), "removed", int64(i), 1)
		located(t, verify(t, slices.Insert(slices.Clone(lines), i, lines[i]), head), "doubled", int64(i), 1)
		j := (i + 1) % entries
		swapped := slices.Clone(lines)
		swapped[i], swapped[j] = swapped[j], swapped[i]
		swapped[i].Index, swapped[j].Index = int64(i), int64(j)
		located(t, verify(t, swapped, head), "swapped", int64(min(i, j)), 1)
		located(t, verify(t, lines[:i], head), "cut", int64(i), entries+1)
	}
}

// anew makes all hashes fit again after a change, as an intruder with the database would.
func anew(t *testing.T, lines []Line) ([]Line, Head) {
	t.Helper()
	var tree Tree
	out := slices.Clone(lines)
	for i := range out {
		hashes, err := tree.Append(&out[i].Entry)
		if err != nil {
			t.Fatal(err)
		}
		out[i].Hashes = hashes
	}
	head, err := tree.Head()
	if err != nil {
		t.Fatal(err)
	}
	return out, head
}

// S09: a log made anew in full is found against a checkpoint kept outside, and placed
// after the last checkpoint that still fits. Control: without checkpoints it passes.
func TestVerifyFindsARewrittenLog(t *testing.T) {
	lines, head := written(t, entries)
	_, early := written(t, 100)
	for i := range lines {
		broken := slices.Clone(lines)
		broken[i].Actor = "intruder"
		broken, forged := anew(t, broken)
		r := verify(t, broken, head, early)
		if r.OK() {
			t.Fatalf("entry %d: the rewritten log was accepted", i)
		}
		located(t, r, "rewritten", int64(i), 101)
		if control := verify(t, broken, forged); !control.OK() {
			t.Fatalf("control: without the outside checkpoint nothing can be seen, yet %v", control.Problems)
		}
	}
}

func TestCheckpointIsSigned(t *testing.T) {
	secret, public, err := NewKey(rand.Reader, "loket.example.org/ledger")
	if err != nil {
		t.Fatal(err)
	}
	_, empty := written(t, 0)
	if signed, err := Sign(empty, secret); err != nil {
		t.Error(err)
	} else if got, err := OpenCheckpoint(signed, public); err != nil || got.Size != 0 {
		t.Errorf("of a log that is empty still: %v, %v", got, err)
	}
	_, head := written(t, 5)
	signed, err := Sign(head, secret)
	if err != nil {
		t.Fatal(err)
	}
	got, err := OpenCheckpoint(signed, public)
	if err != nil || !got.Equal(head) {
		t.Fatalf("got %v, %v", got, err)
	}
	for i := range signed {
		forged := []byte(signed)
		forged[i] ^= 1
		if h, err := OpenCheckpoint(string(forged), public); err == nil && !h.Equal(head) {
			t.Fatalf("byte %d: a forged checkpoint was accepted", i)
		}
	}
}

func TestProofOfOneEntry(t *testing.T) {
	lines, head := written(t, entries)
	for i := range lines {
		p, err := Prove(head, int64(i), func(n int64) ([]byte, error) { return lines[n].Hashes, nil })
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Check(head, lines[i].Entry); err != nil {
			t.Fatal(err)
		}
		other := lines[i].Entry
		other.Actor = "somebody"
		if p.Check(head, other) == nil {
			t.Fatalf("entry %d: the proof holds for another entry", i)
		}
	}
}

func TestTreeGoesOnFromWhatWasKept(t *testing.T) {
	_, want := written(t, 77)
	var tree Tree
	lines, _ := written(t, 77)
	for i := range lines {
		data, err := tree.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		if err := tree.UnmarshalBinary(data); err != nil {
			t.Fatal(err)
		}
		if _, err := tree.Append(&lines[i].Entry); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := tree.Head(); err != nil || !got.Equal(want) {
		t.Fatalf("got %v, %v", got, err)
	}
	if (&Tree{}).UnmarshalBinary([]byte{1, 2, 3}) == nil {
		t.Fatal("a head that is cut off was read")
	}
}

func BenchmarkAppend(b *testing.B) {
	var tree Tree
	e := Entry{At: time.Now(), Tenant: "alfa", Actor: "p1", Role: "desk", Case: "c", Action: "case.opened", Outcome: "done"}
	for b.Loop() {
		if _, err := tree.Append(&e); err != nil {
			b.Fatal(err)
		}
	}
}
