// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"context"
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/identity"
	"example.org/loket/protocol"
)

// entry is how people come in besides a password: logins of organisations in a file, or one
// of them by flags, and who must show a second factor.
type entry struct {
	Providers    string   `env:"LOKET_PROVIDERS" placeholder:"FILE" help:"File of OpenID Connect providers that people may log in with; see the operating guide."`
	Issuer       string   `name:"oidc-issuer" env:"LOKET_OIDC_ISSUER" placeholder:"URL" help:"One OpenID Connect provider, instead of a file."`
	ClientID     string   `name:"oidc-client-id" env:"LOKET_OIDC_CLIENT_ID" placeholder:"ID" help:"What that provider knows this desk as."`
	SecretFile   string   `name:"oidc-client-secret-file" env:"LOKET_OIDC_CLIENT_SECRET_FILE" placeholder:"FILE" help:"File that holds the client secret."`
	KeyFile      string   `name:"oidc-private-key-file" env:"LOKET_OIDC_PRIVATE_KEY_FILE" placeholder:"FILE" help:"File of a private key (PEM) to sign with instead of a secret."`
	Title        string   `name:"oidc-title" env:"LOKET_OIDC_TITLE" default:"Uw organisatie" help:"What the login page calls that provider."`
	ACR          []string `name:"oidc-acr" env:"LOKET_OIDC_ACR" help:"Levels of assurance of that provider that are accepted."`
	Strong       []string `name:"oidc-strong" env:"LOKET_OIDC_STRONG" help:"Those that count as a second factor."`
	Leaked       string   `name:"leaked-passwords" env:"LOKET_LEAKED_PASSWORDS" placeholder:"FILE" help:"File of leaked passwords that nobody may choose: SHA-1 in capitals, one a line, in order."`
	SecondFactor string   `env:"LOKET_SECOND_FACTOR" enum:"off,deep,all" default:"all" help:"Who must show a second factor: all, deep (roles that see or open V4 or V5, who persons are and health, who sets the desk up and who reads the access log), or off: who wants to. An organisation can ask more, never less."`
}

// leaked opens the list of passwords that nobody may choose; nil: none was given.
func (e entry) leaked() (*identity.Leaked, error) {
	if e.Leaked == "" {
		return nil, nil
	}
	list, err := identity.OpenLeaked(e.Leaked)
	if err != nil {
		return nil, refuse(err, "De lijst van gelekte wachtwoorden %s kan niet gebruikt worden.", "The list of leaked passwords %s cannot be used.", e.Leaked)
	}
	return list, nil
}

// providers reads every provider, with the secrets that lie in files of their own.
func (e entry) providers() ([]*identity.Provider, error) {
	all, err := e.named()
	if err != nil {
		return nil, refuse(err, "De aanbieders van logins in %s kunnen niet gelezen worden.", "The login providers in %s cannot be read.", e.Providers)
	}
	seen := map[string]bool{}
	for _, p := range all {
		if seen[p.Tenant+"/"+p.ID] || seen["/"+p.ID] {
			return nil, refuse(nil, "De aanbieder %q staat er twee keer.", "The provider %q is there twice.", p.ID)
		}
		seen[p.Tenant+"/"+p.ID] = true
		if err := errors.Join(readSecrets(p), p.Check()); err != nil {
			return nil, refuse(err, "De aanbieder %q kan niet gebruikt worden.", "The provider %q cannot be used.", p.ID)
		}
	}
	return all, nil
}

func (e entry) named() (all []*identity.Provider, err error) {
	if e.Issuer != "" {
		all = append(all, &identity.Provider{ID: "organisatie", Title: e.Title, Issuer: e.Issuer, ClientID: e.ClientID, SecretFile: e.SecretFile, KeyFile: e.KeyFile, ACR: e.ACR, Strong: e.Strong})
	}
	if e.Providers == "" {
		return all, nil
	}
	text, err := os.ReadFile(e.Providers)
	if err != nil {
		return nil, err
	}
	var file struct {
		Providers []*identity.Provider `yaml:"providers"`
	}
	err = yaml.Load(text, &file, yaml.WithKnownFields())
	return append(all, file.Providers...), err
}

func readSecrets(p *identity.Provider) error {
	if p.SecretFile != "" {
		secret, err := os.ReadFile(p.SecretFile)
		if err != nil {
			return err
		}
		p.Secret = strings.TrimSpace(string(secret))
	}
	if p.KeyFile == "" {
		return nil
	}
	text, err := os.ReadFile(p.KeyFile)
	if err != nil {
		return err
	}
	p.Key, err = privateKey(text)
	return err
}

func privateKey(text []byte) (crypto.Signer, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("the private key is no PEM")
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("the private key is not in PKCS 8: %w", err)
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, errors.New("the private key cannot sign")
	}
	return signer, nil
}

// needs reports whether somebody must show a second factor, by the rule of the installation or
// that of the organisation, whichever asks more. deep goes by what the roles may read, and takes
// in who sets the desk up, because that one gives others their way in, and who reads the access
// log (NEN 7513).
func (h *house) needs(rule string) func(ctx context.Context, p desk.Person) bool {
	return func(ctx context.Context, p desk.Person) bool {
		t, err := h.desk.Tenant(ctx, p.Tenant)
		asked := desk.StricterFactor(rule, t.SecondFactor)
		switch {
		case err != nil || asked == "all":
			return true
		case asked != "deep":
			return false
		}
		in, err := h.desk.Protocol(ctx, p.Tenant)
		if err != nil {
			return true // not known what the roles may read: then as if everything
		}
		for _, id := range p.Roles {
			if role := in.Role(id); role != nil && (deep(role.Sees) || deep(role.Opens) || slices.Contains(role.May, "configure") || slices.Contains(role.May, "audit")) {
				return true
			}
		}
		return false
	}
}

// deep is V4 and V5: who somebody is, and health.
func deep(l protocol.Level) bool { return l != "" && !l.Within("V3") }

// addressOf is where the pages of a tenant are.
func (h *house) addressOf(base string) func(ctx context.Context, tenant string) (string, error) {
	return func(ctx context.Context, tenant string) (string, error) {
		t, err := h.desk.Tenant(ctx, tenant)
		if err != nil || t.Host == "" {
			return base, err
		}
		return desk.WithHost(base, t.Host), nil
	}
}

// noteLogin keeps in the log what happened to somebody's way in.
func (h *house) noteLogin(ctx context.Context, tenant, person, what, outcome string) {
	err := h.store.Write(ctx, func(tx desk.Tx) error {
		return tx.Ledger(ctx, desk.LedgerEntry{At: h.clock.Now(), Tenant: tenant, Actor: person, Action: what, Outcome: outcome})
	})
	if err != nil {
		h.log.Error("login not noted in the log", "error", err.Error())
	}
}

// noteOther keeps in the log who did something to the way in of somebody else: an invitation is a
// way to take an account over. Without the entry it is not done.
func (h *house) noteOther(ctx context.Context, by loket.Actor, person, what string) error {
	return h.store.Write(ctx, func(tx desk.Tx) error {
		return tx.Ledger(ctx, desk.LedgerEntry{At: h.clock.Now(), Tenant: by.Tenant, Actor: by.ID, Role: by.Role, Action: what, Outcome: "done", Purpose: person})
	})
}
