// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/loket"
	"example.org/loket/desk"
)

// R09 T-01: what is due comes, longest due first; what has nothing to wait for never does.
func dueClocks(t *testing.T, s *Store) {
	clock := func(id loket.CaseID, name string, next time.Time) desk.ClockRow {
		return desk.ClockRow{Case: id, Tenant: "noord", Clock: name, DueAt: now.Add(time.Hour), NextAt: next, Stage: 1, State: "running"}
	}
	a, b, later, done := clock("a", "T-01", now), clock("b", "T-02/r1", now.Add(-time.Minute)), clock("b", "T-03", now.Add(time.Microsecond)), clock("b", "T-04", time.Time{})
	write(t, s, func(tx desk.Tx) error {
		ok(t, tx.PutClocks(ctx, "a", []desk.ClockRow{clock("a", "old", now), a}))
		ok(t, tx.PutClocks(ctx, "b", []desk.ClockRow{b, later, done}))
		return tx.PutClocks(ctx, "a", []desk.ClockRow{a})
	})
	due := func(at time.Time, limit int) []desk.ClockRow {
		return get(t, s, func(tx desk.Tx) ([]desk.ClockRow, error) { return tx.DueClocks(ctx, at, limit) })
	}
	if d := cmp.Diff([]desk.ClockRow{b, a}, due(now, 10)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]desk.ClockRow{b}, due(now, 1)); d != "" {
		t.Error(d)
	}
	write(t, s, func(tx desk.Tx) error { return tx.SetClockNext(ctx, "b", "T-02/r1", time.Time{}, 2) })
	if d := cmp.Diff([]desk.ClockRow{a}, due(now, 10)); d != "" {
		t.Error(d)
	}
	if n := len(due(now.Add(1000*time.Hour), 10)); n != 2 {
		t.Errorf("%d due in the end, want 2", n)
	}
}

// DT-22: equal hashes meet, within a tenant, and only those that were put last.
func blindIndex(t *testing.T, s *Store) {
	at := func(id loket.CaseID, fact, hash string) desk.IndexRow {
		return desk.IndexRow{Case: id, Fact: fact, Hash: []byte(hash), Moment: now}
	}
	write(t, s, func(tx desk.Tx) error {
		ok(t, tx.PutIndex(ctx, "a", "noord", []desk.IndexRow{at("a", "client", "h0"), at("a", "day", "h2")}))
		ok(t, tx.PutIndex(ctx, "b", "noord", []desk.IndexRow{at("b", "client", "h1"), at("b", "day", "h2"), at("b", "day", "h2"), at("b", "none", "")}))
		return tx.PutIndex(ctx, "a", "noord", []desk.IndexRow{at("a", "client", "h1"), at("a", "day", "h3")})
	})
	find := func(hashes ...string) []desk.IndexRow {
		var look []desk.IndexLook
		for _, h := range hashes {
			look = append(look, desk.IndexLook{Hash: []byte(h)})
		}
		return get(t, s, func(tx desk.Tx) ([]desk.IndexRow, error) { return tx.FindIndex(ctx, "noord", look) })
	}
	if d := cmp.Diff([]desk.IndexRow{at("a", "client", "h1"), at("b", "client", "h1"), at("b", "day", "h2")}, find("h1", "h2", "h9")); d != "" {
		t.Error(d)
	}
	if got := append(append(find("h0"), find()...), find("")...); len(got) != 0 {
		t.Errorf("found %v", got)
	}
}

// DT-22: a look in time finds what lies within it to the moment, and what has no moment.
func blindIndexInTime(t *testing.T, s *Store) {
	at := func(id loket.CaseID, moment time.Time) desk.IndexRow {
		return desk.IndexRow{Case: id, Fact: "f", Hash: []byte("h"), Moment: moment}
	}
	rows := []desk.IndexRow{at("a", now.Add(-time.Hour)), at("b", now), at("c", now.Add(time.Hour)), at("d", now.Add(time.Hour+time.Microsecond)), at("e", time.Time{})}
	write(t, s, func(tx desk.Tx) error {
		for _, r := range rows {
			ok(t, tx.PutIndex(ctx, r.Case, "noord", []desk.IndexRow{r}))
		}
		return nil
	})
	find := func(from, to time.Time) []desk.IndexRow {
		return get(t, s, func(tx desk.Tx) ([]desk.IndexRow, error) {
			return tx.FindIndex(ctx, "noord", []desk.IndexLook{{Hash: []byte("h"), From: from, To: to}})
		})
	}
	if d := cmp.Diff([]desk.IndexRow{rows[0], rows[1], rows[2], rows[4]}, find(now.Add(-time.Hour), now.Add(time.Hour))); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(rows, find(time.Time{}, time.Time{})); d != "" {
		t.Error(d)
	}
}

