// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"database/sql"
	"fmt"
	"net/http"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the same engine that the desk uses
)

// bareSchema is the least a desk could write: a case, its event, its message, and the
// four indexes to find them by.
const bareSchema = `
CREATE TABLE cases   (id TEXT PRIMARY KEY, number INTEGER, due_at INTEGER, organisation TEXT) WITHOUT ROWID;
CREATE TABLE events  (id INTEGER PRIMARY KEY, case_id TEXT, at INTEGER, sealed BLOB);
CREATE TABLE outbox  (id INTEGER PRIMARY KEY, case_id TEXT, due_at INTEGER, body TEXT);
CREATE INDEX cases_number ON cases (number);
CREATE INDEX cases_due    ON cases (due_at);
CREATE INDEX events_case  ON events (case_id);
CREATE INDEX outbox_due   ON outbox (due_at);`

// barePragmas are those of the desk itself: durable on a power cut.
const barePragmas = "?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)"

// bare is the server that every ratio is measured against: it takes a form, seals it,
// writes three rows in a durable transaction that concurrent requests share, and answers.
// It checks nothing, logs nothing and shows nothing.
type bare struct {
	aead cipher.AEAD
	work chan bareReport
}

// bareReport is one report on its way to the disk. done hears when it is there.
type bareReport struct {
	id     string
	from   string // what a list of cases would show
	sealed []byte
	done   chan error
}

// serveBare runs the bare server until the process ends.
func serveBare(addr, dir string) error {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "bare.db")+barePragmas)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(bareSchema); err != nil {
		return err
	}
	key := make([]byte, 32)
	_, _ = rand.Read(key)
	block, err := aes.NewCipher(key)
	if err != nil {
		return err
	}
	b := &bare{work: make(chan bareReport, 1024)}
	if b.aead, err = cipher.NewGCMWithRandomNonce(block); err != nil {
		return err
	}
	w, err := openBare(db)
	if err != nil {
		return err
	}
	go b.write(w)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /gezond", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("POST /melden", b.take)
	return http.ListenAndServe(addr, mux)
}

func (b *bare) take(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	id := rand.Text()
	report := bareReport{id: id, from: r.PostForm.Get("organisation"), sealed: b.aead.Seal(nil, nil, []byte(r.PostForm.Encode()), []byte(id)), done: make(chan error, 1)}
	b.work <- report
	if err := <-report.done; err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Location", "/melden/ontvangen")
	w.WriteHeader(http.StatusSeeOther)
}

// write gives whatever is waiting one transaction together.
func (b *bare) write(w *bareWriter) {
	for first := range b.work {
		batch := []bareReport{first}
		for waiting := true; waiting && len(batch) < 256; {
			select {
			case next := <-b.work:
				batch = append(batch, next)
			default:
				waiting = false
			}
		}
		err := w.batch(batch)
		for _, report := range batch {
			report.done <- err
		}
	}
}

// bareWriter is one connection whose statements are prepared once, as the desk's are.
type bareWriter struct {
	begin, commit, rollback *sql.Stmt
	cases, events, outbox   *sql.Stmt
	number                  int
}

func openBare(db *sql.DB) (*bareWriter, error) {
	conn, err := db.Conn(context.Background())
	if err != nil {
		return nil, err
	}
	w := &bareWriter{}
	for query, into := range map[string]**sql.Stmt{
		"BEGIN IMMEDIATE": &w.begin, "COMMIT": &w.commit, "ROLLBACK": &w.rollback,
		"INSERT INTO cases VALUES (?,?,?,?)":                        &w.cases,
		"INSERT INTO events (case_id, at, sealed) VALUES (?,?,?)":   &w.events,
		"INSERT INTO outbox (case_id, due_at, body) VALUES (?,?,?)": &w.outbox,
	} {
		if *into, err = conn.PrepareContext(context.Background(), query); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func (w *bareWriter) batch(batch []bareReport) error {
	if _, err := w.begin.Exec(); err != nil {
		return err
	}
	for _, report := range batch {
		if err := w.write(report); err != nil {
			_, _ = w.rollback.Exec()
			return fmt.Errorf("bare server: %w", err)
		}
	}
	_, err := w.commit.Exec()
	return err
}

func (w *bareWriter) write(report bareReport) error {
	now := time.Now().UnixMicro()
	w.number++
	_, err := w.cases.Exec(report.id, w.number, now, report.from)
	if err == nil {
		_, err = w.events.Exec(report.id, now, report.sealed)
	}
	if err == nil {
		_, err = w.outbox.Exec(report.id, now, "Er is een nieuwe melding.")
	}
	return err
}
