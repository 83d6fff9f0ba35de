// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"strings"

	"example.org/loket"
)

// Leaked is a file of passwords that leaked, which the operator fetched: the SHA-1 of each in
// capitals, one a line and in order, as the downloader of Have I Been Pwned writes them
// ("HASH:times"). It is searched where it lies: it may be 40 GB. Nobody outside is asked.
type Leaked struct {
	lines io.ReaderAt
	size  int64
}

const (
	leakedName = 2 * sha1.Size // letters of a hash
	leakedLine = 128           // more than the longest line
)

var (
	errLeakedFile = errors.New("identity: the file of leaked passwords must hold one SHA-1 in capitals a line, in order")

	// ErrLeaked refuses a password that leaked, in the words for one that many people use.
	ErrLeaked = loket.Refuse(loket.Invalid, refusals[pieceUsual].NL+guessAdvice.NL, refusals[pieceUsual].EN+guessAdvice.EN)
)

// OpenLeaked opens the file and looks whether it begins and ends as it should. It stays open as
// long as the program runs.
func OpenLeaked(name string) (*Leaked, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	l := &Leaked{file, info.Size()}
	if err := l.check(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return l, nil
}

// check compares the first line with one near the end.
func (l *Leaked) check() error {
	_, first, err := l.from(0)
	if err != nil {
		return err
	}
	_, last, err := l.from(max(0, l.size-leakedLine/2))
	if err != nil || len(first) != leakedName || strings.Trim(first, "0123456789ABCDEF") != "" || last != "" && last < first {
		return errors.Join(errLeakedFile, err)
	}
	return nil
}

// Has reports whether a password is in the file.
func (l *Leaked) Has(password string) (bool, error) {
	sum := sha1.Sum([]byte(password)) // the name by which the list knows it; it protects nothing
	want := strings.ToUpper(hex.EncodeToString(sum[:]))
	for low, high := int64(0), l.size; low < high; {
		middle := low + (high-low)/2
		start, name, err := l.from(middle)
		switch {
		case err != nil:
			return false, err
		case name == want:
			return true, nil
		case start >= high || name == "" || want < name:
			high = middle
		default:
			low = start + 1
		}
	}
	return false, nil
}

// from finds the first line that begins at or after a place, and its hash; empty at the end.
func (l *Leaked) from(place int64) (start int64, name string, err error) {
	buf := make([]byte, leakedLine)
	before := max(0, place-1)
	n, err := l.lines.ReadAt(buf, before)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, "", err
	}
	buf = buf[:n]
	if place > 0 {
		end := bytes.IndexByte(buf, '\n')
		if end < 0 {
			return l.size, "", nil
		}
		before, buf = before+int64(end)+1, buf[end+1:]
	}
	if len(buf) < leakedName {
		return l.size, "", nil
	}
	return before, string(buf[:leakedName]), nil
}
