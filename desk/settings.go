// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"net/url"
	"slices"

	"example.org/loket"
)

// Settings are what an organisation chooses for its own desk, beside its books.
type Settings struct {
	Privacy      string // https address of its privacy statement; empty: the page of the desk itself
	SecondFactor string // one of SecondFactors: who must show one, beside whom the installation asks
}

// SecondFactors are what an organisation may ask: nothing more than the installation does;
// of who reads deeply or sets up (deep); of everybody (all). Each asks more than the one
// before it, so that no choice can ask less than the installation.
var SecondFactors = []string{"", "deep", "all"}

// StricterFactor is the one of two rules that asks more. "off" asks nothing, as "" does.
func StricterFactor(a, b string) string {
	if slices.Index(SecondFactors, b) > slices.Index(SecondFactors, a) {
		return b
	}
	return a
}

// Settings shows them to who sets the desk up.
func (d *Desk) Settings(ctx context.Context, a loket.Actor) (Settings, error) {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return Settings{}, err
	}
	if !may(a, p, "settings.set", 0) {
		d.refusedTo(ctx, a, "", "settings.set")
		return Settings{}, errHidden
	}
	t, err := d.Tenant(ctx, a.Tenant)
	return Settings{t.Privacy, t.SecondFactor}, err
}

// SetSettings changes them, with an entry in the log.
func (d *Desk) SetSettings(ctx context.Context, a loket.Actor, s Settings) error {
	if _, err := d.Settings(ctx, a); err != nil {
		return err
	}
	if err := s.check(); err != nil {
		return err
	}
	err := d.Store.Write(ctx, func(tx Tx) error {
		if err := tx.PutSettings(ctx, a.Tenant, s); err != nil {
			return err
		}
		return tx.Ledger(ctx, LedgerEntry{At: d.Now(), Tenant: a.Tenant, Actor: a.ID, Role: a.Role, Action: "settings.set", Outcome: "done", Purpose: "second-factor:" + s.SecondFactor})
	})
	d.forgetTenants()
	return err
}

// check says what is wrong with settings, in words.
func (s Settings) check() error {
	if s.Privacy != "" && !isStatement(s.Privacy) {
		return loket.Refuse(loket.Invalid, "Dit is geen adres van een privacyverklaring. Schrijf het volledig, bijvoorbeeld https://www.voorbeeldstad.example/privacy.",
			"This is no address of a privacy statement. Write it in full, for example https://www.voorbeeldstad.example/privacy.")
	}
	if !slices.Contains(SecondFactors, s.SecondFactor) {
		return loket.Refuse(loket.Invalid, "Kies wie een tweede stap laat zien: deep of all. Leeg: zoals de installatie vraagt.",
			"Choose who shows a second step: deep or all. Empty: as the installation asks.")
	}
	return nil
}

// isStatement: an address that a browser can open safely, and that carries nothing along.
func isStatement(address string) bool {
	const longest = 500
	at, err := url.Parse(address)
	return err == nil && len(address) <= longest && at.Scheme == "https" && at.Hostname() != "" && at.User == nil
}
