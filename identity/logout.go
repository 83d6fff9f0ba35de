// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"

	"example.org/loket"
	"example.org/loket/desk"
)

// A provider ends sessions here when it ends its own (OpenID Connect Back-Channel Logout 1.0):
//
//	provider ──logout token──▶ EndByProvider ─▶ checked as the standard says ─▶ sessions end
//
// It is the provider's server that asks, not a browser: no cookie comes along, and the token
// is all there is to go by.

// logoutEvent is what makes a token one of logout and of nothing else.
const logoutEvent = "http://schemas.openid.net/event/backchannel-logout"

// longestLogout bounds what is looked at; honest tokens are a tenth of it.
const longestLogout = 16 << 10

// ErrLogout is the one answer to a logout token that is not right.
var ErrLogout = loket.Refuse(loket.Invalid, "Dit is geen geldig verzoek om uit te loggen.", "This is no valid request to log out.")

// ended is what a logout token asks: the sessions of a subject, or one of them.
type ended struct {
	subject string
	session string // as sessionName makes it
	id      string // jti
}

// EndByProvider ends the sessions that a logout token of a provider speaks of. Only sessions
// for which that provider vouched end. A token counts once.
func (s *Sessions) EndByProvider(r *http.Request, tenant, id, raw string) error {
	p := s.provider(tenant, id)
	if p == nil {
		return errNoProvider
	}
	source := "logout source " + s.Source(r)
	if !s.guesses.take(s.Clock.Now(), source) {
		return s.noLogout("too many from one source")
	}
	ctx := desk.Everywhere(r.Context()) // a provider may be that of several organisations
	what, why := s.readLogout(ctx, p, raw)
	if why != "" {
		return s.noLogout(why)
	}
	s.guesses.undo(source)
	mark := desk.Ticket{ID: logoutID(p.Issuer, what.id), Kind: kindLogout, Tenant: tenant, Expires: s.Clock.Now().Add(flowKept + 2*skew)}
	fresh, err := s.Store.AddTicket(ctx, mark)
	if err != nil {
		return s.trouble(err)
	}
	if !fresh {
		return s.noLogout("token used twice")
	}
	if err := s.endAll(ctx, p, what); err != nil {
		_, _ = s.Store.UseTicket(ctx, mark.ID) // the provider may try again
		return s.trouble(err)
	}
	return nil
}

func (s *Sessions) noLogout(why string) error {
	s.Log.Warn("logout by a provider refused", "why", why)
	return ErrLogout
}

// readLogout checks a logout token (section 2.6). why says what is wrong, in words that may
// stand in a log; empty: nothing.
func (s *Sessions) readLogout(ctx context.Context, p *Provider, raw string) (out ended, why string) {
	if len(raw) > longestLogout || !logoutType(raw) {
		return out, "no logout token"
	}
	at, err := p.discover(oidc.ClientContext(ctx, s.Client))
	if err != nil {
		return out, "the provider cannot be reached"
	}
	token, err := at.VerifierContext(oidc.ClientContext(ctx, s.Client), &oidc.Config{ClientID: p.ClientID, SupportedSigningAlgs: algorithms, Now: s.Clock.Now}).Verify(ctx, raw)
	if err != nil {
		return out, "signature, issuer, audience or time of the token"
	}
	claims := map[string]any{}
	if err := token.Claims(&claims); err != nil {
		return out, "claims of the token"
	}
	now := s.Clock.Now()
	if token.IssuedAt.IsZero() || token.IssuedAt.After(now.Add(skew)) || token.IssuedAt.Before(now.Add(-flowKept-skew)) {
		return out, "time at which the token was made"
	}
	if _, given := claims["nonce"]; given {
		return out, "a nonce: that is a token of a login"
	}
	return p.logoutClaims(claims)
}

// logoutClaims reads what a logout token asks, when it is one.
func (p *Provider) logoutClaims(claims map[string]any) (out ended, why string) {
	events, _ := claims["events"].(map[string]any)
	if _, ok := events[logoutEvent].(map[string]any); !ok {
		return out, "no event of logout"
	}
	if out.id, _ = claims["jti"].(string); out.id == "" || len(out.id) > longestSubject {
		return out, "no id of the token"
	}
	sid, given := claims["sid"]
	name, _ := sid.(string)
	if given && name == "" {
		return out, "no session"
	}
	if name != "" {
		out.session = sessionName(p.Issuer, name)
	}
	subject := claim(claims, p.Subject)
	if out.subject, _ = subject.(string); subject != nil && out.subject == "" || len(out.subject) > longestSubject {
		return out, "no subject"
	}
	if out.subject == "" && out.session == "" {
		return out, "neither subject nor session"
	}
	return out, ""
}

// logoutType: a token that says its type says this one, or nothing more than that it is a
// token. One of another type, such as an access token, is none.
func logoutType(raw string) bool {
	head, _, _ := strings.Cut(raw, ".")
	text, err := base64.RawURLEncoding.DecodeString(head)
	var header struct {
		Type string `json:"typ"`
	}
	if err != nil || json.Unmarshal(text, &header) != nil {
		return false
	}
	kind := strings.TrimPrefix(strings.ToLower(header.Type), "application/")
	return kind == "" || kind == "jwt" || kind == "logout+jwt"
}

// endAll ends one session of a subject when the provider names it, else all of them, and the
// logins that are half-way.
func (s *Sessions) endAll(ctx context.Context, p *Provider, what ended) error {
	gone, err := s.spokenOf(ctx, p, what)
	for _, session := range gone {
		if err == nil {
			err = s.Store.EndSession(ctx, session.ID)
		}
		if err == nil {
			s.note(ctx, session.Tenant, session.Person, "logout.provider", "done")
		}
	}
	return err
}

// spokenOf finds the sessions that a logout token speaks of.
func (s *Sessions) spokenOf(ctx context.Context, p *Provider, what ended) (out []desk.Session, err error) {
	people := map[[2]string]bool{}
	if what.subject != "" {
		links, err := s.Store.LinksAt(ctx, p.Issuer, what.subject)
		if err != nil {
			return nil, err
		}
		for _, l := range links {
			if p.Tenant != "" && p.Tenant != l.Tenant {
				continue
			}
			people[[2]string{l.Tenant, l.Person}] = true
			if err := s.Store.EndHalfLogins(ctx, l.Tenant, l.Person); err != nil {
				return nil, err
			}
		}
	}
	if what.session != "" {
		named, err := s.Store.SessionsAt(ctx, p.ID, what.session)
		for _, session := range named {
			if what.subject == "" || people[[2]string{session.Tenant, session.Person}] {
				out = append(out, session)
			}
		}
		return out, err
	}
	for who := range people {
		all, err := s.Store.SessionsOf(ctx, who[0], who[1])
		if err != nil {
			return nil, err
		}
		for _, session := range all {
			if session.Provider == p.ID {
				out = append(out, session)
			}
		}
	}
	return out, nil
}

// sessionName is what is kept of a provider's name for a session: enough to know it again.
func sessionName(issuer, sid string) string {
	sum := sha256.Sum256([]byte("provider session\x00" + issuer + "\x00" + sid))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func logoutID(issuer, jti string) []byte {
	sum := sha256.Sum256([]byte("logout token\x00" + issuer + "\x00" + jti))
	return sum[:]
}

// kindLogout is the ticket of a logout token that was used.
const kindLogout = "logout"

// freshProof is how long ago somebody may have logged in who has nothing else to show.
const freshProof = 10 * time.Minute
