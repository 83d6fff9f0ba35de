// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"example.org/loket/desk"
)

func termsComeDue(t *testing.T, s *Store) {
	terms := []desk.RetentionRow{
		{Rule: "a", Tenant: "noord", Number: "1", DueAt: now, State: "waiting"},
		{Rule: "b", Tenant: "noord", Number: "1", DueAt: now.Add(time.Hour), State: "waiting"},
		{Rule: "c", Tenant: "noord", Number: "1", DueAt: now, State: "proposed", Asked: "sara"},
	}
	write(t, s, func(tx desk.Tx) error { return tx.PutRetention(ctx, "c1", terms) })
	due := func(at time.Time) []desk.RetentionRow {
		return get(t, s, func(tx desk.Tx) ([]desk.RetentionRow, error) { return tx.DueRetention(ctx, at, 10) })
	}
	if rows := due(now.Add(-time.Microsecond)); len(rows) != 0 {
		t.Errorf("due before its moment: %+v", rows)
	}
	if rows := due(now); len(rows) != 1 || rows[0].Rule != "a" || rows[0].Case != "c1" || !rows[0].DueAt.Equal(now) {
		t.Errorf("due: %+v", rows)
	}
	list := get(t, s, func(tx desk.Tx) ([]desk.RetentionRow, error) {
		return tx.RetentionList(ctx, "noord", "proposed", 10)
	})
	if len(list) != 1 || list[0].Asked != "sara" {
		t.Errorf("listed: %+v", list)
	}
	write(t, s, func(tx desk.Tx) error { return tx.SetRetentionDue(ctx, "c1", "a", now.Add(time.Hour)) })
	if rows := due(now); len(rows) != 0 {
		t.Errorf("moved, and still due: %+v", rows)
	}
	write(t, s, func(tx desk.Tx) error { return tx.PutRetention(ctx, "c1", nil) })
	if rows := due(now.AddDate(1, 0, 0)); len(rows) != 0 {
		t.Errorf("taken away, and still due: %+v", rows)
	}
}

// S08: of a destroyed case the rows that prove it was there remain, and nothing in them.
func destroyedCase(t *testing.T, s *Store) {
	m, r := message(1), row(1)
	m.Case, r.ID, r.Number = "c1", "c1", "2026-0001"
	write(t, s, func(tx desk.Tx) error {
		return errors.Join(tx.Append(ctx, []desk.Record{record("c1", 1), record("c1", 2), record("c2", 1)}), tx.PutCase(ctx, r), tx.Enqueue(ctx, []desk.Message{m}),
			tx.PutIndex(ctx, "c1", "noord", []desk.IndexRow{{Fact: "client", Hash: []byte("x")}}))
	})
	write(t, s, func(tx desk.Tx) error { return tx.PurgeCase(ctx, "c1") })
	records := get(t, s, func(tx desk.Tx) ([]desk.Record, error) { return tx.Events(ctx, "c1") })
	if len(records) != 2 || len(records[0].Sealed)+len(records[1].Vault) != 0 || records[0].Type == "" {
		t.Errorf("records: %+v", records)
	}
	if other := get(t, s, func(tx desk.Tx) ([]desk.Record, error) { return tx.Events(ctx, "c2") }); len(other) != 1 || len(other[0].Sealed) == 0 {
		t.Error("control: another case was emptied too")
	}
	if found := get(t, s, func(tx desk.Tx) ([]desk.IndexRow, error) {
		return tx.FindIndex(ctx, "noord", []desk.IndexLook{{Hash: []byte("x")}})
	}); len(found) != 0 {
		t.Error("the index still finds it")
	}
	if sent := get(t, s, func(tx desk.Tx) ([]desk.Message, error) {
		return tx.Messages(ctx, m.Tenant, 10)
	}); len(sent) != 1 || sent[0].To != "" || sent[0].Body != "" {
		t.Errorf("message: %+v", sent)
	}
}

