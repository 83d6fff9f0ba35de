// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"example.org/loket/desk"
)

// liar is a provider that gives out whatever token a test makes.
type liar struct {
	url    string
	key    *rsa.PrivateKey
	answer map[string]any // of the token endpoint
	asked  url.Values     // of it, the last time
}

func newLiar(t *testing.T) *liar {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	l := &liar{key: key}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(map[string]any{"issuer": l.url, "authorization_endpoint": l.url + "/auth", "token_endpoint": l.url + "/token", "jwks_uri": l.url + "/keys",
			"end_session_endpoint": l.url + "/end", "id_token_signing_alg_values_supported": []string{"RS256", "HS256", "none"}})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: &key.PublicKey, KeyID: "k", Algorithm: "RS256", Use: "sig"}}})
	})
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		l.asked = r.PostForm
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(l.answer)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	l.url = server.URL
	return l
}

type claims = map[string]any

func part(v any) string {
	raw, _ := json.Marshal(v)
	return base64.RawURLEncoding.EncodeToString(raw)
}

// signed makes a token as an honest provider does.
func signed(key *rsa.PrivateKey, header, c claims) string {
	head := part(header) + "." + part(c)
	sum := sha256.Sum256([]byte(head))
	signature, _ := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	return head + "." + base64.RawURLEncoding.EncodeToString(signature)
}

// shared signs with a shared secret.
func shared(secret []byte, c claims) string {
	head := part(claims{"alg": "HS256", "kid": "k"}) + "." + part(c)
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(head))
	return head + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

var honest = claims{"alg": "RS256", "kid": "k"}

// attempt logs in with a token made by forge from honest claims; ok tells whether it was let in.
func (l *liar) attempt(t *testing.T, f *front, forge func(claims) any) (ok bool, err error) {
	t.Helper()
	w := httptest.NewRecorder()
	address, err := f.Begin(w, httptest.NewRequest(http.MethodGet, "/", nil), "oefening", "liar", "/")
	if err != nil {
		t.Fatal(err)
	}
	asked, _ := url.Parse(address)
	now := f.clock.Now()
	good := claims{"iss": l.url, "aud": "desk", "sub": "mila", "nonce": asked.Query().Get("nonce"), "iat": now.Unix(), "exp": now.Add(time.Minute).Unix(), "acr": "high", "tid": "noord"}
	l.answer = claims{"access_token": "a", "token_type": "Bearer", "id_token": forge(good)}
	r := httptest.NewRequest(http.MethodGet, "/inloggen/terug/liar?code=c&state="+asked.Query().Get("state"), nil)
	for _, cookie := range w.Result().Cookies() {
		r.AddCookie(cookie)
	}
	w = httptest.NewRecorder()
	_, err = f.Return(w, r, "oefening", "liar")
	for _, cookie := range w.Result().Cookies() {
		if cookie.Name == "loket-sessie" && cookie.MaxAge > 0 {
			ok = true
		}
	}
	return ok, err
}

func liarFront(t *testing.T) (*front, *liar) {
	t.Helper()
	f, l := openFront(t), newLiar(t)
	f.add(t, &Provider{ID: "liar", Issuer: l.url, ACR: []string{"high"}, Require: map[string][]string{"tid": {"noord"}}})
	_, _ = f.store.AddLink(t.Context(), desk.Link{Tenant: "oefening", Issuer: l.url, Subject: "mila", Person: "p1"})
	return f, l
}

