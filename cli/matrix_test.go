// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/postgrestest"
	"example.org/loket/internal/visitor"
	"example.org/loket/protocol"
	"example.org/loket/web"
)

const matrixPage = "../docs/access-matrix.md"

// What somebody meets at an address.
const (
	comesIn = "in"     // the page, or what it says about what was sent
	told    = "told"   // what is wrong with the form, by a page that the reader may see
	notHere = "hidden" // no such page: what is not there and what is not yours look the same
	atLogin = "login"  // first log in
	askCode = "code"   // first number and return code
)

// cell is one crossing of the matrix.
type cell struct{ pattern, role, whose string }

// Whose case an address names.
const (
	ours    = "own"
	theirs  = "other organisation"
	noOnes  = "nobody"
	without = "" // the address names no case
)

// walker goes along every address as everybody.
type walker struct {
	*twoDesks
	roles    []string
	browsers map[string]*visitor.Browser
	cases    map[string]string // whose → id
	params   map[string]string

	broken  bool // a mutant walks: differences are counted, and no fault
	differs int
}

func newWalker(t *testing.T) *walker { return newWalkerOn(t, "") }

func newWalkerOn(t *testing.T, database string) *walker {
	p, err := siteProtocol()
	if err != nil {
		t.Fatal(err)
	}
	w := &walker{twoDesks: openDesks(t, p, sitePeople(p), false, database), browsers: map[string]*visitor.Browser{"": nil}, cases: map[string]string{noOnes: "aaaaaaaaaaaaaaaaaaaaaaaaaa"}}
	for _, r := range w.told.Roles {
		w.roles = append(w.roles, r.ID)
		w.browsers[r.ID] = w.as(r.ID, north)
	}
	w.browsers[""] = w.stranger(northHost)
	aligned := slices.IndexFunc(w.told.Products, func(p protocol.Product) bool { return len(p.Align) > 0 })
	w.params = map[string]string{"form": "report", "product": w.told.Products[aligned].ID, "version": "1", "part": "begrippen", "document": w.told.Products[aligned].ID, "token": "onbekend", "book": "contacten", "id": "nieuw", "certificate": "onbekend", "link": "onbekend", "place": "0", "provider": "onbekend", "kind": "press"}
	w.cases[theirs] = w.reported(south)
	return w
}

// reported is a new case at a desk.
func (w *walker) reported(tenant string) string {
	w.t.Helper()
	r, err := w.desk.SendReport(w.t.Context(), loket.Actor{}, desk.ReportForm{Key: w.rand.ID(), Tenant: tenant, Form: "report", Posted: complete()})
	if err != nil {
		w.t.Fatal(err)
	}
	return string(r.Case)
}

var param = regexp.MustCompile(`\{(\w+)\}`)

// address fills in a pattern.
func (w *walker) address(pattern, id string) (method, path string) {
	method, path, _ = strings.Cut(pattern, " ")
	path = strings.TrimSuffix(path, "{$}")
	return method, param.ReplaceAllStringFunc(path, func(name string) string {
		if name = strings.Trim(name, "{}"); name == "case" {
			return id
		}
		if w.params[name] == "" {
			w.t.Errorf("the walk has nothing to put at {%s} of %s", name, pattern)
		}
		return w.params[name]
	})
}

// said is what is posted: enough that no page refuses it before it asks whether it may.
var said = url.Values{
	"tekst_reden": {"een reden"}, "tekst_motivering": {"een motivering"}, "tekst_notitie": {"een notitie"}, "tekst_doel": {"een doel"}, "tekst": {"tekst"},
	"akkoord": {"ja"}, "rol": {"nobody"}, "tekstversie": {"1"}, "soort": {"x"}, "nummer": {"2026-0001"}, "jaar": {"2025"},
}

// said is the same for everybody, with a table and a phase that the protocol has.
func (w *walker) said() url.Values {
	out := maps.Clone(said)
	decided := slices.IndexFunc(w.told.Tables, func(t protocol.Table) bool { return len(t.DecidedBy) > 0 })
	out.Set("onderwerp", w.told.Tables[decided].ID)
	out.Set("fase", w.told.Phases[0].ID)
	return out
}

