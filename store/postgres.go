// SPDX-License-Identifier: EUPL-1.2

//go:build !nopostgres

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// postgresEngine gives each unit of work its own transaction. Rows are locked by what it
// writes; unique constraints, not the isolation level, keep two units apart.
type postgresEngine struct {
	db    *sql.DB
	never chan struct{}
	rows  bool // PostgreSQL keeps the rows of organisations apart, see bind
}

func openPostgres(ctx context.Context, dsn string, l layout) (engine, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("store: the address of PostgreSQL cannot be read: %w", err)
	}
	if inTheClear(config, dsn) {
		return nil, fmt.Errorf("store: PostgreSQL is on another machine (%s), and nothing says how to keep what goes there from being read: add sslmode=verify-full to its address, or sslmode=disable when the network between is your own", config.Host)
	}
	config.RuntimeParams["synchronous_commit"] = "on"
	config.RuntimeParams["search_path"] = l.space
	config.RuntimeParams["timezone"] = "UTC"
	config.RuntimeParams["application_name"] = "loket"
	db := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(func(ctx context.Context, c *pgx.Conn) error { return checkConn(ctx, c, l.space) }))
	// Few connections keep the worst case short: 4 per processor measured as fast as 32.
	db.SetMaxOpenConns(4 * runtime.NumCPU())
	db.SetMaxIdleConns(4 * runtime.NumCPU())
	if err := migrate(ctx, db, l.folder+"/postgres"); err != nil {
		return nil, errors.Join(fmt.Errorf("open PostgreSQL: %w", err), db.Close())
	}
	e := &postgresEngine{db: db, never: make(chan struct{})}
	if l.tenants {
		if e.rows, err = rowRole(ctx, db, l.space); err != nil {
			return nil, errors.Join(fmt.Errorf("open PostgreSQL: %w", err), db.Close())
		}
	}
	return e, nil
}

// inTheClear reports whether the library would go on without encryption when a database on
// another machine does not offer it, without anybody having said so (ASVS 12.3.1).
func inTheClear(c *pgx.ConnConfig, dsn string) bool {
	if strings.Contains(dsn, "sslmode=") || os.Getenv("PGSSLMODE") != "" {
		return false
	}
	hosts := []string{c.Host}
	for _, other := range c.Fallbacks {
		hosts = append(hosts, other.Host)
	}
	return slices.ContainsFunc(hosts, func(host string) bool {
		addr, err := netip.ParseAddr(host)
		return !strings.HasPrefix(host, "/") && host != "localhost" && (err != nil || !addr.IsLoopback())
	})
}

// checkConn makes the schema and reads back what a commit means on this connection.
func checkConn(ctx context.Context, c *pgx.Conn, space string) error {
	for name, want := range map[string]string{"synchronous_commit": "on", "fsync": "on", "full_page_writes": "on"} {
		var got string
		if err := c.QueryRow(ctx, "SHOW "+name).Scan(&got); err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("store: PostgreSQL says %s is %q and it must be %q; the database is not opened, because reports could be lost", name, got, want)
		}
	}
	var there bool
	if err := c.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = $1)", space).Scan(&there); err != nil || there {
		return err
	}
	_, err := c.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS "+pgx.Identifier{space}.Sanitize())
	return err
}

// inTx runs SQL in a PostgreSQL transaction; pgx keeps prepared statements by itself.
type inTx struct{ *sql.Tx }

func (r inTx) exec(ctx context.Context, query string, args ...any) (int64, error) {
	result, err := r.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (r inTx) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return r.QueryContext(ctx, query, args...)
}

func (e *postgresEngine) write(ctx context.Context, fn func(*tx) error) error {
	return e.within(ctx, nil, &trunk{}, fn)
}

// later does not wait: on PostgreSQL each unit of work has a transaction of its own.
func (e *postgresEngine) later(ctx context.Context, _ time.Duration, fn func(*tx) error) error {
	return e.write(ctx, fn)
}

func (e *postgresEngine) read(ctx context.Context, fn func(*tx) error) error {
	return e.within(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, nil, fn)
}

func (e *postgresEngine) within(ctx context.Context, o *sql.TxOptions, tree *trunk, fn func(*tx) error) error {
	in, err := e.db.BeginTx(ctx, o)
	if err != nil {
		return fault(err)
	}
	defer in.Rollback() // after a commit it does nothing
	if err := e.bind(ctx, in); err != nil {
		return fault(err)
	}
	t := &tx{run: inTx{in}, ctx: ctx, tree: tree}
	if err := fn(t); err != nil {
		return fault(err)
	}
	if tree == nil {
		return nil
	}
	if err := errors.Join(t.flush(), t.keepTree()); err != nil {
		return fault(err)
	}
	return fault(in.Commit())
}

func (e *postgresEngine) check(ctx context.Context) error {
	conn, err := e.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(c any) error { return checkConn(ctx, c.(*stdlib.Conn).Conn(), "loket") })
}

// wipe lets PostgreSQL take back the space of old rows; its log archive and backups keep
// them for as long as the operator set.
func (e *postgresEngine) wipe(ctx context.Context) error {
	_, err := e.db.ExecContext(ctx, "VACUUM")
	return err
}

func (e *postgresEngine) failed() <-chan struct{} { return e.never }

func (e *postgresEngine) close() error { return e.db.Close() }

// postgresCode is PostgreSQL's own code of an error, or empty.
func postgresCode(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code
	}
	return ""
}

// unreachable tells whether PostgreSQL did not answer at all.
func unreachable(err error) bool {
	_, ok := errors.AsType[*pgconn.ConnectError](err)
	return ok
}
