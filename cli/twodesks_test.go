// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"context"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/testkit"
	"example.org/loket/internal/visitor"
	"example.org/loket/protocol"
	"example.org/loket/store"
	"example.org/loket/web"
	"example.org/loket/work"
)

// twoDesks is the real program with two organisations that work by the same protocol and have
// the same people, so that the only difference between them is whose it is. Its clock stands
// still, its mail is caught, its log is kept.
type twoDesks struct {
	*practice
	t       *testing.T
	pages   http.Handler
	written *journal
	folder  string
	told    *protocol.Protocol
	trail   visitor.Trail
	lists   []string // lists made without persons, as people saw them
}

// The two organisations, and where their desks answer.
const (
	north, south       = "noord", "zuid"
	northHost, southAt = "noord.example.org", "zuid.example.org"
)

var siteNow = time.Date(2026, 3, 28, 15, 0, 0, 0, time.UTC)

var siteProtocol = sync.OnceValues(func() (*protocol.Protocol, error) { return readProtocol("rotterdam") })

// openTwoDesks starts it; the test ends it. In the open is the control: nothing is sealed.
func openTwoDesks(t *testing.T, inTheOpen bool) *twoDesks {
	t.Helper()
	p, err := siteProtocol()
	if err != nil {
		t.Fatal(err)
	}
	return openDesks(t, p, sitePeople(p), inTheOpen, "")
}

// openDesks starts it with any protocol and people, on a database; empty is one in the folder.
func openDesks(t *testing.T, p *protocol.Protocol, people []desk.Person, inTheOpen bool, database string) *twoDesks {
	t.Helper()
	s := &twoDesks{t: t, written: &journal{}, folder: t.TempDir(), told: p}
	if err := privately(s.folder); err != nil {
		t.Fatal(err)
	}
	known := desk.Protocols{}
	known.Add(p)
	var err error
	s.practice, err = openPractice(t.Context(), parts{place: place{Data: s.folder, DB: database}, rand: randomIDs(), protocols: known,
		baseURL: "http://" + northHost, log: slog.New(slog.NewJSONHandler(s.written, nil))}, &hands{at: siteNow}, keptInStory)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.practice.close() })
	if inTheOpen {
		s.unseal(known)
	}
	for id, host := range map[string]string{north: northHost, south: southAt} {
		err := s.fill(t.Context(), desk.Tenant{ID: id, Name: "Gemeente " + id, Host: host, Protocol: p.About.ID, Phone: "010 000 00 00", Email: "loket@example.org"}, people)
		if err != nil {
			t.Fatal(err)
		}
	}
	s.pages = s.house.pages(web.Options{At: s.front(north, "http://"+northHost, "127.0.0.1:1").At, Mailbox: nil})
	return s
}

// unseal gives the desk a sealer that seals nothing.
func (s *twoDesks) unseal(known desk.Protocols) {
	s.t.Helper()
	register, err := store.OpenErasureFile(s.Erasures)
	if err != nil {
		s.t.Fatal(err)
	}
	s.desk = desk.New(desk.Options{Store: s.store, Erasures: register, Sealer: testkit.OpenSealer{}, Rand: s.rand, Clock: s.clock, Protocols: known, BaseURL: "http://" + northHost})
	s.worker = work.New(work.Options{Store: s.store, Sender: noMail{}, Desk: s.desk, Clock: s.clock, Log: s.log})
}

// sitePeople are one person for each role with an account, known by the role.
func sitePeople(p *protocol.Protocol) []desk.Person {
	var out []desk.Person
	for _, role := range p.Roles {
		out = append(out, desk.Person{ID: "p-" + strings.ReplaceAll(role.ID, "_", "-"), Name: "Persoon " + role.ID, Email: role.ID + "@example.org", Roles: []string{role.ID}})
	}
	return out
}

// stranger is a browser that nobody knows.
func (s *twoDesks) stranger(host string) *visitor.Browser {
	return &visitor.Browser{Transport: visitor.Inside{Handler: s.pages}, Host: host, Trail: &s.trail, Cookies: map[string]string{}}
}

// as is a browser in which somebody with this role is logged in.
func (s *twoDesks) as(role, tenant string) *visitor.Browser {
	s.t.Helper()
	return s.person("p-"+strings.ReplaceAll(role, "_", "-"), tenant)
}

// person is a browser in which this person is logged in.
func (s *twoDesks) person(person, tenant string) *visitor.Browser {
	s.t.Helper()
	b := s.stranger(map[string]string{north: northHost, south: southAt}[tenant])
	token := fmt.Sprintf("%s-%s-%s", tenant, person, loket.System(tenant).ID)
	id := sha256.Sum256([]byte(token))
	err := s.store.PutSession(s.t.Context(), desk.Session{ID: id[:], Tenant: tenant, Person: person, Started: s.clock.Now(), Seen: s.clock.Now()})
	if err != nil {
		s.t.Fatal(err)
	}
	b.Cookies["loket-sessie"] = token
	return b
}

// works does all that is due.
func (s *twoDesks) works(ctx context.Context) {
	s.t.Helper()
	if _, err := s.worker.Step(ctx); err != nil {
		s.t.Fatal(err)
	}
}

// must gives the page, or ends the test.
func (s *twoDesks) must(page visitor.Page, err error) visitor.Page {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
	return page
}

// roleWith is the first role that may do all of these.
func roleWith(p *protocol.Protocol, actions ...string) string {
	for _, r := range p.Roles {
		if !slices.ContainsFunc(actions, func(a string) bool { return !slices.Contains(r.May, a) }) {
			return r.ID
		}
	}
	return ""
}

// privately makes a test's folder one that only its owner may enter.
func privately(folder string) error { return os.Chmod(folder, 0o700) }
