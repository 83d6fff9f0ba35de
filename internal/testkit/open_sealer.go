// SPDX-License-Identifier: EUPL-1.2

package testkit

import (
	"bytes"
	"context"
)

// OpenSealer seals nothing. It exists to prove that the sweep notices.
type OpenSealer struct{}

// NewKey implements desk.Sealer.
func (OpenSealer) NewKey(context.Context, string) (string, error) { return "none", nil }

// Seal gives the text as it is.
func (OpenSealer) Seal(_ context.Context, _, _ string, plain []byte) ([]byte, error) {
	return bytes.Clone(plain), nil
}

// Open gives the text as it is.
func (OpenSealer) Open(_ context.Context, _, _ string, sealed []byte) ([]byte, error) {
	return bytes.Clone(sealed), nil
}

// Index is the value itself.
func (OpenSealer) Index(tenant, fact, value string) []byte {
	return []byte(tenant + "|" + fact + "|" + value)
}

// Destroy does nothing.
func (OpenSealer) Destroy(context.Context, string) error { return nil }
