// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// ErasureFile is the erasure register outside database and key store: a file of one line for
// each erasure, only ever added to. It names no person and is kept for ever; it must not be
// put back with an older copy. It implements desk.ErasureRegister.
type ErasureFile struct {
	path string
	mu   sync.Mutex
}

// OpenErasureFile opens the register, and makes it the first time. A line that a crash cut
// off is ended, so that the next one stands by itself.
func OpenErasureFile(path string) (*ErasureFile, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return &ErasureFile{path: path}, endLine(f)
}

func endLine(f *os.File) error {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil || size == 0 {
		return err
	}
	last := make([]byte, 1)
	if _, err := f.ReadAt(last, size-1); err != nil || last[0] == '\n' {
		return err
	}
	_, err = f.Write([]byte("\n"))
	return errors.Join(err, f.Sync())
}

// Append implements desk.ErasureRegister: the line is on disk when it returns.
func (r *ErasureFile) Append(_ context.Context, line []byte) (int64, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f, err := os.OpenFile(r.path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return 0, err
	}
	_, err = f.Write(append(bytes.Clone(line), '\n'))
	err = errors.Join(err, f.Sync())
	end, seekErr := f.Seek(0, io.SeekEnd)
	return end, errors.Join(err, seekErr, f.Close())
}

// Each implements desk.ErasureRegister. Empty and broken lines are the caller's to judge; a
// register shorter than from was replaced, and is read from its beginning.
func (r *ErasureFile) Each(ctx context.Context, from int64, fn func(line []byte) error) (int64, error) {
	f, err := os.Open(r.path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	if info.Size() < from {
		from = 0
	}
	if _, err := f.Seek(from, io.SeekStart); err != nil {
		return 0, err
	}
	in := bufio.NewReader(f)
	for end := from; ; {
		line, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return end, nil // a line without an end is being written
		}
		if err != nil {
			return end, err
		}
		if err := errors.Join(ctx.Err(), fn(bytes.TrimSpace(line))); err != nil {
			return end, err
		}
		end += int64(len(line))
	}
}
