// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"database/sql"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// bare is the least that a desk on SQLite could do: three rows with four indexes, sealed
// text of the same size, one writer that commits in groups. It is what Write is held to.
type bare struct {
	conn *sql.DB
	jobs chan bareJob
}

type bareJob struct {
	id   string
	done chan error
}

const bareSchema = `CREATE TABLE a (id TEXT PRIMARY KEY, at INTEGER, body BLOB) STRICT;
CREATE TABLE b (id TEXT PRIMARY KEY, due INTEGER) STRICT; CREATE INDEX b_due ON b (due, id);
CREATE TABLE c (n INTEGER PRIMARY KEY, id TEXT) STRICT; CREATE INDEX c_id ON c (id);`

func startBare(b *testing.B) *bare {
	db, err := openPool(b.TempDir()+"/bare.db", 1)
	ok(b, err)
	_, err = db.Exec(bareSchema)
	ok(b, err)
	x := &bare{conn: db, jobs: make(chan bareJob)}
	go x.loop()
	b.Cleanup(func() { close(x.jobs) })
	return x
}

func (x *bare) loop() {
	body := make([]byte, 600)
	for first := range x.jobs {
		var group []bareJob
		in, err := x.conn.Begin()
		for j, more := first, true; more && err == nil; {
			group = append(group, j)
			_, err = in.Exec(`INSERT INTO a VALUES ($1,$2,$3)`, j.id, 1, body)
			if err == nil {
				_, err = in.Exec(`INSERT INTO b VALUES ($1,$2)`, j.id, 2)
			}
			if err == nil {
				_, err = in.Exec(`INSERT INTO c (id) VALUES ($1)`, j.id)
			}
			select {
			case j = <-x.jobs:
			default:
				more = false
			}
		}
		if err == nil {
			err = in.Commit()
		}
		for _, j := range group {
			j.done <- err
		}
	}
	_ = x.conn.Close()
}

func (x *bare) write(id string) error {
	j := bareJob{id, make(chan error, 1)}
	x.jobs <- j
	return <-j.done
}

// rate runs do from n clients for a while and gives how often a second.
func rate(b *testing.B, n int, do func(id string) error) float64 {
	b.Helper()
	const span = 400 * time.Millisecond
	var done atomic.Int64
	var group sync.WaitGroup
	start := time.Now()
	for g := range n {
		group.Go(func() {
			for i := 0; time.Since(start) < span; i++ {
				if err := do(fmt.Sprintf("%d-%d-%d", start.UnixNano(), g, i)); err != nil {
					b.Error(err)
					return
				}
				done.Add(1)
			}
		})
	}
	group.Wait()
	return float64(done.Load()) / time.Since(start).Seconds()
}

// BenchmarkWrite takes complete reports in, next to the bare loop in the same run. A
// report is nine rows in eight tables, so a ratio of a half is much.
func BenchmarkWrite(b *testing.B) {
	for _, clients := range []int{1, 16, 64} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			s, least := open(b, b.TempDir()), startBare(b)
			full := func(id string) error {
				return s.Write(ctx, func(tx desk.Tx) error { return report(tx, loket.CaseID(id)) })
			}
			var ours, theirs float64
			for b.Loop() {
				ours += rate(b, clients, full)
				theirs += rate(b, clients, least.write)
			}
			b.ReportMetric(ours/float64(b.N), "reports/s")
			b.ReportMetric(theirs/float64(b.N), "bare/s")
			b.ReportMetric(ours/theirs, "of-bare")
		})
	}
}

// BenchmarkWorklist reads a page and the counts with few and with many open cases: it
// must not matter how many there are.
func BenchmarkWorklist(b *testing.B) {
	for _, cases := range []int{1000, 200_000} {
		b.Run(fmt.Sprintf("cases=%d", cases), func(b *testing.B) {
			s := open(b, b.TempDir())
			for n := 0; n < cases; {
				write(b, s, func(tx desk.Tx) error {
					for range 1000 {
						r := row(n)
						r.ID, r.Number, r.DueAt = loket.CaseID(fmt.Sprintf("%x-%d", n*2654435761%(1<<32), n)), fmt.Sprintf("2026-%07d", n), now.Add(time.Duration(n)*time.Second)
						if err := tx.PutCase(ctx, r); err != nil {
							return err
						}
						n++
					}
					return nil
				})
			}
			q := desk.CaseQuery{Tenant: "noord", View: "team", Person: "p1", Now: now, EndOfDay: now.Add(time.Hour), Limit: 51}
			b.Run("page", func(b *testing.B) {
				for b.Loop() {
					get(b, s, func(tx desk.Tx) ([]desk.CaseRow, error) { return tx.Cases(ctx, q) })
				}
			})
			b.Run("counts", func(b *testing.B) {
				for b.Loop() {
					get(b, s, func(tx desk.Tx) (map[string]int, error) { return tx.CountCases(ctx, q) })
				}
			})
			b.Run("due", func(b *testing.B) {
				for b.Loop() {
					get(b, s, func(tx desk.Tx) ([]desk.ClockRow, error) { return tx.DueClocks(ctx, now, 100) })
				}
			})
		})
	}
}
