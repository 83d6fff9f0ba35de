// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"context"
	"crypto/subtle"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"example.org/loket"
	"example.org/loket/desk"
)

// flowKept is how long somebody may take to log in at a provider.
const flowKept = 10 * time.Minute

// flow is what must be remembered while somebody is away at a provider. It lies sealed
// under a token that only that browser has, and is used once.
type flow struct {
	Provider string
	State    string // comes back in the address: the answer belongs to this question
	Nonce    string // comes back in the token: the token was made for this login
	Verifier string // PKCE: only who began can use the code
	Next     string // where to go on
	Invite   string // token of an invitation that is being accepted
}

// ErrProvider is the one answer to every login at a provider that went wrong.
var ErrProvider = loket.Refuse(loket.Invalid,
	"Inloggen via uw organisatie is niet gelukt. Begin hieronder opnieuw. Blijft het misgaan? Bel de beheerder van het loket.",
	"Logging in through your organisation did not work. Begin again below. Does it keep failing? Call the administrator of the desk.")

var errNoProvider = loket.Refuse(loket.NotFound, "", "")

// Begin gives the address at the provider where somebody logs in, and remembers in the
// browser where that began.
func (s *Sessions) Begin(w http.ResponseWriter, r *http.Request, tenant, id, next string) (address string, err error) {
	p := s.provider(tenant, id)
	if p == nil {
		return "", errNoProvider
	}
	at, back, err := s.reach(r.Context(), p, tenant)
	if err != nil {
		return "", s.trouble(err)
	}
	token := newToken()
	f := flow{Provider: id, State: newToken(), Nonce: newToken(), Verifier: oauth2.GenerateVerifier(), Next: next, Invite: s.shown(r, kindInvitation)}
	if err := s.issue(r.Context(), kindFlow, tenant, "", token, f, flowKept); err != nil {
		return "", s.trouble(err)
	}
	s.hand(w, kindFlow, token, flowKept)
	more := []oauth2.AuthCodeOption{oauth2.S256ChallengeOption(f.Verifier), oidc.Nonce(f.Nonce)}
	if len(p.ACR) > 0 {
		more = append(more, oauth2.SetAuthURLParam("acr_values", strings.Join(p.ACR, " ")))
	}
	return p.client(at, back).AuthCodeURL(f.State, more...), nil
}

// reach finds out what the provider says of itself and where it must send people back: an
// address of its own for each provider, so that answers of two cannot be mixed up.
func (s *Sessions) reach(ctx context.Context, p *Provider, tenant string) (at *found, back string, err error) {
	base, err := s.Address(ctx, tenant)
	if err != nil {
		return nil, "", err
	}
	at, err = p.discover(oidc.ClientContext(ctx, s.Client))
	return at, base + "/inloggen/terug/" + p.ID, err
}

// Return takes the answer of a provider and starts a session, or returns desk.ErrSecondStep.
// next is where the person wanted to go.
func (s *Sessions) Return(w http.ResponseWriter, r *http.Request, tenant, id string) (next string, err error) {
	p := s.provider(tenant, id)
	if p == nil {
		return "", errNoProvider
	}
	f, err := s.endFlow(w, r, tenant, id)
	if err != nil {
		return "", err
	}
	said, err := s.proof(r, p, tenant, f)
	if err != nil {
		return f.Next, err
	}
	person, err := s.linked(w, r, p, tenant, said.subject, f.Invite)
	if err != nil {
		return f.Next, err
	}
	return f.Next, s.letIn(w, r, proven{Tenant: tenant, Person: person, Provider: id, Session: said.session, Strong: said.strong})
}

// endFlow finds the login that this answer belongs to, and ends it: no answer counts twice.
func (s *Sessions) endFlow(w http.ResponseWriter, r *http.Request, tenant, id string) (f flow, err error) {
	k, ok, err := s.ticket(r.Context(), kindFlow, tenant, s.shown(r, kindFlow), &f)
	if err != nil {
		return f, s.trouble(err)
	}
	s.takeBack(w, kindFlow)
	if !ok {
		return f, s.refused("no login was begun in this browser")
	}
	if used, err := s.Store.UseTicket(r.Context(), k.ID); err != nil {
		return f, s.trouble(err)
	} else if !used {
		return f, s.refused("answer used twice")
	}
	if f.Provider != id || subtle.ConstantTimeCompare([]byte(f.State), []byte(r.URL.Query().Get("state"))) != 1 {
		return f, s.refused("answer to another question")
	}
	return f, nil
}

