// SPDX-License-Identifier: EUPL-1.2

package web

// accountRoutes are the ways in, and what somebody does with the own account.
func accountRoutes() []route {
	return []route{
		{"GET /account", loggedIn, withWays(showAccount)},
		{"POST /account/herstelcodes", loggedIn, withWays(renewRecovery)},
		{"GET /account/passkey", loggedIn, withWays(showPasskeyNew)},
		{"POST /account/passkey", loggedIn, withWays(addPasskey)},
		{"POST /account/passkey/weg", loggedIn, withWays(endPasskey)},
		{"POST /account/sessies", loggedIn, withWays(endSessions)},
		{"GET /account/tweede-stap", loggedIn, withWays(showSecondSetup)},
		{"POST /account/tweede-stap", loggedIn, withWays(setSecond)},
		{"POST /account/tweede-stap/uit", loggedIn, withWays(dropSecond)},
		{"POST /account/wachtwoord", loggedIn, withWays(changePassword)},
		{"POST /inloggen/afmelden/{provider}", anyone, withWays(endByProvider)},
		{"GET /inloggen/passkey", anyone, withWays(showPasskeyLogin)},
		{"POST /inloggen/passkey", anyone, withWays(takePasskeyLogin)},
		{"GET /inloggen/terug/{provider}", anyone, withWays(backFromProvider)},
		{"GET /inloggen/tweede-stap", anyone, withWays(showSecondStep)},
		{"POST /inloggen/tweede-stap", anyone, withWays(takeSecondStep)},
		{"GET /inloggen/tweede-stap/passkey", anyone, withWays(showFirstPasskey)},
		{"POST /inloggen/tweede-stap/passkey", anyone, withWays(addFirstPasskey)},
		{"GET /inloggen/uit/{provider}", anyone, withWays(showLeft)},
		{"GET /inloggen/via/{provider}", anyone, withWays(toProvider)},
		{"POST /mensen/tweede-stap", loggedIn, withWays(resetSecond)},
		{"POST /mensen/uitnodigen", loggedIn, withWays(invite)},
		{"GET /uitnodiging", anyone, withWays(showInvitation)},
		{"POST /uitnodiging", anyone, withWays(takeInvitation)},
		{"POST /uitnodiging/wachtwoord", anyone, withWays(setFirstPassword)},
	}
}

// withWays opens a page only where there are other ways in than a password.
func withWays(next handler) handler {
	return func(v *visit) error {
		if v.ways == nil {
			return errUnknownPage()
		}
		return next(v)
	}
}
