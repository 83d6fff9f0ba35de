// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"example.org/loket"
	"example.org/loket/desk"
)

// device is an authenticator with one key pair, honest unless a test tells it otherwise.
type device struct {
	key     *ecdsa.PrivateKey
	id      []byte
	handle  []byte
	counter uint32

	host, origin string
	flags        byte // 1: somebody is there, 4: it saw who
}

func newDevice(t *testing.T) *device {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return &device{key: key, id: random(32), host: "loket.example.org", origin: "https://loket.example.org", flags: 5}
}

func (d *device) authData(attested []byte) []byte {
	host := sha256.Sum256([]byte(d.host))
	flags := d.flags
	if attested != nil {
		flags |= 0x40
	}
	d.counter++
	return append(binary.BigEndian.AppendUint32(append(host[:], flags), d.counter), attested...)
}

func (d *device) client(t *testing.T, kind string, options string) []byte {
	t.Helper()
	var asked struct{ Challenge string }
	if err := json.Unmarshal([]byte(options), &asked); err != nil {
		t.Fatal(err)
	}
	text, _ := json.Marshal(map[string]any{"type": kind, "challenge": asked.Challenge, "origin": d.origin, "crossOrigin": false})
	return text
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// create answers navigator.credentials.create.
func (d *device) create(t *testing.T, options string) string {
	t.Helper()
	x, y := d.key.PublicKey.X.FillBytes(make([]byte, 32)), d.key.PublicKey.Y.FillBytes(make([]byte, 32))
	public, _ := cbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: x, -3: y})
	attested := append(append(make([]byte, 16), byte(len(d.id)>>8), byte(len(d.id))), append(slices.Clone(d.id), public...)...)
	object, err := cbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": d.authData(attested)})
	if err != nil {
		t.Fatal(err)
	}
	var asked struct{ User struct{ ID string } }
	_ = json.Unmarshal([]byte(options), &asked)
	d.handle, _ = base64.RawURLEncoding.DecodeString(asked.User.ID)
	return d.answer(map[string]any{"clientDataJSON": b64(d.client(t, "webauthn.create", options)), "attestationObject": b64(object)})
}

