// SPDX-License-Identifier: EUPL-1.2

//go:build !nopostgres

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"example.org/loket/desk"
)

// rowsAs is the name of the role that sees the rows of one organisation only. A superuser
// and the owner of a table see all rows; this role is neither.
const rowsAs = "loket_rows"

// rowRole makes the role and lets it use the tables. It reports whether the role can be
// used: a database user who may make no roles needs one that the administrator made
// (docs/operating.md), and without it the filter in every query is the only layer.
func rowRole(ctx context.Context, db *sql.DB, space string) (bool, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer tx.Rollback()    // after a commit it does nothing
	const lock = 7_210_001 // several nodes may start at once
	if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock($1)", lock); err != nil {
		return false, err
	}
	var there bool
	if err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $1)", rowsAs).Scan(&there); err != nil {
		return false, err
	}
	steps := []string{"GRANT USAGE ON SCHEMA %[1]s TO %[2]s", "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %[1]s TO %[2]s", "SET LOCAL ROLE %[2]s"}
	if !there {
		steps = append([]string{"CREATE ROLE %[2]s NOLOGIN", "GRANT %[2]s TO CURRENT_USER"}, steps...)
	}
	for _, step := range steps {
		if _, err := tx.ExecContext(ctx, fmt.Sprintf(step, pgx.Identifier{space}.Sanitize(), rowsAs)); err != nil {
			return false, notAllowed(err)
		}
	}
	if _, err := tx.ExecContext(ctx, "RESET ROLE"); err != nil {
		return false, err
	}
	return true, tx.Commit()
}

// notAllowed is nil when the database user has no right to make or use roles.
func notAllowed(err error) error {
	const insufficientPrivilege = "42501"
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.Code == insufficientPrivilege {
		return nil
	}
	return err
}

// bind keeps a unit of work to the rows of the organisation that it is done for. It holds
// until the end of the transaction.
func (e *postgresEngine) bind(ctx context.Context, in *sql.Tx) error {
	tenant := desk.BoundTo(ctx)
	if tenant == "" || !e.rows {
		return nil
	}
	_, err := in.ExecContext(ctx, "SELECT set_config('loket.tenant', $1, true), set_config('role', $2, true)", tenant, rowsAs)
	return err
}

// Apart reports whether the database itself keeps the rows of organisations apart.
func (s *Store) Apart() bool {
	e, ok := s.engine.(*postgresEngine)
	return ok && e.rows
}
