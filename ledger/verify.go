// SPDX-License-Identifier: EUPL-1.2

package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"math/bits"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// Line is an entry as it was stored, with the hashes that Append gave.
type Line struct {
	Entry
	Hashes []byte
}

// Kinds of trouble.
const (
	Changed   = "changed"   // an entry, or its hashes, is not what was written
	Missing   = "missing"   // entries are gone from the middle
	Inserted  = "inserted"  // an entry stands where another belongs
	Cut       = "cut"       // the end is gone
	Rewritten = "rewritten" // all fits together, but is not what the checkpoint saw
)

// Problem says what is wrong and where: entries From up to and including To.
type Problem struct {
	Kind     string
	From, To int64
}

// String is one line for the log.
func (p Problem) String() string {
	if p.From == p.To {
		return fmt.Sprintf("entry %d: %s", p.From, p.Kind)
	}
	return fmt.Sprintf("entries %d to %d: %s", p.From, p.To, p.Kind)
}

// Report is the outcome of a verification.
type Report struct {
	Head     Head // of what was read
	Problems []Problem
}

// OK reports whether nothing is wrong.
func (r Report) OK() bool { return len(r.Problems) == 0 }

// problemsMost bounds a report: after so many there is no more to learn.
const problemsMost = 100

// Verify reads the whole log in order and holds it against the heads that signed
// checkpoints vouch for, in any order. Without heads it finds what does not fit together,
// but not a log that was made anew from begin to end: keep checkpoints elsewhere.
//
// The stored hashes are only a map for finding the place. What decides is the root over
// everything: an intruder who changes hashes too meets the checkpoint.
func Verify(lines iter.Seq2[Line, error], heads ...Head) (Report, error) {
	v := &verifier{heads: slices.Clone(heads)}
	slices.SortFunc(v.heads, func(a, b Head) int { return int(a.Size - b.Size) })
	for line, err := range lines {
		if err != nil {
			return v.report, err
		}
		if v.full() {
			break
		}
		if err := v.line(line); err != nil {
			return v.report, err
		}
	}
	return v.report, v.end()
}

// verifier walks the log.
type verifier struct {
	report Report
	tree   Tree
	next   int64 // index that must come
	lost   bool  // a gap: the tree cannot be followed any further
	heads  []Head
	good   int64 // size up to which a checkpoint vouched
}

func (v *verifier) full() bool { return len(v.report.Problems) >= problemsMost }

func (v *verifier) add(kind string, from, to int64) {
	v.report.Problems = append(v.report.Problems, Problem{kind, from, to})
}

func (v *verifier) line(l Line) error {
	switch {
	case l.Index < v.next:
		v.add(Inserted, l.Index, l.Index)
		v.lost = true
		return nil
	case l.Index > v.next:
		v.add(Missing, v.next, l.Index-1)
		v.lost = true
	}
	v.next = l.Index + 1
	hashes, err := split(l.Hashes)
	if err != nil || len(hashes) != completes(l.Index) {
		v.add(Changed, l.Index, l.Index)
		v.lost = true
		return nil
	}
	leaf, err := l.leaf()
	if err != nil {
		return err
	}
	if leaf != hashes[0] {
		v.add(Changed, l.Index, l.Index)
	}
	if v.lost {
		return nil
	}
	if err := v.follow(hashes); err != nil {
		return err
	}
	return v.vouch()
}

// completes counts the subtrees that entry n completes, itself included.
func completes(n int64) int { return 1 + bits.TrailingZeros64(^uint64(n)) }

// follow appends the stored leaf and compares what it completes with what was stored. The
// stored hashes are carried on, so that one change gives one problem.
func (v *verifier) follow(stored []tlog.Hash) error {
	made, err := tlog.StoredHashesForRecordHash(v.tree.size, stored[0], v.tree.edge())
	if err != nil {
		return err
	}
	for level := range made {
		if made[level] != stored[level] {
			v.add(Changed, v.tree.size+1-1<<level, v.tree.size)
			break
		}
	}
	v.tree.grow(stored)
	return nil
}

// vouch compares the root with the checkpoints of this size.
func (v *verifier) vouch() error {
	for len(v.heads) > 0 && v.heads[0].Size <= v.tree.size {
		want := v.heads[0]
		v.heads = v.heads[1:]
		if want.Size < v.tree.size || want.Size == 0 {
			continue
		}
		is, err := v.tree.Head()
		if err != nil {
			return err
		}
		if is.Root == want.Root {
			v.good = want.Size
		} else {
			v.add(Rewritten, v.good, want.Size-1)
		}
	}
	return nil
}

func (v *verifier) end() error {
	if n := len(v.heads); n > 0 && !v.full() {
		if last := v.heads[n-1]; last.Size > v.next {
			v.add(Cut, v.next, last.Size-1)
		}
	}
	var err error
	v.report.Head, err = v.tree.Head()
	return err
}

// Proof shows that one entry is in a log, without the rest of it.
type Proof struct{ hashes tlog.RecordProof }

// Prove makes the proof that entry index is in the log with this head. stored gives the
// hashes that were stored with an entry.
func Prove(head Head, index int64, stored func(entry int64) ([]byte, error)) (Proof, error) {
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, at := range indexes {
			level, n := tlog.SplitStoredHashIndex(at)
			data, err := stored((n+1)<<level - 1)
			if err != nil {
				return nil, err
			}
			hashes, err := split(data)
			if err != nil || level >= len(hashes) {
				return nil, errors.New("ledger: stored hashes are cut off")
			}
			out[i] = hashes[level]
		}
		return out, nil
	})
	hashes, err := tlog.ProveRecord(head.Size, index, reader)
	return Proof{hashes}, err
}

// Check reports whether e is in the log with this head.
func (p Proof) Check(head Head, e Entry) error {
	leaf, err := e.leaf()
	if err != nil {
		return err
	}
	return tlog.CheckRecord(p.hashes, head.Size, head.Root, e.Index, leaf)
}

// Equal reports whether two heads are the same log at the same size.
func (h Head) Equal(other Head) bool {
	return h.Size == other.Size && bytes.Equal(h.Root[:], other.Root[:])
}
