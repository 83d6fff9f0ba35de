// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/loket/desk"
)

const feedColumns = `tenant, id, address, ends, due_at, attempts, etag, modified, fetched_at, trouble`

// PutFeed implements desk.Tx.
func (t *tx) PutFeed(ctx context.Context, f desk.Feed) error {
	_, err := t.run.exec(ctx, `INSERT INTO feeds (`+feedColumns+`, lease_until) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,0)
		ON CONFLICT (tenant, id) DO UPDATE SET address = excluded.address, ends = excluded.ends, due_at = excluded.due_at, lease_until = 0, attempts = 0,
		etag = excluded.etag, modified = excluded.modified, trouble = excluded.trouble`,
		f.Tenant, f.ID, f.Address, micros(f.Ends), micros(f.DueAt), f.Attempts, f.ETag, f.Modified, micros(f.Fetched), f.Trouble)
	return fault(err)
}

// FeedsAnew implements desk.Tx. A look that is going on ends as it began: the address did
// not change, and the next look is due at once.
func (t *tx) FeedsAnew(ctx context.Context, tenant string, now time.Time) error {
	_, err := t.run.exec(ctx, `UPDATE feeds SET due_at = $2, lease_until = 0, etag = '', modified = '' WHERE tenant = $1`, tenant, micros(now))
	return err
}

// Feeds implements desk.Tx.
func (t *tx) Feeds(ctx context.Context, tenant string) ([]desk.Feed, error) {
	return list(ctx, t, scanFeed, `SELECT `+feedColumns+` FROM feeds WHERE tenant = $1 ORDER BY id`, tenant)
}

// LeaseFeeds implements desk.Tx. Of two nodes the second waits for the row and then finds
// it leased.
func (t *tx) LeaseFeeds(ctx context.Context, now, until time.Time, limit int) ([]desk.Feed, error) {
	const due = `due_at <= $1 AND lease_until <= $1 AND ends > $1`
	feeds, err := list(ctx, t, scanFeed, `UPDATE feeds SET lease_until = $2, attempts = attempts + 1
		WHERE (tenant, id) IN (SELECT tenant, id FROM feeds WHERE `+due+` ORDER BY due_at, tenant, id LIMIT $3 + 0)
		AND `+due+` RETURNING `+feedColumns, micros(now), micros(until), limit)
	slices.SortFunc(feeds, func(a, b desk.Feed) int { return strings.Compare(a.Tenant+" "+a.ID, b.Tenant+" "+b.ID) })
	return feeds, fault(err)
}

// FeedDone implements desk.Tx.
func (t *tx) FeedDone(ctx context.Context, f desk.Feed) error {
	_, err := t.run.exec(ctx, `UPDATE feeds SET lease_until = 0, due_at = $4, attempts = $5, etag = $6, modified = $7, fetched_at = $8, trouble = $9
		WHERE tenant = $1 AND id = $2 AND address = $3 AND lease_until <> 0`,
		f.Tenant, f.ID, f.Address, micros(f.DueAt), f.Attempts, f.ETag, f.Modified, micros(f.Fetched), f.Trouble)
	return err
}

func scanFeed(rows *sql.Rows, f *desk.Feed) error {
	var ends, due, fetched moment
	err := rows.Scan(&f.Tenant, &f.ID, &f.Address, &ends, &due, &f.Attempts, &f.ETag, &f.Modified, &fetched, &f.Trouble)
	f.Ends, f.DueAt, f.Fetched = ends.Time, due.Time, fetched.Time
	return err
}

const mediaColumns = `tenant, id, mark, feed, state, key, sealed, case_id, found_at, seen_at, actor`

// PutMedia implements desk.Tx.
func (t *tx) PutMedia(ctx context.Context, items []desk.MediaItem) error {
	var fresh []desk.MediaItem
	for _, i := range items {
		if len(i.Sealed) > 0 {
			fresh = append(fresh, i)
			continue
		}
		if _, err := t.run.exec(ctx, `UPDATE media SET seen_at = $3 WHERE tenant = $1 AND mark = $2`, i.Tenant, blob(i.Mark), micros(i.SeenAt)); err != nil {
			return err
		}
	}
	err := insert(ctx, t, `INSERT INTO media (`+mediaColumns+`) VALUES `, ` ON CONFLICT (tenant, mark) DO UPDATE SET seen_at = excluded.seen_at`, 11, fresh, func(i desk.MediaItem) []any {
		return []any{i.Tenant, i.ID, blob(i.Mark), i.Feed, i.State, i.Key, blob(i.Sealed), string(i.Case), micros(i.FoundAt), micros(i.SeenAt), i.By}
	})
	return fault(err)
}

