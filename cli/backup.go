// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"example.org/loket/store"
)

// backupCmd makes a copy of a desk while it works (R13):
//
//	TO/loket-20261122-214500/   loket.db  keys.db  erasures.log     (.age when sealed)
//
// The database is copied before the keys, so that the copy has the key of every case that it
// holds. The root key is not in it: it is kept elsewhere, or a thief of backups reads all (T8).
type backupCmd struct {
	place
	To       string        `arg:"" help:"Folder for the copies; each gets a folder of its own in it."`
	For      []string      `placeholder:"AGE1…" help:"Seal the copy with age for this public key; may be given again."`
	KeepKeys time.Duration `default:"720h" help:"Throw the copies of the key store in this folder away after this time, so that what was destroyed is gone from every copy; 0: leave them."`

	now func() time.Time // of tests
}

// What a backup is made of. The register comes last: it never lacks what the others know.
const (
	copyDesk     = "loket.db"
	copyKeys     = "keys.db"
	copyErasures = "erasures.log"
)

const (
	copyPrefix = "loket-"
	copyTime   = "20060102-150405"
	sealedCopy = ".age"
	unfinished = ".part"
	hiddenCopy = "backup-*"
)

// Run implements the command.
func (b *backupCmd) Run(c *console) error {
	if _, err := os.Stat(b.Data); err != nil {
		return refuse(err, "De map %s is er niet. Geef met --data de map van het loket.", "The folder %s is not there. Give the folder of the desk with --data.", b.Data)
	}
	if err := errors.Join(b.prepare(), privateFolder(b.To)); err != nil {
		return err
	}
	readers, err := recipients(b.For)
	if err != nil {
		return err
	}
	at := b.time()
	folder := filepath.Join(b.To, copyPrefix+at.UTC().Format(copyTime))
	if err := b.copy(c.ctx, folder, readers); err != nil {
		_ = os.RemoveAll(folder + unfinished)
		return b.failed(err)
	}
	c.say("De kopie staat in %s. De hoofdsleutel zit er niet in: bewaar die ergens anders.", "The copy is in %s. The root key is not in it: keep that somewhere else.", folder)
	return b.forget(c, at)
}

func (b *backupCmd) time() time.Time {
	if b.now == nil {
		return wall{}.Now()
	}
	return b.now()
}

func (b *backupCmd) failed(err error) error {
	if errors.Is(err, store.ErrElsewhere) {
		return refuse(err, "De gegevens staan in PostgreSQL. Maak een kopie met pg_dump, en bewaar het schema keys hooguit 30 dagen.", "The data is in PostgreSQL. Make a copy with pg_dump, and keep the schema keys for 30 days at most.")
	}
	return refuse(err, "De kopie is niet gelukt. Kijk of er plaats is in %s en in %s. Oude kopieën zijn er nog.", "The copy failed. See whether there is room in %s and in %s. Older copies are still there.", b.To, b.Data)
}

// copy makes the folder under another name first: a copy is whole, or is not there.
func (b *backupCmd) copy(ctx context.Context, folder string, readers []age.Recipient) error {
	if err := b.sweep(); err != nil {
		return err
	}
	hidden, err := os.MkdirTemp(b.Data, hiddenCopy) // beside the live files, not where the copy goes: it is not sealed yet
	if err != nil {
		return err
	}
	defer os.RemoveAll(hidden)
	if err := os.Mkdir(folder+unfinished, 0o700); err != nil {
		return err
	}
	for _, part := range []struct {
		name string
		make func(to string) error
	}{
		{copyDesk, func(to string) error { return errors.Join(store.Copy(ctx, b.DB, to), store.Sound(ctx, to)) }},
		{copyKeys, func(to string) error { return errors.Join(store.CopyKeys(ctx, b.KeyDB, to), store.Sound(ctx, to)) }},
		{copyErasures, func(to string) error { return carry(b.Erasures, to, nil) }},
	} {
		at := filepath.Join(hidden, part.name)
		if err := part.make(at); err != nil {
			return err
		}
		if err := carry(at, filepath.Join(folder+unfinished, part.name), readers); err != nil {
			return err
		}
		if err := os.Remove(at); err != nil {
			return err
		}
	}
	return errors.Join(os.Rename(folder+unfinished, folder), syncFolder(b.To))
}

// sweep removes what a copy left that was cut off.
func (b *backupCmd) sweep() error {
	var errs []error
	for _, pattern := range []string{filepath.Join(b.Data, hiddenCopy), filepath.Join(b.To, copyPrefix+"*"+unfinished)} {
		left, err := filepath.Glob(pattern)
		errs = append(errs, err)
		for _, path := range left {
			errs = append(errs, os.RemoveAll(path))
		}
	}
	return errors.Join(errs...)
}

// carry copies a file, sealed when there are readers, and returns when it is on disk. A file
// that is not there is copied as an empty one.
func carry(from, to string, readers []age.Recipient) error {
	source, err := os.Open(from)
	if errors.Is(err, os.ErrNotExist) {
		source, err = os.Open(os.DevNull)
	}
	if err != nil {
		return err
	}
	defer source.Close()
	if len(readers) > 0 {
		to += sealedCopy
	}
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(pour(f, source, readers), f.Sync(), f.Close())
}

func pour(to io.Writer, from io.Reader, readers []age.Recipient) error {
	if len(readers) == 0 {
		_, err := io.Copy(to, from)
		return err
	}
	sealed, err := age.Encrypt(to, readers...)
	if err != nil {
		return err
	}
	_, err = io.Copy(sealed, from)
	return errors.Join(err, sealed.Close())
}

func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func recipients(given []string) ([]age.Recipient, error) {
	var out []age.Recipient
	for _, key := range given {
		some, err := age.ParseRecipients(strings.NewReader(key))
		if err != nil {
			return nil, refuse(err, "%q is geen openbare sleutel van age. Hij begint met age1.", "%q is no public key of age. It begins with age1.", key)
		}
		out = append(out, some...)
	}
	return out, nil
}

// copies are the backups in a folder, the oldest first.
func copies(folder string) (found []string, err error) {
	all, err := os.ReadDir(folder)
	for _, entry := range all {
		if _, ours := madeAt(entry.Name()); ours && entry.IsDir() {
			found = append(found, filepath.Join(folder, entry.Name()))
		}
	}
	slices.Sort(found)
	return found, err
}

// madeAt reads the moment in the name of a backup; false for any other name.
func madeAt(name string) (time.Time, bool) {
	words, ours := strings.CutPrefix(name, copyPrefix)
	at, err := time.Parse(copyTime, words)
	return at, ours && err == nil
}

// forget throws the old copies of the key store away: a key that was destroyed must be gone
// from every copy within the term (S08). The newest keys open every older database.
func (b *backupCmd) forget(c *console, now time.Time) error {
	if b.KeepKeys <= 0 {
		return nil
	}
	all, err := copies(b.To)
	if err != nil {
		return b.failed(err)
	}
	gone := 0
	for _, folder := range all {
		if at, _ := madeAt(filepath.Base(folder)); now.Sub(at) <= b.KeepKeys {
			continue
		}
		for _, name := range []string{copyKeys, copyKeys + sealedCopy} {
			switch err := os.Remove(filepath.Join(folder, name)); {
			case err == nil:
				gone++
			case !errors.Is(err, os.ErrNotExist):
				return b.failed(err)
			}
		}
	}
	if gone > 0 {
		c.say("%d oude kopieën van de sleutelopslag zijn weggegooid.", "%d old copies of the key store were thrown away.", gone)
	}
	return nil
}
