// SPDX-License-Identifier: EUPL-1.2

package seal

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

type tinkHandle = keyset.Handle

// keyService speaks the part of the transit API of OpenBao and Vault that a root key needs.
type keyService struct {
	mu       sync.Mutex
	versions []tink.AEAD
	oldest   int  // version that still opens
	careless bool // control: ignores associated data
	asked    int
}

const serviceToken = "s.verzonnen"

func startService(t *testing.T) (*keyService, string) {
	s := &keyService{oldest: 1}
	s.add()
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, "vault:" + server.URL + "/team/transit/keys/loket"
}

func (s *keyService) add() {
	h, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		panic(err)
	}
	a, err := aead.New(h)
	if err != nil {
		panic(err)
	}
	s.versions = append(s.versions, a)
}

func (s *keyService) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	path, ok := strings.CutPrefix(r.URL.Path, "/v1/team/transit/")
	if !ok || r.Header.Get("X-Vault-Token") != serviceToken {
		http.Error(w, `{"errors":["permission denied"]}`, http.StatusForbidden)
		return
	}
	var in struct {
		Plaintext  string `json:"plaintext"`
		Ciphertext string `json:"ciphertext"`
		Place      string `json:"associated_data"`
		Oldest     int    `json:"min_decryption_version"`
	}
	_ = json.NewDecoder(r.Body).Decode(&in)
	if s.careless {
		in.Place = ""
	}
	data, err := map[string]any{}, error(nil)
	switch r.Method + " " + path {
	case "POST encrypt/loket":
		data["ciphertext"], err = s.encrypt(in.Plaintext, in.Place)
	case "POST decrypt/loket":
		data["plaintext"], err = s.decrypt(in.Ciphertext, in.Place)
	case "POST keys/loket/rotate":
		s.add()
	case "GET keys/loket":
		data["latest_version"] = len(s.versions)
	case "POST keys/loket/config":
		s.oldest = in.Oldest
	default:
		err = fmt.Errorf("no such path")
	}
	if err != nil {
		http.Error(w, `{"errors":["`+err.Error()+`"]}`, http.StatusBadRequest)
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"data": data})
}

func (s *keyService) encrypt(plain, place string) (string, error) {
	raw, err := base64.StdEncoding.DecodeString(plain)
	if err != nil {
		return "", err
	}
	sealed, err := s.versions[len(s.versions)-1].Encrypt(raw, []byte(place))
	return fmt.Sprintf("vault:v%d:%s", len(s.versions), base64.StdEncoding.EncodeToString(sealed)), err
}

func (s *keyService) decrypt(sealed, place string) (string, error) {
	var version int
	var rest string
	if _, err := fmt.Sscanf(sealed, "vault:v%d:%s", &version, &rest); err != nil || version < s.oldest || version > len(s.versions) {
		return "", fmt.Errorf("ciphertext or signature version is disallowed by policy (too old)")
	}
	raw, err := base64.StdEncoding.DecodeString(rest)
	if err != nil {
		return "", err
	}
	plain, err := s.versions[version-1].Decrypt(raw, []byte(place))
	return base64.StdEncoding.EncodeToString(plain), err
}

func token() (string, error) { return serviceToken, nil }

// design §6: a root key may stay inside OpenBao or Vault. Everything works as with a file, also
// a change of keys; the service is asked per organisation, not per case.
func TestRootKeyInAKeyService(t *testing.T) {
	t.Parallel()
	service, address := startService(t)
	root, err := RootAt(ctx, address, token)
	if err != nil {
		t.Fatal(err)
	}
	store := Memory()
	k := NewKeyring(root, store)
	texts := many(t, k)
	asked := service.asked
	for _, x := range texts {
		k.cases.drop(x.key)
		if plain, err := k.Open(ctx, x.key, x.place, x.text); err != nil || string(plain) != canary {
			t.Fatal(err)
		}
	}
	if service.asked != asked {
		t.Errorf("reading cases asked the service %d times", service.asked-asked)
	}
	old := bytes.Clone(store.(*memory).keys["organisation:alfa"].Wrapped)
	if _, err := k.RotateRoot(ctx); err != nil {
		t.Fatal(err)
	}
	again := NewKeyring(must[*Root](t)(RootAt(ctx, address, token)), store)
	for _, x := range texts {
		if plain, err := again.Open(ctx, x.key, x.place, x.text); err != nil || string(plain) != canary {
			t.Fatalf("after the change: %v", err)
		}
	}
	if _, err := unwrap(Key{ID: "organisation:alfa", Tenant: "alfa", Wrapped: old}, root.wrapping()); err == nil {
		t.Error("the old version still opens")
	}
}

// A key service that cannot be used is refused at the start, in words that say why.
func TestKeyServiceIsCheckedAtTheStart(t *testing.T) {
	t.Parallel()
	service, address := startService(t)
	wrong := func() (string, error) { return "s.anders", nil }
	if _, err := RootAt(ctx, address, wrong); err == nil || !strings.Contains(err.Error(), "403") {
		t.Errorf("a wrong token: %v", err)
	}
	service.careless = true
	if _, err := RootAt(ctx, address, token); err == nil || !strings.Contains(err.Error(), "associated data") {
		t.Errorf("a key that ignores associated data was taken: %v", err)
	}
	service.careless = false
	if _, err := RootAt(ctx, address, token); err != nil {
		t.Errorf("control: %v", err)
	}
	for _, bad := range []string{"vault:http://bao.example.org/transit/keys/loket", "vault:https://bao.example.org/loket", "vault:https://bao.example.org/transit/keys/", "vault:https://bao.example.org/transit/keys/a/b"} {
		if _, err := RootAt(ctx, bad, token); err == nil || !strings.Contains(err.Error(), "transit/keys/NAME") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// ASVS 15.3.2: the token of the key service goes nowhere else, whatever the service answers.
// Control: a client that follows redirects brings it there.
func TestKeyServiceLeadsNowhere(t *testing.T) {
	t.Parallel()
	var came []string
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { came = append(came, r.Header.Get("X-Vault-Token")) }))
	t.Cleanup(elsewhere.Close)
	service := httptest.NewServer(http.RedirectHandler(elsewhere.URL, http.StatusTemporaryRedirect))
	t.Cleanup(service.Close)
	if _, err := RootAt(ctx, "vault:"+service.URL+"/transit/keys/loket", token); err == nil || len(came) != 0 {
		t.Errorf("%v; the token came elsewhere: %q", err, came)
	}
	careless := &transit{base: service.URL, mount: "transit", key: "loket", token: token, client: &http.Client{}}
	_, _ = careless.Encrypt([]byte("x"), nil)
	if !slices.Contains(came, serviceToken) {
		t.Errorf("the control brought %q", came)
	}
}
