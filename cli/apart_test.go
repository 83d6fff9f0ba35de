// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/visitor"
	"example.org/loket/protocol"
	"example.org/loket/web"
)

// neighbours are many organisations at one installation, each with one case and one reader.
type neighbours struct {
	*twoDesks
	all []neighbour

	mu    sync.Mutex
	asked int
	wrong []string
}

type neighbour struct {
	tenant, mark string // mark is a word of the case that lists show
	id           string
	reader       *visitor.Browser
}

// openNeighbours makes n of them besides the two that are there.
func openNeighbours(t *testing.T, n int) *neighbours {
	t.Helper()
	p, err := siteProtocol()
	if err != nil {
		t.Fatal(err)
	}
	people := sitePeople(p)
	role := roleWith(p, "work", "close", "register")
	g := &neighbours{twoDesks: openDesks(t, p, people, false, "")}
	for i := range n {
		x := neighbour{tenant: fmt.Sprintf("buur%03d", i), mark: fmt.Sprintf("Aanbieder%03dx", i)}
		host := x.tenant + ".example.org"
		if err := g.fill(t.Context(), desk.Tenant{ID: x.tenant, Name: "Gemeente " + x.tenant, Host: host, Protocol: p.About.ID, Phone: "010 000 00 00", Email: "loket@example.org"}, people); err != nil {
			t.Fatal(err)
		}
		posted := complete()
		posted.Set("organisation", x.mark)
		r, err := g.desk.SendReport(t.Context(), loket.Actor{}, desk.ReportForm{Key: g.rand.ID(), Tenant: x.tenant, Form: "report", Posted: posted})
		if err != nil {
			t.Fatal(err)
		}
		x.id = string(r.Case)
		x.reader = g.as(role, x.tenant)
		x.reader.Host, x.reader.Trail = host, nil
		g.all = append(g.all, x)
	}
	g.works(t.Context())
	g.readsThrough(func(a loket.Actor, _ loket.CaseID) loket.Actor { return a }, g.all)
	return g
}

// readsThrough lets readers come through pages over a desk that thinks of them as it says. How
// fast they read is not limited, as of what the machine itself asks.
func (g *neighbours) readsThrough(as func(loket.Actor, loket.CaseID) loket.Actor, readers []neighbour) {
	o := (&walker{twoDesks: g.twoDesks}).mutated(func(_ *walker, a loket.Actor, id loket.CaseID) loket.Actor { return as(a, id) })
	o.Source = func(*http.Request) string { return "" }
	pages := visitor.Inside{Handler: web.New(o)}
	for _, x := range readers {
		x.reader.Transport = pages
	}
}

// objects are ten kinds of things of another organisation that somebody may ask for, at an
// address with the id of its case, and what they send.
func objects(p *protocol.Protocol) []string {
	product := p.Products[0].ID
	return []string{
		"GET /zaak/%s", "GET /zaak/%s/product/" + product, "GET /zaak/%s/toegang", "GET /zaak/%s/formulier/report", "GET /zaak/%s/gedeeld/x/0",
		"GET /berichten/%s/" + product + "/1", "POST /zaak/%s/openen", "POST /zaak/%s/notitie", "POST /zaak/%s/product/" + product + "/vrijgeven", "POST /zaak/%s/behandelaar",
	}
}

// asks gives the answer to one of them, without the id.
func (g *neighbours) asks(x neighbour, object, id string) string {
	method, path, _ := strings.Cut(fmt.Sprintf(object, id), " ")
	body := ""
	if method == http.MethodPost {
		body = said.Encode()
	}
	page, err := x.reader.Once(method, path, body)
	if err != nil {
		return err.Error()
	}
	return strings.ReplaceAll(fmt.Sprint(page.Status, page.Header.Get("Location"), page.Body), id, "ID")
}

