// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"context"
	"errors"
	"net/http"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// secondKept is how long somebody may take for the second step.
const secondKept = 10 * time.Minute

// half is a login whose first step went well. It opens nothing but the second step.
type half struct {
	Provider string
	Session  string // of the provider
	Secret   []byte // to set up a second factor with, when there is none
	Password string // mark of the password of the first step
}

// ErrCode is the one answer to every second step that went wrong.
var ErrCode = loket.Refuse(loket.Invalid,
	"Deze code klopt niet, is al gebruikt, of er is te vaak geprobeerd. Wacht op een nieuwe code en probeer het opnieuw.",
	"This code is not right, was used before, or there were too many tries. Wait for a new code and try again.")

// ErrBeginAgain says that the first step is too long ago.
var ErrBeginAgain = loket.Refuse(loket.Gone, "Dit duurde te lang. Log opnieuw in.", "This took too long. Log in again.")

// askSecond remembers who came this far and asks for the second step.
func (s *Sessions) askSecond(w http.ResponseWriter, r *http.Request, p proven) error {
	token := newToken()
	if err := s.issue(r.Context(), kindSecond, p.Tenant, p.Person, token, half{p.Provider, p.Session, random(secretBytes), p.Password}, secondKept); err != nil {
		return s.trouble(err)
	}
	s.hand(w, kindSecond, token, secondKept)
	return desk.ErrSecondStep
}

// SecondStep tells what somebody who is half-way is asked; ErrBeginAgain when nobody is.
func (s *Sessions) SecondStep(r *http.Request, t desk.Tenant) (desk.SecondStep, error) {
	var h half
	k, ok, err := s.ticket(r.Context(), kindSecond, t.ID, s.shown(r, kindSecond), &h)
	if err != nil {
		return desk.SecondStep{}, s.trouble(err)
	}
	if !ok {
		return desk.SecondStep{}, ErrBeginAgain
	}
	_, has, err := s.Store.Factor(r.Context(), t.ID, k.Person)
	if err != nil {
		return desk.SecondStep{}, s.trouble(err)
	}
	if has {
		return desk.SecondStep{}, nil
	}
	keys, err := s.Store.PasskeysOf(r.Context(), t.ID, k.Person)
	if err != nil {
		return desk.SecondStep{}, s.trouble(err)
	}
	if len(keys) > 0 {
		return desk.SecondStep{Passkey: true}, nil
	}
	step := setup(h.Secret, t.Name, k.Person)
	step.MayPasskey = s.TakesPasskeys(r.Context(), t.ID)
	return step, nil
}

func setup(secret []byte, name, person string) desk.SecondStep {
	return desk.SecondStep{Setup: true, Secret: inFours(base32Plain.EncodeToString(secret)), URI: codeAddress(secret, name, person)}
}

// FinishLogin takes the second step and starts the session. Who set up a second factor by
// it gets recovery codes, which are shown once.
func (s *Sessions) FinishLogin(w http.ResponseWriter, r *http.Request, tenant, code string) (recovery []string, err error) {
	ctx := r.Context()
	var h half
	k, ok, err := s.ticket(ctx, kindSecond, tenant, s.shown(r, kindSecond), &h)
	if err != nil {
		return nil, s.trouble(err)
	}
	if !ok {
		return nil, ErrBeginAgain
	}
	secret, err := s.offered(ctx, tenant, k.Person, h.Secret)
	if err != nil {
		return nil, err
	}
	if recovery, err = s.checkSecond(r, tenant, k.Person, secret, code); err != nil {
		return nil, err
	}
	if used, err := s.Store.UseTicket(ctx, k.ID); err != nil {
		return nil, s.trouble(err)
	} else if !used {
		return nil, ErrBeginAgain
	}
	s.takeBack(w, kindSecond)
	p := proven{Tenant: tenant, Person: k.Person, Provider: h.Provider, Session: h.Session, Strong: true, Password: h.Password}
	if _, err := s.welcome(ctx, p); err != nil {
		return nil, err
	}
	return recovery, s.start(w, r, p)
}

// offered is the secret that somebody half-way may set up a second factor with. Who has a
// passkey gets none: with a stolen password alone nobody makes another second step.
func (s *Sessions) offered(ctx context.Context, tenant, person string, secret []byte) ([]byte, error) {
	keys, err := s.Store.PasskeysOf(ctx, tenant, person)
	if err != nil {
		return nil, s.trouble(err)
	}
	if len(keys) > 0 {
		return nil, nil
	}
	return secret, nil
}

