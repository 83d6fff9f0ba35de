// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"strings"
	"time"

	"example.org/loket"
)

// Origin is a network and a kind of device that somebody came from. The log holds only its
// mark; what the mark stands for lies here, sealed under a key of its own, so that it can be
// forgotten while the log stays as it is (BIO2 8.15.01, NEN 7513; AVG 5(1)(c) and (e)):
//
//	request ─▶ network cut short, kind of browser ─▶ keyed hash ─▶ mark ─▶ entry in the log
//	                          └──────── sealed ─────▶ Origin ◀── mark
//
// The same place has the same mark, at one organisation only: who looks can see that two
// logins came from one place, and who steals the database cannot see which.
type Origin struct {
	Tenant string
	Mark   string
	Key    string
	Sealed []byte
	First  time.Time // when somebody came from there first
	Last   time.Time // and last, to the day
}

// Whereabouts is what an origin says when it is opened. Neither names a person or one device.
type Whereabouts struct {
	Network string `json:"network"` // 192.0.2.0/24 or 2001:db8:1::/48
	Device  string `json:"device"`  // kind of browser and system, such as "Firefox, Windows"
}

// OriginPlace is what a sealed origin is bound to.
func OriginPlace(tenant, mark string) string { return "origins|" + tenant + "|" + mark }

// cameKey is under what a context keeps from where its request came.
type cameKey struct{}

type came struct{ tenant, actor, via string }

// CameFrom says from where an actor came with this request. Every entry in the log about what
// this actor does carries it; entries of others, made in the same go, do not.
func CameFrom(ctx context.Context, tenant, actor, via string) context.Context {
	if via == "" {
		return ctx
	}
	return context.WithValue(ctx, cameKey{}, came{tenant, actor, via})
}

// AnyMachine stands for whichever machine a request turns out to be of.
const AnyMachine = machineActor

// Via is from where the actor of an entry came; empty: not known, or somebody else's request.
func Via(ctx context.Context, e LedgerEntry) string {
	c, _ := ctx.Value(cameKey{}).(came)
	if c.tenant != e.Tenant || c.actor != e.Actor && (c.actor != AnyMachine || !strings.HasPrefix(e.Actor, machineActor)) {
		return ""
	}
	return c.via
}

// ByActor is CameFrom for an actor who was recognised.
func ByActor(ctx context.Context, a loket.Actor) context.Context {
	return CameFrom(ctx, a.Tenant, a.ID, a.Via)
}
