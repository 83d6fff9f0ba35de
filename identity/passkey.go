// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"example.org/loket"
	"example.org/loket/desk"
)

// passkeyKept is how long somebody may take to touch a device.
const passkeyKept = 10 * time.Minute

// ErrPasskey is the one answer to every passkey that does not open the door.
var ErrPasskey = loket.Refuse(loket.Invalid,
	"Met deze passkey kunt u hier niet inloggen, of er is te vaak geprobeerd. Probeer het opnieuw, of log in met uw wachtwoord.",
	"This passkey does not log you in here, or there were too many tries. Try again, or log in with your password.")

// errPasskeyPlace says that the desk has no name that a passkey could belong to.
var errPasskeyPlace = loket.Refuse(loket.Invalid,
	"Passkeys kunnen hier niet: het loket heeft geen eigen adres met een naam, of het is zonder https.",
	"Passkeys are not possible here: the desk has no address with a name, or it is without https.")

// holder is a person as the standard sees one. The handle tells a device nothing.
type holder struct {
	tenant, id, name string
	keys             []desk.Passkey
}

// WebAuthnID is the handle of a person at this desk: the same each time, and no name.
func (h holder) WebAuthnID() []byte { return passkeyHandle(h.tenant, h.id) }

// WebAuthnName is what the device shows.
func (h holder) WebAuthnName() string { return h.name }

// WebAuthnDisplayName is what the device shows.
func (h holder) WebAuthnDisplayName() string { return h.name }

// WebAuthnCredentials are the passkeys of the person; one that cannot be read is none.
func (h holder) WebAuthnCredentials() (out []webauthn.Credential) {
	for _, k := range h.keys {
		var c webauthn.Credential
		if json.Unmarshal(k.Credential, &c) == nil {
			out = append(out, c)
		}
	}
	return out
}

func passkeyHandle(tenant, person string) []byte {
	sum := sha256.Sum256([]byte("loket passkey\x00" + tenant + "\x00" + person))
	return sum[:]
}

// ceremony is the standard's way of asking, for one desk: a passkey belongs to its host and
// answers to no other (WebAuthn level 3). The device must have seen its owner: that makes
// a passkey two factors.
func (s *Sessions) ceremony(ctx context.Context, tenant, title string) (*webauthn.WebAuthn, error) {
	if s.Address == nil {
		return nil, errPasskeyPlace
	}
	base, err := s.Address(ctx, tenant)
	if err != nil {
		return nil, s.trouble(err)
	}
	at, err := url.Parse(base)
	if err != nil || !passkeyPlace(at) {
		return nil, errPasskeyPlace
	}
	w, err := webauthn.New(&webauthn.Config{RPID: at.Hostname(), RPDisplayName: title, RPOrigins: []string{at.Scheme + "://" + at.Host},
		AttestationPreference:  protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired}})
	if err != nil {
		return nil, s.trouble(err)
	}
	return w, nil
}

// passkeyPlace reports whether browsers keep passkeys for an address: it needs a name, and
// https unless it is this very computer.
func passkeyPlace(at *url.URL) bool {
	host := at.Hostname()
	local := host == "localhost" || strings.HasSuffix(host, ".localhost")
	return host != "" && net.ParseIP(host) == nil && (at.Scheme == "https" || local)
}

// TakesPasskeys reports whether passkeys can be used at a desk.
func (s *Sessions) TakesPasskeys(ctx context.Context, tenant string) bool {
	_, err := s.ceremony(ctx, tenant, tenant)
	return err == nil
}

// BeginPasskey gives what a browser must ask its device, to make a passkey for somebody.
func (s *Sessions) BeginPasskey(w http.ResponseWriter, r *http.Request, t desk.Tenant, by loket.Actor) (options string, err error) {
	asking, err := s.ceremony(r.Context(), t.ID, t.Name)
	if err != nil {
		return "", err
	}
	who, err := s.holder(r.Context(), by.Tenant, by.ID, by.Name)
	if err != nil {
		return "", s.trouble(err)
	}
	creation, state, err := asking.BeginRegistration(who, webauthn.WithExclusions(webauthn.Credentials(who.WebAuthnCredentials()).CredentialDescriptors()))
	if err != nil {
		return "", s.trouble(err)
	}
	return s.ask(w, r, kindPasskeyNew, by.Tenant, by.ID, creation.Response, state)
}