// R-R-20: one row for each person and version; reading it does not double it.
func inbox(t *testing.T, s *Store) {
	told := func(version int, at time.Time) desk.DisclosureRow {
		return desk.DisclosureRow{Case: "c", Tenant: "noord", Number: "2026-0001", Product: "notice", Row: "r", Version: version, Person: "p1", Title: `{"nl":"Bericht"}`, At: at}
	}
	first, second := told(1, now), told(2, now.Add(time.Minute))
	write(t, s, func(tx desk.Tx) error {
		ok(t, tx.PutDisclosure(ctx, first))
		ok(t, tx.PutDisclosure(ctx, second))
		first.ReadAt, first.Withdrawn = now.Add(time.Hour), true
		return tx.PutDisclosure(ctx, first)
	})
	got := get(t, s, func(tx desk.Tx) ([]desk.DisclosureRow, error) { return tx.Disclosures(ctx, "noord", "p1", 10) })
	if d := cmp.Diff([]desk.DisclosureRow{second, first}, got); d != "" {
		t.Error(d)
	}
}

func lease(t testing.TB, s *Store, at time.Time, limit int) (out []desk.Message) {
	t.Helper()
	write(t, s, func(tx desk.Tx) (err error) {
		out, err = tx.Lease(ctx, at, at.Add(time.Minute), limit)
		return err
	})
	return out
}

// R04: a message keeps its id through all retries; a crash between taking and sending
// gives it back when the lease ends; sent and given up never come again.
func outboxLease(t *testing.T, s *Store) {
	m := message(0)
	write(t, s, func(tx desk.Tx) error { return tx.Enqueue(ctx, []desk.Message{message(2), m, message(1)}) })
	if got := lease(t, s, now.Add(-time.Second), 9); len(got) != 0 {
		t.Fatal("leased before it was due")
	}
	m.Attempts = 1
	if d := cmp.Diff([]desk.Message{m}, lease(t, s, now, 9)); d != "" {
		t.Fatal(d)
	}
	if got := lease(t, s, now, 9); len(got) != 0 {
		t.Fatal("leased twice")
	}
	if got := lease(t, s, now.Add(time.Minute), 1); len(got) != 1 || got[0].ID != m.ID || got[0].Attempts != 2 {
		t.Fatalf("after a crash: %v", got)
	}
	write(t, s, func(tx desk.Tx) error { return tx.Failed(ctx, m.ID, now.Add(time.Hour), "451 busy", false) })
	rest := lease(t, s, now.Add(2*time.Minute), 9)
	if len(rest) != 2 || rest[0].ID != message(1).ID || rest[1].ID != message(2).ID {
		t.Fatalf("got %v", rest)
	}
	write(t, s, func(tx desk.Tx) error {
		ok(t, tx.Sent(ctx, rest[0].ID, now))
		return tx.Failed(ctx, rest[1].ID, now, "550 no such person", true)
	})
	again := lease(t, s, now.Add(2*time.Hour), 9)
	if len(again) != 1 || again[0].ID != m.ID || again[0].Error != "451 busy" || again[0].Attempts != 3 {
		t.Fatalf("got %v", again)
	}
	write(t, s, func(tx desk.Tx) error { return tx.Failed(ctx, rest[0].ID, now, "too late to fail", false) })
	all := get(t, s, func(tx desk.Tx) ([]desk.Message, error) { return tx.Messages(ctx, "noord", 9) })
	if len(all) != 3 || all[0].ID != message(2).ID || !all[0].Final || !all[1].SentAt.Equal(now) || all[1].Error != "" {
		t.Fatalf("the delivery page shows %v", all)
	}
}

// Those that came last may be taken first, but none before an earlier one to the same
// address, whether that one waits or is on its way. Control: once it was sent, they may.
func outboxNewest(t *testing.T, s *Store) {
	var messages []desk.Message
	for i, to := range []string{"a", "b", "b", "c", "b"} {
		m := message(i)
		m.To = to + "@example.org"
		messages = append(messages, m)
	}
	write(t, s, func(tx desk.Tx) error { return tx.Enqueue(ctx, messages) })
	at := now.Add(time.Hour)
	newest := func(limit int) (ids []string) {
		write(t, s, func(tx desk.Tx) error {
			got, err := tx.LeaseNewest(ctx, at, at.Add(time.Minute), limit)
			for _, m := range got {
				ids = append(ids, m.ID)
			}
			return err
		})
		return ids
	}
	if d := cmp.Diff([]string{message(1).ID, message(3).ID}, newest(2)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{message(0).ID}, newest(9)); d != "" {
		t.Error("one passed an earlier one that is on its way", d)
	}
	write(t, s, func(tx desk.Tx) error { return tx.Sent(ctx, message(1).ID, at) })
	if d := cmp.Diff([]string{message(2).ID}, newest(9)); d != "" {
		t.Error("control: the next one still waits", d)
	}
}

