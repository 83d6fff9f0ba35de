// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/loket/desk"
	"example.org/loket/protocols"
)

// S10: the state of the log goes outside on its own: a file for each growth, and a mail
// without a person in it; `ledger verify` holds the log against it. Control: a state of
// another log is refused, and what cannot be kept is an error and not forgotten.
func TestCheckpointsGoOutside(t *testing.T) {
	t.Parallel()
	data, kept := filepath.Join(t.TempDir(), "data"), t.TempDir()
	if status, _, errs := typed(t, "desk", "set", "--data", data, "--id", "oefening", "--name", "Oefening", "--protocol", protocols.IDs()[0]); status != 0 {
		t.Fatal(errs)
	}
	h := plainHouse(t, data)
	clock := &hand{at: time.Date(2026, 3, 28, 9, 0, 0, 0, time.UTC)}
	h.clock = clock
	k, err := h.keeper(outside{CheckpointDir: kept, CheckpointMail: "bewaarder@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	grow := func() {
		t.Helper()
		err := h.store.Write(t.Context(), func(tx desk.Tx) error {
			return tx.Ledger(t.Context(), desk.LedgerEntry{At: clock.at, Tenant: "oefening", Actor: "system", Action: "note.made", Outcome: "done"})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // twice without growth is one
		grow()
		for range 2 {
			clock.at = clock.at.Add(time.Hour)
			if err := k.step(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	files, _ := filepath.Glob(filepath.Join(kept, "*.checkpoint"))
	if len(files) != 2 || len(mailed(t, h)) != 2 || !strings.Contains(mailed(t, h)[0].Body, ledgerOrigin) {
		t.Fatalf("kept %v, mailed %d", files, len(mailed(t, h)))
	}
	if status, out, errs := typed(t, "ledger", "verify", "--data", data, "--checkpoint", files[0], "--checkpoint", files[1]); status != 0 {
		t.Errorf("%s %s", out, errs)
	}
	foreign := filepath.Join(kept, "foreign")
	spoiled, _ := os.ReadFile(files[0])
	_ = os.WriteFile(foreign, []byte(strings.Replace(string(spoiled), "\n", "\n9", 1)), 0o600)
	if status, _, _ := typed(t, "ledger", "verify", "--data", data, "--checkpoint", foreign); status == 0 {
		t.Error("a changed checkpoint was taken for ours")
	}
	k.CheckpointDir = filepath.Join(kept, "gone")
	grow()
	if k.step(t.Context()) == nil {
		t.Error("nothing was kept, and nobody was told")
	}
	k.CheckpointDir = kept
	if err := k.step(t.Context()); err != nil {
		t.Error(err)
	}
	if files, _ = filepath.Glob(filepath.Join(kept, "*.checkpoint")); len(files) != 3 {
		t.Errorf("after the trouble: %v", files)
	}
}

// S09, issue of trust: a state is outside within a quarter of an hour, and after each hundred
// entries; an address gets it as text with its token. Control: what is refused there, or leads
// elsewhere, is not kept, and is tried again; a log made anew after the last state is found out.
func TestCheckpointsGoToAnAddress(t *testing.T) {
	t.Parallel()
	var got []string
	status := http.StatusCreated
	witness := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Method != http.MethodPost || r.Header.Get("Authorization") != "Bearer s.verzonnen" {
			status = http.StatusForbidden
		}
		if status == http.StatusCreated {
			got = append(got, string(body))
		}
		w.Header().Set("Location", "/elders")
		w.WriteHeader(status)
	}))
	t.Cleanup(witness.Close)
	data := filepath.Join(t.TempDir(), "data")
	if status, _, errs := typed(t, "desk", "set", "--data", data, "--id", "oefening", "--name", "Oefening", "--protocol", protocols.IDs()[0]); status != 0 {
		t.Fatal(errs)
	}
	h := plainHouse(t, data)
	clock := &hand{at: time.Date(2026, 3, 28, 9, 0, 0, 0, time.UTC)}
	h.clock = clock
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte("s.verzonnen\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"http://elders.example.org/", "ftp://a/", "https://u:w@elders.example.org/", "https:///x"} {
		if _, err := h.keeper(outside{CheckpointURL: bad}); err == nil {
			t.Errorf("taken: %s", bad)
		}
	}
	k, err := h.keeper(outside{CheckpointURL: witness.URL, CheckpointToken: token, CheckpointEvery: 15 * time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	after := func(entries int, later time.Duration, want int) {
		t.Helper()
		for range entries {
			err := h.store.Write(t.Context(), func(tx desk.Tx) error {
				return tx.Ledger(t.Context(), desk.LedgerEntry{At: clock.at, Tenant: "oefening", Actor: "system", Action: "note.made", Outcome: "done"})
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		clock.at = clock.at.Add(later)
		if err := k.step(t.Context()); (err != nil) != (status != http.StatusCreated) || len(got) != want {
			t.Errorf("%d entries and %v later: %d kept, want %d; %v", entries, later, len(got), want, err)
		}
	}
	after(1, 0, 1)
	after(99, time.Minute, 1)
	after(1, time.Minute, 2)
	after(1, 14*time.Minute, 3)
	after(0, time.Hour, 3)
	status = http.StatusFound
	after(1, time.Hour, 3)
	status = http.StatusCreated
	after(0, 0, 4)
	last := filepath.Join(t.TempDir(), "last")
	if err := os.WriteFile(last, []byte(got[3]), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, out, errs := typed(t, "ledger", "verify", "--data", data, "--checkpoint", last); status != 0 {
		t.Errorf("%s %s", out, errs)
	}
	onItsOwn(t, data, last)
}

// onItsOwn: the log is written out, and verified where there is no desk. Control: one byte
// changed, or the last entry gone, is found and named.
func onItsOwn(t *testing.T, data, checkpoint string) {
	t.Helper()
	status, text, errs := typed(t, "ledger", "export", "--data", data)
	if status != exitOK {
		t.Fatal(errs)
	}
	file, public := filepath.Join(t.TempDir(), "log"), filepath.Join(t.TempDir(), "ledger.pub")
	key, err := os.ReadFile(filepath.Join(data, ledgerPublic))
	if err != nil {
		t.Fatal(err)
	}
	_ = os.WriteFile(public, key, 0o600)
	verify := func(text string) (int, string) {
		_ = os.WriteFile(file, []byte(text), 0o600)
		status, out, _ := typed(t, "ledger", "verify", "--file", file, "--checkpoint", checkpoint, "--public-key", public)
		return status, out
	}
	if status, out := verify(text); status != exitOK {
		t.Errorf("the log on its own: %d %s", status, out)
	}
	if status, out := verify(strings.Replace(text, "note.made", "note.mede", 1)); status != exitDifferent || !strings.Contains(out, "changed") {
		t.Errorf("control, changed: %d %s", status, out)
	}
	if status, out := verify(text[:strings.LastIndex(strings.TrimSpace(text), "\n")+1]); status != exitDifferent || !strings.Contains(out, "cut") {
		t.Errorf("control, cut off: %d %s", status, out)
	}
}

func mailed(t *testing.T, h *house) (out []desk.Message) {
	t.Helper()
	err := h.store.Read(t.Context(), func(tx desk.Tx) (err error) {
		out, err = tx.Messages(context.Background(), "oefening", 10)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// plainHouse opens a house on a folder.
func plainHouse(t *testing.T, data string) *house {
	t.Helper()
	known, err := inForce(nil)
	if err != nil {
		t.Fatal(err)
	}
	h, err := open(t.Context(), parts{place: place{Data: data}, sender: noMail{}, clock: wall{}, rand: randomIDs(), protocols: known})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.close() })
	return h
}

// hand is a clock moved by hand.
type hand struct{ at time.Time }

func (h *hand) Now() time.Time { return h.at }