func erasuresKept(t *testing.T, s *Store) {
	e := desk.Erasure{ID: "e1", Tenant: "noord", Case: "c1", Number: "1", At: now, Key: "sleutel"}
	c := desk.Certificate{ID: "z1", Tenant: "noord", At: now, Person: "Sara Fictie", Items: []desk.CertificateItem{{Number: "1", Whole: true}}}
	write(t, s, func(tx desk.Tx) error {
		return errors.Join(tx.PutErasure(ctx, e), tx.PutErasure(ctx, e), tx.PutCertificate(ctx, c))
	})
	open := func() []desk.Erasure {
		return get(t, s, func(tx desk.Tx) ([]desk.Erasure, error) { return tx.OpenErasures(ctx, 10) })
	}
	if todo := open(); len(todo) != 1 || !todo[0].Whole() || !todo[0].At.Equal(now) {
		t.Errorf("to finish: %+v", todo)
	}
	write(t, s, func(tx desk.Tx) error { return errors.Join(tx.ErasureDone(ctx, "e1"), tx.SetErasureMark(ctx, 99)) })
	if todo := open(); len(todo) != 0 {
		t.Errorf("finished, and still to do: %+v", todo)
	}
	if upto := get(t, s, func(tx desk.Tx) (int64, error) { return tx.ErasureMark(ctx) }); upto != 99 {
		t.Errorf("mark %d", upto)
	}
	write(t, s, func(tx desk.Tx) error { return tx.SetErasureMark(ctx, 0) })
	if all := get(t, s, func(tx desk.Tx) ([]desk.Certificate, error) { return tx.Certificates(ctx, "noord", 10) }); len(all) != 1 || all[0].Items[0].Number != "1" {
		t.Errorf("certificates: %+v", all)
	}
	ok(t, s.Read(ctx, func(tx desk.Tx) error {
		if _, found, err := tx.Certificate(ctx, "zuid", "z1"); found || err != nil {
			t.Errorf("another organisation sees it: %v", err)
		}
		return nil
	}))
}

func forgotten(t *testing.T, s *Store) {
	done, waiting := message(1), message(2)
	done.CreatedAt, waiting.CreatedAt = now, now
	write(t, s, func(tx desk.Tx) error {
		return errors.Join(tx.Enqueue(ctx, []desk.Message{done, waiting}), tx.Sent(ctx, done.ID, now), tx.KeepResult(ctx, "old", []byte("1"), now), tx.KeepResult(ctx, "new", []byte("2"), now.Add(time.Hour)))
	})
	write(t, s, func(tx desk.Tx) error {
		n, err := tx.PurgeOutbox(ctx, now.Add(time.Second), 10)
		if n != 1 {
			t.Errorf("%d addresses went", n)
		}
		return err
	})
	old := get(t, s, func(tx desk.Tx) ([]string, error) { return tx.OldResults(ctx, now.Add(time.Second), 10) })
	if len(old) != 1 || old[0] != "old" {
		t.Errorf("old results: %v", old)
	}
	write(t, s, func(tx desk.Tx) error { return tx.DropResults(ctx, old) })
	ok(t, s.Read(ctx, func(tx desk.Tx) error {
		_, gone, err := tx.Result(ctx, "old")
		_, kept, err2 := tx.Result(ctx, "new")
		if gone || !kept {
			t.Errorf("old %v, new %v", gone, kept)
		}
		return errors.Join(err, err2)
	}))
}

// S08: the register survives a crash in the middle of a line, and is read from any point.
func TestErasureFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "erasures.log")
	open := func() *ErasureFile {
		r, err := OpenErasureFile(path)
		ok(t, err)
		return r
	}
	lines := func(r *ErasureFile, from int64) (out []string, end int64) {
		end, err := r.Each(ctx, from, func(line []byte) error {
			out = append(out, string(line))
			return nil
		})
		ok(t, err)
		return out, end
	}
	r := open()
	first, err := r.Append(ctx, []byte("een"))
	ok(t, err)
	end, err := r.Append(ctx, []byte("twee"))
	ok(t, err)
	if all, upto := lines(r, 0); len(all) != 2 || upto != end {
		t.Errorf("%v %d", all, upto)
	}
	if rest, _ := lines(r, first); len(rest) != 1 || rest[0] != "twee" {
		t.Errorf("from the first on: %v", rest)
	}
	if all, _ := lines(r, end+1000); len(all) != 2 {
		t.Errorf("a register that is shorter than it was is read whole: %v", all)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	ok(t, err)
	_, err = f.WriteString("dri")
	ok(t, errors.Join(err, f.Close()))
	if all, _ := lines(r, 0); len(all) != 2 {
		t.Errorf("half a line was read: %v", all)
	}
	r = open()
	_, err = r.Append(ctx, []byte("vier"))
	ok(t, err)
	if all, _ := lines(r, 0); len(all) != 4 || all[3] != "vier" {
		t.Errorf("after a crash: %v", all)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}
