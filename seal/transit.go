// SPDX-License-Identifier: EUPL-1.2

package seal

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/tink-crypto/tink-go/v2/tink"
)

// transitPrefix begins the address of a root key in OpenBao or Vault.
const transitPrefix = "vault:"

// How long a key service may take, and how much of an answer is read.
const (
	transitWait   = 10 * time.Second
	transitAnswer = 1 << 20
)

// transit is a root key inside the transit engine of OpenBao or HashiCorp Vault: it never
// leaves that service. It is asked a few times at the start for each organisation, not for
// each case.
type transit struct {
	base, mount, key string // https://bao.example.org:8200, transit, loket
	token            func() (string, error)
	client           *http.Client
}

// Transit opens a root key at an address such as
//
//	https://bao.example.org:8200/transit/keys/loket
//
// The key must exist there and be of a kind that takes associated data (aes256-gcm96 or
// chacha20-poly1305). Its token needs update on encrypt and decrypt; changing keys also needs
// read on the key and update on rotate and config.
func Transit(ctx context.Context, address string, token func() (string, error)) (*Root, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Hostname() != "127.0.0.1" && u.Hostname() != "localhost" {
		return nil, fmt.Errorf("seal: %q is no address of a key service; write vault:https://HOST/transit/keys/NAME", address)
	}
	mount, key, ok := strings.Cut(strings.Trim(u.Path, "/"), "/keys/")
	if !ok || mount == "" || key == "" || strings.Contains(key, "/") {
		return nil, fmt.Errorf("seal: %q names no key; write vault:https://HOST/transit/keys/NAME", address)
	}
	t := &transit{base: u.Scheme + "://" + u.Host, mount: mount, key: key, token: token, client: &http.Client{Timeout: transitWait, CheckRedirect: stay}}
	r, err := openRoot(ctx, t)
	if err != nil {
		return nil, err
	}
	return r, tryService(t)
}

// stay follows no redirect: the token would go along to wherever it leads.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// tryService wraps and unwraps once, so that a wrong token or kind of key shows at the start.
func tryService(t tink.AEAD) error {
	place := []byte(domain + "try")
	wrapped, err := t.Encrypt([]byte("loket"), place)
	if err != nil {
		return err
	}
	if plain, err := t.Decrypt(wrapped, place); err != nil || string(plain) != "loket" {
		return errors.Join(errors.New("seal: the key service does not give back what it wrapped"), err)
	}
	if _, err := t.Decrypt(wrapped, []byte(domain+"elsewhere")); err == nil {
		return errors.New("seal: this kind of key ignores associated data; use aes256-gcm96")
	}
	return nil
}

func (t *transit) open(context.Context) (tink.AEAD, error) { return t, nil }

// Encrypt implements tink.AEAD by asking the service.
func (t *transit) Encrypt(plain, place []byte) ([]byte, error) {
	var answer struct {
		Ciphertext string `json:"ciphertext"`
	}
	err := t.ask(context.Background(), http.MethodPost, "encrypt/"+t.key, map[string]any{"plaintext": plain, "associated_data": place}, &answer)
	return []byte(answer.Ciphertext), err
}

// Decrypt implements tink.AEAD by asking the service.
func (t *transit) Decrypt(wrapped, place []byte) ([]byte, error) {
	var answer struct {
		Plaintext string `json:"plaintext"`
	}
	err := t.ask(context.Background(), http.MethodPost, "decrypt/"+t.key, map[string]any{"ciphertext": string(wrapped), "associated_data": place}, &answer)
	if err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(answer.Plaintext)
}

func (t *transit) rotate(ctx context.Context) error {
	return t.ask(ctx, http.MethodPost, "keys/"+t.key+"/rotate", map[string]any{}, nil)
}

// retire lets the service refuse to open with older versions.
func (t *transit) retire(ctx context.Context) error {
	var answer struct {
		Latest int `json:"latest_version"`
	}
	if err := t.ask(ctx, http.MethodGet, "keys/"+t.key, nil, &answer); err != nil {
		return err
	}
	return t.ask(ctx, http.MethodPost, "keys/"+t.key+"/config", map[string]any{"min_decryption_version": answer.Latest}, nil)
}

// ask sends one request and reads the data of its answer. Bytes go as base64, as JSON of Go
// and this service both have it.
func (t *transit) ask(ctx context.Context, method, path string, body any, data any) error {
	request, err := t.request(ctx, method, path, body)
	if err != nil {
		return err
	}
	answer, err := answered(t.client, request, path)
	if err != nil || data == nil {
		return err
	}
	return json.Unmarshal(answer, &struct {
		Data any `json:"data"`
	}{data})
}

// answered sends a request to a key service and reads what it answers.
func answered(client *http.Client, request *http.Request, what string) ([]byte, error) {
	response, err := client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("seal: the key service does not answer: %w", err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, transitAnswer))
	if err == nil && response.StatusCode >= 300 {
		err = fmt.Errorf("seal: the key service refuses %s (%s)", what, response.Status)
	}
	return answer, err
}

func (t *transit) request(ctx context.Context, method, path string, body any) (*http.Request, error) {
	token, err := t.token()
	if err != nil {
		return nil, fmt.Errorf("seal: the token of the key service cannot be read: %w", err)
	}
	var content io.Reader
	if body != nil {
		sent, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		content = bytes.NewReader(sent)
	}
	request, err := http.NewRequestWithContext(ctx, method, t.base+"/v1/"+t.mount+"/"+path, content)
	if err == nil {
		request.Header.Set("X-Vault-Token", token)
		request.Header.Set("X-Vault-Request", "true")
	}
	return request, err
}
