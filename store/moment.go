// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"database/sql/driver"
	"fmt"
	"math"
	"time"
)

// moment is a time as both engines keep it: microseconds UTC. The zero time is "never"
// and sorts after every other moment.
type moment struct{ time.Time }

const never = math.MaxInt64

// micros is the moment as an integer, for comparing in SQL.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return never
	}
	return t.UnixMicro()
}

// Value implements driver.Valuer.
func (m moment) Value() (driver.Value, error) { return micros(m.Time), nil }

// Scan implements sql.Scanner.
func (m *moment) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("store: %T is no moment", v)
	}
	m.Time = time.Time{}
	if n != never {
		m.Time = time.UnixMicro(n).UTC()
	}
	return nil
}

// flag is a truth value as both engines keep it: 0 or 1.
type flag bool

// Value implements driver.Valuer.
func (f flag) Value() (driver.Value, error) {
	if f {
		return int64(1), nil
	}
	return int64(0), nil
}

// blob is bytes that are never NULL.
func blob(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
