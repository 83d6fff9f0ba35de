// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"

	"example.org/loket"
)

// Asker tells whether somebody may want something, without doing it. The desk does.
type Asker interface {
	// May is nil, or how the desk refuses this payload; an empty case is any of the desk's.
	May(ctx context.Context, by loket.Actor, id loket.CaseID, want loket.Payload) error
}

// purpose is what a form is for, as far as it must be known to ask whether somebody may: the
// kind of payload, and what it is about.
type purpose func(*visit) loket.Payload

// to is the purpose of a form that is about the whole case.
func to[P loket.Payload](*visit) loket.Payload {
	var want P
	return want
}

func toDecide(v *visit) loket.Payload  { return loket.Decided{Subject: v.text("onderwerp")} }
func toClose(v *visit) loket.Payload   { return loket.PhaseClosed{Phase: v.text("fase")} }
func toPropose(v *visit) loket.Payload { return loket.CloseProposed{Phase: v.text("fase")} }

func toAlign(v *visit) loket.Payload {
	return loket.ProductAligned{Product: v.r.PathValue("product"), Role: v.text("rol")}
}

func toDraft(v *visit) loket.Payload {
	return loket.ProductDrafted{Product: v.r.PathValue("product")}
}

func toRelease(v *visit) loket.Payload {
	return loket.ProductReleased{Product: v.r.PathValue("product")}
}

func toWithdraw(v *visit) loket.Payload {
	return loket.ProductWithdrawn{Product: v.r.PathValue("product")}
}

// roleFirst turns what is wrong with a form into the refusal of the desk, for somebody who
// may not do what the form is for.
func (v *visit) roleFirst(why purpose, err error) error {
	asker, ok := v.service.(Asker)
	if !ok || v.r.PostForm == nil || refusal(err) == nil {
		return err
	}
	if no := asker.May(v.r.Context(), v.actor, v.caseID(), why(v)); no != nil {
		return no
	}
	return err
}
