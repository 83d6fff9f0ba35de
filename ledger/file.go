// SPDX-License-Identifier: EUPL-1.2

package ledger

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"iter"
	"time"
)

// A log on its own, apart from the database: what an auditor takes away and checks on another
// machine. It is text: first the head, then an entry a line, with the hashes stored with it.
//
//	{"size":2,"root":"…"}
//	{"index":0,"at":…,"tenant":"alfa",…,"hashes":"…"}
//	{"index":1,…}
//
// Every byte of it counts. Whatever is not written exactly as WriteHead and WriteLine write it is
// a change, also where it would mean the same.

type headLine struct {
	Size int64  `json:"size"`
	Root []byte `json:"root"`
}

type entryLine struct {
	encoded
	Hashes []byte `json:"hashes"`
}

// lineMost is how long a line may be; none that the desk writes comes near.
const lineMost = 1 << 20

// WriteHead writes the first line of a log on its own.
func WriteHead(w io.Writer, h Head) error { return writeJSON(w, headLine{h.Size, h.Root[:]}) }

// WriteLine writes one entry with its hashes.
func WriteLine(w io.Writer, l Line) error { return writeJSON(w, entryLine{l.encoded(), l.Hashes}) }

func writeJSON(w io.Writer, v any) error {
	data, err := json.Marshal(v)
	if err == nil {
		_, err = w.Write(append(data, '\n'))
	}
	return err
}

// VerifyFile checks a log on its own, as Verify does with the log in the database: against
// itself, against the head that it begins with, and against heads kept elsewhere. A line that
// cannot be read is a change of the entry that belongs there.
func VerifyFile(r io.Reader, heads ...Head) (Report, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	own, ok, err := readHead(in)
	if err != nil {
		return Report{}, err
	}
	if ok {
		heads = append(heads[:len(heads):len(heads)], own)
	}
	report, err := Verify(fileLines(in), heads...)
	if err == nil && !ok {
		report.Problems = append([]Problem{{Changed, 0, 0}}, report.Problems...)
	}
	return report, err
}

func readHead(in *bufio.Reader) (h Head, ok bool, err error) {
	line, err := nextLine(in)
	if err != nil && err != io.EOF {
		return h, false, err
	}
	var said headLine
	if !exact(line, &said) || len(said.Root) != len(h.Root) || said.Size < 0 {
		return h, false, nil
	}
	h.Size = said.Size
	copy(h.Root[:], said.Root)
	return h, true, nil
}

// fileLines are the entries of a log on its own.
func fileLines(in *bufio.Reader) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		for n := int64(0); ; n++ {
			text, err := nextLine(in)
			if err != nil && err != io.EOF {
				yield(Line{}, err)
				return
			}
			if len(text) == 0 {
				return
			}
			line := readLine(text, n)
			if n = line.Index; !yield(line, nil) {
				return
			}
		}
	}
}

// readLine reads an entry. One that is not written as the desk writes it is an entry without
// hashes at the place where it was expected: Verify calls that a change.
func readLine(text []byte, expected int64) Line {
	var said entryLine
	if !exact(text, &said) {
		return Line{Entry: Entry{Index: expected}}
	}
	return Line{Entry{Index: said.Index, At: time.UnixMicro(said.At).UTC(), Tenant: said.Tenant, Actor: said.Actor, Role: said.Role, Case: said.Case, Action: said.Action,
		Outcome: said.Outcome, Purpose: said.Purpose, Seq: said.Seq, Digest: said.Digest, Via: said.Via}, said.Hashes}
}

// exact reads a line, and tells whether writing it again gives the same bytes.
func exact(text []byte, into any) bool {
	if json.Unmarshal(text, into) != nil {
		return false
	}
	var again bytes.Buffer
	return writeJSON(&again, into) == nil && bytes.Equal(again.Bytes(), text)
}

// nextLine reads up to and including the end of a line; longer than any entry is cut.
func nextLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		if len(line) < lineMost {
			line = append(line, part...)
		}
		if err != bufio.ErrBufferFull {
			return line, err
		}
	}
}
