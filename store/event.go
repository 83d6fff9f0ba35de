// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"errors"

	"example.org/loket"
	"example.org/loket/desk"
)

// Events implements desk.Tx.
func (t *tx) Events(ctx context.Context, id loket.CaseID) ([]desk.Record, error) {
	return list(ctx, t, scanRecord, `SELECT `+recordColumns+` FROM events WHERE case_id = $1 ORDER BY seq`, string(id))
}

// EventsOf implements desk.Tx.
func (t *tx) EventsOf(ctx context.Context, ids []loket.CaseID, eventType string) ([]desk.Record, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	s := &selection{}
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = string(id)
	}
	s.and("case_id IN (" + s.all(texts) + ")")
	s.and("type = " + s.arg(eventType))
	return list(ctx, t, scanRecord, `SELECT `+recordColumns+` FROM events`+s.String()+` ORDER BY case_id, seq`, s.args...)
}

const recordColumns = `case_id, seq, tenant, at, type, actor, role, sealed, vault`

func scanRecord(rows *sql.Rows, r *desk.Record) error {
	var at moment
	err := rows.Scan(&r.Case, &r.Seq, &r.Tenant, &at, &r.Type, &r.By, &r.Role, &r.Sealed, &r.Vault)
	r.At = at.Time
	return err
}

// Append implements desk.Tx. The primary key (case, seq) is the fence: the second of two
// that decided on the same version gets Conflict (R12).
func (t *tx) Append(ctx context.Context, records []desk.Record) error {
	err := insert(ctx, t, `INSERT INTO events (case_id, seq, tenant, at, type, actor, role, sealed, vault) VALUES `, ``, 9, records, func(r desk.Record) []any {
		return []any{string(r.Case), r.Seq, r.Tenant, micros(r.At), r.Type, r.By, r.Role, blob(r.Sealed), blob(r.Vault)}
	})
	if err == nil && len(records) > 0 && records[0].Seq == 1 {
		t.opened = records[0].Case
	}
	return fault(err)
}

// RewriteVault implements desk.Tx.
func (t *tx) RewriteVault(ctx context.Context, id loket.CaseID, seq int, vault []byte) error {
	n, err := t.run.exec(ctx, `UPDATE events SET vault = $3 WHERE case_id = $1 AND seq = $2`, string(id), seq, blob(vault))
	if err == nil && n != 1 {
		err = errors.New("store: no such event to rewrite")
	}
	return err
}

// RewriteEvent implements desk.Tx.
func (t *tx) RewriteEvent(ctx context.Context, id loket.CaseID, seq int, sealed, vault []byte) error {
	n, err := t.run.exec(ctx, `UPDATE events SET sealed = $3, vault = $4 WHERE case_id = $1 AND seq = $2`, string(id), seq, blob(sealed), blob(vault))
	if err == nil && n != 1 {
		err = errors.New("store: no such event to rewrite")
	}
	return err
}

// eachPage is how many case ids one transaction of EachCase reads.
const eachPage = 500

// EachCase gives every case of a tenant, in order of id; an empty tenant means all. It
// reads from the events, so read rows can be made anew. No transaction is open while fn
// runs.
func (s *Store) EachCase(ctx context.Context, tenant string, fn func(loket.CaseID) error) error {
	for last := loket.CaseID(""); ; {
		var ids []loket.CaseID
		err := s.engine.read(ctx, func(t *tx) (err error) {
			ids, err = list(ctx, t, func(rows *sql.Rows, id *loket.CaseID) error { return rows.Scan(id) },
				`SELECT case_id FROM events WHERE seq = 1 AND case_id > $1 AND ($2 = '' OR tenant = $2) ORDER BY case_id LIMIT $3 + 0`, string(last), tenant, eachPage)
			return err
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			if err := fn(id); err != nil {
				return err
			}
		}
		last = ids[len(ids)-1]
	}
}
