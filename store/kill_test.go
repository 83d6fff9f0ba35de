// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
)

// kills is how often the intake is killed in a test run.
const kills = 200

// TestMain turns the test program into the desk that is killed, when asked.
func TestMain(m *testing.M) {
	if folder := os.Getenv("STORE_TEST_INTAKE"); folder != "" {
		if os.Getenv("STORE_TEST_CARELESS") != "" { // the control of the power cut
			settings = slices.Clone(settings)
			settings[2] = setting{"synchronous", "NORMAL", "1"}
		}
		intake(folder, os.Getenv("STORE_TEST_RUN"), os.Getenv("STORE_TEST_EARLY") != "")
		return
	}
	os.Exit(m.Run())
}

// intake takes reports in until it is killed, and prints the id of each that is durable.
// With early it says so before the commit, as a careless desk would.
func intake(folder, run string, early bool) {
	s, err := Open(context.Background(), folder)
	if err != nil {
		panic(err)
	}
	together(8, func(g int) {
		for n := 0; ; n++ {
			id := loket.CaseID(fmt.Sprintf("%s-%d-%d", run, g, n))
			err := s.Write(context.Background(), func(tx desk.Tx) error {
				if err := report(tx, id); err != nil {
					return err
				}
				if early {
					fmt.Println(id)
				}
				return nil
			})
			if err != nil {
				panic(err)
			}
			if !early {
				fmt.Println(id)
			}
		}
	})
}

// report writes all that belongs to one accepted report.
func report(tx desk.Tx, id loket.CaseID) error {
	r := row(1)
	r.ID, r.Number = id, string(id)
	m := message(1)
	m.ID, m.Case = string(id)+"@loket.example.org", id
	steps := []error{
		tx.Append(ctx, []desk.Record{record(id, 1), record(id, 2)}), tx.PutCase(ctx, r),
		tx.PutClocks(ctx, id, []desk.ClockRow{{Case: id, Clock: "T-01", DueAt: now, NextAt: now}}),
		tx.PutIndex(ctx, id, "noord", []desk.IndexRow{{Fact: "client", Hash: []byte(id)}}), tx.Enqueue(ctx, []desk.Message{m}),
		tx.Ledger(ctx, desk.LedgerEntry{At: now, Case: id, Action: "report.received"}), tx.KeepResult(ctx, string(id), []byte("receipt"), now),
	}
	for _, err := range steps {
		if err != nil {
			return err
		}
	}
	return nil
}

// killOnce runs the intake, kills it after some acknowledgements, and gives all of them:
// also those that were on their way when it died.
func killOnce(t *testing.T, folder string, run int, early bool) (acknowledged []string) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), "STORE_TEST_INTAKE="+folder, fmt.Sprintf("STORE_TEST_RUN=%d", run))
	if early {
		c.Env = append(c.Env, "STORE_TEST_EARLY=1")
	}
	out, err := c.StdoutPipe()
	ok(t, err)
	ok(t, c.Start())
	at := 1 + rand.IntN(60)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		acknowledged = append(acknowledged, lines.Text())
		if len(acknowledged) == at {
			ok(t, c.Process.Kill())
		}
	}
	_ = c.Wait() // it was killed
	if len(acknowledged) < at {
		t.Fatalf("the intake ended by itself after %d reports", len(acknowledged))
	}
	return acknowledged
}

// lost counts acknowledged reports of which something is missing.
func lost(t *testing.T, folder string, acknowledged []string) (n int) {
	t.Helper()
	s, err := Open(ctx, folder)
	ok(t, err)
	defer func() { ok(t, s.Close()) }()
	for _, id := range acknowledged {
		ok(t, s.engine.read(ctx, func(x *tx) error {
			parts, _, err := one(ctx, x, scanInt, `SELECT (SELECT count(*) FROM events WHERE case_id = $1) + (SELECT count(*) FROM cases WHERE id = $1)
				+ (SELECT count(*) FROM clocks WHERE case_id = $1) + (SELECT count(*) FROM blind_index WHERE case_id = $1)
				+ (SELECT count(*) FROM outbox WHERE id = $2) + (SELECT count(*) FROM ledger WHERE case_id <> '' AND case_id = $1)
				+ (SELECT count(*) FROM results WHERE key = $1)`, id, id+"@loket.example.org")
			if parts != 8 {
				n++
			}
			return err
		}))
	}
	return n
}

// R02: killed at 200 random moments, the desk loses no report that it acknowledged, and
// keeps no report in part. Control: a desk that acknowledges before the commit loses some.
func TestKillDuringIntake(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	total := 0
	for run := range kills {
		acknowledged := killOnce(t, folder, run, false)
		if n := lost(t, folder, acknowledged); n > 0 {
			t.Fatalf("kill %d: %d of %d acknowledged reports lost", run, n, len(acknowledged))
		}
		total += len(acknowledged)
	}
	s := open(t, folder)
	ok(t, s.Check(ctx))
	verified, err := s.VerifyLedger(ctx)
	if ok(t, err); !verified.OK() {
		t.Error(verified.Problems)
	}
	cases := count(t, s, "cases")
	for table, each := range map[string]int{"events": 2, "clocks": 1, "blind_index": 1, "outbox": 1, "ledger": 1, "results": 1} {
		if n := count(t, s, table); n != each*cases {
			t.Errorf("%d cases and %d rows in %s: a report was kept in part", cases, n, table)
		}
	}
	t.Logf("%d kills, %d acknowledged, %d stored, 0 lost", kills, total, cases)
	controlLoses(t)
}

func controlLoses(t *testing.T) {
	folder := t.TempDir()
	for run := range kills {
		if lost(t, folder, killOnce(t, folder, run, true)) > 0 {
			t.Logf("control: lost at kill %d", run+1)
			return
		}
	}
	t.Error("control: acknowledging before the commit must lose reports; this test sees nothing")
}

// The names of the tables in lost must be those of the schema: a report that is there is
// found in full.
func TestLostFindsAReport(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s := open(t, folder)
	write(t, s, func(tx desk.Tx) error { return report(tx, "here") })
	write(t, s, func(tx desk.Tx) error { return tx.Append(ctx, []desk.Record{record("half", 1)}) })
	ok(t, s.Close())
	if n := lost(t, folder, strings.Fields("here half gone")); n != 2 {
		t.Errorf("%d lost, want 2", n)
	}
}
