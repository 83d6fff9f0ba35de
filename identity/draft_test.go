// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.org/loket/desk"
)

// R-R-126 S05: a draft comes back for the browser that made it, for as long as was said,
// and for nobody who reads the database.
func TestDrafts(t *testing.T) {
	t.Parallel()
	clock := &hands{at: time.Date(2026, 3, 28, 9, 0, 0, 0, time.UTC)}
	store := newMemory()
	d := &Drafts{Store: store, Clock: clock}
	typed := url.Values{"what": {"Mila Verzonnen is gevallen"}, "kinds": {"a", "b"}}
	if err := d.Save(t.Context(), "key-of-this-browser", typed, clock.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	got, err := d.Load(t.Context(), "key-of-this-browser")
	if err != nil || got.Get("what") != typed.Get("what") || len(got["kinds"]) != 2 {
		t.Errorf("have %v, %v", got, err)
	}
	for id, row := range store.drafts {
		if strings.Contains(id+string(row.Sealed), "Mila") || strings.Contains(id, "browser") {
			t.Error("a draft can be read in the database")
		}
	}
	if got, err := d.Load(t.Context(), "another-browser"); got != nil || err != nil {
		t.Errorf("another browser has %v, %v", got, err)
	}
	clock.move(time.Hour)
	if got, err := d.Load(t.Context(), "key-of-this-browser"); got != nil || err != nil {
		t.Errorf("expired, and still %v, %v", got, err)
	}
	if err := d.Purge(t.Context()); err != nil || len(store.drafts) != 0 {
		t.Errorf("%d drafts left", len(store.drafts))
	}
}

// S06: a draft that was changed, or moved to another row, is not read.
func TestDamagedDraft(t *testing.T) {
	t.Parallel()
	clock := &hands{at: time.Date(2026, 3, 28, 9, 0, 0, 0, time.UTC)}
	store := newMemory()
	d := &Drafts{Store: store, Clock: clock}
	until := clock.Now().Add(time.Hour)
	_ = d.Save(t.Context(), "one", url.Values{"a": {"1"}}, until)
	_ = d.Save(t.Context(), "two", url.Values{"a": {"2"}}, until)
	one, _, _ := keysOf("draft", "one")
	two, _, _ := keysOf("draft", "two")
	moved := store.drafts[string(two)]
	moved.ID = one
	_ = store.PutDraft(t.Context(), moved)
	if _, err := d.Load(t.Context(), "one"); err == nil {
		t.Error("a draft of another key was read")
	}
	if err := d.Delete(t.Context(), "one"); err != nil || len(store.drafts) != 1 {
		t.Errorf("%d drafts, %v", len(store.drafts), err)
	}
}

// S13: a flood of drafts cannot fill the disk. What is full is counted again before it is
// refused, but not at every refusal; small things such as a reporter's visit keep their room.
func TestDraftsHaveAQuota(t *testing.T) {
	t.Parallel()
	clock := &hands{at: time.Date(2026, 3, 28, 9, 0, 0, 0, time.UTC)}
	store := newMemory()
	d := &Drafts{Store: store, Clock: clock, Quota: 100 << 10}
	until := clock.Now().Add(time.Hour)
	long := url.Values{"what": {strings.Repeat("a", 8<<10)}}
	kept := 0
	for i := range 50 {
		if err := d.Save(t.Context(), fmt.Sprint("flood", i), long, until); err == nil {
			kept++
		} else if !errors.Is(err, ErrDraftsFull) {
			t.Fatal(err)
		}
	}
	if kept != 11 || len(store.drafts) != 11 || store.counts > 2 {
		t.Errorf("%d kept, %d stored, counted %d times", kept, len(store.drafts), store.counts)
	}
	if err := d.Save(t.Context(), "visit", url.Values{"melder": {"x"}}, until); err != nil {
		t.Errorf("no room for a visit: %v", err)
	}
	store.drafts = map[string]desk.Draft{}
	clock.move(recount)
	if err := d.Save(t.Context(), "later", long, until); err != nil {
		t.Errorf("there is room again: %v", err)
	}
	// Control: without a quota to speak of, everything is kept.
	free := &Drafts{Store: newMemory(), Clock: clock}
	for i := range 50 {
		if err := free.Save(t.Context(), fmt.Sprint("flood", i), long, until); err != nil {
			t.Fatal(err)
		}
	}
}
