// SPDX-License-Identifier: EUPL-1.2

package seal

import (
	"bytes"
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

// cloudService speaks the part of the API of Google Cloud KMS that a root key needs.
type cloudService struct {
	mu       sync.Mutex
	versions []tink.AEAD
	disabled map[int]bool
	careless bool // control: ignores associated data
	asked    int
}

const cloudName = "projects/proef/locations/europe-west4/keyRings/loket/cryptoKeys/hoofd"

func startCloud(t *testing.T) (*cloudService, string) {
	t.Helper()
	s := &cloudService{disabled: map[int]bool{}}
	s.add()
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, "gcpkms:" + server.URL + "/" + cloudName
}

func (s *cloudService) add() {
	h, err := keyset.NewHandle(aead.AES256GCMNoPrefixKeyTemplate())
	if err != nil {
		panic(err)
	}
	a, err := aead.New(h)
	if err != nil {
		panic(err)
	}
	s.versions = append(s.versions, a)
}

func (s *cloudService) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	path, ours := strings.CutPrefix(r.URL.Path, "/v1/"+cloudName)
	if !ours || r.Header.Get("Authorization") != "Bearer "+serviceToken {
		http.Error(w, `{"error":{"status":"PERMISSION_DENIED"}}`, http.StatusForbidden)
		return
	}
	var in struct {
		Plaintext  []byte `json:"plaintext"`
		Ciphertext []byte `json:"ciphertext"`
		Place      []byte `json:"additionalAuthenticatedData"`
		State      string `json:"state"`
	}
	_ = json.NewDecoder(r.Body).Decode(&in)
	if s.careless {
		in.Place = nil
	}
	out, err := s.answer(r.Method, path, in.Plaintext, in.Ciphertext, in.Place, in.State)
	if err != nil {
		http.Error(w, `{"error":{"status":"FAILED_PRECONDITION"}}`, http.StatusBadRequest)
		return
	}
	_ = json.NewEncoder(w).Encode(out)
}

func (s *cloudService) answer(method, path string, plain, wrapped, place []byte, state string) (out map[string]any, err error) {
	out = map[string]any{}
	var n int
	switch {
	case method == http.MethodGet && path == "/cryptoKeyVersions":
		var all []map[string]string
		for i := range slices.Backward(s.versions) { // in whatever order
			all = append(all, map[string]string{"name": fmt.Sprintf("%s/cryptoKeyVersions/%d", cloudName, i+1), "state": map[bool]string{true: "DISABLED", false: "ENABLED"}[s.disabled[i+1]]})
		}
		out["cryptoKeyVersions"] = all
	case method == http.MethodPost && path == "/cryptoKeyVersions":
		s.add()
	case method == http.MethodPost && path == ":decrypt":
		for i, v := range s.versions {
			if opened, wrong := v.Decrypt(wrapped, place); wrong == nil && !s.disabled[i+1] {
				return map[string]any{"plaintext": opened}, nil
			}
		}
		err = errKilled
	case method == http.MethodPost && strings.HasSuffix(path, ":encrypt"):
		if _, err = fmt.Sscanf(path, "/cryptoKeyVersions/%d:encrypt", &n); err == nil && (n > len(s.versions) || s.disabled[n]) {
			err = errKilled
		}
		if err == nil {
			out["ciphertext"], err = s.versions[n-1].Encrypt(plain, place)
		}
	case method == http.MethodPatch && state == "DISABLED":
		if _, err = fmt.Sscanf(path, "/cryptoKeyVersions/%d", &n); err == nil {
			s.disabled[n] = true
		}
	default:
		err = errKilled
	}
	return out, err
}

// design §6: a root key may stay inside a cloud's key service, through the same interface as a
// file and as OpenBao. Everything works, also changes of keys, more than nine of them; the service
// is asked per organisation, not per case. Control: with the old version nothing opens any more.
func TestRootKeyInTheCloud(t *testing.T) {
	t.Parallel()
	service, address := startCloud(t)
	root := must[*Root](t)(RootAt(ctx, address, token))
	store := Memory()
	k := NewKeyring(root, store)
	texts := many(t, k)
	asked := service.asked
	readsAll := func(k *Keyring) {
		t.Helper()
		for _, x := range texts {
			k.cases.drop(x.key)
			if plain, err := k.Open(ctx, x.key, x.place, x.text); err != nil || string(plain) != canary {
				t.Fatal(err)
			}
		}
	}
	if readsAll(k); service.asked != asked {
		t.Errorf("reading cases asked the service %d times", service.asked-asked)
	}
	old := bytes.Clone(store.(*memory).keys["organisation:alfa"].Wrapped)
	if _, err := unwrap(Key{ID: "organisation:alfa", Tenant: "alfa", Wrapped: old}, root.wrapping()); err != nil {
		t.Errorf("control: before the change it opens: %v", err)
	}
	for range 10 {
		if _, err := k.RotateRoot(ctx); err != nil {
			t.Fatal(err)
		}
	}
	readsAll(NewKeyring(must[*Root](t)(RootAt(ctx, address, token)), store))
	if _, err := unwrap(Key{ID: "organisation:alfa", Tenant: "alfa", Wrapped: old}, root.wrapping()); err == nil {
		t.Error("the old version still opens")
	}
	if len(service.versions) != 11 || service.disabled[11] || !service.disabled[10] {
		t.Errorf("%d versions, disabled %v", len(service.versions), service.disabled)
	}
}

// What cannot be used is refused at the start, and the token goes nowhere else.
func TestCloudIsCheckedAtTheStart(t *testing.T) {
	t.Parallel()
	service, address := startCloud(t)
	wrong := func() (string, error) { return "anders", nil }
	if _, err := RootAt(ctx, address, wrong); err == nil || !strings.Contains(err.Error(), "403") || strings.Contains(err.Error(), "anders") {
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
	for _, bad := range []string{"gcpkms:", "gcpkms:projects/p", "gcpkms:https://elders.example.org/" + cloudName, "gcpkms:" + cloudName + "/cryptoKeyVersions/1", "gcpkms:" + cloudName + "?x"} {
		if _, err := RootAt(ctx, bad, token); err == nil || !strings.Contains(err.Error(), "cryptoKeys/NAME") {
			t.Errorf("%s: %v", bad, err)
		}
	}
	service.disabled[1] = true
	if _, err := RootAt(ctx, address, token); err == nil || !strings.Contains(err.Error(), "enabled") {
		t.Errorf("no version that opens: %v", err)
	}
}
