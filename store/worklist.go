// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"time"

	"example.org/loket/desk"
)

// CountMost is where counting stops: a worklist that long is "more than", not a number.
// It keeps a page quick when a million cases are open.
const CountMost = 1000

// views are the parts of the worklist and what lies in them. A partial index stands
// behind each; the words of the index's own condition must appear here literally.
var views = map[string]string{
	"team":     `active = 1`,
	"mine":     `active = 1 AND assigned <> '' AND assigned = {person}`,
	"today":    `active = 1 AND due_at < {end}`,
	"late":     `active = 1 AND due_at < {now}`,
	"waiting":  `active = 1 AND waiting = 1`,
	"handover": `active = 1 AND handover_at > 0`,
	"closed":   `active = 0`,
}

// selection builds a WHERE clause whose arguments are numbered as they come.
type selection struct {
	where []string
	args  []any
}

// arg gives the placeholder of a value.
func (s *selection) arg(v any) string {
	s.args = append(s.args, v)
	return "$" + strconv.Itoa(len(s.args))
}

func (s *selection) and(condition string) { s.where = append(s.where, condition) }

func (s *selection) String() string { return " WHERE " + strings.Join(s.where, " AND ") }

// limit ends a query after n rows. The sum keeps SQLite from looking at the argument when
// it plans: a bare LIMIT $1 is planned anew at every run, which takes longer than the run.
func (s *selection) limit(n int) string { return " LIMIT " + s.arg(n) + " + 0" }

// selectCases narrows to a view and its filters.
func selectCases(q desk.CaseQuery, view string) *selection {
	s := &selection{}
	s.cases(q, view)
	return s
}

func (s *selection) cases(q desk.CaseQuery, view string) {
	s.and("tenant = " + s.arg(q.Tenant))
	condition, ok := views[view]
	if !ok {
		condition = "1 = 0" // a view nobody knows is empty, not everything
	}
	for name, value := range map[string]any{"{person}": q.Person, "{now}": micros(q.Now), "{end}": micros(q.EndOfDay)} {
		if strings.Contains(condition, name) { // at most one of them
			condition = strings.ReplaceAll(condition, name, s.arg(value))
		}
	}
	s.and(owned(s, condition, view, q))
	s.among(q.Tenant, q.Among, view != "closed")
	if q.Kind != "" {
		s.and("kind = " + s.arg(q.Kind))
	}
	if q.Law != "" {
		s.and(`' ' || laws || ' ' LIKE ` + s.arg("% "+escapeLike(q.Law)+" %") + ` ESCAPE '\'`)
	}
	if word := strings.TrimSpace(q.Search); word != "" {
		from, to := fold(word), after(fold(word))
		s.and("((number >= " + s.arg(word) + " AND number < " + s.arg(after(word)) + ") OR (folded >= " + s.arg(from) + " AND folded < " + s.arg(to) + "))")
	}
}

// owned widens "mine" to cases with something to do for the person's role in its organisation.
func owned(s *selection, condition, view string, q desk.CaseQuery) string {
	if view != "mine" || len(q.Owns) == 0 {
		return condition
	}
	return `active = 1 AND (` + condition + ` OR id IN (SELECT case_id FROM case_organisations WHERE active = 1 AND tenant = ` + s.arg(q.Tenant) + ` AND organisation IN (` + s.all(q.Owns) + `)))`
}

// after is the first text that no longer starts with prefix.
func after(prefix string) string { return prefix + "\U0010FFFF" }

func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}

// Cases implements desk.Tx. Closed cases have nothing pressing: the newest come first.
func (t *tx) Cases(ctx context.Context, q desk.CaseQuery) ([]desk.CaseRow, error) {
	query, args := casesQuery(q)
	if q.View == "handover" {
		return list(ctx, t, scanCase, query, args...)
	}
	return list(ctx, t, scanJob, query, args...)
}

func casesQuery(q desk.CaseQuery) (string, []any) {
	s := selectCases(q, q.View)
	order := "due_at, id"
	due, id, paged := desk.ParseCursor(q.After)
	switch {
	case q.View == "closed":
		order = "updated_at DESC, id DESC"
		if paged {
			s.and("(updated_at, id) < (SELECT updated_at, id FROM cases WHERE id = " + s.arg(string(id)) + ")")
		}
	case paged:
		s.and("(due_at, id) > (" + s.arg(due) + ", " + s.arg(string(id)) + ")")
	}
	columns := jobColumns
	if q.View == "handover" { // its notes are opened, which needs the key
		columns = caseColumns
	}
	return `SELECT ` + columns + ` FROM cases` + s.String() + ` ORDER BY ` + order + s.limit(q.Limit), s.args
}

// CountCases implements desk.Tx: how many cases lie in each view, up to CountMost. The
// filters apply, the cursor does not.
func (t *tx) CountCases(ctx context.Context, q desk.CaseQuery) (map[string]int, error) {
	query, args := countsQuery(q)
	n := make([]int, len(counted))
	into := make([]any, len(n))
	for i := range n {
		into[i] = &n[i]
	}
	scan := func(rows *sql.Rows, _ *struct{}) error { return rows.Scan(into...) }
	if _, _, err := one(ctx, t, scan, query, args...); err != nil {
		return nil, err
	}
	out := make(map[string]int, len(n))
	for i, view := range counted {
		out[view] = n[i]
	}
	return out, nil
}

// counted are the views in the order in which countsQuery gives them.
var counted = []string{"closed", "handover", "mine", "waiting", "team", "late", "today"}

// countsQuery counts each view apart, but for what is late and what is for today: those are
// the head of the team's list, so the one walk along it counts all three.
func countsQuery(q desk.CaseQuery) (string, []any) {
	s := &selection{}
	apart := make([]string, 0, len(counted))
	for _, view := range counted[:4] {
		s.where = nil
		s.cases(q, view)
		apart = append(apart, `(SELECT count(*) FROM (SELECT 1 FROM cases`+s.String()+s.limit(CountMost)+`) AS found)`)
	}
	s.where = nil
	s.cases(q, "team")
	pressing := `SELECT due_at FROM cases` + s.String() + ` ORDER BY due_at, id` + s.limit(CountMost)
	before := func(at time.Time) string { return `count(CASE WHEN due_at < ` + s.arg(micros(at)) + ` THEN 1 END)` }
	return `SELECT ` + strings.Join(apart, ", ") + `, team, late, today FROM (SELECT count(*) AS team, ` + before(q.Now) + ` AS late, ` +
		before(q.EndOfDay) + ` AS today FROM (` + pressing + `) AS pressing) AS found`, s.args
}
