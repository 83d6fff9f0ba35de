// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/op"

	"example.org/loket"
	"example.org/loket/desk"
)

// sure gives every login at the provider a level of assurance, as brokers do.
type sure struct {
	*storage.Storage
	acr string
}

type sureRequest struct {
	op.AuthRequest
	acr string
}

func (r sureRequest) GetACR() string { return r.acr }

func (s sure) AuthRequestByID(ctx context.Context, id string) (op.AuthRequest, error) {
	r, err := s.Storage.AuthRequestByID(ctx, id)
	return sureRequest{r, s.acr}, err
}

func (s sure) AuthRequestByCode(ctx context.Context, code string) (op.AuthRequest, error) {
	r, err := s.Storage.AuthRequestByCode(ctx, code)
	return sureRequest{r, s.acr}, err
}

// later is a handler that is set after its server has an address.
type later struct{ http.Handler }

const realSecret = "secret-of-the-desk"

var register sync.Mutex // the provider's list of clients is one for the program

// realProvider starts a complete OpenID Connect provider that sends people back to back.
func realProvider(t *testing.T, acr, back string) (issuer string) {
	t.Helper()
	h := &later{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	register.Lock()
	defer register.Unlock()
	client := storage.WebClient("desk", realSecret, back)
	kept := storage.NewStorageWithClients(storage.NewUserStore(server.URL), map[string]*storage.Client{"desk": client})
	h.Handler = exampleop.SetupServer(server.URL, sure{kept, acr}, slog.New(slog.DiscardHandler), false, op.WithAllowInsecure())
	return server.URL
}

// front is a desk that only logs in, over HTTP.
type front struct {
	house
	url  string
	errs chan error
}

func openFront(t *testing.T) *front {
	t.Helper()
	f := &front{house: open(t, false), errs: make(chan error, 100)}
	f.clock.at = time.Now()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /inloggen/via/{id}", func(w http.ResponseWriter, r *http.Request) {
		to, err := f.Begin(w, r, "oefening", r.PathValue("id"), "/zaak/1")
		f.answer(w, r, to, err)
	})
	mux.HandleFunc("GET /inloggen/terug/{id}", func(w http.ResponseWriter, r *http.Request) {
		to, err := f.Return(w, r, "oefening", r.PathValue("id"))
		f.answer(w, r, to, err)
	})
	mux.HandleFunc("GET /uitnodiging/{code}", func(w http.ResponseWriter, r *http.Request) {
		f.answer(w, r, "/klaar", f.Accept(w, r, "oefening", r.PathValue("code")))
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		a, _ := f.Actor(r)
		_, _ = io.WriteString(w, a.ID+" at "+r.URL.Path)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	f.url = server.URL
	f.Address = func(context.Context, string) (string, error) { return f.url, nil }
	return f
}

func (f *front) answer(w http.ResponseWriter, r *http.Request, to string, err error) {
	if err != nil {
		f.errs <- err
		w.WriteHeader(http.StatusTeapot)
		return
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// add makes a provider known to the desk.
func (f *front) add(t *testing.T, p *Provider) *Provider {
	t.Helper()
	if p.Secret == "" {
		p.Secret = realSecret
	}
	p.ClientID, p.Title = "desk", "Gemeente Noord"
	if err := p.Check(); err != nil {
		t.Fatal(err)
	}
	f.Providers = append(f.Providers, p)
	return p
}

// surfer is a browser with cookies that follows nothing by itself.
func surfer() *http.Client {
	jar, _ := cookiejar.New(nil)
	return &http.Client{Jar: jar}
}

func fetch(t *testing.T, c *http.Client, address string) (at *url.URL, body string) {
	t.Helper()
	answer, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, _ := io.ReadAll(answer.Body)
	return answer.Request.URL, string(text)
}

// throughReal logs in at the real provider; it gives where the browser ends.
func throughReal(t *testing.T, f *front, c *http.Client, id string) string {
	t.Helper()
	at, _ := fetch(t, c, f.url+"/inloggen/via/"+id)
	answer, err := c.PostForm((&url.URL{Scheme: at.Scheme, Host: at.Host, Path: "/login/username"}).String(),
		url.Values{"username": {"test-user@127.0.0.1"}, "password": {"verysecure"}, "id": {at.Query().Get("authRequestID")}})
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, _ := io.ReadAll(answer.Body)
	return string(text)
}

func (f *front) failure(t *testing.T) error {
	t.Helper()
	select {
	case err := <-f.errs:
		return err
	default:
		t.Error("nothing was refused")
		return nil
	}
}

// S12 standards §1.3: code flow with PKCE and nonce at a complete provider. The first login
// needs an invitation; after that issuer and subject are enough. The level of assurance counts.
func TestLoginAtARealProvider(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	p := f.add(t, &Provider{ID: "noord", Issuer: realProvider(t, "substantial", f.url+"/inloggen/terug/noord"), ACR: []string{"substantial"}, Strong: []string{"substantial"}, Scopes: []string{"profile", "email"}})
	mila := f.store.people["oefening/p1"]
	mila.Email = "test-user@zitadel.ch" // the same address as at the provider: no reason to let in
	f.store.people["oefening/p1"] = mila

	browser := surfer()
	if got := throughReal(t, f, browser, "noord"); strings.Contains(got, " at ") {
		t.Fatalf("somebody without a link came in: %s", got)
	}
	if err := f.failure(t); !strings.Contains(err.(*loket.Error).Message.NL, "id1") {
		t.Errorf("the mark to give the administrator is missing: %v", err)
	}
	code, err := f.Invite(t.Context(), loket.Actor{Tenant: "oefening", ID: "admin"}, "p1")
	if err != nil {
		t.Fatal(err)
	}
	fetch(t, browser, f.url+"/uitnodiging/"+code)
	if got := throughReal(t, f, browser, "noord"); got != "p1 at /zaak/1" {
		t.Fatalf("with an invitation: %q, %v", got, f.failure(t))
	}
	if got := throughReal(t, f, surfer(), "noord"); got != "p1 at /zaak/1" {
		t.Fatalf("with a link: %q", got)
	}
	for _, session := range f.store.sessions {
		if !session.Strong || session.Provider != "noord" {
			t.Errorf("session %+v", session)
		}
	}
	if strings.Contains(f.log.String(), "id1") || strings.Contains(f.log.String(), code) {
		t.Errorf("a person in the log: %s", f.log)
	}
	p.ACR = []string{"high"}
	if got := throughReal(t, f, surfer(), "noord"); strings.Contains(got, " at ") || !errors.Is(f.failure(t), ErrProvider) {
		t.Errorf("too low a level came in: %q", got)
	}
}

// S12: a code counts once, only in the browser that began, and only for the provider it came from.
func TestAnswersOfARealProvider(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	issuer := realProvider(t, "", f.url+"/inloggen/terug/noord")
	f.add(t, &Provider{ID: "noord", Issuer: issuer})
	f.add(t, &Provider{ID: "zuid", Issuer: realProvider(t, "", f.url+"/inloggen/terug/zuid")})
	_, _ = f.store.AddLink(t.Context(), desk.Link{Tenant: "oefening", Issuer: issuer, Subject: "id1", Person: "p1"})

	var answer string // the answer of the provider, before the desk sees it
	thief, victim := surfer(), surfer()
	hold := func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.Path, "/inloggen/terug/") {
			answer = r.URL.String()
			return http.ErrUseLastResponse
		}
		return nil
	}
	victim.CheckRedirect = hold
	throughReal(t, f, victim, "noord")
	victim.CheckRedirect = nil
	refused := func(what string, c *http.Client, address string) {
		t.Helper()
		if _, body := fetch(t, c, address); strings.Contains(body, "p1 at") {
			t.Errorf("%s: let in", what)
		}
		if err := f.failure(t); !errors.Is(err, ErrProvider) {
			t.Errorf("%s: %v", what, err)
		}
	}
	refused("another browser", thief, answer)
	thief.CheckRedirect = hold
	kept := answer
	throughReal(t, f, thief, "noord") // the thief has a login of his own under way
	thief.CheckRedirect = nil
	refused("a code of somebody else", thief, kept)
	if _, body := fetch(t, victim, kept); body != "p1 at /zaak/1" {
		t.Fatalf("control: the rightful browser: %q", body)
	}
	refused("the same answer again", victim, kept)

	victim.CheckRedirect = hold
	throughReal(t, f, victim, "noord")
	victim.CheckRedirect = nil
	refused("an answer brought to another provider's door", victim, strings.Replace(answer, "/terug/noord", "/terug/zuid", 1))
	throughRealHeld := func() string {
		victim.CheckRedirect = hold
		defer func() { victim.CheckRedirect = nil }()
		throughReal(t, f, victim, "noord")
		return answer
	}
	refused("another issuer in the answer", victim, throughRealHeld()+"&iss="+url.QueryEscape("https://evil.example.org"))
	u, _ := url.Parse(throughRealHeld())
	query := u.Query()
	query.Set("state", query.Get("state")+"x")
	u.RawQuery = query.Encode()
	refused("another state", victim, u.String())
	f.clock.move(flowKept)
	refused("too late", victim, kept)
}

// S12: the code is nothing without the verifier of the browser that began (PKCE).
func TestPKCE(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	issuer := realProvider(t, "", f.url+"/inloggen/terug/noord")
	f.add(t, &Provider{ID: "noord", Issuer: issuer})
	at, _ := fetch(t, surfer(), f.url+"/inloggen/via/noord")
	if at.Host == "" || !strings.HasPrefix(issuer, "http://"+at.Host) {
		t.Fatalf("not sent to the provider: %s", at)
	}
	r := httptest.NewRequest(http.MethodGet, "/inloggen/via/noord", nil)
	address, err := f.Begin(httptest.NewRecorder(), r, "oefening", "noord", "/")
	if err != nil {
		t.Fatal(err)
	}
	u, _ := url.Parse(address)
	q := u.Query()
	if q.Get("code_challenge_method") != "S256" || len(q.Get("code_challenge")) != 43 || q.Get("response_type") != "code" || q.Get("nonce") == "" || len(q.Get("state")) < 40 || q.Get("nonce") == q.Get("state") {
		t.Errorf("asked %v", q)
	}
	for _, k := range f.store.tickets {
		for _, secret := range []string{q.Get("state"), q.Get("nonce")} {
			if strings.Contains(string(k.Sealed)+string(k.ID), secret) {
				t.Error("the login under way can be read in the database")
			}
		}
	}
}
