// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"example.org/loket/desk"
)

// Kinds of ticket.
const (
	kindFlow       = "flow"       // on the way to a provider and back
	kindSecond     = "second"     // the first step went well
	kindSetup      = "setup"      // a second factor is being set up
	kindInvitation = "invitation" // accept an invitation
	kindPasskey    = "passkey"    // a device was asked who is there
	kindPasskeyNew = "passkey.new"
)

// issue keeps content under a token. Who reads the row learns nothing: name and cipher are
// made from the token.
func (s *Sessions) issue(ctx context.Context, kind, tenant, person, token string, content any, kept time.Duration) error {
	id, aead, err := keysOf(kind, token)
	if err != nil {
		return err
	}
	plain, err := json.Marshal(content)
	if err != nil {
		return fmt.Errorf("identity: ticket: %w", err)
	}
	return s.Store.PutTicket(ctx, desk.Ticket{ID: id, Kind: kind, Tenant: tenant, Person: person, Sealed: aead.Seal(nil, nil, plain, id), Expires: s.Clock.Now().Add(kept)})
}

// ticket reads the content that belongs to a token, when it is of this kind and tenant and
// still good.
func (s *Sessions) ticket(ctx context.Context, kind, tenant, token string, content any) (desk.Ticket, bool, error) {
	if token == "" {
		return desk.Ticket{}, false, nil
	}
	id, aead, err := keysOf(kind, token)
	if err != nil {
		return desk.Ticket{}, false, err
	}
	k, found, err := s.Store.Ticket(ctx, id)
	if err != nil || !found || k.Kind != kind || k.Tenant != tenant || !s.Clock.Now().Before(k.Expires) {
		return desk.Ticket{}, false, err
	}
	plain, err := aead.Open(nil, nil, k.Sealed, id)
	if err != nil {
		return desk.Ticket{}, false, fmt.Errorf("identity: a ticket was damaged: %w", err)
	}
	return k, true, json.Unmarshal(plain, content)
}

// ticketCookie names the cookie that holds the token of a kind of ticket.
func (s *Sessions) ticketCookie(kind string) string {
	name := map[string]string{kindFlow: "onderweg", kindSecond: "tweede", kindSetup: "instellen", kindInvitation: "uitnodiging",
		kindPasskey: "passkey", kindPasskeyNew: "nieuwe-passkey"}[kind]
	if s.Secure {
		return "__Host-loket-" + name
	}
	return "loket-" + name
}

// hand gives the browser a ticket.
func (s *Sessions) hand(w http.ResponseWriter, kind, token string, kept time.Duration) {
	s.keepCookie(w, s.ticketCookie(kind), token, int(kept/time.Second))
}

// takeBack removes the ticket from the browser.
func (s *Sessions) takeBack(w http.ResponseWriter, kind string) {
	s.keepCookie(w, s.ticketCookie(kind), "", -1)
}

// shown is the ticket that the browser has; empty: none.
func (s *Sessions) shown(r *http.Request, kind string) string {
	cookie, err := r.Cookie(s.ticketCookie(kind))
	if err != nil {
		return ""
	}
	return cookie.Value
}
