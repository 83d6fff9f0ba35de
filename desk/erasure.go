// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// Erasure is one line of the erasure register: what was destroyed of which case. It names
// nobody and repeats no reason, because it is kept for as long as there are backups.
type Erasure struct {
	ID     string           `json:"id"`
	Tenant string           `json:"tenant"`
	Case   loket.CaseID     `json:"case"`
	Number string           `json:"number"`
	At     time.Time        `json:"at"`
	Key    string           `json:"key,omitempty"` // of a whole case: destroyed
	Ground string           `json:"ground,omitempty"`
	Rule   string           `json:"rule,omitempty"`
	Fields []string         `json:"fields,omitempty"`
	Texts  []int            `json:"texts,omitempty"`
	Levels []protocol.Level `json:"levels,omitempty"`
}

// Whole: the case itself was destroyed.
func (e Erasure) Whole() bool { return e.Key != "" }

// ErasureRegister is the copy of the erasure register outside database and key store. When
// one of those is put back from a backup, the copy says what must not come back (S08).
type ErasureRegister interface {
	// Append adds a line durably and gives the length of the register after it.
	Append(ctx context.Context, line []byte) (end int64, err error)
	// Each gives the lines after a length; the register may have grown meanwhile.
	Each(ctx context.Context, from int64, fn func(line []byte) error) (end int64, err error)
}

// Certificate is the declaration of a destruction: who approved what, when, on what ground.
type Certificate struct {
	ID     string            `json:"id"`
	Tenant string            `json:"tenant"`
	Name   string            `json:"name"` // of the organisation
	At     time.Time         `json:"at"`
	By     string            `json:"by"`     // account id
	Person string            `json:"person"` // name, as it was then
	Role   string            `json:"role"`
	Note   string            `json:"note,omitempty"`
	Items  []CertificateItem `json:"items"`
}

// CertificateItem is one case, or one rule of one case, on a certificate.
type CertificateItem struct {
	Number string        `json:"number"`
	Rule   string        `json:"rule"`
	Title  protocol.Text `json:"title"`
	Source string        `json:"source,omitempty"`
	Whole  bool          `json:"whole"`
	Key    string        `json:"key,omitempty"` // id of the key that was destroyed
	Facts  int           `json:"facts,omitempty"`
	Texts  int           `json:"texts,omitempty"`
	Asked  string        `json:"asked,omitempty"` // name of who proposed it
}

// registerMarker is what a Sealer can also do: remember how far the erasure register was
// carried out in the key store, so that an older key store is noticed.
type registerMarker interface {
	Mark(ctx context.Context) (int64, error)
	SetMark(ctx context.Context, upto int64) error
}

// wiper is what a Store can also do: make overwritten bytes disappear from its files.
type wiper interface {
	Wipe(ctx context.Context) error
}
