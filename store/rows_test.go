// SPDX-License-Identifier: EUPL-1.2

//go:build !nopostgres

package store

import (
	"context"
	"database/sql"
	"slices"
	"testing"

	"example.org/loket/desk"
	"example.org/loket/internal/postgrestest"
)

// tablesOf lists the tables of the schema that keep rows of organisations, and those of
// them that PostgreSQL keeps apart.
func tablesOf(t *testing.T, db *sql.DB) (belong, apart []string) {
	t.Helper()
	rows, err := db.Query(`SELECT DISTINCT c.relname, c.relrowsecurity FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE n.nspname = 'loket' AND c.relkind = 'r' AND a.attname IN ('tenant', 'from_tenant') AND NOT a.attisdropped ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var on bool
		if err := rows.Scan(&name, &on); err != nil {
			t.Fatal(err)
		}
		belong = append(belong, name)
		if on {
			apart = append(apart, name)
		}
	}
	return belong, apart
}

// peopleSeen are the organisations of everybody whom a query without a filter finds.
func peopleSeen(t *testing.T, s *Store, ctx context.Context) []string {
	t.Helper()
	var out []string
	ok(t, s.engine.read(ctx, func(in *tx) (err error) {
		out, err = list(ctx, in, func(rows *sql.Rows, v *string) error { return rows.Scan(v) }, `SELECT DISTINCT tenant FROM people ORDER BY 1`)
		return err
	}))
	return out
}

// S03: a query that forgets its organisation finds nothing of others: it cannot read, change
// or add their rows. Every table with an organisation is so. Control: with the second layer
// off the same queries reach everybody.
func TestRowsOfOthersAreOutOfReach(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, err := Open(ctx, postgrestest.Start(t))
	ok(t, err)
	t.Cleanup(func() { _ = s.Close() })
	if !s.Apart() {
		t.Fatal("PostgreSQL does not keep the rows of organisations apart")
	}
	for _, tenant := range []string{"noord", "zuid"} {
		ok(t, s.Write(desk.Within(ctx, tenant), func(in desk.Tx) error {
			return in.PutPerson(ctx, desk.Person{ID: "p", Tenant: tenant, Name: "Bram Nepnaam", Roles: []string{"desk"}})
		}))
	}
	bound := desk.Within(ctx, "noord")
	db := s.engine.(*postgresEngine).db
	if belong, apart := tablesOf(t, db); len(belong) < 20 || !slices.Equal(belong, apart) {
		t.Errorf("tables with an organisation %q, kept apart %q; a new one needs its policy own_rows, see schema/postgres/00012_rows.sql", belong, apart)
	}
	if got := peopleSeen(t, s, bound); !slices.Equal(got, []string{"noord"}) {
		t.Errorf("bound to noord, and sees %q", got)
	}
	if got := peopleSeen(t, s, ctx); len(got) != 2 {
		t.Errorf("the installation sees %q", got)
	}
	rename := func(ctx context.Context) (changed int64) {
		ok(t, s.engine.write(ctx, func(in *tx) (err error) {
			changed, err = in.run.exec(ctx, `UPDATE people SET name = 'x'`)
			return err
		}))
		return changed
	}
	intrude := func() error {
		return s.Write(bound, func(in desk.Tx) error {
			return in.PutPerson(ctx, desk.Person{ID: "q", Tenant: "zuid", Name: "Daan Bedacht", Roles: []string{"desk"}})
		})
	}
	if n := rename(bound); n != 1 {
		t.Errorf("bound to noord, and changed %d rows", n)
	}
	if intrude() == nil {
		t.Error("bound to noord, and wrote a row of zuid")
	}
	if _, err := db.Exec(`ALTER TABLE people DISABLE ROW LEVEL SECURITY`); err != nil {
		t.Fatal(err)
	}
	if seen, n := peopleSeen(t, s, bound), rename(bound); len(seen) != 2 || n != 2 || intrude() != nil {
		t.Errorf("without the second layer: sees %q, changes %d: the control is blind", seen, n)
	}
}
