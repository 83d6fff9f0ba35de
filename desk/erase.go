// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"maps"
	"slices"

	"example.org/loket"
	"example.org/loket/protocol"
)

// rewrite is a vault that loses some of its facts; the event itself stays as it was.
type rewrite struct {
	seq   int
	vault []byte
}

// erase makes the vaults anew without the fields (D-26, D-43, decision 4). Facts that lie
// outside a vault are not personal enough to have one and stay in the history.
func (d *Desk) erase(ctx context.Context, o *open, fields []string) ([]rewrite, error) {
	var out []rewrite
	for i, e := range o.Events {
		payload, hit := without(e.Payload, fields)
		if !hit {
			continue
		}
		enc, err := loket.Encode(o.p, payload)
		if err != nil {
			return nil, err
		}
		r := rewrite{seq: e.Seq}
		if len(enc.Vault) > 0 {
			if r.vault, err = d.Sealer.Seal(ctx, o.row.Key, place("vault", e.Case, e.Seq), enc.Vault); err != nil {
				return nil, err
			}
		}
		o.Events[i].Payload = payload
		out = append(out, r)
	}
	return out, nil
}

// without copies a payload that holds one of the fields, less those fields.
func without(payload loket.Payload, fields []string) (loket.Payload, bool) {
	drop := func(f protocol.Facts) (protocol.Facts, bool) {
		kept := maps.Clone(f)
		maps.DeleteFunc(kept, func(id string, _ any) bool { return slices.Contains(fields, id) })
		return kept, len(kept) < len(f)
	}
	var hit bool
	switch p := payload.(type) {
	case loket.ReportReceived:
		p.Facts, hit = drop(p.Facts)
		return p, hit
	case loket.FactsRecorded:
		p.Facts, hit = drop(p.Facts)
		return p, hit
	case loket.RowRecorded:
		p.Facts, hit = drop(p.Facts)
		return p, hit
	}
	return payload, false
}