// checkSecond checks a code of a person, within the limit of guesses. A person without a
// second factor gets one made of secret, when the code belongs to that; without a secret only
// a recovery code counts.
func (s *Sessions) checkSecond(r *http.Request, tenant, person string, secret []byte, code string) (recovery []string, err error) {
	names := []string{"second " + tenant + "/" + person, "second source " + s.Source(r)}
	if !s.guesses.take(s.Clock.Now(), names...) {
		return nil, ErrCode
	}
	ctx := s.came(r, tenant, person, nil)
	factor, has, err := s.Store.Factor(ctx, tenant, person)
	if err != nil {
		return nil, s.trouble(err)
	}
	right := false
	if has {
		right, err = s.matches(ctx, factor, typedCode(code))
	} else if secret == nil {
		right, err = s.recovers(ctx, tenant, person, typedCode(code))
	} else if step, ok := codeStepOf(secret, typedCode(code), s.Clock.Now()); ok && len(secret) == secretBytes {
		right = true
		recovery, err = s.keepFactor(ctx, tenant, person, secret, step)
	}
	if err != nil {
		return nil, s.trouble(err)
	}
	if !right {
		s.note(ctx, tenant, person, "login.second", "refused")
		return nil, ErrCode
	}
	s.guesses.undo(names...)
	return recovery, nil
}

// matches reports whether a code is the app's of this moment, or a recovery code. Either
// counts once.
func (s *Sessions) matches(ctx context.Context, f desk.Factor, code string) (bool, error) {
	if len(code) != codeDigits {
		return s.recovers(ctx, f.Tenant, f.Person, code)
	}
	secret, err := s.Sealer.Open(ctx, f.Key, factorPlace(f), f.Sealed)
	if err != nil {
		return false, err
	}
	step, ok := codeStepOf(secret, code, s.Clock.Now())
	if !ok {
		return false, nil
	}
	return s.Store.StepFactor(ctx, f.Tenant, f.Person, step)
}

// recovers reports whether a code is a recovery code that was not used yet.
func (s *Sessions) recovers(ctx context.Context, tenant, person, code string) (bool, error) {
	used, err := s.Store.UseRecovery(ctx, tenant, person, recoveryHash(tenant, person, code))
	if used {
		s.note(ctx, tenant, person, "login.recovery", "done")
	}
	return used, err
}

// keepFactor gives a person a second factor, with new recovery codes.
func (s *Sessions) keepFactor(ctx context.Context, tenant, person string, secret []byte, step int64) (recovery []string, err error) {
	f := desk.Factor{Tenant: tenant, Person: person, LastStep: step, Made: s.Clock.Now()}
	if f.Key, err = s.Sealer.NewKey(ctx, tenant); err != nil {
		return nil, err
	}
	if f.Sealed, err = s.Sealer.Seal(ctx, f.Key, factorPlace(f), secret); err != nil {
		return nil, err
	}
	codes, hashes := newRecovery(tenant, person)
	if err := s.Store.PutFactor(ctx, f, hashes); err != nil {
		return nil, err
	}
	s.note(ctx, tenant, person, "login.factor_set", "done")
	return codes, nil
}

func factorPlace(f desk.Factor) string { return "factor/" + f.Tenant + "/" + f.Person }

// ForgetSecond takes away somebody's second factor, passkeys and recovery codes, for who lost
// telephone and codes. The person is out at once; where a role asks for one a new one is set
// up at the next login.
func (s *Sessions) ForgetSecond(ctx context.Context, tenant, person string) error {
	f, has, err := s.Store.Factor(ctx, tenant, person)
	if err != nil {
		return err
	}
	if err := errors.Join(s.Store.EndPasskeys(ctx, tenant, person), s.Store.PutRecovery(ctx, tenant, person, nil)); err != nil {
		return err
	}
	if has {
		if err := s.Store.EndFactor(ctx, tenant, person); err != nil {
			return err
		}
	}
	s.note(ctx, tenant, person, "login.factor_ended", "done")
	if err := s.Store.EndSessions(ctx, tenant, person); err != nil || !has {
		return err
	}
	return s.Sealer.Destroy(ctx, f.Key)
}