// ask remembers what was asked and gives it as the text a browser reads.
func (s *Sessions) ask(w http.ResponseWriter, r *http.Request, kind, tenant, person string, question any, state *webauthn.SessionData) (string, error) {
	token := newToken()
	if err := s.issue(r.Context(), kind, tenant, person, token, state, passkeyKept); err != nil {
		return "", s.trouble(err)
	}
	s.hand(w, kind, token, passkeyKept)
	text, err := json.Marshal(question)
	if err != nil {
		return "", s.trouble(err)
	}
	return string(text), nil
}

// asked takes what was asked before: it can be answered once.
func (s *Sessions) asked(w http.ResponseWriter, r *http.Request, kind, tenant string) (desk.Ticket, webauthn.SessionData, error) {
	var state webauthn.SessionData
	k, ok, err := s.ticket(r.Context(), kind, tenant, s.shown(r, kind), &state)
	if err != nil {
		return k, state, s.trouble(err)
	}
	if !ok {
		return k, state, ErrBeginAgain
	}
	s.takeBack(w, kind)
	used, err := s.Store.UseTicket(r.Context(), k.ID)
	if err != nil {
		return k, state, s.trouble(err)
	}
	if !used {
		return k, state, ErrBeginAgain
	}
	return k, state, nil
}

// AddPasskey keeps the passkey that a device made. Who has a password must give it: a
// browser that somebody left open is not enough.
func (s *Sessions) AddPasskey(w http.ResponseWriter, r *http.Request, by loket.Actor, password, title, response string) error {
	if err := s.again(r, by, password); err != nil {
		return err
	}
	k, state, err := s.asked(w, r, kindPasskeyNew, by.Tenant)
	if err != nil {
		return err
	}
	if k.Person != by.ID {
		return ErrBeginAgain
	}
	credential, err := s.made(r.Context(), by, state, response)
	if err != nil {
		return err
	}
	if err := s.keepPasskey(r.Context(), by, strings.TrimSpace(title), credential); err != nil {
		return s.trouble(err)
	}
	s.note(r.Context(), by.Tenant, by.ID, "login.passkey_set", "done")
	return nil
}

// made checks what a device answered to BeginPasskey.
func (s *Sessions) made(ctx context.Context, by loket.Actor, state webauthn.SessionData, response string) (*webauthn.Credential, error) {
	asking, err := s.ceremony(ctx, by.Tenant, by.Tenant)
	if err != nil {
		return nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(response))
	if err != nil {
		return nil, ErrPasskey
	}
	credential, err := asking.CreateCredential(holder{tenant: by.Tenant, id: by.ID, name: by.Name}, state, parsed)
	if err != nil {
		return nil, ErrPasskey
	}
	return credential, nil
}

func (s *Sessions) keepPasskey(ctx context.Context, by loket.Actor, title string, c *webauthn.Credential) error {
	text, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("identity: passkey: %w", err)
	}
	now := s.Clock.Now()
	added, err := s.Store.AddPasskey(ctx, desk.Passkey{Tenant: by.Tenant, ID: c.ID, Person: by.ID, Title: title, Credential: text, Made: now, Used: now})
	if err == nil && !added {
		return errors.New("identity: a device gave a passkey that is there already")
	}
	return err
}

// EndPasskey forgets a passkey of the person, by the key that Own gives.
func (s *Sessions) EndPasskey(r *http.Request, by loket.Actor, key string) error {
	id, err := hex.DecodeString(key)
	if err != nil {
		return nil // names none of them
	}
	if err := s.mayEnd(r.Context(), by); err != nil {
		return err
	}
	if err := s.Store.EndPasskey(r.Context(), by.Tenant, by.ID, id); err != nil {
		return s.trouble(err)
	}
	s.note(r.Context(), by.Tenant, by.ID, "login.passkey_ended", "done")
	return nil
}

