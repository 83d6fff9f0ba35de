// SPDX-License-Identifier: EUPL-1.2

package ledger

import (
	"encoding/json"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// Entry is one line of the log (NEN 7513, BIO2 8.15.01). It holds no names and no content.
type Entry struct {
	Index   int64 // place in the log, from 0
	At      time.Time
	Tenant  string
	Actor   string
	Role    string
	Case    string
	Action  string
	Outcome string
	Purpose string
	Seq     int
	Digest  []byte // of the sealed record it speaks of
	Via     string // mark of the session and the place that the actor came from; empty: none
}

// encoded fixes names and order of what is hashed. It never changes: a new field comes at
// the end and is left out when empty, so that old entries keep their hash.
type encoded struct {
	Index   int64  `json:"index"`
	At      int64  `json:"at"` // microseconds UTC
	Tenant  string `json:"tenant"`
	Actor   string `json:"actor"`
	Role    string `json:"role"`
	Case    string `json:"case"`
	Action  string `json:"action"`
	Outcome string `json:"outcome"`
	Purpose string `json:"purpose"`
	Seq     int    `json:"seq"`
	Digest  []byte `json:"digest"`
	Via     string `json:"via,omitempty"`
}

// Encode is the entry as it is hashed: the same bytes for the same entry, always.
func (e Entry) Encode() ([]byte, error) {
	return json.Marshal(e.encoded())
}

func (e Entry) encoded() encoded {
	return encoded{e.Index, e.At.UnixMicro(), e.Tenant, e.Actor, e.Role, e.Case, e.Action, e.Outcome, e.Purpose, e.Seq, append([]byte{}, e.Digest...), e.Via}
}

// leaf is the hash of the entry in the tree.
func (e Entry) leaf() (tlog.Hash, error) {
	data, err := e.Encode()
	if err != nil {
		return tlog.Hash{}, err
	}
	return tlog.RecordHash(data), nil
}
