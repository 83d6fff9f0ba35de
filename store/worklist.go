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
	laws  []string // of closed cases: the laws, as they stand together, that hold the one asked for
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

// from narrows to a view and its filters, and gives the part of a query from FROM on. When a
// search finds few cases in all, they are looked up one by one.
func (s *selection) from(q desk.CaseQuery, view string, few bool) string {
	s.where = nil
	source := ` FROM cases`
	if word := strings.TrimSpace(q.Search); few && word != "" {
		number, name := s.found(q)
		source = ` FROM (SELECT id AS hit FROM cases` + number + ` UNION SELECT id FROM cases` + name + `) AS hits CROSS JOIN cases`
		s.and("id = hit")
		q.Search = ""
	}
	s.cases(q, view)
	return source + s.String()
}

// found are the conditions of a search, each with an index behind it: the number begins with
// these words, or the organisation does.
func (s *selection) found(q desk.CaseQuery) (number, name string) {
	word := strings.TrimSpace(q.Search)
	tenant, from, to := s.arg(q.Tenant), fold(word), after(fold(word))
	number = ` WHERE tenant = ` + tenant + ` AND number >= ` + s.arg(word) + ` AND number < ` + s.arg(after(word))
	return number, ` WHERE tenant = ` + tenant + ` AND folded >= ` + s.arg(from) + ` AND folded < ` + s.arg(to)
}

// fewHits is up to how many cases a search finds that are looked up one by one and sorted.
// Of more, the walk along the view soon meets enough.
const fewHits = 2000

// few tells whether a search finds few cases.
func (t *tx) few(ctx context.Context, q desk.CaseQuery) (bool, error) {
	if strings.TrimSpace(q.Search) == "" {
		return false, nil
	}
	query, args := hitsQuery(q)
	n, _, err := one(ctx, t, scanInt, query, args...)
	return n <= fewHits, err
}

func hitsQuery(q desk.CaseQuery) (string, []any) {
	s := &selection{}
	number, name := s.found(q)
	count := func(where string) string {
		return `(SELECT count(*) FROM (SELECT 1 FROM cases` + where + s.limit(fewHits+1) + `) AS found)`
	}
	return `SELECT ` + count(number) + ` + ` + count(name), s.args
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
	s.shown(q.Tenant, q.Reader)
	if q.Kind != "" {
		s.and("kind = " + s.arg(q.Kind))
	}
	if q.Kinds != nil {
		s.kinds(q.Kinds)
	}
	switch {
	case q.Law != "" && view == "closed" && s.laws != nil:
		s.within(s.laws)
	case q.Law != "":
		s.and(`' ' || laws || ' ' LIKE ` + s.arg(holds(q.Law)) + ` ESCAPE '\'`)
	}
	if word := strings.TrimSpace(q.Search); word != "" {
		from, to := fold(word), after(fold(word))
		// What is joined to a text has no index: there are many, and it is the view that is walked.
		s.and("((number || '' >= " + s.arg(word) + " AND number || '' < " + s.arg(after(word)) + ") OR (folded || '' >= " + s.arg(from) + " AND folded || '' < " + s.arg(to) + "))")
	}
}

// owned widens "mine" to cases with something to do for the person's role in its organisation.
func owned(s *selection, condition, view string, q desk.CaseQuery) string {
	if view != "mine" || len(q.Owns) == 0 {
		return condition
	}
	return `active = 1 AND (` + condition + ` OR id IN (SELECT case_id FROM case_organisations WHERE active = 1 AND tenant = ` + s.arg(q.Tenant) + ` AND organisation IN (` + s.all(q.Owns) + `)))`
}

// kinds narrows to some kinds of case; none of them is no case.
func (s *selection) kinds(kinds []string) {
	marks := make([]string, len(kinds))
	for i, kind := range kinds {
		marks[i] = s.arg(kind)
	}
	switch len(marks) {
	case 0:
		s.and("1 = 0")
	case 1: // an index gives them in order
		s.and("kind = " + marks[0])
	default:
		s.and("kind IN (" + strings.Join(marks, ", ") + ")")
	}
}

// within narrows to laws as they stand together, with an index behind each; none is no case.
func (s *selection) within(laws []string) {
	if len(laws) == 0 {
		s.and("1 = 0")
		return
	}
	s.and("laws IN (" + s.all(laws) + ")")
}

// after is the first text that no longer starts with prefix.
func after(prefix string) string { return prefix + "\U0010FFFF" }

func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}