// meets gives the outcome of one visit, and the page without the id it was asked with.
func (w *walker) meets(c cell, id string) (outcome, body string) {
	method, path := w.address(c.pattern, id)
	text := ""
	if method == http.MethodPost {
		text = w.said().Encode()
	}
	b := *w.browsers[c.role]
	b.Cookies = map[string]string{}
	for name, value := range w.browsers[c.role].Cookies {
		b.Cookies[name] = value
	}
	if path == "/uitloggen" && c.role != "" {
		return comesIn, "" // would end the walk
	}
	page := w.must(b.Once(method, path, text))
	to := page.Header.Get("Location")
	body = strings.ReplaceAll(fmt.Sprint(page.Status, to, page.Body), id, "ID")
	switch {
	case page.Status >= http.StatusInternalServerError:
		w.t.Errorf("%s as %q: status %d", c.pattern, c.role, page.Status)
	case page.Status == http.StatusNotFound:
		return notHere, body
	case strings.HasPrefix(to, "/inloggen?"), page.Status == http.StatusUnauthorized: // the second gives the form back beside it
		return atLogin, body
	case strings.HasPrefix(to, "/mijn-melding?verlopen"):
		return askCode, body
	}
	if page.Status >= http.StatusBadRequest {
		return told, body
	}
	return comesIn, body
}

// walk visits every cell of the addresses given. What is not there and what is another
// organisation's must be alike in every byte (S03).
func (w *walker) walk(addresses []string) map[cell]string {
	out := map[cell]string{}
	for _, pattern := range addresses {
		named := strings.Contains(pattern, "{case}")
		if named {
			w.cases[ours] = w.reported(north)
		}
		for _, role := range append([]string{""}, w.roles...) {
			if !named {
				out[cell{pattern, role, without}], _ = w.meets(cell{pattern, role, without}, "")
				continue
			}
			bodies := map[string]string{}
			for _, whose := range []string{noOnes, theirs, ours} {
				c := cell{pattern, role, whose}
				out[c], bodies[whose] = w.meets(c, w.cases[whose])
			}
			if bodies[noOnes] != bodies[theirs] {
				w.alike(cell{pattern, role, theirs})
			}
		}
	}
	return out
}

func (w *walker) alike(c cell) {
	if !w.broken {
		w.t.Errorf("%s as %q: another organisation's case looks unlike one that is not there", c.pattern, c.role)
	}
	w.differs++
}

