// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

const caseColumns = `id, tenant, number, year, kind, registered, case_key, code_hash, version, organisation, class, laws, provisional, status, urgent, assigned, what, because, waiting, more, due_at, handover_at, received_at, updated_at, joined_to, columns`

const putCase = `INSERT INTO cases (` + caseColumns + `, folded, active)
VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28)
ON CONFLICT (id) DO UPDATE SET number = excluded.number, year = excluded.year, kind = excluded.kind, registered = excluded.registered,
case_key = excluded.case_key, code_hash = excluded.code_hash, version = excluded.version, organisation = excluded.organisation,
class = excluded.class, laws = excluded.laws, provisional = excluded.provisional, status = excluded.status, urgent = excluded.urgent,
assigned = excluded.assigned, what = excluded.what, because = excluded.because, waiting = excluded.waiting, more = excluded.more,
due_at = excluded.due_at, handover_at = excluded.handover_at, received_at = excluded.received_at, updated_at = excluded.updated_at, joined_to = excluded.joined_to,
columns = excluded.columns, folded = excluded.folded, active = excluded.active`

// PutCase implements desk.Tx. A case never changes tenant.
func (t *tx) PutCase(ctx context.Context, r desk.CaseRow) error {
	_, err := t.run.exec(ctx, putCase, string(r.ID), r.Tenant, r.Number, r.Year, r.Kind, flag(r.Registered), r.Key, blob(r.CodeHash), r.Version,
		r.Organisation, r.Class, r.Laws, flag(r.Provisional), r.Status, flag(r.Urgent), r.Assigned, r.What, r.Because, flag(r.Waiting), r.More,
		micros(r.DueAt), since(r.HandoverAt), micros(r.ReceivedAt), micros(r.UpdatedAt), string(r.JoinedTo), r.Columns, fold(r.Organisation), flag(active(r)))
	if err == nil {
		err = t.putRelations(ctx, r)
	}
	if err == nil {
		err = t.putHidden(ctx, r)
	}
	return fault(err)
}

// active says whether there may still be something to do, so that the worklist's indexes
// hold such cases only and stay small when a million are closed. A closed case with a due
// moment has new work; of a case that was joined to another the work is done there; one that is limited is only kept.
func active(r desk.CaseRow) bool {
	return r.Status != "ended" && r.Status != "destroyed" && r.Status != "joined" && r.Status != "limited" && (r.Status != "closed" || !r.DueAt.IsZero())
}

// fold makes a search blind to case and to spaces around.
func fold(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// since is a moment in microseconds, 0 for none: the worklist looks for what is above it.
func since(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func scanCase(rows *sql.Rows, r *desk.CaseRow) error {
	var due, received, updated moment
	var handover int64
	err := rows.Scan(&r.ID, &r.Tenant, &r.Number, &r.Year, &r.Kind, &r.Registered, &r.Key, &r.CodeHash, &r.Version, &r.Organisation,
		&r.Class, &r.Laws, &r.Provisional, &r.Status, &r.Urgent, &r.Assigned, &r.What, &r.Because, &r.Waiting, &r.More,
		&due, &handover, &received, &updated, &r.JoinedTo, &r.Columns)
	if handover > 0 {
		r.HandoverAt = time.UnixMicro(handover).UTC()
	}
	r.DueAt, r.ReceivedAt, r.UpdatedAt = due.Time, received.Time, updated.Time
	return err
}

// jobColumns are what a line of the worklist shows and pages by. A page has fifty of them,
// so what it does not show is left where it lies.
const jobColumns = `id, tenant, number, kind, organisation, class, laws, provisional, status, urgent, assigned, what, because, waiting, more, due_at, handover_at, received_at`

func scanJob(rows *sql.Rows, r *desk.CaseRow) error {
	var due, received moment
	var handover int64
	err := rows.Scan(&r.ID, &r.Tenant, &r.Number, &r.Kind, &r.Organisation, &r.Class, &r.Laws, &r.Provisional, &r.Status, &r.Urgent, &r.Assigned,
		&r.What, &r.Because, &r.Waiting, &r.More, &due, &handover, &received)
	if handover > 0 {
		r.HandoverAt = time.UnixMicro(handover).UTC()
	}
	r.DueAt, r.ReceivedAt = due.Time, received.Time
	return err
}

// CaseRow implements desk.Tx.
func (t *tx) CaseRow(ctx context.Context, id loket.CaseID) (desk.CaseRow, bool, error) {
	return one(ctx, t, scanCase, `SELECT `+caseColumns+` FROM cases WHERE id = $1`, string(id))
}

// CaseByNumber implements desk.Tx.
func (t *tx) CaseByNumber(ctx context.Context, tenant, number string) (desk.CaseRow, bool, error) {
	return one(ctx, t, scanCase, `SELECT `+caseColumns+` FROM cases WHERE tenant = $1 AND number = $2`, tenant, number)
}

// NewestCases implements desk.Tx. As text 2026-10000 comes before 2026-9999, so it walks the
// numbers of each year by their length, the longest first, each time down from the last one.
func (t *tx) NewestCases(ctx context.Context, tenant string, limit int) ([]desk.CaseRow, error) {
	counted, err := list(ctx, t, func(rows *sql.Rows, n *yearCount) error { return rows.Scan(&n.year, &n.last) },
		`SELECT year, last FROM numbers WHERE tenant = $1 ORDER BY year DESC`, tenant)
	var out []desk.CaseRow
	for _, n := range counted {
		for last := n.last; err == nil && last > 0 && len(out) < limit; last = shorter(last) {
			var rows []desk.CaseRow
			number := desk.CaseNumber(n.year, last)
			rows, err = list(ctx, t, scanCase, `SELECT `+caseColumns+` FROM cases WHERE tenant = $1 AND number >= $2 AND number <= $3 AND length(number) = $4
				AND status <> 'destroyed' ORDER BY number DESC LIMIT $5 + 0`, tenant, desk.CaseNumber(n.year, shorter(last)+1), number, len(number), limit-len(out))
			out = append(out, rows...)
		}
	}
	return out, err
}

// yearCount is how many cases of a year have a number.
type yearCount struct{ year, last int }

// shorter is the last number that is written with fewer digits; 0 below the first 9999, which
// are all written with four.
func shorter(last int) int {
	if last <= 9999 {
		return 0
	}
	limit := 9999
	for limit*10+9 < last {
		limit = limit*10 + 9
	}
	return limit
}

// RegisterRows implements desk.Tx. each must not ask this unit of work for anything else.
func (t *tx) RegisterRows(ctx context.Context, tenant string, year int, fn func(desk.CaseRow) error) error {
	rows, err := t.run.query(ctx, `SELECT `+caseColumns+` FROM cases WHERE tenant = $1 AND year = $2 AND registered = 1 ORDER BY substr(number, 1, 4), length(number), number`, tenant, year)
	if err != nil {
		return err
	}
	return each(ctx, rows, scanCase, fn)
}
