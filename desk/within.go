// SPDX-License-Identifier: EUPL-1.2

package desk

import "context"

// boundKey is under what a context keeps for whom it works.
type boundKey struct{}

// Within binds everything that is done with a context to the rows of one organisation. The
// desk filters by organisation in every query; a store that can refuses other rows by
// itself, so that a query that forgets its filter finds nothing of others (S03).
func Within(ctx context.Context, tenant string) context.Context {
	return context.WithValue(ctx, boundKey{}, tenant)
}

// Everywhere takes the bond away again, for what concerns two organisations or the whole
// installation. The desk has asked by then whether the actor may.
func Everywhere(ctx context.Context) context.Context {
	return context.WithValue(ctx, boundKey{}, "")
}

// BoundTo is the organisation to whose rows a context is bound; empty is none: due work, the
// command line.
func BoundTo(ctx context.Context) string {
	tenant, _ := ctx.Value(boundKey{}).(string)
	return tenant
}