// R11: many workers at once, each message once.
func leaseRace(t *testing.T, s *Store) {
	const many = 120
	var messages []desk.Message
	for i := range many {
		m := message(i)
		m.DueAt = now
		messages = append(messages, m)
	}
	write(t, s, func(tx desk.Tx) error { return tx.Enqueue(ctx, messages) })
	var mu sync.Mutex
	taken := map[string]int{}
	together(8, func(int) {
		for {
			var got []desk.Message
			err := s.Write(ctx, func(tx desk.Tx) (err error) {
				got, err = tx.Lease(ctx, now, now.Add(time.Minute), 10)
				return err
			})
			if loket.ErrorCode(err) == loket.Conflict {
				continue
			}
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			for _, m := range got {
				taken[m.ID]++
			}
			left := many - len(taken)
			mu.Unlock()
			if left == 0 {
				return
			}
		}
	})
	for id, n := range taken {
		if n != 1 {
			t.Errorf("%s was leased %d times", id, n)
		}
	}
	if len(taken) != many {
		t.Errorf("%d of %d were leased", len(taken), many)
	}
}

func peopleAndTenants(t *testing.T, s *Store) {
	mila := desk.Person{Tenant: "noord", ID: "p1", Name: "Mila Verzonnen", Email: "mila@example.org", Roles: []string{"desk", "lead"}, Organisation: "Noord"}
	daan := desk.Person{Tenant: "noord", ID: "p2", Name: "Daan Bedacht", Email: "daan@example.org", Roles: []string{}}
	noord := desk.Tenant{ID: "noord", Name: "Noord", Kind: "purchasing_region", Protocol: "x", Version: "2", Host: "noord.example.org", Phone: "010 000 00 00", Email: "noord@example.org", Theme: "noord"}
	write(t, s, func(tx desk.Tx) error {
		for range 2 {
			ok(t, tx.PutPerson(ctx, mila))
			ok(t, tx.PutPerson(ctx, daan))
			ok(t, tx.PutTenant(ctx, noord))
		}
		return tx.PutTenant(ctx, desk.Tenant{ID: "aa"})
	})
	if d := cmp.Diff([]desk.Person{daan, mila}, get(t, s, func(tx desk.Tx) ([]desk.Person, error) { return tx.People(ctx, "noord") })); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]desk.Tenant{noord, {ID: "aa"}}, get(t, s, func(tx desk.Tx) ([]desk.Tenant, error) { return tx.Tenants(ctx) })); d != "" {
		t.Error(d)
	}
	ok(t, s.Read(ctx, func(tx desk.Tx) error {
		if p, found, err := tx.Person(ctx, "noord", "p1"); err != nil || !found || cmp.Diff(mila, p) != "" {
			t.Error(p, found, err)
		}
		if _, found, err := tx.Person(ctx, "zuid", "p1"); err != nil || found {
			t.Error("another tenant's person", err)
		}
		return nil
	}))
}

// fill writes n entries in uneven units of work.
func fill(t testing.TB, s *Store, n int) {
	t.Helper()
	for i := 0; i < n; {
		size := min(1+i%5, n-i)
		write(t, s, func(tx desk.Tx) error {
			for j := range size {
				e := desk.LedgerEntry{At: now.Add(time.Duration(i+j) * time.Second), Tenant: "noord", Actor: "p1", Role: "desk", Case: loket.CaseID(fmt.Sprintf("c%d", (i+j)%3)), Action: "note.made", Outcome: "done", Seq: i + j, Digest: []byte{1, byte(i + j)}}
				if err := tx.Ledger(ctx, e); err != nil {
					return err
				}
			}
			return nil
		})
		i += size
	}
}