// table writes the matrix as people read it: one line per address.
func (w *walker) table(found map[cell]string, addresses []string) string {
	var b strings.Builder
	b.WriteString(matrixHead)
	for _, pattern := range addresses {
		whose := without
		if strings.Contains(pattern, "{case}") {
			whose = ours
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", pattern, found[cell{pattern, "", whose}], w.who(found, pattern, whose, comesIn), w.who(found, pattern, whose, told))
	}
	return b.String()
}

// who names the roles with an outcome.
func (w *walker) who(found map[cell]string, pattern, whose, outcome string) string {
	var in []string
	for _, role := range w.roles {
		if found[cell{pattern, role, whose}] == outcome {
			in = append(in, role)
		}
	}
	switch len(in) {
	case 0:
		return "—"
	case len(w.roles):
		return "every role"
	}
	return strings.Join(in, ", ")
}

const matrixHead = `# Who may come where

Made by a walk over HTTP along every address as everybody, with the roles of one protocol; ` + "`UPDATE=1 go test ./cli -run TestMatrix`" + ` makes it again.
An address that is not in it, or a cell that became another, fails the tests. "In" is the page, or a change that was made. "Told" is what is wrong with
the form: the walk sends the same answers everywhere, and where these do not fit, somebody who may do what the form is for is told so; the role is asked
first. Every other role gets the page for what is not there ("hidden"). "login" and "code" are sent to log in, or
to give number and return code. Why a role may is in [permissions](permissions.md). Addresses with a case are walked
with a case of the own organisation; with one of another organisation and with one that does not exist every role gets the same page, byte for byte.

| address | without account | in | told |
|---|---|---|---|
`

// S01, S03: every cell over HTTP: address × role × whose case. The page in docs is what was found.
func TestMatrix(t *testing.T) {
	t.Parallel()
	w := newWalker(t)
	addresses := web.Addresses()
	found := w.walk(addresses)
	t.Logf("%d cells", len(found))
	for c, outcome := range found {
		if (c.whose == theirs || c.whose == noOnes) && outcome == comesIn && strings.HasPrefix(c.pattern, "GET") {
			t.Errorf("%v comes in", c)
		}
	}
	table := w.table(found, addresses)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(matrixPage, []byte(table), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	checkedIn, err := os.ReadFile(matrixPage)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(string(checkedIn), "\n")
	for _, line := range strings.Split(table, "\n") {
		if !slices.Contains(want, line) {
			t.Errorf("%s does not say: %s", matrixPage, line)
		}
	}
	if len(want) != len(strings.Split(table, "\n")) {
		t.Errorf("%s has lines for addresses that are gone", matrixPage)
	}
}

// S03: where PostgreSQL keeps the rows of organisations apart, everybody still comes where they
// did. The short form walks the addresses that name a case; LOKET_FULL=1 all.
func TestMatrixOnPostgres(t *testing.T) {
	t.Parallel()
	w := newWalkerOn(t, postgrestest.Start(t))
	addresses := web.Addresses()
	if os.Getenv("LOKET_FULL") == "" {
		addresses = []string{"GET /zaak/{case}", "POST /zaak/{case}/notitie", "POST /zaak/{case}/andere-organisatie", "GET /werklijst", "GET /andere-organisaties", "GET /bewaren", "GET /lijsten/{book}", "POST /melden", "GET /register"}
	}
	checkedIn, err := os.ReadFile(matrixPage)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(string(checkedIn), "\n")
	for _, line := range strings.Split(w.table(w.walk(addresses), addresses), "\n") {
		if !slices.Contains(want, line) {
			t.Errorf("on PostgreSQL: %s", line)
		}
	}
}

// Mutants of the permission check: each is the desk with one check gone, for reading a case
// and for writing in it. The walk must see every one of them.
func TestMatrixCatches(t *testing.T) {
	t.Parallel()
	some := []string{"GET /zaak/{case}", "POST /zaak/{case}/notitie"}
	w := newWalker(t)
	right := w.walk(some)
	if w.differs != 0 {
		t.Fatal("the desk itself differs")
	}
	for name, mutate := range map[string]func(*walker, loket.Actor, loket.CaseID) loket.Actor{
		"every role may everything":   (*walker).mayAlways,
		"no check of organisation":    (*walker).anyTenant,
		"no check of kinds of case":   (*walker).anyKind,
		"no check of role on writing": (*walker).mayWrite,
	} {
		w.broken, w.differs = true, 0
		w.pages = web.New(w.mutated(mutate))
		for role, b := range w.browsers {
			b.Transport = visitor.Inside{Handler: w.pages}
			w.browsers[role] = b
		}
		wrong := w.differs
		for c, outcome := range w.walk(some) {
			if right[c] != outcome {
				wrong++
			}
		}
		if wrong+w.differs == 0 {
			t.Errorf("mutant survives: %s", name)
		}
	}
}

// mutated are the pages over a desk that thinks of its visitors as mutate says.
func (w *walker) mutated(mutate func(*walker, loket.Actor, loket.CaseID) loket.Actor) web.Options {
	return web.Options{
		Examples: func(*protocol.Protocol, string) string { return "# Voorbeeld\n" },
		Service:  mutant{w.desk, func(a loket.Actor, id loket.CaseID) loket.Actor { return mutate(w, a, id) }}, Rand: w.rand, Clock: w.clock,
		Sessions: w.sessions(false), Drafts: noDrafts{}, At: w.front(north, "http://"+northHost, "127.0.0.1:1").At,
	}
}

type noDrafts struct{ web.Drafts }

type mutant struct {
	*desk.Desk
	as func(loket.Actor, loket.CaseID) loket.Actor
}

func (m mutant) Case(ctx context.Context, by loket.Actor, id loket.CaseID) (*desk.CaseView, error) {
	return m.Desk.Case(ctx, m.as(by, id), id)
}

func (m mutant) Do(ctx context.Context, by loket.Actor, id loket.CaseID, c desk.Change) (int, error) {
	return m.Desk.Do(ctx, m.as(by, "write "+id), id, c)
}

func (w *walker) mayAlways(a loket.Actor, _ loket.CaseID) loket.Actor {
	a.Roles = w.roles
	return a
}

func (w *walker) anyTenant(a loket.Actor, id loket.CaseID) loket.Actor {
	if strings.HasSuffix(string(id), w.cases[theirs]) {
		a.Tenant = south
	}
	return a
}

func (w *walker) anyKind(a loket.Actor, id loket.CaseID) loket.Actor {
	if r := w.told.Role(a.Role); r != nil && r.Cases.Limited() {
		a.Roles = []string{roleWith(w.told, "work", "record", "decide")}
	}
	return a
}

func (w *walker) mayWrite(a loket.Actor, id loket.CaseID) loket.Actor {
	if strings.HasPrefix(string(id), "write ") {
		a.Roles = append(slices.Clone(a.Roles), roleWith(w.told, "record"))
	}
	return a
}