// mayEnd refuses to take away the last second factor of somebody who must have one.
func (s *Sessions) mayEnd(ctx context.Context, by loket.Actor) error {
	required, err := s.required(ctx, by)
	_, has, fault := s.Store.Factor(ctx, by.Tenant, by.ID)
	keys, other := s.Store.PasskeysOf(ctx, by.Tenant, by.ID)
	if err := errors.Join(err, fault, other); err != nil {
		return s.trouble(err)
	}
	if required && !has && len(keys) < 2 {
		return errRole
	}
	return nil
}

// PasskeyLogin gives what a browser must ask its device, to log in with a passkey. It names
// nobody: the device tells who it is.
func (s *Sessions) PasskeyLogin(w http.ResponseWriter, r *http.Request, t desk.Tenant) (options string, err error) {
	asking, err := s.ceremony(r.Context(), t.ID, t.Name)
	if err != nil {
		return "", err
	}
	assertion, state, err := asking.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return "", s.trouble(err)
	}
	return s.ask(w, r, kindPasskey, t.ID, "", assertion.Response, state)
}

// FinishPasskey logs in by what a device answered to PasskeyLogin. A passkey is two steps in
// one: no code is asked after it.
func (s *Sessions) FinishPasskey(w http.ResponseWriter, r *http.Request, tenant, response string) error {
	_, state, err := s.asked(w, r, kindPasskey, tenant)
	if err != nil {
		return err
	}
	source := "passkey source " + s.Source(r)
	if !s.guesses.take(s.Clock.Now(), source) {
		return ErrPasskey
	}
	person, err := s.vouched(r.Context(), tenant, state, response)
	if err != nil {
		if errors.Is(err, ErrPasskey) {
			s.note(s.came(r, tenant, person, nil), tenant, person, "login", "refused")
		}
		return err
	}
	s.guesses.undo(source)
	return s.letIn(w, r, proven{Tenant: tenant, Person: person, Strong: true})
}

// vouched finds the person whose device answered rightly.
func (s *Sessions) vouched(ctx context.Context, tenant string, state webauthn.SessionData, response string) (person string, err error) {
	asking, err := s.ceremony(ctx, tenant, tenant)
	if err != nil {
		return "", err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(response))
	if err != nil {
		return "", ErrPasskey
	}
	key, found, err := s.Store.Passkey(ctx, tenant, parsed.RawID)
	if err != nil {
		return "", s.trouble(err)
	}
	if !found {
		return "", ErrPasskey
	}
	who := holder{tenant: tenant, id: key.Person, keys: []desk.Passkey{key}}
	_, credential, err := asking.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
		if !bytes.Equal(handle, who.WebAuthnID()) {
			return nil, ErrPasskey
		}
		return who, nil
	}, state, parsed)
	if err != nil || credential.Authenticator.CloneWarning {
		return key.Person, ErrPasskey // an old counter: somebody copied the device
	}
	return key.Person, s.usedPasskey(ctx, key, credential)
}

// usedPasskey notes the counter of the device. A passkey that ended meanwhile opens nothing.
func (s *Sessions) usedPasskey(ctx context.Context, key desk.Passkey, c *webauthn.Credential) (err error) {
	if key.Credential, err = json.Marshal(c); err != nil {
		return s.trouble(err)
	}
	key.Used = s.Clock.Now()
	there, err := s.Store.UsePasskey(ctx, key)
	if err != nil {
		return s.trouble(err)
	}
	if !there {
		return ErrPasskey
	}
	return nil
}

func (s *Sessions) holder(ctx context.Context, tenant, id, name string) (holder, error) {
	keys, err := s.Store.PasskeysOf(ctx, tenant, id)
	return holder{tenant, id, name, keys}, err
}
