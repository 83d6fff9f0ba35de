// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/visitor"
	"example.org/loket/web"
)

// all is somebody with every role of the protocol, under a name that no walker has.
func (w *walker) all(name string) loket.Actor {
	return loket.Actor{ID: "p-" + name, Role: w.roles[0], Roles: w.roles, Tenant: north}
}

// standing is what is done to a new case to make it stand so.
var standing = map[string]func(*walker, loket.CaseID) error{
	"hidden": func(w *walker, id loket.CaseID) error {
		var people []string
		for _, role := range w.roles {
			people = append(people, "p-"+strings.ReplaceAll(role, "_", "-"))
		}
		return w.does(id, loket.CaseHidden{People: people, Reason: "bekenden van het gezin"})
	},
	"limited": func(w *walker, id loket.CaseID) error {
		return w.does(id, loket.LimitPlaced{Ground: "disputed", Reason: "bezwaar van de ouders"})
	},
	"ended": func(w *walker, id loket.CaseID) error {
		return w.does(id, loket.CaseEnded{As: "event", Reason: "geen incident"})
	},
	"destroyed": func(w *walker, id loket.CaseID) error {
		if err := w.does(id, loket.DestructionProposed{Ground: "test", Reason: "proefmelding"}); err != nil {
			return err
		}
		_, err := w.desk.ApproveErasure(w.t.Context(), w.all("tweede"), []desk.RetentionChoice{{Case: id, Rule: "case:test"}}, "gezien", w.rand.ID())
		return err
	},
}

func (w *walker) does(id loket.CaseID, want loket.Payload) error {
	_, err := w.desk.Do(w.t.Context(), w.all("eerste"), id, desk.Change{Want: want})
	return err
}

// stands is a new case in a state.
func (w *walker) stands(state string) string {
	w.t.Helper()
	id := w.reported(north)
	if err := standing[state](w, loket.CaseID(id)); err != nil {
		w.t.Fatalf("%s: %v", state, err)
	}
	return id
}

// left is what may still be sent to a case that stands so, as policies/5-states.cedar says; a hidden
// or destroyed one takes nothing.
var left = map[string][]string{
	"limited": {"/beperking-opheffen", "/verbergen", "/tonen", "/vasthouden", "/loslaten", "/nood-beoordelen"},
	"ended":   {"/heropenen", "/openen", "/concept", "/behandelaar", "/notitie", "/vasthouden", "/loslaten", "/verbergen", "/tonen", "/beperken", "/wissen", "/vernietigen", "/niet-vernietigen", "/nood-beoordelen", "/andere-organisatie", "/verteld", "/vragen"},
}

// through walks every address of a case as every role, over a case that stands in a state, and
// tells what comes through that may not. For who it is hidden from, every byte must be that of a case that is not there.
func (w *walker) through(state string) (wrong []string, cells int) {
	for _, pattern := range web.Addresses() {
		if !strings.Contains(pattern, "/zaak/{case}") {
			continue
		}
		w.cases[ours] = w.stands(state)
		for _, role := range w.walks() {
			outcome, body := w.meets(cell{pattern, role, ours}, w.cases[ours])
			cells++
			sends := strings.HasPrefix(pattern, "POST")
			switch {
			case state == "hidden":
				if _, nothing := w.meets(cell{pattern, role, noOnes}, w.cases[noOnes]); nothing != body {
					wrong = append(wrong, pattern+" as "+role+": a hidden case looks unlike none")
				}
			case outcome != comesIn:
			case state == "destroyed" && pattern != "GET /zaak/{case}/toegang", sends && !slices.ContainsFunc(left[state], func(end string) bool { return strings.HasSuffix(pattern, end) }):
				wrong = append(wrong, pattern+" as "+role+" comes in")
			}
			if sends && outcome == comesIn { // it may not stand so any more
				w.cases[ours] = w.stands(state)
			}
		}
	}
	return wrong, cells
}

// walks are the roles of the walk: in the short form four of them.
func (w *walker) walks() []string {
	if full() {
		return w.roles
	}
	return []string{roleWith(w.told, "work", "close", "record"), roleWith(w.told, "shield"), roleWith(w.told, "audit"), w.roles[len(w.roles)-1]}
}

// S01, D-65, AVG 18: over HTTP, every address of a case × every role (four of them without LOKET_FULL=1), for a case that is hidden from
// them, limited, ended or destroyed: what is hidden looks in every byte like what is not there,
// and nothing reaches the others that may not. What the rules say of each state is walked at the
// door of the desk, see TestDoorIsAsThePageSays. Control: a case that stands open lets things through.
func TestStatesOverHTTP(t *testing.T) {
	t.Parallel()
	w, n := newWalker(t), 0
	keeper := w.all("eerste") // somebody must remain who can take it back
	if err := w.store.Write(t.Context(), func(tx desk.Tx) error {
		return tx.PutPerson(t.Context(), desk.Person{ID: keeper.ID, Tenant: north, Name: "Sara Fictie", Roles: keeper.Roles})
	}); err != nil {
		t.Fatal(err)
	}
	for _, state := range []string{"hidden", "limited", "ended", "destroyed"} {
		wrong, cells := w.through(state)
		for _, what := range wrong {
			t.Errorf("%s: %s", state, what)
		}
		n += cells
	}
	t.Logf("%d cells", n)
	w.openIsOpen()
}

// openIsOpen: of an open case the same walk finds a way in and a change, or it is blind.
func (w *walker) openIsOpen() {
	w.t.Helper()
	role := roleWith(w.told, "work", "close", "record")
	id := w.reported(north)
	for _, pattern := range []string{"GET /zaak/{case}", "POST /zaak/{case}/notitie"} {
		if outcome, _ := w.meets(cell{pattern, role, ours}, id); outcome != comesIn {
			w.t.Errorf("control: %s of an open case: %s", pattern, outcome)
		}
	}
	once := visitor.Browser{Transport: w.browsers[role].Transport, Host: northHost, Cookies: w.browsers[role].Cookies}
	if page, err := once.Once(http.MethodGet, "/zaak/"+w.stands("hidden"), ""); err != nil || page.Status != http.StatusNotFound {
		w.t.Errorf("control: hidden: %d %v", page.Status, err)
	}
}
