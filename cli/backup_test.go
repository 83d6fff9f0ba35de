// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"filippo.io/age"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/locale"
	"example.org/loket/seal"
	"example.org/loket/store"
)

// copied is a desk that goes on taking reports while it is copied.
type copied struct {
	*twoDesks
	to    string
	at    time.Time // of the next copy
	mu    sync.Mutex
	cases []loket.CaseID // of reports that were acknowledged
}

func openCopied(t *testing.T) *copied {
	t.Helper()
	s := regionPeople(t)
	c := &copied{twoDesks: s, to: filepath.Join(t.TempDir(), "copies"), at: siteNow}
	if _, err := os.Stat(filepath.Join(s.folder, "root.key")); err != nil {
		t.Fatal(err)
	}
	return c
}

// sends sends one report, and remembers it once it was acknowledged.
func (c *copied) sends(ctx context.Context) error {
	r, err := c.desk.SendReport(ctx, loket.Actor{}, desk.ReportForm{Tenant: north, Form: "report", Posted: block("access")})
	if err == nil {
		c.mu.Lock()
		c.cases = append(c.cases, r.Case)
		c.mu.Unlock()
	}
	return err
}

// acknowledged are the reports that nobody may lose from now on.
func (c *copied) acknowledged() []loket.CaseID {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cases[:len(c.cases):len(c.cases)]
}

// copy makes a backup, a minute after the one before, and gives its folder.
func (c *copied) copy(readers ...string) string {
	c.t.Helper()
	c.at = c.at.Add(time.Minute)
	at := c.at
	b := &backupCmd{place: place{Data: c.folder}, To: c.to, For: readers, KeepKeys: 720 * time.Hour, now: func() time.Time { return at }}
	if err := b.Run(quiet(c.t)); err != nil {
		c.t.Fatal(err)
	}
	return filepath.Join(c.to, copyPrefix+at.UTC().Format(copyTime))
}

func quiet(t *testing.T) *console {
	return &console{ctx: t.Context(), out: io.Discard, err: io.Discard, lang: locale.NL}
}

// back puts a backup into a new folder, with the root key from the safe.
func (c *copied) back(from, identity string) (folder string, err error) {
	c.t.Helper()
	folder = filepath.Join(c.t.TempDir(), "desk")
	if err = (&restoreCmd{Copy: from, Data: folder, Identity: identity}).Run(quiet(c.t)); err != nil {
		return folder, err
	}
	key, err := os.ReadFile(filepath.Join(c.folder, "root.key"))
	if err != nil {
		c.t.Fatal(err)
	}
	return folder, os.WriteFile(filepath.Join(folder, "root.key"), key, 0o600)
}

