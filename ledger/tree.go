// SPDX-License-Identifier: EUPL-1.2

// Package ledger is the tamper-evident log: a Merkle tree over entries, of the kind that
// guards Go's module checksums (RFC 6962, x/mod/sumdb/tlog).
//
//	     root ─── signed as a checkpoint, kept elsewhere
//	    ╱    ╲
//	  n₂      n₅      each entry stores the hashes it completes:
//	 ╱  ╲    ╱  ╲       entry 0: e₀        entry 1: e₁ n₂
//	e₀  e₁  e₂  e₃      entry 2: e₂        entry 3: e₃ n₅ root
//
// Whoever changes, removes, inserts or swaps an entry must make all hashes above it anew,
// and then the root no longer fits the checkpoint that others hold. The stored hashes say
// where it happened. The package is pure: the caller keeps entries, hashes and checkpoints.
package ledger

import (
	"errors"
	"fmt"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// Head is the state of a log: how many entries, and the hash over all of them.
type Head struct {
	Size int64
	Root [32]byte
}

// Tree is what is needed to append: the size and the hashes of the full subtrees at the
// right edge, one for each set bit of the size, largest first.
type Tree struct {
	size  int64
	peaks []tlog.Hash
}

// Size is the number of entries.
func (t Tree) Size() int64 { return t.size }

// Append adds e at the next index and gives the hashes to store with it: its own, and
// those of the subtrees it completes, 32 bytes each.
func (t *Tree) Append(e *Entry) ([]byte, error) {
	e.Index = t.size
	leaf, err := e.leaf()
	if err != nil {
		return nil, err
	}
	hashes, err := tlog.StoredHashesForRecordHash(t.size, leaf, t.edge())
	if err != nil {
		return nil, err
	}
	t.grow(hashes)
	return join(hashes), nil
}

// grow takes in an entry that completes these hashes; the largest is a new peak, the
// peaks it was made of are gone.
func (t *Tree) grow(hashes []tlog.Hash) {
	kept := len(t.peaks) - (len(hashes) - 1)
	t.peaks = append(t.peaks[:kept:kept], hashes[len(hashes)-1])
	t.size++
}

// edge reads the subtrees at the right edge; appending and the root need no others.
func (t *Tree) edge() tlog.HashReaderFunc {
	return func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			level, _ := tlog.SplitStoredHashIndex(index)
			if t.size>>level&1 == 0 {
				return nil, fmt.Errorf("ledger: hash %d is not at the edge", index)
			}
			out[i] = t.peaks[bits.OnesCount64(uint64(t.size>>level))-1]
		}
		return out, nil
	}
}

// Head gives the state to sign.
func (t *Tree) Head() (Head, error) {
	root, err := tlog.TreeHash(t.size, t.edge())
	return Head{Size: t.size, Root: root}, err
}

// MarshalBinary writes the tree for the next Append: the size and the peaks.
func (t Tree) MarshalBinary() ([]byte, error) {
	out := make([]byte, 8, 8+32*len(t.peaks))
	for i := range 8 {
		out[i] = byte(t.size >> (8 * (7 - i)))
	}
	return append(out, join(t.peaks)...), nil
}

// UnmarshalBinary reads what MarshalBinary wrote; nothing is an empty tree.
func (t *Tree) UnmarshalBinary(data []byte) error {
	*t = Tree{}
	if len(data) == 0 {
		return nil
	}
	if len(data) < 8 {
		return errors.New("ledger: the head is cut off")
	}
	for _, b := range data[:8] {
		t.size = t.size<<8 | int64(b)
	}
	var err error
	if t.peaks, err = split(data[8:]); err != nil || t.size < 0 || len(t.peaks) != bits.OnesCount64(uint64(t.size)) {
		return errors.New("ledger: the head does not fit its size")
	}
	return nil
}

func join(hashes []tlog.Hash) []byte {
	out := make([]byte, 0, tlog.HashSize*len(hashes))
	for _, h := range hashes {
		out = append(out, h[:]...)
	}
	return out
}

func split(data []byte) ([]tlog.Hash, error) {
	if len(data)%tlog.HashSize != 0 {
		return nil, errors.New("ledger: hashes are cut off")
	}
	out := make([]tlog.Hash, 0, len(data)/tlog.HashSize)
	for ; len(data) > 0; data = data[tlog.HashSize:] {
		out = append(out, tlog.Hash(data[:tlog.HashSize]))
	}
	return out, nil
}