func ledgerGrows(t *testing.T, s *Store) {
	fill(t, s, 50)
	together(8, func(int) {
		for range 5 {
			err := s.Write(ctx, func(tx desk.Tx) error { return tx.Ledger(ctx, desk.LedgerEntry{At: now, Case: "both", Action: "read"}) })
			if err != nil {
				t.Error(err)
			}
		}
	})
	got := get(t, s, func(tx desk.Tx) ([]desk.LedgerEntry, error) { return tx.LedgerOf(ctx, "c1") })
	if len(got) != 17 || got[1].Index != 4 || got[1].Seq != 4 || !got[1].At.Equal(now.Add(4*time.Second)) || string(got[1].Digest) != "\x01\x04" {
		t.Fatalf("got %+v", got)
	}
	write(t, s, func(tx desk.Tx) error {
		ok(t, tx.Ledger(ctx, desk.LedgerEntry{At: now, Case: "own", Action: "read"}))
		own, err := tx.LedgerOf(ctx, "own")
		if len(own) != 1 {
			t.Errorf("a unit of work does not see its own entry: %v", own)
		}
		return err
	})
	head, err := s.LedgerHead(ctx)
	ok(t, err)
	report, err := s.VerifyLedger(ctx, head)
	if ok(t, err); !report.OK() || report.Head.Size != 91 {
		t.Fatal(report)
	}
	for i := range int64(91) {
		e, head, proof, err := s.ProveEntry(ctx, i)
		ok(t, err)
		ok(t, proof.Check(head, e))
	}
	ok(t, s.KeepCheckpoint(ctx, Checkpoint{Size: head.Size, At: now, Note: "signed"}))
	kept, err := s.Checkpoints(ctx, 5)
	if ok(t, err); len(kept) != 1 || kept[0].Size != 91 || !kept[0].At.Equal(now) {
		t.Fatal(kept)
	}
}

// S09: what somebody does to the log in the database itself is found, and where.
func ledgerTouched(t *testing.T, s *Store) {
	fill(t, s, 200)
	head, err := s.LedgerHead(ctx)
	ok(t, err)
	for what, touch := range map[string][2]string{
		"changed": {`UPDATE ledger SET actor = 'p2' WHERE idx = 77`, `UPDATE ledger SET actor = 'p1' WHERE idx = 77`},
		"moment":  {`UPDATE ledger SET at = at + 1 WHERE idx = 77`, `UPDATE ledger SET at = at - 1 WHERE idx = 77`},
		"removed": {`UPDATE ledger SET idx = 5000 WHERE idx = 77`, `UPDATE ledger SET idx = 77 WHERE idx = 5000`},
	} {
		ok(t, statement(s, touch[0]))
		report, err := s.VerifyLedger(ctx, head)
		if ok(t, err); report.OK() || report.Problems[0].From != 77 || report.Problems[0].To != 77 {
			t.Errorf("%s: %v", what, report.Problems)
		}
		ok(t, statement(s, touch[1]))
		if report, err = s.VerifyLedger(ctx, head); err != nil || !report.OK() {
			t.Errorf("%s, put back: %v %v", what, report.Problems, err)
		}
	}
	ok(t, statement(s, `DELETE FROM ledger WHERE idx >= 190`))
	report, err := s.VerifyLedger(ctx)
	if ok(t, err); report.OK() || report.Problems[0].From != 190 || report.Problems[0].To != 199 {
		t.Errorf("cut: %v", report.Problems)
	}
}

// Design §5: what a rebuilding compares with: the rows of one case, and every case in order.
func rowsOfOneCase(t *testing.T, s *Store) {
	clock := desk.ClockRow{Case: "a", Tenant: "noord", Clock: "T-01", DueAt: now, NextAt: now, State: "running"}
	told := desk.DisclosureRow{Case: "a", Tenant: "noord", Number: "1", Product: "dat", Version: 1, Person: "p", Title: "x", At: now}
	write(t, s, func(tx desk.Tx) error {
		for _, id := range []loket.CaseID{"b", "a", "c"} {
			ok(t, tx.PutCase(ctx, desk.CaseRow{ID: id, Tenant: "noord", Number: "n" + string(id), Status: "open", ReceivedAt: now, UpdatedAt: now}))
		}
		ok(t, tx.PutClocks(ctx, "a", []desk.ClockRow{clock}))
		ok(t, tx.PutIndex(ctx, "a", "noord", []desk.IndexRow{{Case: "a", Fact: "client", Hash: []byte("h"), Moment: now}}))
		return tx.PutDisclosure(ctx, told)
	})
	ok(t, s.Read(ctx, func(tx desk.Tx) error {
		rows := tx.(desk.ReadRows)
		ids, err := rows.CaseIDs(ctx, "a", 1)
		ok(t, err)
		clocks, err := rows.ClocksOf(ctx, "a")
		ok(t, err)
		index, err := rows.IndexOf(ctx, "a")
		ok(t, err)
		inbox, err := rows.DisclosuresOf(ctx, "a")
		if d := cmp.Diff([]any{[]loket.CaseID{"b"}, []desk.ClockRow{clock}, 1, []desk.DisclosureRow{told}}, []any{ids, clocks, len(index), inbox}); d != "" {
			t.Error(d)
		}
		none, _ := rows.ClocksOf(ctx, "b")
		if len(none) > 0 {
			t.Error("clocks of another case")
		}
		return err
	}))
}
