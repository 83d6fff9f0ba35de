// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/postgrestest"
)

var (
	ctx = context.Background()
	now = time.Date(2026, 3, 28, 21, 45, 0, 123000, time.UTC)
)

// promises are what a store must do, whatever the engine.
var promises = map[string]func(t *testing.T, s *Store){
	"events keep their order":                       eventsKeepTheirOrder,
	"the second of two edits gets a conflict":       secondEditConflicts,
	"200 pairs of edits, no silent overwrite":       editPairs,
	"a unit of work is all or nothing":              allOrNothing,
	"one failing among 32 hurts nobody":             oneFailingAmongMany,
	"a panic comes back to who caused it":           panicComesBack,
	"a read cannot write":                           readCannotWrite,
	"a read sees one snapshot":                      readSeesOneSnapshot,
	"a key gives its first result":                  firstResult,
	"numbers have no gaps":                          numbersWithoutGaps,
	"every column of a case comes back":             caseComesBack,
	"pages of the worklist neither skip nor repeat": stablePages,
	"views and filters":                             viewsAndFilters,
	"counting stops, each view by itself":           countsStop,
	"a line of the worklist is whole":               linesOfTheWorklist,
	"events of one type, of several cases":          eventsOfOneType,
	"a hidden case is on no list":                   hiddenOnNoList,
	"emergency openings are listed":                 emergenciesListed,
	"tenants see nothing of each other":             tenantsApart,
	"the register is in order of number":            registerInOrder,
	"what an organisation adopted stays":            adoptedStays,
	"the newest cases, past number 9999":            newestPast9999,
	"a frozen year keeps every version":             frozenYears,
	"an occasion has one case":                      occasions,
	"the rows of one case are listed":               rowsOfOneCase,
	"clocks that are due":                           dueClocks,
	"the blind index finds equals":                  blindIndex,
	"the blind index finds what is near in time":    blindIndexInTime,
	"an inbox, newest first":                        inbox,
	"a message is leased, retried and given up":     outboxLease,
	"the newest message passes, but not its like":   outboxNewest,
	"nodes never lease one message":                 leaseRace,
	"people and tenants":                            peopleAndTenants,
	"the ledger grows with the change":              ledgerGrows,
	"a touched ledger is found":                     ledgerTouched,
	"every case of a tenant":                        everyCase,
	"terms come due and are listed":                 termsComeDue,
	"what is destroyed leaves a number":             destroyedCase,
	"erasures and certificates are kept":            erasuresKept,
	"addresses and results are forgotten":           forgotten,
	"a vault is rewritten":                          vaultRewritten,
	"accounts, by login and tenant":                 checkAccounts,
	"sessions end when they must":                   checkSessions,
	"links, by issuer and subject":                  checkLinks,
	"places that marks stand for":                   checkOrigins,
	"marks of places in the log":                    checkVia,
	"logout by a provider":                          checkProviderLogout,
	"settings of an organisation":                   checkSettings,
	"a ticket is used once":                         checkTickets,
	"a code is used once":                           checkFactors,
	"own sessions":                                  checkOwnSessions,
	"passkeys":                                      checkPasskeys,
	"keys of machines end at once":                  checkMachines,
	"books keep every version of a line":            checkBooks,
	"two desks say it of one incident":              checkNeighbours,
	"lists limited to an organisation":              checkRelations,
	"drafts come back until they expire":            checkDrafts,
	"feeds are leased and due again":                checkFeeds,
	"an article comes once and goes with its key":   checkMedia,
	"only some kinds of case":                       checkKinds,
	"closed cases by law":                           closedByLaw,
	"it checks":                                     func(t *testing.T, s *Store) { ok(t, s.Check(ctx)) },
}

// R-R-74 R03 R04 R12 S03 S09: both engines keep every promise.
func TestConformance(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		conformance(t, func(t *testing.T) *Store { return open(t, t.TempDir()) })
	})
	t.Run("postgres", func(t *testing.T) {
		s := open(t, postgrestest.Start(t))
		conformance(t, func(t *testing.T) *Store {
			empty(t, s)
			return s
		})
	})
}

