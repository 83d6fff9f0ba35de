// SPDX-License-Identifier: EUPL-1.2

package seal

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/tink-crypto/tink-go/v2/tink"
)

// cloudPrefix begins the address of a root key in Google Cloud KMS.
const cloudPrefix = "gcpkms:"

const cloudHost = "https://cloudkms.googleapis.com"

var cloudKey = regexp.MustCompile(`^projects/[\w.:-]+/locations/[\w-]+/keyRings/[\w-]+/cryptoKeys/[\w-]+$`)

// cloud is a root key inside Google Cloud KMS. What is wrapped says by which version, and a
// version is asked for by name: which one is the primary is known late in some places.
type cloud struct {
	base, key, version string // https://cloudkms.googleapis.com, projects/…/cryptoKeys/loket, …/cryptoKeyVersions/1
	token              func() (string, error)
	client             *http.Client
}

// Cloud opens a root key at an address such as
//
//	projects/P/locations/europe-west4/keyRings/R/cryptoKeys/loket
//
// The key must be of the kind ENCRYPT_DECRYPT. The token is one of OAuth, which an agent beside the
// program keeps fresh in its file; its account needs the roles of encrypting, decrypting and viewing,
// and to change keys that of managing their versions.
func Cloud(ctx context.Context, address string, token func() (string, error)) (*Root, error) {
	base, key := cloudHost, address
	if u, err := url.Parse(address); err == nil && u.Scheme != "" { // a stand-in on this machine
		if u.Hostname() != "127.0.0.1" {
			return nil, errCloud(address)
		}
		base, key = u.Scheme+"://"+u.Host, strings.Trim(u.Path, "/")
	}
	if !cloudKey.MatchString(key) {
		return nil, errCloud(address)
	}
	c := &cloud{base: base, key: key, token: token, client: &http.Client{Timeout: transitWait, CheckRedirect: stay}}
	r, err := openRoot(ctx, c)
	if err != nil {
		return nil, err
	}
	return r, tryService(r.wrapping())
}

func errCloud(address string) error {
	return fmt.Errorf("seal: %q names no key; write gcpkms:projects/P/locations/L/keyRings/R/cryptoKeys/NAME", address)
}

// versionsOf is what the service tells of a key.
type versionsOf struct {
	Versions []struct {
		Name  string `json:"name"`
		State string `json:"state"`
	} `json:"cryptoKeyVersions"`
}

// number orders the versions of a key: 10 comes after 9.
func number(name string) string { return fmt.Sprintf("%20s", name[strings.LastIndex(name, "/")+1:]) }

// enabled are the versions that open, oldest first.
func (c *cloud) enabled(ctx context.Context) (names []string, err error) {
	var answer versionsOf
	if err := c.ask(ctx, http.MethodGet, c.key+"/cryptoKeyVersions?pageSize=1000", nil, &answer); err != nil {
		return nil, err
	}
	for _, v := range answer.Versions {
		if v.State == "ENABLED" {
			names = append(names, v.Name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(number(a), number(b)) })
	if len(names) == 0 {
		err = errors.New("seal: the key in the service has no version that is enabled")
	}
	return names, err
}

// open takes the newest version to wrap with; all that are enabled still open.
func (c *cloud) open(ctx context.Context) (tink.AEAD, error) {
	names, err := c.enabled(ctx)
	if err != nil {
		return nil, err
	}
	now := *c
	now.version = names[len(names)-1]
	return &now, nil
}

// Encrypt implements tink.AEAD by asking the service.
func (c *cloud) Encrypt(plain, place []byte) ([]byte, error) {
	var answer struct {
		Ciphertext []byte `json:"ciphertext"`
	}
	err := c.ask(context.Background(), http.MethodPost, c.version+":encrypt", map[string]any{"plaintext": plain, "additionalAuthenticatedData": place}, &answer)
	return answer.Ciphertext, err
}

// Decrypt implements tink.AEAD by asking the service, which sees itself by which version.
func (c *cloud) Decrypt(wrapped, place []byte) ([]byte, error) {
	var answer struct {
		Plaintext []byte `json:"plaintext"`
	}
	err := c.ask(context.Background(), http.MethodPost, c.key+":decrypt", map[string]any{"ciphertext": wrapped, "additionalAuthenticatedData": place}, &answer)
	return answer.Plaintext, err
}

func (c *cloud) rotate(ctx context.Context) error {
	return c.ask(ctx, http.MethodPost, c.key+"/cryptoKeyVersions", map[string]any{}, nil)
}

// retire disables the older versions. To destroy them is for a person at the service, who can
// still take it back for a while.
func (c *cloud) retire(ctx context.Context) error {
	names, err := c.enabled(ctx)
	if err != nil {
		return err
	}
	for _, name := range names[:len(names)-1] {
		if err := c.ask(ctx, http.MethodPatch, name+"?updateMask=state", map[string]any{"state": "DISABLED"}, nil); err != nil {
			return err
		}
	}
	return nil
}

// ask sends one request and reads its answer. Bytes go as base64, as JSON of Go and this service both have it.
func (c *cloud) ask(ctx context.Context, method, path string, body, answer any) error {
	token, err := c.token()
	if err != nil {
		return fmt.Errorf("seal: the token of the key service cannot be read: %w", err)
	}
	var content io.Reader
	if body != nil {
		sent, err := json.Marshal(body)
		if err != nil {
			return err
		}
		content = bytes.NewReader(sent)
	}
	request, err := http.NewRequestWithContext(ctx, method, c.base+"/v1/"+path, content)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	said, err := answered(c.client, request, path)
	if err != nil || answer == nil {
		return err
	}
	return json.Unmarshal(said, answer)
}
