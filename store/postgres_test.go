// SPDX-License-Identifier: EUPL-1.2

//go:build !nopostgres

package store

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// ASVS 12.3.1: nothing goes in the clear to a database on another machine unless somebody said
// that it may. Control: this machine itself, and an address that says how.
func TestPostgresElsewhereNeedsTLS(t *testing.T) {
	t.Setenv("PGSSLMODE", "")
	for dsn, want := range map[string]bool{
		"postgres://loket@db.example.org/loket":                     true,
		"postgres://loket@10.0.0.7/loket":                           true,
		"host=localhost,db.example.org user=loket dbname=loket":     true,
		"postgres://loket@db.example.org/loket?sslmode=verify-full": false,
		"postgres://loket@db.example.org/loket?sslmode=disable":     false,
		"postgres://loket@localhost/loket":                          false,
		"postgres://loket@127.0.0.1:5433/loket":                     false,
		"postgres://loket@[::1]/loket":                              false,
		"host=/var/run/postgresql user=loket dbname=loket":          false,
	} {
		config, err := pgx.ParseConfig(dsn)
		if err != nil {
			t.Fatal(err)
		}
		if got := inTheClear(config, dsn); got != want {
			t.Errorf("%s: %v", dsn, got)
		}
	}
	if _, err := Open(t.Context(), "postgres://loket@db.example.org/loket"); err == nil || !strings.Contains(err.Error(), "sslmode=verify-full") {
		t.Errorf("opened: %v", err)
	}
}
