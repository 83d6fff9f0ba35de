// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"regexp"
	"strconv"
)

// runner runs SQL inside a transaction.
type runner interface {
	exec(ctx context.Context, query string, args ...any) (int64, error)
	query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// session is one SQLite connection that prepares each text of SQL once.
//
// Statements run without the caller's context: interrupting one would make SQLite roll
// back the whole transaction, and with it the work of others that share the commit.
type session struct {
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
	execs map[string]driver.Stmt // what gives no rows goes straight to the driver
	args  []driver.NamedValue    // of the statement that runs
}

func newSession(ctx context.Context, db *sql.DB) (*session, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &session{conn: conn, stmts: map[string]*sql.Stmt{}, execs: map[string]driver.Stmt{}}, nil
}

func (s *session) stmt(query string) (*sql.Stmt, error) {
	if st, ok := s.stmts[query]; ok {
		return st, nil
	}
	st, err := s.conn.PrepareContext(context.Background(), query)
	if err == nil {
		s.stmts[query] = st
	}
	return st, err
}

// exec runs a statement that gives no rows. A report is a dozen of them, and database/sql
// takes its time for each; the driver takes the same values.
func (s *session) exec(_ context.Context, query string, args ...any) (n int64, err error) {
	err = s.conn.Raw(func(c any) error {
		st, err := s.prepared(c.(driver.ConnPrepareContext), query)
		if err != nil {
			return err
		}
		if err := s.convert(args); err != nil {
			return err
		}
		done, err := st.(driver.StmtExecContext).ExecContext(context.Background(), s.args)
		clear(s.args) // what was written is not kept
		if err == nil {
			n, err = done.RowsAffected()
		}
		return err
	})
	return n, err
}

func (s *session) prepared(c driver.ConnPrepareContext, query string) (driver.Stmt, error) {
	if st, ok := s.execs[query]; ok {
		return st, nil
	}
	st, err := c.PrepareContext(context.Background(), inTurn(query))
	if err == nil {
		s.execs[query] = st
	}
	return st, err
}

// convert lays out the arguments as database/sql would: what is no plain value, such as
// something that must be sealed first, is refused.
func (s *session) convert(args []any) error {
	s.args = s.args[:0]
	for i, arg := range args {
		var value driver.Value
		var err error
		switch arg := arg.(type) {
		case string, int64, []byte:
			value = arg
		case int:
			value = int64(arg)
		default:
			value, err = driver.DefaultParameterConverter.ConvertValue(arg)
		}
		if err != nil {
			return fmt.Errorf("store: argument %d: %w", i+1, err)
		}
		s.args = append(s.args, driver.NamedValue{Ordinal: i + 1, Value: value})
	}
	return nil
}

// numbered finds the marks of arguments.
var numbered = regexp.MustCompile(`\$[0-9]+`)

// inTurn writes $1, $2 … as plain marks when each comes once and in its turn: SQLite takes
// $1 for a name, and the driver then looks up every name at every run.
func inTurn(query string) string {
	n := 0
	plain := numbered.ReplaceAllStringFunc(query, func(mark string) string {
		if n++; mark != "$"+strconv.Itoa(n) {
			n = len(query) // never right again
		}
		return "?"
	})
	if n >= len(query) {
		return query
	}
	return plain
}

func (s *session) query(_ context.Context, query string, args ...any) (*sql.Rows, error) {
	st, err := s.stmt(query)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(context.Background(), args...)
}

// do runs a statement without arguments, such as COMMIT.
func (s *session) do(query string) error {
	_, err := s.exec(context.Background(), query)
	return err
}

// all runs statements without arguments one after another; an empty one is left out.
func (s *session) all(queries ...string) error {
	for _, query := range queries {
		if query == "" {
			continue
		}
		if err := s.do(query); err != nil {
			return err
		}
	}
	return nil
}

func (s *session) close() error {
	var errs []error
	for _, st := range s.stmts {
		errs = append(errs, st.Close())
	}
	for _, st := range s.execs {
		errs = append(errs, s.conn.Raw(func(any) error { return st.Close() }))
	}
	return errors.Join(append(errs, s.conn.Close())...)
}
