// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed schema
var schemas embed.FS

// migrate brings the schema up to date, each step in its own transaction, so that a
// killed migration leaves the old or the new schema (R14). It refuses a schema that is
// newer than this program: an older program would not know what it must keep.
func migrate(ctx context.Context, db *sql.DB, folder string) error {
	files, err := fs.Sub(schemas, folder)
	if err != nil {
		return err
	}
	dialect, options := goose.DialectSQLite3, []goose.ProviderOption{goose.WithDisableGlobalRegistry(true), goose.WithTableName("schema_version"), goose.WithLogger(goose.NopLogger())}
	if strings.HasSuffix(folder, "/postgres") {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker() // several nodes may start at once
		if err != nil {
			return err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	p, err := goose.NewProvider(dialect, db, files, options...)
	if err != nil {
		return err
	}
	have, know, err := p.GetVersions(ctx)
	if err != nil {
		return err
	}
	if have > know {
		return fmt.Errorf("store: the database has schema %d and this program knows up to %d; start a newer program", have, know)
	}
	if have == know {
		return nil
	}
	_, err = p.Up(ctx)
	return err
}