// sums are the cases of a desk as its database holds them, a hash for each.
func sums(t *testing.T, folder string, cases []loket.CaseID) (out []string) {
	t.Helper()
	s, err := store.Open(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.Read(t.Context(), func(tx desk.Tx) error {
		for _, id := range cases {
			events, err := tx.Events(t.Context(), id)
			if err != nil {
				return err
			}
			out = append(out, fmt.Sprintf("%d %x", len(events), sha256.Sum256(fmt.Appendf(nil, "%+v", events))))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// perCopy is how many reports come in while one copy is made.
const perCopy = 20

// R13: copies made while reports come in hold every report that was acknowledged before, each
// case the same to the byte; the log is in order and everything can be opened with the root
// key. Three copies; a hundred with LOKET_FULL=1. Control: the database file alone, copied as
// a file, lacks what was acknowledged.
func TestBackupUnderLoad(t *testing.T) {
	t.Parallel()
	c := openCopied(t)
	if err := c.sends(t.Context()); err != nil {
		t.Fatal(err)
	}
	torn := filepath.Join(t.TempDir(), "torn")
	if err := os.Mkdir(torn, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := carry(filepath.Join(c.folder, copyDesk), filepath.Join(torn, copyDesk), nil); err != nil {
		t.Fatal(err)
	}
	if got := sums(t, torn, c.acknowledged()); !strings.HasPrefix(got[0], "0 ") {
		t.Errorf("control: the file alone holds the report: %v", got)
	}
	waiting := make(chan struct{}, perCopy)
	var senders sync.WaitGroup
	for range 2 {
		senders.Go(func() {
			for range waiting {
				if err := c.sends(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	defer senders.Wait()
	defer close(waiting)
	times := 3
	if os.Getenv("LOKET_FULL") != "" {
		times = 100
	}
	for range times {
		for range perCopy {
			waiting <- struct{}{}
		}
		before := c.acknowledged()
		folder, err := c.back(c.copy(), "")
		if err != nil {
			t.Fatal(err)
		}
		live, kept := sums(t, c.folder, before), sums(t, folder, before)
		for i := range before {
			if live[i] != kept[i] {
				t.Errorf("case %d of %d differs: %s, %s", i, len(before), live[i], kept[i])
			}
		}
		if status, out, errs := typed(t, "ledger", "verify", "--data", folder); status != exitOK {
			t.Errorf("the log: %s%s", out, errs)
		}
		if status, out, errs := typed(t, "rebuild", "--check", "--data", folder); status != exitOK || !strings.Contains(out, "0 niet leesbaar") {
			t.Errorf("reading: %s%s", out, errs)
		}
	}
	if n := len(c.acknowledged()); n < times*perCopy/2 {
		t.Errorf("only %d reports came in", n)
	}
}

// S08: what was destroyed after a copy was made stays destroyed when that copy is put back, as
// its keys are the newest that lie beside it; after 30 days no copy has the old keys. Control:
// the old copy by itself still opens it.
func TestBackupForgets(t *testing.T) {
	t.Parallel()
	c := openCopied(t)
	key, err := c.sealer.NewKey(t.Context(), north)
	if err != nil {
		t.Fatal(err)
	}
	old := c.copy()
	if err := c.sealer.(*seal.Keyring).Destroy(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	apart := filepath.Join(t.TempDir(), filepath.Base(old))
	if err := os.CopyFS(apart, os.DirFS(old)); err != nil {
		t.Fatal(err)
	}
	c.copy()
	for from, want := range map[string]bool{old: true, apart: false} {
		folder, err := c.back(from, "")
		if err != nil {
			t.Fatal(err)
		}
		keys, err := store.OpenKeys(t.Context(), folder)
		if err != nil {
			t.Fatal(err)
		}
		gone, err := seal.NewKeyring(nil, keys).Destroyed(t.Context(), key)
		if _ = keys.Close(); err != nil || gone != want {
			t.Errorf("%s: destroyed %v, %v", from, gone, err)
		}
	}
	c.at = c.at.Add(720*time.Hour - time.Minute) // 30 days after the newest, longer after the old one
	c.copy()
	if packed(filepath.Join(old, copyKeys)) != "" || packed(filepath.Join(old, copyDesk)) == "" {
		t.Error("the old keys are still there, or the old data is not")
	}
	if _, err := c.back(old, ""); err != nil {
		t.Errorf("without keys of its own: %v", err)
	}
}

// T8: a copy that is sealed says nothing without the secret key, and is put back with it.
func TestBackupIsSealed(t *testing.T) {
	t.Parallel()
	c := openCopied(t)
	if err := c.sends(t.Context()); err != nil {
		t.Fatal(err)
	}
	var files []string
	var reader string
	for i := range 2 {
		id, err := age.GenerateX25519Identity()
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, filepath.Join(t.TempDir(), "age.key"))
		if err := os.WriteFile(files[i], []byte(id.String()+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			reader = id.Recipient().String()
		}
	}
	from := c.copy(reader)
	for _, name := range []string{copyDesk, copyKeys, copyErasures} {
		data, err := os.ReadFile(filepath.Join(from, name+sealedCopy))
		if err != nil || bytes.Contains(data, []byte("SQLite format")) || !bytes.HasPrefix(data, []byte("age-encryption.org/")) {
			t.Errorf("%s is not sealed: %v", name, err)
		}
	}
	for _, wrong := range []string{"", files[1]} {
		folder, err := c.back(from, wrong)
		if left, _ := os.ReadDir(folder); err == nil || len(left) > 0 {
			t.Errorf("control: put back with %q: %v, %v", wrong, left, err)
		}
	}
	folder, err := c.back(from, files[0])
	if err != nil {
		t.Fatal(err)
	}
	if got := sums(t, folder, c.acknowledged()); got[0] != sums(t, c.folder, c.acknowledged())[0] {
		t.Error("the case differs")
	}
}

// What cannot be copied or put back is said, and nothing is left half.
func TestBackupRefuses(t *testing.T) {
	t.Parallel()
	c := openCopied(t)
	from := c.copy()
	for _, wrong := range [][]string{
		{"backup", "--data", filepath.Join(c.folder, "no"), c.to},
		{"backup", "--data", c.folder, c.to, "--for", "age1nobody"},
		{"backup", "--data", c.folder, "--db", "postgres://nobody.example/x", c.to},
		{"restore", from, "--data", c.folder},
		{"restore", c.to, "--data", filepath.Join(t.TempDir(), "new")},
	} {
		if status, out, errs := typed(t, wrong...); status != exitUsage || errs == "" {
			t.Errorf("%v: %d %s%s", wrong, status, out, errs)
		}
	}
	if all, err := os.ReadDir(c.to); err != nil || len(all) != 1 {
		t.Errorf("left behind: %v, %v", all, err)
	}
	if left, _ := filepath.Glob(filepath.Join(c.folder, hiddenCopy)); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	database := filepath.Join(from, copyDesk)
	data, err := os.ReadFile(database)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(database, data[:len(data)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if folder, err := c.back(from, ""); err == nil {
		t.Errorf("half a database was put back into %s", folder)
	}
}
