// SPDX-License-Identifier: EUPL-1.2

//go:build nopostgres

package store

import (
	"context"
	"errors"
)

// The demo is built without PostgreSQL (make demo): whoever waits for a first look need not
// compile its driver.

func openPostgres(context.Context, string, layout) (engine, error) {
	return nil, errors.New("store: this program was built without PostgreSQL; build it with make build")
}

func postgresCode(error) string { return "" }

func unreachable(error) bool { return false }

// Apart reports whether the database itself keeps the rows of organisations apart.
func (s *Store) Apart() bool { return false }