// proof gets the token for the code and checks it.
func (s *Sessions) proof(r *http.Request, p *Provider, tenant string, f flow) (said, error) {
	ctx := oidc.ClientContext(r.Context(), s.Client)
	at, back, err := s.reach(ctx, p, tenant)
	if err != nil {
		return said{}, s.trouble(err)
	}
	answer := r.URL.Query()
	if issuer, given := answer["iss"]; given && (len(issuer) != 1 || issuer[0] != p.Issuer) || !given && at.namesIt {
		return said{}, s.refused("answer of another provider")
	}
	if answer.Get("error") != "" || answer.Get("code") == "" {
		return said{}, s.refused("the provider gave no code")
	}
	more := []oauth2.AuthCodeOption{oauth2.VerifierOption(f.Verifier)}
	if p.Key != nil {
		assertion, err := p.assertion(at.Endpoint().TokenURL, s.Clock.Now())
		if err != nil {
			return said{}, s.trouble(err)
		}
		more = append(more, assertion...)
	}
	token, err := p.client(at, back).Exchange(ctx, answer.Get("code"), more...)
	if err != nil {
		return said{}, s.refused("the provider did not take the code")
	}
	found, why := s.read(ctx, p, at, token, f.Nonce)
	if why != "" {
		return said{}, s.refused(why)
	}
	return found, nil
}

// refused logs why, in words that hold nothing of the person, and gives the one answer.
func (s *Sessions) refused(why string) error {
	s.Log.Warn("login through a provider refused", "why", why)
	return ErrProvider
}

// linked finds who a subject is here: by an earlier link, or by the invitation that is being
// accepted. Nothing else makes a link.
func (s *Sessions) linked(w http.ResponseWriter, r *http.Request, p *Provider, tenant, subject, invite string) (string, error) {
	ctx := r.Context()
	link, found, err := s.Store.Link(ctx, tenant, p.Issuer, subject)
	if err != nil {
		return "", s.trouble(err)
	}
	k, invited, err := s.ticket(ctx, kindInvitation, tenant, invite, &invitation{})
	switch {
	case err != nil:
		return "", s.trouble(err)
	case found && invited && link.Person != k.Person:
		return "", s.refused("this subject is somebody else")
	case found:
		return link.Person, nil
	case !invited:
		return "", unlinked(p, subject)
	}
	if used, err := s.Store.UseTicket(ctx, k.ID); err != nil {
		return "", s.trouble(err)
	} else if !used {
		return "", s.refused("invitation used twice")
	}
	added, err := s.Store.AddLink(ctx, desk.Link{Tenant: tenant, Issuer: p.Issuer, Subject: subject, Person: k.Person, Made: s.Clock.Now()})
	if err != nil {
		return "", s.trouble(err)
	}
	if !added {
		return "", s.refused("this subject is somebody else")
	}
	s.takeBack(w, kindInvitation)
	if err := s.Store.EndInvitations(ctx, tenant, k.Person); err != nil {
		return "", s.trouble(err)
	}
	s.note(s.came(r, tenant, k.Person, nil), tenant, k.Person, "login.linked", "done")
	return k.Person, nil
}

// unlinked tells somebody whom the provider knows and this desk does not what to do. It says
// nothing about who does have an account.
func unlinked(p *Provider, subject string) error {
	return loket.Refuse(loket.Invalid,
		"U bent ingelogd bij "+p.Title+", maar dit loket kent u daar nog niet. Hebt u een uitnodiging? Gebruik die eerst. Anders geeft u de beheerder van het loket dit kenmerk: "+subject,
		"You are logged in at "+p.Title+", but this desk does not know you there yet. Do you have an invitation? Use it first. Otherwise give the administrator of the desk this mark: "+subject)
}

// Leave gives the name of a provider and the address where somebody logs out there too; empty
// when it has none.
func (s *Sessions) Leave(r *http.Request, tenant, id string) (title, address string) {
	p := s.provider(tenant, id)
	if p == nil {
		return "", ""
	}
	at, _, err := s.reach(r.Context(), p, tenant)
	if err != nil || at.end == "" {
		return p.Title, ""
	}
	u, err := url.Parse(at.end)
	base, fault := s.Address(r.Context(), tenant)
	if err != nil || fault != nil {
		return p.Title, ""
	}
	query := u.Query()
	query.Set("client_id", p.ClientID)
	query.Set("post_logout_redirect_uri", base+"/inloggen")
	u.RawQuery = query.Encode()
	return p.Title, u.String()
}