// get answers navigator.credentials.get.
func (d *device) get(t *testing.T, options string) string {
	t.Helper()
	client, data := d.client(t, "webauthn.get", options), d.authData(nil)
	hash := sha256.Sum256(client)
	sum := sha256.Sum256(append(slices.Clone(data), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, d.key, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return d.answer(map[string]any{"clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signature), "userHandle": b64(d.handle)})
}

func (d *device) answer(response map[string]any) string {
	text, _ := json.Marshal(map[string]any{"id": b64(d.id), "rawId": b64(d.id), "type": "public-key", "response": response, "clientExtensionResults": map[string]any{}})
	return string(text)
}

var mila = loket.Actor{ID: "p1", Name: "Mila Verzonnen", Tenant: "oefening"}

// openNamed is open, at an address where passkeys can be.
func openNamed(t *testing.T) (house, *[]string) {
	t.Helper()
	h, said := open(t, true), &[]string{}
	h.Address = func(context.Context, string) (string, error) { return "https://loket.example.org", nil }
	h.Note = func(_ context.Context, _, person, what, outcome string) {
		*said = append(*said, person+" "+what+" "+outcome)
	}
	return h, said
}

var practice = desk.Tenant{ID: "oefening", Name: "Oefenloket"}

// asks sends a request with cookies and gives the cookies of the answer.
func asks(cookies []*http.Cookie, do func(w http.ResponseWriter, r *http.Request) error) ([]*http.Cookie, error) {
	w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, "/", nil)
	r.RemoteAddr = here
	for _, c := range cookies {
		r.AddCookie(c)
	}
	err := do(w, r)
	return w.Result().Cookies(), err
}

// enrol gives Mila a passkey on a device.
func (h house) enrol(t *testing.T, d *device, password string) error {
	t.Helper()
	var options string
	cookies, err := asks(nil, func(w http.ResponseWriter, r *http.Request) (err error) {
		options, err = h.BeginPasskey(w, r, practice, mila)
		return err
	})
	if err != nil {
		return err
	}
	_, err = asks(cookies, func(w http.ResponseWriter, r *http.Request) error {
		return h.AddPasskey(w, r, mila, password, "laptop", d.create(t, options))
	})
	return err
}

// enter logs in with a device and gives the cookies of the answer; change may spoil what it says.
func (h house) enter(t *testing.T, d *device, change func(string) string) ([]*http.Cookie, error) {
	t.Helper()
	var options string
	cookies, err := asks(nil, func(w http.ResponseWriter, r *http.Request) (err error) {
		options, err = h.PasskeyLogin(w, r, practice)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	answer := d.get(t, options)
	if change != nil {
		answer = change(answer)
	}
	return asks(cookies, func(w http.ResponseWriter, r *http.Request) error { return h.FinishPasskey(w, r, "oefening", answer) })
}

// S11, WebAuthn: a passkey logs its owner in, as strongly as a second factor would, and says
// so in the log.
func TestPasskey(t *testing.T) {
	t.Parallel()
	h, said := openNamed(t)
	d := newDevice(t)
	if err := h.enrol(t, d, "fout wachtwoord"); !errors.Is(err, ErrLogin) {
		t.Errorf("a passkey with a wrong password: %v", err)
	}
	if err := h.enrol(t, d, password); err != nil {
		t.Fatal(err)
	}
	h.Needs = func(context.Context, desk.Person) bool { return true }
	cookies, err := h.enter(t, d, nil)
	if err != nil {
		t.Fatal(err)
	}
	who, in := loket.Actor{}, false
	for _, c := range cookies {
		if c.Name == h.cookieName() {
			who, in = h.who(c)
		}
	}
	if !in || who.ID != "p1" {
		t.Errorf("who is in: %+v", who)
	}
	if want := []string{"p1 login refused", "p1 login.passkey_set done", "p1 login done"}; !slices.Equal(*said, want) {
		t.Errorf("the log says %v, want %v", *said, want)
	}
}

// S11: whatever is wrong with a passkey, the answer is the same and nobody is in. The control
// is the same device with nothing wrong.
func TestPasskeyRefused(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(d *device) func(string) string{
		"nothing":           nil,
		"another host":      func(d *device) func(string) string { d.host = "elders.example.org"; return nil },
		"another origin":    func(d *device) func(string) string { d.origin = "https://elders.example.org"; return nil },
		"owner not seen":    func(d *device) func(string) string { d.flags = 1; return nil },
		"nobody there":      func(d *device) func(string) string { d.flags = 0; return nil },
		"a copied device":   func(d *device) func(string) string { d.counter = 0; return nil },
		"another's handle":  func(d *device) func(string) string { d.handle = passkeyHandle("oefening", "p2"); return nil },
		"another desk's":    func(d *device) func(string) string { d.handle = passkeyHandle("elders", "p1"); return nil },
		"no handle":         func(d *device) func(string) string { d.handle = nil; return nil },
		"unknown key":       func(d *device) func(string) string { d.id = random(32); return nil },
		"another signature": func(d *device) func(string) string { d.key = newDevice(t).key; return nil },
		"no answer":         func(*device) func(string) string { return func(string) string { return "" } },
		"no JSON":           func(*device) func(string) string { return func(string) string { return "{[" } },
		"half an answer":    func(*device) func(string) string { return func(s string) string { return s[:len(s)/2] } },
	} {
		h, _ := openNamed(t)
		d := newDevice(t)
		if err := h.enrol(t, d, password); err != nil {
			t.Fatal(err)
		}
		var change func(string) string
		if spoil != nil {
			change = spoil(d)
		}
		_, err := h.enter(t, d, change)
		if spoil == nil {
			if err != nil {
				t.Errorf("control: an honest device is refused: %v", err)
			}
			continue
		}
		if !errors.Is(err, ErrPasskey) || len(h.store.sessions) > 0 {
			t.Errorf("%s: %v, %d sessions", name, err, len(h.store.sessions))
		}
	}
}

// S04 S11: an answer counts once, a passkey that was taken away or whose owner is blocked
// opens nothing, and a passkey is taken away by its owner only.
func TestPasskeyEnds(t *testing.T) {
	t.Parallel()
	h, _ := openNamed(t)
	d := newDevice(t)
	if err := h.enrol(t, d, password); err != nil {
		t.Fatal(err)
	}
	if _, err := asks(nil, func(w http.ResponseWriter, r *http.Request) error { return h.FinishPasskey(w, r, "oefening", "{}") }); !errors.Is(err, ErrBeginAgain) {
		t.Errorf("an answer to no question: %v", err)
	}
	key := hex.EncodeToString(d.id)
	r := httptest.NewRequest(http.MethodPost, "/", nil)
	_ = h.EndPasskey(r, loket.Actor{ID: "p2", Tenant: "oefening"}, key)
	_ = h.EndPasskey(r, loket.Actor{ID: "p1", Tenant: "elders"}, key)
	if _, err := h.enter(t, d, nil); err != nil {
		t.Errorf("somebody else took the passkey away: %v", err)
	}
	blocked := h.store.accounts["oefening/mila"]
	blocked.Blocked = true
	_ = h.store.PutAccount(t.Context(), blocked)
	if _, err := h.enter(t, d, nil); !errors.Is(err, ErrLogin) {
		t.Errorf("blocked: %v", err)
	}
	blocked.Blocked = false
	_ = h.store.PutAccount(t.Context(), blocked)
	if err := h.ForgetSecond(t.Context(), "oefening", "p1"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.enter(t, d, nil); !errors.Is(err, ErrPasskey) {
		t.Errorf("the passkey outlived the second factor: %v", err)
	}
}

// A passkey needs a place with a name, reached safely.
func TestPasskeyPlace(t *testing.T) {
	t.Parallel()
	h, _ := openNamed(t)
	for base, want := range map[string]bool{"https://loket.example.org": true, "http://loket.example.org": false, "http://127.0.0.1:8080": false,
		"https://[2001:db8::1]": false, "http://rotterdam.localhost:8080": true, "": false} {
		h.Address = func(context.Context, string) (string, error) { return base, nil }
		if got := h.TakesPasskeys(t.Context(), "oefening"); got != want {
			t.Errorf("%q: %v", base, got)
		}
	}
}

// must makes Mila's roles ask for a second factor.
func (h house) must() { h.Needs = func(context.Context, desk.Person) bool { return true } }

// S11, BIO2 5.17.01: who reads personal data sets up a second step before anything opens: a passkey
// will do. It gives recovery codes, and from then on the password alone sets up nothing.
func TestFirstPasskey(t *testing.T) {
	t.Parallel()
	h, said := openNamed(t)
	h.must()
	half := h.halfWay(t)
	if _, in := h.who(half); in {
		t.Fatal("half a login is in")
	}
	step, err := h.SecondStep(withCookies(half), practice)
	if err != nil || !step.Setup || !step.MayPasskey {
		t.Fatalf("%+v, %v", step, err)
	}
	d, options, recovery := newDevice(t), "", []string(nil)
	asked, err := asks([]*http.Cookie{half}, func(w http.ResponseWriter, r *http.Request) (err error) {
		options, err = h.BeginFirstPasskey(w, r, practice)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	answer := d.create(t, options)
	in, err := asks(append(asked, half), func(w http.ResponseWriter, r *http.Request) (err error) {
		recovery, err = h.FinishFirstPasskey(w, r, "oefening", "laptop", answer)
		return err
	})
	if err != nil || len(recovery) != recoveryCodes || !slices.Contains(*said, "p1 login.passkey_set done") {
		t.Fatalf("%v, %d codes, %v", err, len(recovery), *said)
	}
	if _, known := h.who(sessionOf(t, in)); !known {
		t.Error("who set up a passkey is not in")
	}
	h.passwordAlone(t, recovery)
}

// passwordAlone: with a passkey there, name and password set up no other second step; a
// recovery code opens once, and nobody takes the last passkey away.
func (h house) passwordAlone(t *testing.T, recovery []string) {
	t.Helper()
	half := h.halfWay(t)
	if step, err := h.SecondStep(withCookies(half), practice); err != nil || step.Setup || !step.Passkey || step.Secret != "" {
		t.Errorf("the password alone offers %+v, %v", step, err)
	}
	if _, err := asks([]*http.Cookie{half}, func(w http.ResponseWriter, r *http.Request) error {
		_, err := h.BeginFirstPasskey(w, r, practice)
		return err
	}); !errors.Is(err, ErrBeginAgain) {
		t.Errorf("the password alone makes another passkey: %v", err)
	}
	var guessed struct{ Secret []byte }
	if _, _, err := h.ticket(t.Context(), kindSecond, "oefening", half.Value, &guessed); err != nil {
		t.Fatal(err)
	}
	if _, err := h.finish(half, codeAt(guessed.Secret, h.clock.Now().Unix()/30), here); !errors.Is(err, ErrCode) {
		t.Errorf("the password alone sets up an app: %v", err)
	}
	if _, err := h.finish(half, recovery[0], here); err != nil {
		t.Errorf("a recovery code: %v", err)
	}
	if _, err := h.finish(h.halfWay(t), recovery[0], here); !errors.Is(err, ErrCode) {
		t.Errorf("a recovery code twice: %v", err)
	}
	own, err := h.Own(withCookies(), mila)
	if err != nil || len(own.Passkeys) != 1 {
		t.Fatalf("%+v, %v", own, err)
	}
	if err := h.EndPasskey(withCookies(), mila, own.Passkeys[0].Key); !errors.Is(err, errRole) {
		t.Errorf("the last second step was taken away: %v", err)
	}
	if err := h.ForgetSecond(t.Context(), "oefening", "p1"); err != nil {
		t.Fatal(err)
	}
	if step, err := h.SecondStep(withCookies(h.halfWay(t)), practice); err != nil || !step.Setup {
		t.Errorf("after a reset: %+v, %v", step, err)
	}
	if left, _ := h.Store.RecoveryLeft(t.Context(), "oefening", "p1"); left != 0 {
		t.Errorf("%d recovery codes left after a reset", left)
	}
}

// withCookies is a request of a browser that has these.
func withCookies(cookies ...*http.Cookie) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.RemoteAddr = here
	for _, c := range cookies {
		r.AddCookie(c)
	}
	return r
}

// sessionOf finds the cookie of a session.
func sessionOf(t *testing.T, cookies []*http.Cookie) *http.Cookie {
	t.Helper()
	for _, c := range cookies {
		if strings.HasSuffix(c.Name, "loket-sessie") && c.Value != "" {
			return c
		}
	}
	t.Fatal("no session")
	return nil
}
