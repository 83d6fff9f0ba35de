// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"context"
	"crypto/ecdsa"
	"crypto/subtle"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
	"golang.org/x/oauth2"
)

// said is what is believed of a token.
type said struct {
	subject string
	session string // hash of the provider's own name for the session; empty: it has none
	strong  bool
}

// skew is how far the clocks of a provider and of this machine may be apart.
const skew = 5 * time.Minute

const longestSubject = 255

// read checks a token and everything in it that was asked for. why says what is wrong, in
// words that may stand in a log; empty: nothing.
func (s *Sessions) read(ctx context.Context, p *Provider, at *found, token *oauth2.Token, nonce string) (out said, why string) {
	raw, _ := token.Extra("id_token").(string)
	id, err := at.VerifierContext(ctx, &oidc.Config{ClientID: p.ClientID, SupportedSigningAlgs: algorithms, Now: s.Clock.Now}).Verify(ctx, raw)
	if err != nil {
		return out, "signature, issuer, audience or time of the token"
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(nonce)) != 1 {
		return out, "token of another login"
	}
	if id.AccessTokenHash != "" && id.VerifyAccessToken(token.AccessToken) != nil {
		return out, "token beside another access token"
	}
	claims := map[string]any{}
	if err := id.Claims(&claims); err != nil {
		return out, "claims of the token"
	}
	if why := p.fits(id, claims, s.Clock.Now()); why != "" {
		return out, why
	}
	out.subject, _ = claim(claims, p.Subject).(string)
	if out.subject == "" || len(out.subject) > longestSubject {
		return out, "no subject"
	}
	if sid, _ := claims["sid"].(string); sid != "" {
		out.session = sessionName(p.Issuer, sid)
	}
	out.strong = among(claim(claims, p.ACRClaim), p.Strong)
	return out, ""
}

// fits checks what the library leaves to us: for whom the token is when it names several,
// when it was made, how sure the provider is, and what was required.
func (p *Provider) fits(id *oidc.IDToken, claims map[string]any, now time.Time) (why string) {
	if azp, given := claims["azp"]; given && azp != p.ClientID || !given && len(id.Audience) > 1 {
		return "token for another party"
	}
	if id.IssuedAt.IsZero() || id.IssuedAt.After(now.Add(skew)) || id.IssuedAt.Before(now.Add(-flowKept-skew)) {
		return "time at which the token was made"
	}
	if len(p.ACR) > 0 && !among(claim(claims, p.ACRClaim), p.ACR) {
		return "level of assurance too low"
	}
	for name, accepted := range p.Require {
		if !among(claim(claims, name), accepted) {
			return "a required claim"
		}
	}
	if _, acts := claims["represents"]; acts && !p.weighs("represents") {
		return "somebody who acts for somebody else"
	}
	return ""
}

// weighs reports whether the settings say which values of a claim, or of a part of it, are
// accepted.
func (p *Provider) weighs(name string) bool {
	for required := range p.Require {
		if required == name || strings.HasPrefix(required, name+".") {
			return true
		}
	}
	return false
}

// claim finds a claim by its name, or by its way through nested ones ("represents.kvk").
func claim(claims map[string]any, name string) any {
	if value, ok := claims[name]; ok {
		return value
	}
	head, rest, nested := strings.Cut(name, ".")
	inner, ok := claims[head].(map[string]any)
	if !nested || !ok {
		return nil
	}
	return claim(inner, rest)
}

// among reports whether a claim, or one of its values, is accepted.
func among(value any, accepted []string) bool {
	switch v := value.(type) {
	case nil, map[string]any:
		return false
	case []any:
		return slices.ContainsFunc(v, func(one any) bool { return among(one, accepted) })
	case string:
		return slices.Contains(accepted, v)
	default:
		return slices.Contains(accepted, fmt.Sprint(v))
	}
}

// assertionKept is how long a proof of who this client is can be used.
const assertionKept = time.Minute

// assertion proves to the provider who this client is, by a signature instead of a secret
// that both must keep.
func (p *Provider) assertion(audience string, now time.Time) ([]oauth2.AuthCodeOption, error) {
	algorithm := jose.RS256
	if _, ok := p.Key.(*ecdsa.PrivateKey); ok {
		algorithm = jose.ES256
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: algorithm, Key: jose.JSONWebKey{Key: p.Key, KeyID: p.KeyID}}, (&jose.SignerOptions{}).WithType("JWT"))
	if err != nil {
		return nil, err
	}
	signed, err := jwt.Signed(signer).Claims(jwt.Claims{Issuer: p.ClientID, Subject: p.ClientID, Audience: jwt.Audience{audience}, ID: newToken(),
		IssuedAt: jwt.NewNumericDate(now), Expiry: jwt.NewNumericDate(now.Add(assertionKept))}).Serialize()
	return []oauth2.AuthCodeOption{
		oauth2.SetAuthURLParam("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
		oauth2.SetAuthURLParam("client_assertion", signed),
	}, err
}
