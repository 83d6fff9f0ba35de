// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"example.org/loket/desk"
)

// Provider is an OpenID Connect provider that people of a tenant may log in with: their own
// organisation's, or a broker. Brokers name the same things differently, so the names of
// claims are settings.
type Provider struct {
	ID       string   `yaml:"id"`
	Tenant   string   `yaml:"tenant"` // empty: for every organisation here
	Title    string   `yaml:"title"`  // as on the button: "Gemeente Noord"
	Issuer   string   `yaml:"issuer"`
	ClientID string   `yaml:"client_id"`
	Scopes   []string `yaml:"scopes"` // besides openid

	ACR      []string `yaml:"acr"`    // levels of assurance that are accepted; empty: any
	Strong   []string `yaml:"strong"` // those that count as a second factor
	ACRClaim string   `yaml:"acr_claim"`
	Subject  string   `yaml:"subject_claim"`

	// Require names claims and the values of which one must be there, such as the number of
	// the organisation that somebody speaks for.
	Require map[string][]string `yaml:"require"`

	SecretFile string `yaml:"client_secret_file"`
	KeyFile    string `yaml:"private_key_file"` // PEM; then the client signs (private_key_jwt)
	KeyID      string `yaml:"key_id"`

	Secret string        `yaml:"-"`
	Key    crypto.Signer `yaml:"-"`

	mu    sync.Mutex
	found *found
}

// providerPatience is how long a provider may take to answer.
const providerPatience = 10 * time.Second

// algorithms are the signatures that are accepted, whatever a provider offers: with none or
// with a shared secret anybody could make a token.
var algorithms = []string{oidc.RS256, oidc.RS384, oidc.RS512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.EdDSA}

// Check says what is wrong with the settings, and fills in what was left out.
func (p *Provider) Check() error {
	switch {
	case p.ID == "" || strings.ContainsFunc(p.ID, func(c rune) bool { return (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' }):
		return errors.New("identity: a provider needs an id of lower-case letters, digits and dashes")
	case p.Title == "" || p.ClientID == "":
		return fmt.Errorf("identity: provider %s needs a title and a client_id", p.ID)
	case !safeAddress(p.Issuer):
		return fmt.Errorf("identity: the issuer of provider %s must be an https address", p.ID)
	case p.Secret == "" && p.Key == nil:
		return fmt.Errorf("identity: provider %s needs a client_secret_file or a private_key_file", p.ID)
	}
	for _, strong := range p.Strong {
		if len(p.ACR) > 0 && !slices.Contains(p.ACR, strong) {
			return fmt.Errorf("identity: provider %s counts %q as strong but does not accept it (acr)", p.ID, strong)
		}
	}
	if key, ok := p.Key.(*ecdsa.PrivateKey); ok && key.Curve.Params().BitSize != 256 {
		return fmt.Errorf("identity: the key of provider %s must be RSA or on the curve P-256", p.ID)
	}
	if p.ACRClaim == "" {
		p.ACRClaim = "acr"
	}
	if p.Subject == "" {
		p.Subject = "sub"
	}
	return nil
}

// safeAddress is https, or this machine itself.
func safeAddress(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}

// found is what a provider tells about itself.
type found struct {
	*oidc.Provider
	end     string // where to log out; empty: nowhere
	namesIt bool   // answers carry the issuer (RFC 9207)
}

// discover asks the provider about itself, once it is there. It may be down when the desk
// starts.
func (p *Provider) discover(ctx context.Context) (*found, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	known, err := oidc.NewProvider(ctx, p.Issuer)
	if err != nil {
		return nil, err
	}
	var more struct {
		End     string `json:"end_session_endpoint"`
		Names   bool   `json:"authorization_response_iss_parameter_supported"`
		KeysURL string `json:"jwks_uri"`
	}
	if err := known.Claims(&more); err != nil {
		return nil, err
	}
	for _, address := range []string{known.Endpoint().AuthURL, known.Endpoint().TokenURL, more.KeysURL} {
		if !safeAddress(address) {
			return nil, fmt.Errorf("identity: provider %s names an address without https", p.ID)
		}
	}
	if !safeAddress(more.End) {
		more.End = ""
	}
	p.found = &found{Provider: known, end: more.End, namesIt: more.Names}
	return p.found, nil
}

// client is what the provider knows this desk as.
func (p *Provider) client(at *found, back string) *oauth2.Config {
	c := &oauth2.Config{ClientID: p.ClientID, ClientSecret: p.Secret, Endpoint: at.Endpoint(), RedirectURL: back,
		Scopes: append([]string{oidc.ScopeOpenID}, p.Scopes...)}
	if p.Key != nil {
		c.ClientSecret, c.Endpoint.AuthStyle = "", oauth2.AuthStyleInParams
	}
	return c
}

// Offered lists the providers of a tenant, for the login page.
func (s *Sessions) Offered(tenant string) (out []desk.Provider) {
	for _, p := range s.Providers {
		if p.Tenant == "" || p.Tenant == tenant {
			out = append(out, desk.Provider{ID: p.ID, Title: p.Title})
		}
	}
	return out
}

// provider finds one by id; nil: this tenant has none of that name.
func (s *Sessions) provider(tenant, id string) *Provider {
	for _, p := range s.Providers {
		if p.ID == id && (p.Tenant == "" || p.Tenant == tenant) {
			return p
		}
	}
	return nil
}