// wrongClaims are values of claims that no token may have.
func wrongClaims(now time.Time, issuer string) map[string][]any {
	at := func(d time.Duration) any { return now.Add(d).Unix() }
	return map[string][]any{
		"iss":        {nil, "", issuer + "/", issuer + "/x", strings.ToUpper(issuer), "https://elders.example.org", " " + issuer, []string{issuer}, 1},
		"aud":        {nil, "", "other", "desk ", "DESK", []string{}, []string{"other"}, []string{"desk", "other"}, []string{"other", "desk"}, 1, claims{"desk": 1}},
		"azp":        {"other", "", "DESK", 1, nil, []string{"desk"}},
		"nonce":      {nil, "", "x", newToken(), 1, []string{"x"}},
		"exp":        {nil, 0, -1, at(-time.Second), at(-time.Hour), at(-10000 * time.Hour), "tomorrow"},
		"iat":        {nil, 0, at(skew + time.Second), at(time.Hour), at(-time.Hour), at(-24 * time.Hour), "now"},
		"nbf":        {at(skew + time.Second), at(time.Hour), "later"},
		"sub":        {nil, "", "milA", "mila ", "bram", 1, []string{"mila"}, claims{"id": "mila"}, strings.Repeat("m", 300), true},
		"acr":        {nil, "", "low", "HIGH", "high ", 1, []string{}, []string{"low"}, claims{"high": true}},
		"tid":        {nil, "", "zuid", "NOORD", []string{"zuid"}, 0, false},
		"represents": {"zuid", claims{"sub": "x"}, []string{"zuid"}, true, ""},
		"at_hash":    {"x", newToken(), "AAAAAAAAAAAAAAAAAAAAAA"},
	}
}

// forgeries are tokens with good claims that nobody vouches for.
func forgeries(l *liar) map[string]func(claims) any {
	other, _ := rsa.GenerateKey(rand.Reader, 2048)
	der, _ := x509.MarshalPKIXPublicKey(&l.key.PublicKey)
	out := map[string]func(claims) any{
		"another key":               func(c claims) any { return signed(other, honest, c) },
		"another key, another name": func(c claims) any { return signed(other, claims{"alg": "RS256", "kid": "z"}, c) },
		"another key, no name":      func(c claims) any { return signed(other, claims{"alg": "RS256"}, c) },
		"a key of its own": func(c claims) any {
			return signed(other, claims{"alg": "RS256", "jwk": jose.JSONWebKey{Key: &other.PublicKey}}, c)
		},
		"a key elsewhere": func(c claims) any { return signed(other, claims{"alg": "RS256", "jku": "http://127.0.0.1:1/keys"}, c) },
		"says PS256":      func(c claims) any { return signed(l.key, claims{"alg": "PS256", "kid": "k"}, c) },
		"says RS512":      func(c claims) any { return signed(l.key, claims{"alg": "RS512", "kid": "k"}, c) },
		"an extension it must know": func(c claims) any {
			return signed(l.key, claims{"alg": "RS256", "kid": "k", "crit": []string{"x"}, "x": 1}, c)
		},
		"the public key as a secret":  func(c claims) any { return shared(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), c) },
		"the bytes of the public key": func(c claims) any { return shared(der, c) },
		"the modulus as a secret":     func(c claims) any { return shared(l.key.N.Bytes(), c) },
		"the secret of the desk":      func(c claims) any { return shared([]byte(realSecret), c) },
		"an empty secret":             func(c claims) any { return shared(nil, c) },
		"no token":                    func(claims) any { return nil },
		"an empty token":              func(claims) any { return "" },
		"no text":                     func(claims) any { return 1 },
		"only claims":                 func(c claims) any { return part(c) },
		"two parts":                   func(c claims) any { return part(honest) + "." + part(c) },
		"four parts":                  func(c claims) any { return signed(l.key, honest, c) + ".x" },
		"no claims":                   func(claims) any { return signed(l.key, honest, claims{}) },
		"JSON form":                   func(c claims) any { return `{"payload":"` + part(c) + `","signatures":[]}` },
	}
	for _, none := range []string{"none", "None", "NONE", "nOnE", "", "null"} {
		out["alg "+none] = func(c claims) any { return part(claims{"alg": none}) + "." + part(c) + "." }
		out["signed, alg "+none] = func(c claims) any { return signed(l.key, claims{"alg": none, "kid": "k"}, c) }
	}
	for i := range 60 { // one character of the signature, then of the claims, is another
		out[fmt.Sprint("signature changed at ", i)] = func(c claims) any { return changed(signed(l.key, honest, c), 2, i*5) }
		out[fmt.Sprint("claims changed at ", i)] = func(c claims) any { return changed(signed(l.key, honest, c), 1, i*3) }
	}
	return out
}

func changed(token string, which, at int) string {
	parts := strings.Split(token, ".")
	b := []byte(parts[which])
	at %= len(b) - 1 // the last character may hold bits that do not count
	if b[at] == 'A' {
		b[at] = 'B'
	} else {
		b[at] = 'A'
	}
	parts[which] = string(b)
	return strings.Join(parts, ".")
}

