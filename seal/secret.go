// SPDX-License-Identifier: EUPL-1.2

package seal

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
)

// mark is what a secret shows of itself.
const mark = "(sealed)"

var errPlain = errors.New("seal: a secret must be sealed before it leaves memory")

// Secret is a text that may be used but not shown: it prints, logs and marshals as a mark,
// and database/sql refuses it. Forgetting to seal then fails in the first test (S05).
type Secret string

// Reveal gives the text, for the one place that may use it.
func (s Secret) Reveal() string { return string(s) }

// Format implements fmt.Formatter, so that no verb shows the text.
func (Secret) Format(f fmt.State, _ rune) { fmt.Fprint(f, mark) }

// LogValue implements slog.LogValuer.
func (Secret) LogValue() slog.Value { return slog.StringValue(mark) }

// MarshalText implements encoding.TextMarshaler; JSON, YAML and XML use it.
func (Secret) MarshalText() ([]byte, error) { return []byte(mark), nil }

// Value implements driver.Valuer by refusing.
func (Secret) Value() (driver.Value, error) { return nil, errPlain }

// Sealed is plain content on its way to being sealed. It shows as little as Secret.
type Sealed []byte

// Reveal gives the content.
func (s Sealed) Reveal() []byte { return s }

// Format implements fmt.Formatter.
func (Sealed) Format(f fmt.State, _ rune) { fmt.Fprint(f, mark) }

// LogValue implements slog.LogValuer.
func (Sealed) LogValue() slog.Value { return slog.StringValue(mark) }

// MarshalText implements encoding.TextMarshaler.
func (Sealed) MarshalText() ([]byte, error) { return []byte(mark), nil }

// Value implements driver.Valuer by refusing.
func (Sealed) Value() (driver.Value, error) { return nil, errPlain }
