// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"example.org/loket"
	"example.org/loket/desk"
)

// Ways are the ways in besides a password alone, and what somebody may do with the own
// account. Package identity implements it. Each refusal is a loket.Error to show.
type Ways interface {
	// Offered lists the logins of organisations that this desk accepts.
	Offered(tenant string) []desk.Provider
	// Begin gives the address at a provider where somebody logs in.
	Begin(w http.ResponseWriter, r *http.Request, tenant, provider, next string) (address string, err error)
	// Return takes the answer of a provider; desk.ErrSecondStep: one more step.
	Return(w http.ResponseWriter, r *http.Request, tenant, provider string) (next string, err error)
	// Leave gives the name of a provider and where to log out there as well.
	Leave(r *http.Request, tenant, provider string) (title, address string)

	SecondStep(r *http.Request, t desk.Tenant) (desk.SecondStep, error)
	// FinishLogin takes the code of the second step. Recovery codes are shown once.
	FinishLogin(w http.ResponseWriter, r *http.Request, tenant, code string) (recovery []string, err error)

	// BeginFirstPasskey and FinishFirstPasskey set up a passkey as the second step.
	BeginFirstPasskey(w http.ResponseWriter, r *http.Request, t desk.Tenant) (options string, err error)
	FinishFirstPasskey(w http.ResponseWriter, r *http.Request, tenant, title, response string) (recovery []string, err error)

	// ForgetSecond takes away somebody's second step; the person is out at once.
	ForgetSecond(ctx context.Context, tenant, person string) error

	// Invite makes a code with which somebody comes in for the first time.
	Invite(ctx context.Context, by loket.Actor, person string) (code string, err error)
	Accept(w http.ResponseWriter, r *http.Request, tenant, code string) error
	Invited(r *http.Request, tenant string) (desk.Person, error)
	SetPassword(w http.ResponseWriter, r *http.Request, tenant, password string) error

	Own(r *http.Request, by loket.Actor) (desk.OwnAccount, error)
	// EndOwn ends one session, or all but this one when key is empty, of who proves once more
	// who is there.
	EndOwn(r *http.Request, by loket.Actor, key, proof string) error
	// EndByProvider ends the sessions that a provider's logout token speaks of.
	EndByProvider(r *http.Request, tenant, provider, token string) error
	BeginSecond(w http.ResponseWriter, r *http.Request, t desk.Tenant, by loket.Actor) (desk.SecondStep, error)
	SetSecond(w http.ResponseWriter, r *http.Request, by loket.Actor, password, code string) (recovery []string, err error)
	NewRecovery(r *http.Request, by loket.Actor, code string) ([]string, error)
	DropSecond(r *http.Request, by loket.Actor, code string) error
	// TakesPasskeys reports whether devices can be asked at this desk (WebAuthn).
	TakesPasskeys(ctx context.Context, tenant string) bool
	// PasskeyLogin and BeginPasskey give what the browser asks its device; what it answers
	// goes to FinishPasskey and AddPasskey.
	PasskeyLogin(w http.ResponseWriter, r *http.Request, t desk.Tenant) (options string, err error)
	FinishPasskey(w http.ResponseWriter, r *http.Request, tenant, response string) error
	BeginPasskey(w http.ResponseWriter, r *http.Request, t desk.Tenant, by loket.Actor) (options string, err error)
	AddPasskey(w http.ResponseWriter, r *http.Request, by loket.Actor, password, title, response string) error
	EndPasskey(r *http.Request, by loket.Actor, key string) error

	ChangePassword(w http.ResponseWriter, r *http.Request, by loket.Actor, old, fresh string) error
}

const accountPath = "/account"

// accountPage is the own account: where logged in, and how.
type accountPage struct {
	*reader
	desk.OwnAccount
	refused string
	done    string // what was done, as the end of a key

	takesPasskeys bool
}

// showAccount answers GET /account.
func showAccount(v *visit) error { return v.accountPage("", http.StatusOK) }

func (v *visit) accountPage(refused string, status int) error {
	own, err := v.ways.Own(v.r, v.actor)
	if err != nil {
		return err
	}
	v.nav, v.focus = accountPath, refused != ""
	page := &accountPage{reader: v.reader, OwnAccount: own, refused: refused, takesPasskeys: v.ways.TakesPasskeys(v.r.Context(), v.desk.ID)}
	if said := v.r.URL.Query().Get("klaar"); slices.Contains([]string{"sessies", "wachtwoord", "passkey", "passkey-weg"}, said) {
		page.done = said
	}
	return v.show(status, v.T("account.title"), page.page())
}

// refusedAt shows a page again with what its reader can do about; any other error goes to
// the error page.
func (v *visit) refusedAt(err error, again func(words string, status int) error) error {
	said, ok := errors.AsType[*loket.Error](err)
	if !ok || said.Code != loket.Invalid && said.Code != loket.Gone {
		return err
	}
	return again(v.P(said.Message), http.StatusUnprocessableEntity)
}

// endSessions answers POST /account/sessies: one, or all others.
func endSessions(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	if err := v.ways.EndOwn(v.r, v.actor, v.text("sessie"), v.r.PostForm.Get("bewijs")); err != nil {
		return v.refusedAt(err, v.accountPage)
	}
	return v.to(accountPath + "?klaar=sessies")
}

// changePassword answers POST /account/wachtwoord.
func changePassword(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	if err := v.ways.ChangePassword(v.w, v.r, v.actor, v.r.PostForm.Get("wachtwoord"), v.r.PostForm.Get("nieuw")); err != nil {
		return v.refusedAt(err, v.accountPage)
	}
	return v.to(accountPath + "?klaar=wachtwoord")
}

// renewRecovery answers POST /account/herstelcodes. The codes are on this page only.
func renewRecovery(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	codes, err := v.ways.NewRecovery(v.r, v.actor, v.text("code"))
	if err != nil {
		return v.refusedAt(err, v.accountPage)
	}
	return v.recoveryPage(codes, accountPath)
}

// dropSecond answers POST /account/tweede-stap/uit. The person is logged out everywhere.
func dropSecond(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	if err := v.ways.DropSecond(v.r, v.actor, v.text("code")); err != nil {
		return v.refusedAt(err, v.accountPage)
	}
	return v.to("/inloggen?naar=" + accountPath)
}

// showSecondSetup answers GET /account/tweede-stap.
func showSecondSetup(v *visit) error { return v.setupPage("", http.StatusOK) }

func (v *visit) setupPage(refused string, status int) error {
	own, err := v.ways.Own(v.r, v.actor)
	if err != nil {
		return err
	}
	if !own.Factor.IsZero() {
		return v.to(accountPath)
	}
	step, err := v.ways.BeginSecond(v.w, v.r, v.desk, v.actor)
	if err != nil {
		return err
	}
	v.nav = accountPath
	return v.secondPage(&secondPage{reader: v.reader, SecondStep: step, action: accountPath + "/tweede-stap", password: own.Login != "", refused: refused}, status)
}

// setSecond answers POST /account/tweede-stap.
func setSecond(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	codes, err := v.ways.SetSecond(v.w, v.r, v.actor, v.r.PostForm.Get("wachtwoord"), v.text("code"))
	if err != nil {
		return v.refusedAt(err, v.setupPage)
	}
	return v.recoveryPage(codes, accountPath)
}
