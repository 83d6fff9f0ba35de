// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"modernc.org/sqlite"
)

// setting is one SQLite setting: what we ask for and what reading it back must say.
type setting struct{ name, set, want string }

// settings make SQLite keep what it acknowledged (R01), wipe what it deletes, and not
// trust its own file. temp_store keeps sorting out of files on disk (S05).
var settings = []setting{
	{"busy_timeout", "10000", "10000"},
	{"journal_mode", "WAL", "wal"},
	{"synchronous", "FULL", "2"},
	{"foreign_keys", "ON", "1"},
	{"trusted_schema", "OFF", "0"},
	{"secure_delete", "ON", "1"},
	{"cell_size_check", "ON", "1"},
	{"temp_store", "MEMORY", "2"},
}

// connector opens SQLite connections and hands none out whose settings differ.
type connector struct {
	driver.Connector
	want []setting
}

// newConnector asks for set and, on every connection, for extra settings that lose nothing.
func newConnector(path string, set []setting, extra ...string) (*connector, error) {
	q := url.Values{"_txlock": {"immediate"}, "_dqs": {"0"}, "_defensive": {"1"}}
	for _, s := range set {
		q.Add("_pragma", s.name+"("+s.set+")")
	}
	for _, pragma := range extra {
		q.Add("_pragma", pragma)
	}
	dsn := url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: q.Encode()}
	c, err := sqlite.NewConnector(dsn.String())
	return &connector{Connector: c, want: settings}, err
}

// Connect implements driver.Connector.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if err := readBack(ctx, conn, c.want); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

// readBack asks the connection what its settings are: a driver may have other defaults,
// and a network disk may refuse WAL without an error.
func readBack(ctx context.Context, conn driver.Conn, want []setting) error {
	for _, s := range want {
		got, err := pragma(ctx, conn, s.name)
		if err != nil {
			return err
		}
		if !strings.EqualFold(got, s.want) {
			return fmt.Errorf("store: SQLite says %s is %q and it must be %q; the database is not opened, because reports could be lost", s.name, got, s.want)
		}
	}
	return nil
}

func pragma(ctx context.Context, conn driver.Conn, name string) (string, error) {
	rows, err := conn.(driver.QueryerContext).QueryContext(ctx, "PRAGMA "+name, nil)
	if err != nil {
		return "", err
	}
	value := make([]driver.Value, 1)
	if err := rows.Next(value); err != nil && !errors.Is(err, io.EOF) {
		return "", errors.Join(err, rows.Close())
	}
	return fmt.Sprint(value[0]), rows.Close()
}

// openPool opens a pool of at most n checked connections.
func openPool(path string, n int, extra ...string) (*sql.DB, error) {
	c, err := newConnector(path, settings, extra...)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, nil
}