func conformance(t *testing.T, fresh func(*testing.T) *Store) {
	for name, promise := range promises {
		t.Run(strings.ReplaceAll(name, " ", "_"), func(t *testing.T) { promise(t, fresh(t)) })
	}
}

// empty makes a database as good as new; a database for each promise would take longer
// than all promises.
func empty(t testing.TB, s *Store) {
	t.Helper()
	for _, table := range []string{"events", "results", "numbers", "cases", "clocks", "blind_index", "disclosures", "outbox", "retention", "erasures", "certificates", "ledger", "checkpoints", "people", "tenants", "accounts", "sessions", "links", "tickets", "factors", "recovery_codes", "drafts", "books", "book_history", "case_organisations", "feeds", "media", "machines", "case_hidden", "emergencies"} {
		ok(t, statement(s, `DELETE FROM `+table))
	}
	ok(t, statement(s, `UPDATE ledger_head SET tree = $1`, []byte{}))
}

func open(t testing.TB, dsn string) *Store {
	t.Helper()
	s, err := Open(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func write(t testing.TB, s *Store, fn func(tx desk.Tx) error) {
	t.Helper()
	ok(t, s.Write(ctx, fn))
}

// get reads one thing.
func get[T any](t testing.TB, s *Store, fn func(tx desk.Tx) (T, error)) (out T) {
	t.Helper()
	ok(t, s.Read(ctx, func(tx desk.Tx) (err error) {
		out, err = fn(tx)
		return err
	}))
	return out
}

func record(id loket.CaseID, seq int) desk.Record {
	return desk.Record{Case: id, Seq: seq, Tenant: "noord", At: now.Add(time.Duration(seq) * time.Minute), Type: "note.made", By: "p1", Role: "desk", Sealed: []byte("sealed"), Vault: []byte("vault")}
}

func row(n int) desk.CaseRow {
	return desk.CaseRow{
		ID: loket.CaseID(fmt.Sprintf("case%05d", n)), Tenant: "noord", Number: fmt.Sprintf("2026-%04d", n), Year: 2026, Kind: "calamity", Registered: true,
		Key: fmt.Sprintf("key%d", n), CodeHash: []byte{1, 2, byte(n)}, Version: 3, Organisation: "Aanbieder Alfa", Class: `{"nl":"Calamiteit"}`, Laws: "wmo jeugdwet",
		Provisional: true, Status: "open", Urgent: true, Assigned: "p1", What: `{"nl":"Bel"}`, Because: `{"nl":"Want"}`, Waiting: true, More: 2,
		DueAt: now.Add(time.Duration(n%10) * time.Hour), ReceivedAt: now, UpdatedAt: now.Add(time.Duration(n) * time.Second), JoinedTo: "other", Columns: `{"a":1}`,
	}
}

func message(n int) desk.Message {
	return desk.Message{ID: fmt.Sprintf("m%04d@loket.example.org", n), Tenant: "noord", Case: "c", Product: "notice", Row: "r", Version: 1, Person: "p1", To: "desk@example.org", Subject: "2026-0001", Body: "Er is iets voor u.", CreatedAt: now.Add(time.Duration(n) * time.Second), DueAt: now.Add(time.Duration(n) * time.Second)}
}

// R14: a schema that is newer than the program is refused; the same schema opens again.
func TestNewerSchemaIsRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "loket.db")
	ok(t, open(t, path).Close())
	ok(t, open(t, path).Close())
	s := open(t, path)
	ok(t, statement(s, `INSERT INTO schema_version (version_id, is_applied) VALUES (99999, true)`))
	ok(t, s.Close())
	if s, err := Open(ctx, path); err == nil || !strings.Contains(err.Error(), "newer program") {
		t.Fatalf("opened %v: %v", s, err)
	}
}

// statement runs any statement, as an intruder with the database could.
func statement(s *Store, query string, args ...any) error {
	return s.engine.write(ctx, func(t *tx) error {
		_, err := t.run.exec(ctx, query, args...)
		return err
	})
}
