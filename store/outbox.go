// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"example.org/loket/desk"
)

const messageColumns = `id, tenant, case_id, product, row_id, version, person, address, subject, body, created_at, due_at, attempts, sent_at, error, final`

// Enqueue implements desk.Tx.
func (t *tx) Enqueue(ctx context.Context, messages []desk.Message) error {
	err := insert(ctx, t, `INSERT INTO outbox (`+messageColumns+`, lease_until, done) VALUES `, ``, 18, messages, func(m desk.Message) []any {
		return []any{m.ID, m.Tenant, string(m.Case), m.Product, m.Row, m.Version, m.Person, m.To, m.Subject, m.Body,
			micros(m.CreatedAt), micros(m.DueAt), m.Attempts, micros(m.SentAt), m.Error, flag(m.Final), int64(0), flag(m.Final || !m.SentAt.IsZero())}
	})
	return fault(err)
}

// Lease implements desk.Tx: it takes the messages that are due and not taken, for the
// time until. Two nodes never take one message: the second waits for the first's row and
// then finds it leased. Attempts counts the takings, so that a crash counts as one.
func (t *tx) Lease(ctx context.Context, now, until time.Time, limit int) ([]desk.Message, error) {
	return t.lease(ctx, dueMessages, now, until, limit)
}

const dueMessages = `SELECT id FROM outbox WHERE done = 0 AND due_at <= $1 AND lease_until <= $1 ORDER BY due_at, id LIMIT $3 + 0`

// LeaseNewest implements desk.Tx. It looks at the last few that came: when none of them may
// pass, all are for readers who wait for earlier ones.
func (t *tx) LeaseNewest(ctx context.Context, now, until time.Time, limit int) ([]desk.Message, error) {
	return t.lease(ctx, newestMessages, now, until, limit)
}

const newestMessages = `SELECT id FROM
		(SELECT id, address, due_at FROM outbox WHERE done = 0 AND due_at <= $1 AND lease_until <= $1 ORDER BY due_at DESC, id DESC LIMIT 64 + 0) AS late
		WHERE NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.done = 0 AND o.address = late.address AND o.due_at < late.due_at)
		ORDER BY due_at DESC, id DESC LIMIT $3 + 0`

func (t *tx) lease(ctx context.Context, which string, now, until time.Time, limit int) ([]desk.Message, error) {
	messages, err := list(ctx, t, scanMessage, `UPDATE outbox SET lease_until = $2, attempts = attempts + 1
		WHERE id IN (`+which+`) AND done = 0 AND lease_until <= $1 RETURNING `+messageColumns, micros(now), micros(until), limit)
	slices.SortFunc(messages, func(a, b desk.Message) int {
		if c := a.DueAt.Compare(b.DueAt); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	return messages, fault(err)
}

func scanMessage(rows *sql.Rows, m *desk.Message) error {
	var created, due, sent moment
	err := rows.Scan(&m.ID, &m.Tenant, &m.Case, &m.Product, &m.Row, &m.Version, &m.Person, &m.To, &m.Subject, &m.Body,
		&created, &due, &m.Attempts, &sent, &m.Error, &m.Final)
	m.CreatedAt, m.DueAt, m.SentAt = created.Time, due.Time, sent.Time
	return err
}

// Sent implements desk.Tx.
func (t *tx) Sent(ctx context.Context, id string, at time.Time) error {
	_, err := t.run.exec(ctx, `UPDATE outbox SET sent_at = $2, error = '', final = 0, done = 1 WHERE id = $1`, id, micros(at))
	return err
}

// Failed implements desk.Tx: the message is free again and due at next, or given up.
func (t *tx) Failed(ctx context.Context, id string, next time.Time, reason string, final bool) error {
	_, err := t.run.exec(ctx, `UPDATE outbox SET due_at = $2, lease_until = 0, error = $3, final = $4, done = $4 WHERE id = $1 AND sent_at = $5`,
		id, micros(next), reason, flag(final), int64(never))
	return err
}

// Messages implements desk.Tx.
func (t *tx) Messages(ctx context.Context, tenant string, limit int) ([]desk.Message, error) {
	return list(ctx, t, scanMessage, `SELECT `+messageColumns+` FROM outbox WHERE tenant = $1 ORDER BY created_at DESC, id DESC LIMIT $2 + 0`, tenant, limit)
}