// from lets one reader ask for the things of all others. What is another's must answer as what
// is not there, in every byte.
func (g *neighbours) from(x neighbour) {
	unknown := map[string]string{}
	for _, o := range objects(g.told) {
		unknown[o] = g.asks(x, o, "aaaaaaaaaaaaaaaaaaaaaaaaaa")
	}
	var wrong []string
	n := 0
	for _, other := range g.all {
		if other.tenant == x.tenant {
			continue
		}
		for o, want := range unknown {
			n++
			if got := g.asks(x, o, other.id); got != want || !strings.HasPrefix(got, "404") {
				wrong = append(wrong, fmt.Sprintf("%s at %s: %.3s, and %.3s for what is not there", o, other.tenant, got, want))
			}
		}
	}
	lists := ""
	for _, path := range []string{"/werklijst", "/werklijst?lijst=closed", "/bezorging", "/berichten", "/register?jaar=2026", "/cijfers", "/bewaren", "/andere-organisaties"} {
		page, err := x.reader.Get(path)
		lists += fmt.Sprint(err, page.Body)
	}
	near := g.all[0]
	if near.tenant == x.tenant {
		near = g.all[1]
	}
	page, _ := x.reader.Get("/werklijst?zoek=" + url.QueryEscape(near.mark))
	found := strings.Count(strings.ReplaceAll(page.Body, `value="`+near.mark, ""), near.id)
	for _, other := range g.all {
		if other.tenant != x.tenant && (strings.Contains(lists, other.mark) || strings.Contains(lists, other.id)) {
			wrong = append(wrong, "on a list of "+x.tenant+": "+other.mark)
		}
	}
	if found != 0 || !strings.Contains(lists, x.mark) {
		wrong = append(wrong, fmt.Sprintf("%s finds %d of another, and its own: %v", x.tenant, found, strings.Contains(lists, x.mark)))
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.asked, g.wrong = g.asked+n, append(g.wrong, wrong...)
}

// walk lets readers ask, some at once, so that their refusals share a commit.
func (g *neighbours) walk(readers []neighbour) {
	queue := make(chan neighbour)
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			for x := range queue {
				g.from(x)
			}
		})
	}
	for _, x := range readers {
		queue <- x
	}
	close(queue)
	group.Wait()
}

// S03: of 24 organisations at one installation (312 with LOKET_FULL=1) every ordered pair × ten
// kinds of things: nothing of one is shown to another, nor on a list, in a search, a register or a
// figure; what is another's answers as what is not there, byte for byte. No mail crosses.
func TestOrganisationsAreApart(t *testing.T) {
	t.Parallel()
	n := 24
	if full() {
		n = 312
	}
	g := openNeighbours(t, n)
	g.walk(g.all)
	for i, w := range g.wrong {
		if i < 20 {
			t.Error(w)
		}
	}
	for _, m := range g.mails.Messages() {
		for _, x := range g.all {
			if strings.Contains(m.Raw, x.mark) || strings.Contains(m.Raw, x.id) && !strings.Contains(m.Raw, x.tenant+".example.org") {
				t.Errorf("mail to %v holds something of %s", m.To, x.tenant)
			}
		}
	}
	if want := n * (n - 1) * len(objects(g.told)); g.asked != want {
		t.Errorf("asked %d times, want %d", g.asked, want)
	}
	t.Logf("%d organisations, %d pairs, %d questions, %d wrong", n, n*(n-1), g.asked, len(g.wrong))
}

// Control: with the check of organisations gone for one reader, each of their neighbours is found.
func TestOrganisationsAreApartCatches(t *testing.T) {
	t.Parallel()
	g := openNeighbours(t, 4)
	x := g.all[2]
	g.readsThrough(func(a loket.Actor, id loket.CaseID) loket.Actor {
		for _, x := range g.all {
			if strings.HasSuffix(string(id), x.id) {
				a.Tenant = x.tenant
			}
		}
		return a
	}, []neighbour{x})
	g.walk([]neighbour{x})
	if len(g.wrong) < 3 {
		t.Errorf("only %d found: %v", len(g.wrong), g.wrong)
	}
}
