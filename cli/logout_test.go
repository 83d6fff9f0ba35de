// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"bytes"
	"context"
	crand "crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/crypto"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// issuer is a complete OpenID Connect provider. When a session ends there it tells the desk:
// the token is made by the provider's own library and signed with the key under which it
// signs logins, and goes from its server to the desk's over HTTP.
type issuer struct {
	*storage.Storage
	http.Handler
	url     string
	tell    string // the address for logout tokens that the desk was registered with
	change  func(*oidc.LogoutTokenClaims)
	again   bool   // send the token of the time before once more
	sent    string // the last token
	status  int    // what the desk answered
	idToken string // of the last login
}

// ServeHTTP keeps the token of a login, with which a browser logs out at the provider.
func (i *issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	kept := httptest.NewRecorder()
	i.Handler.ServeHTTP(kept, r)
	var answer struct {
		IDToken string `json:"id_token"`
	}
	if json.Unmarshal(kept.Body.Bytes(), &answer) == nil && answer.IDToken != "" {
		i.idToken = answer.IDToken
	}
	for name, values := range kept.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(kept.Code)
	_, _ = io.Copy(w, bytes.NewReader(kept.Body.Bytes()))
}

// TerminateSession is what the provider does when somebody logs out there.
func (i *issuer) TerminateSession(ctx context.Context, person, client string) error {
	if err := i.Storage.TerminateSession(ctx, person, client); err != nil {
		return err
	}
	if !i.again {
		key, err := i.SigningKey(ctx)
		if err != nil {
			return err
		}
		signer, err := op.SignerFromKey(key)
		if err != nil {
			return err
		}
		what := oidc.NewLogoutTokenClaims(i.url, person, oidc.Audience{client}, time.Now().Add(2*time.Minute), crand.Text(), "", 0)
		if i.change != nil {
			i.change(what)
		}
		if i.sent, err = crypto.Sign(what, signer); err != nil {
			return err
		}
	}
	answer, err := http.PostForm(i.tell, url.Values{"logout_token": {i.sent}})
	if err != nil {
		return err
	}
	i.status = answer.StatusCode
	return answer.Body.Close()
}

// leaves logs out at the provider, as a browser does there.
func (i *issuer) leaves(t *testing.T) int {
	t.Helper()
	i.status = 0
	answer, err := http.Get(i.url + "/end_session?" + url.Values{"id_token_hint": {i.idToken}}.Encode())
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	return i.status
}

// providedDesk is a running desk that mila comes into through a provider.
func providedDesk(t *testing.T) (*running, *issuer) {
	t.Helper()
	at := &issuer{}
	server := httptest.NewServer(at)
	t.Cleanup(server.Close)
	at.url = server.URL
	folder := t.TempDir()
	secret, file, data := filepath.Join(folder, "secret"), filepath.Join(folder, "providers.yaml"), filepath.Join(folder, "d")
	for name, text := range map[string]string{secret: "geheim", file: "providers:\n  - {id: noord, title: Gemeente Noord, issuer: '" + at.url + "', client_id: loket, client_secret_file: " + secret + "}\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{
		{"desk", "set", "--id", "noord", "--name", "Gemeente Noord", "--protocol", "rotterdam", "--phone", "010 000 00 00"},
		{"person", "set", "--id", "mila", "--name", "Mila Verzonnen", "--role", "desk_officer"},
		{"person", "link", "mila", "--issuer", at.url, "--subject", "id1"},
	} {
		if status, out, err := typed(t, append(args, "--data", data)...); status != exitOK {
			t.Fatalf("%v: %s%s", args, out, err)
		}
	}
	front := &httputil.ReverseProxy{} // so that the address is known before the desk runs
	outside := httptest.NewServer(front)
	t.Cleanup(outside.Close)
	r := serving(t, "Noord", "serve", "--data", data, "--addr", "127.0.0.1:0", "--base-url", outside.URL, "--second-factor", "off", "--providers", file)
	behind, _ := url.Parse(address.FindString(r.out.String()))
	front.Rewrite = func(p *httputil.ProxyRequest) {
		p.SetURL(behind)
		p.Out.Host = p.In.Host
	}
	r.url = outside.URL
	at.Storage = storage.NewStorageWithClients(storage.NewUserStore(at.url),
		map[string]*storage.Client{"loket": storage.WebClient("loket", "geheim", r.url+"/inloggen/terug/noord")})
	at.Handler = exampleop.SetupServer(at.url, at, slog.New(slog.DiscardHandler), false, op.WithAllowInsecure())
	at.tell = r.url + "/inloggen/afmelden/noord"
	return r, at
}

// through logs mila in at the provider.
func (i *issuer) through(t *testing.T, r *running) *http.Client {
	t.Helper()
	jar, _ := cookiejar.New(nil)
	b := &http.Client{Jar: jar}
	_, _, at := get(t, b, r.url+"/inloggen/via/noord")
	sendForm(t, b, i.url+"/login/username", url.Values{"username": {"test-user@127.0.0.1"}, "password": {"verysecure"}, "id": {at.Query().Get("authRequestID")}})
	if !inside(t, b, r.url) {
		t.Fatalf("the login through the provider failed: %s", r.err.String())
	}
	return b
}

// OpenID Connect Back-Channel Logout 1.0, ASVS 7.6.1 10.5.5: a complete provider ends a session
// and tells the running desk; the session here is over at its next request. Controls: a token
// of the same provider for another client, one that is over, one made too long ago and one
// that was used before end nothing, and are answered with 400.
func TestProviderEndsSessionItself(t *testing.T) {
	t.Parallel()
	r, at := providedDesk(t)
	mila := at.through(t, r)
	for what, change := range map[string]func(*oidc.LogoutTokenClaims){
		"for another client": func(c *oidc.LogoutTokenClaims) { c.Audience = oidc.Audience{"elders"} },
		"over":               func(c *oidc.LogoutTokenClaims) { c.Expiration = oidc.FromTime(time.Now().Add(-time.Minute)) },
		"made too long ago":  func(c *oidc.LogoutTokenClaims) { c.IssuedAt = oidc.FromTime(time.Now().Add(-time.Hour)) },
		"no logout":          func(c *oidc.LogoutTokenClaims) { c.Events = nil },
	} {
		at.change = change
		if status := at.leaves(t); status != http.StatusBadRequest || !inside(t, mila, r.url) {
			t.Errorf("a token %s: %d", what, status)
		}
	}
	at.change = nil
	if status := at.leaves(t); status != http.StatusOK || inside(t, mila, r.url) {
		t.Fatalf("the provider says that the session is over: %d; %s", status, r.err.String())
	}
	used := at.sent
	mila = at.through(t, r)
	at.again, at.sent = true, used
	if status := at.leaves(t); status != http.StatusBadRequest || !inside(t, mila, r.url) {
		t.Errorf("a token that was used before: %d", status)
	}
	at.again = false
	if status := at.leaves(t); status != http.StatusOK || inside(t, mila, r.url) {
		t.Errorf("control: a new token: %d", status)
	}
	if strings.Contains(r.err.String(), "id1") || strings.Contains(r.err.String(), used) {
		t.Error("a person or a token in the log")
	}
}
