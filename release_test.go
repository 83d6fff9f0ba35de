// SPDX-License-Identifier: EUPL-1.2

package loket_test

import (
	"testing"

	"example.org/loket"
)

var alderman = loket.Recipient{ID: "wethouder", Name: "Lena Denkbeeld", Role: "alderman"}

// R-R-20, R-R-68: versions are numbered, a release is to named people, and a new version
// supersedes the one before.
func TestReleaseAndSupersede(t *testing.T) {
	t.Parallel()
	p, c := example(t), opened(t, serious)
	product := p.Products[0]
	parts := map[string]string{}
	for _, part := range product.Parts {
		parts[part.ID] = "Er is iets gebeurd."
	}
	draft := loket.ProductDrafted{Product: product.ID, Parts: parts}
	release := loket.ProductReleased{Product: product.ID, Recipients: []loket.Recipient{alderman}, Purpose: "bestuurlijk informeren", Override: "spoed"}
	refused(t, c, p, release, loket.Invalid)
	want(t, c, p, draft)
	refused(t, c, p, release, loket.Stopped) // R-I-05: the protocol's own stop holds
	want(t, c, p, loket.Decided{Subject: "classification"})
	refused(t, c, p, loket.ProductReleased{Product: product.ID, Purpose: "x", Override: "spoed"}, loket.Invalid)
	refused(t, c, p, loket.ProductReleased{Product: product.ID, Recipients: release.Recipients, Override: "spoed"}, loket.Motivation)
	want(t, c, p, release)
	refused(t, c, p, release, loket.Conflict)
	want(t, c, p, draft)
	want(t, c, p, release)
	if len(c.Told) != 2 || !c.Told[0].Superseded || c.Told[1].Superseded || c.Told[1].Version != 2 {
		t.Fatalf("who knows what: %+v", c.Told)
	}
	want(t, c, p, loket.ProductWithdrawn{Product: product.ID, Version: 2, Reason: "verkeerde datum"})
	if !c.Told[1].Superseded {
		t.Error("a withdrawn version still counts as current")
	}
}

// R-I-05 hard stop 3: a mandatory part is filled in or left empty with a reason.
func TestMandatoryPart(t *testing.T) {
	t.Parallel()
	p, c := example(t), opened(t, serious)
	for i := range p.Products {
		for _, part := range p.Products[i].Parts {
			if !part.Mandatory {
				continue
			}
			release := loket.ProductReleased{Product: p.Products[i].ID, Recipients: []loket.Recipient{alderman}, Purpose: "x", Override: "x"}
			want(t, c, p, loket.ProductDrafted{Product: p.Products[i].ID, Parts: map[string]string{part.ID: "  "}})
			refused(t, c, p, release, loket.Stopped)
			return
		}
	}
	t.Fatal("the example protocol has no mandatory part; this test proves nothing")
}
