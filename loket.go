// SPDX-License-Identifier: EUPL-1.2

// Package loket holds the words of the incident desk: the case, its events, the
// commands that people give and the rules that turn a command into events.
//
// A case is what happened. It is an append-only list of events: who, when, what
// and why. Its state is the fold of those events; a correction is a new event.
//
//	command ──Decide(case, protocol, actor, now)──▶ events ──Apply──▶ case
//	                                                            │
//	                        protocol.Evaluate(case.Input(now)) ◀┘ proposals
//
// Everything here is pure: the moment and every identifier are arguments. The
// protocol proposes, a person decides; nothing blocks but the hard stops of R-I-05.
package loket

// CaseID identifies a case: 128 random bits in base32, never a sequence number.
type CaseID string

// Actor is somebody, or the desk itself, doing something in a role.
type Actor struct {
	ID           string // account id; "reporter" for a reporter with a return code; "system" for the desk
	Name         string // as shown at the desk; never logged
	Role         string // role id of the protocol in force
	Roles        []string
	Tenant       string
	Organisation string // organisation the actor speaks for; empty inside the desk
	Case         CaseID // the only case a reporter with a return code may touch

	// Via is the mark of the session and the place that the actor came from, for the log only.
	Via string

	// Scopes are what the key of a machine opens; empty: not a machine.
	Scopes []string
}

// Has reports whether the actor holds one of the roles.
func (a Actor) Has(roles ...string) bool {
	for _, want := range roles {
		for _, have := range a.Roles {
			if have == want {
				return true
			}
		}
	}
	return false
}

// System is the desk acting by itself: deadlines, deliveries.
func System(tenant string) Actor { return Actor{ID: "system", Tenant: tenant} }