// KnownMedia implements desk.Tx.
func (t *tx) KnownMedia(ctx context.Context, tenant string, marks [][]byte) (map[string]bool, error) {
	known := map[string]bool{}
	for part := range slices.Chunk(marks, chunk) {
		args, places := []any{tenant}, make([]string, len(part))
		for i, m := range part {
			args, places[i] = append(args, blob(m)), "$"+strconv.Itoa(i+2)
		}
		found, err := list(ctx, t, func(rows *sql.Rows, m *[]byte) error { return rows.Scan(m) },
			`SELECT mark FROM media WHERE tenant = $1 AND mark IN (`+strings.Join(places, ", ")+`)`, args...)
		if err != nil {
			return nil, err
		}
		for _, m := range found {
			known[string(m)] = true
		}
	}
	return known, nil
}

// Media implements desk.Tx. Ids are in order of time.
func (t *tx) Media(ctx context.Context, tenant, state, after string, limit int) ([]desk.MediaItem, error) {
	s := &selection{}
	s.and("tenant = " + s.arg(tenant))
	s.and("state = " + s.arg(state))
	if after != "" {
		s.and("id < " + s.arg(after))
	}
	return list(ctx, t, scanMedia, `SELECT `+mediaColumns+` FROM media`+s.String()+` ORDER BY id DESC`+s.limit(limit), s.args...)
}

// MediaItem implements desk.Tx.
func (t *tx) MediaItem(ctx context.Context, tenant, id string) (desk.MediaItem, bool, error) {
	return one(ctx, t, scanMedia, `SELECT `+mediaColumns+` FROM media WHERE tenant = $1 AND id = $2`, tenant, id)
}

func scanMedia(rows *sql.Rows, i *desk.MediaItem) error {
	var found, seen moment
	err := rows.Scan(&i.Tenant, &i.ID, &i.Mark, &i.Feed, &i.State, &i.Key, &i.Sealed, &i.Case, &found, &seen, &i.By)
	i.FoundAt, i.SeenAt = found.Time, seen.Time
	return err
}

// CountMedia implements desk.Tx, up to CountMost.
func (t *tx) CountMedia(ctx context.Context, tenant, state string) (int, error) {
	n, _, err := one(ctx, t, scanInt, `SELECT count(*) FROM (SELECT 1 FROM media WHERE tenant = $1 AND state = $2 LIMIT $3 + 0) AS found`, tenant, state, CountMost)
	return n, err
}

// SetMedia implements desk.Tx.
func (t *tx) SetMedia(ctx context.Context, i desk.MediaItem, from string) (bool, error) {
	rows, err := t.run.exec(ctx, `UPDATE media SET state = $3, case_id = $4, actor = $5 WHERE tenant = $1 AND id = $2 AND state = $6`,
		i.Tenant, i.ID, i.State, string(i.Case), i.By, from)
	return rows == 1, err
}

// DropMedia implements desk.Tx.
func (t *tx) DropMedia(ctx context.Context, before time.Time, limit int) ([]string, error) {
	keys, err := list(ctx, t, scanText, `DELETE FROM media WHERE (tenant, id) IN (SELECT tenant, id FROM media WHERE seen_at < $1 ORDER BY seen_at LIMIT $2 + 0) RETURNING key`, micros(before), limit)
	if err != nil {
		return nil, err
	}
	slices.Sort(keys)
	var spare []string
	for _, key := range slices.Compact(keys) {
		_, used, err := one(ctx, t, scanInt, `SELECT 1 FROM media WHERE key = $1 LIMIT 1`, key)
		if err != nil {
			return nil, err
		}
		if !used && key != "" {
			spare = append(spare, key)
		}
	}
	return spare, nil
}

func scanText(rows *sql.Rows, s *string) error { return rows.Scan(s) }