// S12: more than 200 broken tokens, none accepted; all get one and the same answer.
// Control: before each one the same token, unbroken, is.
func TestBrokenTokens(t *testing.T) {
	t.Parallel()
	f, l := liarFront(t)
	cases := forgeries(l)
	for name, values := range wrongClaims(f.clock.Now(), l.url) {
		for i, value := range values {
			cases[fmt.Sprintf("%s %d: %v", name, i, value)] = func(c claims) any {
				c = maps.Clone(c)
				c[name] = value
				if value == nil {
					delete(c, name)
				}
				if name == "azp" && value == nil {
					c["aud"] = []string{"desk", "desk2"}
				}
				return signed(l.key, honest, c)
			}
		}
	}
	if len(cases) < 200 {
		t.Errorf("only %d", len(cases))
	}
	for name, forge := range cases {
		if in, err := l.attempt(t, f, forge); in || !errors.Is(err, ErrProvider) && !strings.HasPrefix(name, "sub ") {
			t.Errorf("%s: in %v, %v", name, in, err)
		}
	}
	for name, more := range map[string]claims{"plain": nil, "several audiences with azp": {"aud": []string{"other", "desk"}, "azp": "desk"}, "several levels": {"acr": []string{"low", "high"}}} {
		in, err := l.attempt(t, f, func(c claims) any {
			maps.Copy(c, more)
			return signed(l.key, honest, c)
		})
		if !in || err != nil {
			t.Errorf("control, %s: in %v, %v", name, in, err)
		}
	}
	if strings.Contains(f.log.String(), "mila") {
		t.Error("a subject in the log")
	}
}

// standards §1.3: the client proves who it is by a signature, with no secret to share.
func TestPrivateKeyJWT(t *testing.T) {
	t.Parallel()
	f, l := liarFront(t)
	key, _ := rsa.GenerateKey(rand.Reader, 2048)
	f.Providers[0].Key, f.Providers[0].KeyID = key, "ours"
	if in, err := l.attempt(t, f, func(c claims) any { return signed(l.key, honest, c) }); !in {
		t.Fatal(err)
	}
	token, err := jose.ParseSigned(l.asked.Get("client_assertion"), []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		t.Fatal(err)
	}
	said, err := token.Verify(&key.PublicKey)
	if err != nil || !strings.Contains(string(said), `"aud":"`+l.url+`/token"`) || !strings.Contains(string(said), `"iss":"desk"`) {
		t.Errorf("%s, %v", said, err)
	}
	if l.asked.Has("client_secret") || len(l.asked.Get("code_verifier")) != 43 {
		t.Errorf("sent %v", l.asked)
	}
}

// A provider must be reached safely, must be known to this tenant, and offers a way out.
func TestProviders(t *testing.T) {
	t.Parallel()
	for _, p := range []*Provider{
		{ID: "X", Title: "x", ClientID: "c", Secret: "s", Issuer: "https://a.example.org"},
		{ID: "x", ClientID: "c", Secret: "s", Issuer: "https://a.example.org"},
		{ID: "x", Title: "x", ClientID: "c", Issuer: "https://a.example.org"},
		{ID: "x", Title: "x", ClientID: "c", Secret: "s", Issuer: "http://a.example.org"},
		{ID: "x", Title: "x", ClientID: "c", Secret: "s", Issuer: "https://a.example.org", ACR: []string{"a"}, Strong: []string{"b"}},
	} {
		if p.Check() == nil {
			t.Errorf("accepted %+v", p)
		}
	}
	f, l := liarFront(t)
	f.Providers[0].Tenant = "elders"
	if len(f.Offered("oefening")) != 0 || len(f.Offered("elders")) != 1 {
		t.Error("a provider of another organisation is offered")
	}
	if _, err := f.Begin(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil), "oefening", "liar", "/"); err == nil {
		t.Error("a provider of another organisation was used")
	}
	title, address := f.Leave(httptest.NewRequest(http.MethodGet, "/", nil), "elders", "liar")
	if title != "Gemeente Noord" || !strings.HasPrefix(address, l.url+"/end?client_id=desk&post_logout_redirect_uri="+url.QueryEscape(f.url+"/inloggen")) {
		t.Errorf("out at %q %q", title, address)
	}
}
