// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/visitor"
	"example.org/loket/web"
)

// lists are the pages with many cases on them, and what looking at one is called in the log.
var lists = map[string]string{
	"GET /werklijst": "worklist.read", "GET /bezorging": "deliveries.read", "GET /berichten": "inbox.read", "GET /bewaren": "retention.read",
	"GET /noodopeningen": "emergencies.read", "GET /pers": "press.read", "GET /lijsten/{book}/bestand": "book.contacten",
}

// auditor counts what each visit of a walker leaves in the log.
type auditor struct {
	*walker
	db    *sql.DB
	wrong []string
	left  int // entries that visits left
}

func newAuditor(t *testing.T) *auditor {
	t.Helper()
	w := newWalker(t)
	db, err := sql.Open("sqlite", filepath.Join(w.folder, "loket.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return &auditor{walker: w, db: db}
}

// from gives the entries of an actor from an index on, and the index of the next.
func (a *auditor) from(index int, actor string) (acts, seen, refused []string, next int) {
	a.t.Helper()
	rows, err := a.db.Query("SELECT idx, actor, action, outcome FROM ledger WHERE idx >= ? ORDER BY idx", index)
	if err != nil {
		a.t.Fatal(err)
	}
	defer rows.Close()
	for next = index; rows.Next(); next++ {
		var who, action, outcome string
		if err := rows.Scan(&next, &who, &action, &outcome); err != nil {
			a.t.Fatal(err)
		}
		switch {
		case who != actor:
		case outcome == "refused":
			refused = append(refused, action)
		case action == "seen" || action == "read":
			seen = append(seen, action)
		default:
			acts = append(acts, action)
		}
	}
	return acts, seen, refused, next
}

// visit makes one visit and says what is wrong with what it left; index is the end of the log
// before it. The contract, for somebody who is logged in:
//
//	refused            one refusal; before it may stand that they saw the case it was asked on
//	a page of a case   one entry: seen or read, or the name that the act has of its own
//	a list of cases    one entry, with the name of the list
//	a change           one act of theirs; what follows from it is the desk's
//	a form that is not right: nothing but that the page of the case was seen again
//
// Whoever must log in first, or give a code, leaves nothing.
func (a *auditor) visit(c cell, index int) (next int) {
	a.t.Helper()
	outcome, _ := a.meets(c, a.cases[c.whose])
	actor := "p-" + strings.ReplaceAll(c.role, "_", "-")
	acts, seen, refused, next := a.from(index, actor)
	a.left += len(acts) + len(seen) + len(refused)
	_, path, _ := strings.Cut(c.pattern, " ")
	about, looks := strings.Contains(path, "{case}") && strings.HasPrefix(path, "/zaak"), strings.HasPrefix(c.pattern, "GET")
	right := len(acts)+len(seen)+len(refused) == 0 // also of pages that hold no case
	switch {
	case strings.HasSuffix(path, "/nieuw-loket"): // the first minute of a desk, in which nobody is anybody yet
	case c.role == "":
		right = next == index || outcome != atLogin && outcome != askCode // a report by a stranger is one of nobody
	case outcome == notHere:
		right = len(refused) == 1 && len(acts) == 0 && len(seen) <= 1
	case lists[c.pattern] != "" && outcome == comesIn:
		right = len(acts) == 1 && acts[0] == lists[c.pattern]
	case about && looks && outcome == comesIn:
		right = len(acts)+len(seen) == 1 && len(refused) == 0 // also of a page that asks the desk twice
	case about && outcome == comesIn:
		right = len(acts) == 1 && len(refused) == 0
	case about && outcome == told:
		right = len(acts) == 0 && len(seen) > 0 && len(refused) == 0
	case !looks:
		right = true // changes of lists and accounts have names of their own, see the tests of each
	}
	if !right {
		a.wrong = append(a.wrong, fmt.Sprintf("%v %s: acts %v, seen %v, refused %v", c, outcome, acts, seen, refused))
	}
	return next
}

// S10: along every address as everybody, each visit leaves the entry that it must, and no
// other. The short form walks as three roles; LOKET_FULL=1 as all.
func TestEveryVisitLeavesItsEntry(t *testing.T) {
	t.Parallel()
	a := newAuditor(t)
	n, roles := 0, append([]string{""}, a.roles...)
	if !full() {
		roles = []string{"", roleWith(a.told, "work", "close", "record"), roleWith(a.told, "audit"), a.roles[len(a.roles)-1]}
	}
	for _, pattern := range web.Addresses() {
		for _, role := range roles {
			for _, whose := range []string{noOnes, theirs, ours} {
				if whose == ours {
					a.cases[ours] = a.reported(north)
				}
				a.visit(cell{pattern, role, whose}, a.end())
				n++
			}
		}
	}
	a.cases[ours] = a.reported(north) // a text with a draft is asked for twice by its own page
	for _, pattern := range []string{"POST /zaak/{case}/product/{product}/concept", "GET /zaak/{case}/product/{product}"} {
		a.visit(cell{pattern, roleWith(a.told, "work", "close", "record"), ours}, a.end())
	}
	for _, w := range a.wrong {
		t.Error(w)
	}
	t.Logf("%d visits, %d entries", n, a.left)
}

func (a *auditor) end() int {
	head, err := a.store.LedgerHead(a.t.Context())
	if err != nil {
		a.t.Fatal(err)
	}
	return int(head.Size)
}

// session is a login of one role that goes to some addresses at random.
func (a *auditor) session(r *rand.Rand, addresses []string) (visits int) {
	role := a.roles[r.IntN(len(a.roles))]
	a.cases[ours] = a.reported(north)
	index := a.end()
	for range 2 + r.IntN(8) {
		whose := []string{noOnes, theirs, ours, ours, ours}[r.IntN(5)]
		index = a.visit(cell{addresses[r.IntN(len(addresses))], role, whose}, index)
		visits++
	}
	return visits
}

// S10: random sessions, in which whatever was done or refused is what stands in the log: 60 in
// the short form, 2,000 with LOKET_FULL=1. Addresses about cases come three times as often.
func TestSessionsAreInTheLog(t *testing.T) {
	t.Parallel()
	a, sessions, visits := newAuditor(t), 60, 0
	if full() {
		sessions = 2000
	}
	addresses := web.Addresses()
	for _, pattern := range web.Addresses() {
		if strings.Contains(pattern, "/zaak/{case}") || lists[pattern] != "" {
			addresses = append(addresses, pattern, pattern)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range sessions {
		visits += a.session(r, addresses)
	}
	for _, w := range a.wrong {
		t.Error(w)
	}
	t.Logf("%d sessions, %d visits, %d entries", sessions, visits, a.left)
}

// forgetful are pages over a desk that leaves something out of the log: refusals that another
// layer found, or cases that were shown before.
type forgetful struct {
	desk.Service
	shown map[string]*desk.CaseView
}

func (f forgetful) Case(ctx context.Context, by loket.Actor, id loket.CaseID) (*desk.CaseView, error) {
	key := by.ID + string(id)
	if v := f.shown[key]; v != nil {
		return v, nil
	}
	v, err := f.Service.Case(ctx, by, id)
	if err == nil && f.shown != nil {
		f.shown[key] = v
	}
	return v, err
}

// Control: a desk that forgets either is found.
func TestEveryVisitLeavesItsEntryCatches(t *testing.T) {
	t.Parallel()
	a := newAuditor(t)
	a.cases[ours] = a.reported(north)
	officer, other := roleWith(a.told, "work", "close", "record"), a.roles[len(a.roles)-1]
	for name, f := range map[string]struct {
		forgetful
		at []cell
	}{
		"a refusal of the pages":  {forgetful{a.desk, nil}, []cell{{"GET /register", other, without}, {"GET /bewaren", other, without}}},
		"a case that is kept":     {forgetful{a.desk, map[string]*desk.CaseView{}}, []cell{{"GET /zaak/{case}", officer, ours}, {"GET /zaak/{case}", officer, ours}}},
		"nothing, so all is well": {forgetful{a.desk, nil}, []cell{{"GET /zaak/{case}", officer, ours}, {"GET /zaak/{case}", other, theirs}}},
	} {
		o := a.mutated(func(_ *walker, by loket.Actor, _ loket.CaseID) loket.Actor { return by })
		o.Service = f.forgetful
		pages := web.New(o)
		for _, role := range slices.Sorted(maps.Keys(a.browsers)) {
			a.browsers[role].Transport = visitor.Inside{Handler: pages}
		}
		a.wrong = nil
		for _, c := range f.at {
			a.visit(c, a.end())
		}
		if found := len(a.wrong) > 0; found == strings.HasPrefix(name, "nothing") {
			t.Errorf("forgotten: %s; found: %v", name, a.wrong)
		}
	}
}