// lawsTogether are the laws of closed cases as they stand together, such as “jeugdwet wmo”: few,
// however many cases. An index leads from each to the next.
const lawsTogether = `WITH RECURSIVE found (laws) AS (
	SELECT (SELECT laws FROM cases WHERE tenant = $1 AND active = 0 ORDER BY laws LIMIT 1)
	UNION ALL
	SELECT (SELECT cases.laws FROM cases WHERE tenant = $1 AND active = 0 AND cases.laws > found.laws ORDER BY cases.laws LIMIT 1) FROM found WHERE found.laws IS NOT NULL
) SELECT laws FROM found WHERE ' ' || laws || ' ' LIKE $2 ESCAPE '\'`

// holds is the pattern of laws with this one among them.
func holds(law string) string { return "% " + escapeLike(law) + " %" }

// lawsWith gives the laws of closed cases that stand together with the one of a question; nil
// when it names none.
func (t *tx) lawsWith(ctx context.Context, q desk.CaseQuery) ([]string, error) {
	if q.Law == "" {
		return nil, nil
	}
	found, err := list(ctx, t, func(rows *sql.Rows, laws *string) error { return rows.Scan(laws) }, lawsTogether, q.Tenant, holds(q.Law))
	return append([]string{}, found...), err
}

// Cases implements desk.Tx. Closed cases have nothing pressing: the newest come first.
func (t *tx) Cases(ctx context.Context, q desk.CaseQuery) ([]desk.CaseRow, error) {
	few, err := t.few(ctx, q)
	if err != nil {
		return nil, err
	}
	laws, err := t.lawsWith(ctx, q)
	if err != nil {
		return nil, err
	}
	query, args := casesQuery(q, few, laws)
	if q.View == "handover" {
		return list(ctx, t, scanCase, query, args...)
	}
	return list(ctx, t, scanJob, query, args...)
}

func casesQuery(q desk.CaseQuery, few bool, laws []string) (string, []any) {
	s := &selection{laws: laws}
	if q.View == "closed" {
		return s.closed(q, few)
	}
	from, order := s.from(q, q.View, few), "due_at, id"
	if due, id, paged := desk.ParseCursor(q.After); paged {
		from += " AND (due_at, id) > (" + s.arg(due) + ", " + s.arg(string(id)) + ")"
	}
	columns := jobColumns
	if q.View == "handover" { // its notes are opened, which needs the key
		columns = caseColumns
	}
	return `SELECT ` + columns + from + ` ORDER BY ` + order + s.limit(q.Limit), s.args
}

// newestFirst is the order of closed cases.
const newestFirst = " ORDER BY updated_at DESC, id DESC"

// closed is a page of closed cases. With a law it takes the first of each group of cases that
// have the same laws, which an index gives in order, and of those the first: however rare the
// law, no more is read than the page has lines for each group.
func (s *selection) closed(q desk.CaseQuery, few bool) (string, []any) {
	_, id, paged := desk.ParseCursor(q.After)
	page := func() string {
		from := s.from(q, "closed", few)
		if paged {
			from += " AND (updated_at, id) < (SELECT updated_at, id FROM cases WHERE id = " + s.arg(string(id)) + ")"
		}
		return from + newestFirst + s.limit(q.Limit)
	}
	if few || len(s.laws) < 2 {
		from := page()
		return `SELECT ` + jobColumns + from, s.args
	}
	var groups []string
	for _, laws := range s.laws {
		s.laws = []string{laws}
		groups = append(groups, `SELECT id FROM (SELECT id`+page()+`) AS found`)
	}
	most := s.limit(q.Limit)
	return `SELECT ` + jobColumns + ` FROM cases WHERE id IN (` + strings.Join(groups, " UNION ALL ") + `)` + newestFirst + most, s.args
}

// CountCases implements desk.Tx: how many cases lie in each view, up to CountMost. The
// filters apply, the cursor does not.
func (t *tx) CountCases(ctx context.Context, q desk.CaseQuery) (map[string]int, error) {
	few, err := t.few(ctx, q)
	if err != nil {
		return nil, err
	}
	laws, err := t.lawsWith(ctx, q)
	if err != nil {
		return nil, err
	}
	query, args := countsQuery(q, few, laws)
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
func countsQuery(q desk.CaseQuery, few bool, laws []string) (string, []any) {
	s := &selection{laws: laws}
	apart := make([]string, 0, len(counted))
	for _, view := range counted[:4] {
		apart = append(apart, `(SELECT count(*) FROM (SELECT 1`+s.from(q, view, few)+s.limit(CountMost)+`) AS found)`)
	}
	pressing := `SELECT due_at` + s.from(q, "team", few) + ` ORDER BY due_at, id` + s.limit(CountMost)
	before := func(at time.Time) string { return `count(CASE WHEN due_at < ` + s.arg(micros(at)) + ` THEN 1 END)` }
	return `SELECT ` + strings.Join(apart, ", ") + `, team, late, today FROM (SELECT count(*) AS team, ` + before(q.Now) + ` AS late, ` +
		before(q.EndOfDay) + ` AS today FROM (` + pressing + `) AS pressing) AS found`, s.args
}
