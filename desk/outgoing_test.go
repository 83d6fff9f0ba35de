// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"context"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
)

// R-R-82, R-R-83, DT-25: a name that only stands in what the reporter wrote does not go out.
func TestNamesFromTheReportStayInside(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	id := b.report(t, "k", answers()).Case
	b.do(t, officer, id, loket.Decided{Subject: "classification"})
	lena := loket.Recipient{ID: "lena", Name: "Lena Denkbeeld", Role: "alderman", Email: "lena@example.org"}
	release := loket.ProductReleased{Product: "dat", Recipients: []loket.Recipient{lena}, Purpose: "bestuurlijk informeren"}
	for text, want := range map[string]loket.Code{
		"De krant noemt Mila Verzonnen.":   loket.Stopped,
		"Het gaat om mevrouw Verzonnen.":   loket.Stopped,
		"Er is iets verzonnen over Alfa.":  "", // control: a word, and the organisation
		"Er is iets gebeurd op de trap.":   "",
		"Zij woont aan de Proefstraat 12.": loket.Stopped,
	} {
		b.do(t, officer, id, loket.ProductDrafted{Product: "dat", Parts: map[string]string{"what": text}})
		_, err := b.Do(ctx, officer, id, desk.Change{Want: release})
		if got := loket.ErrorCode(err); err == nil && want != "" || err != nil && got != want {
			t.Errorf("%q: want %q, got %v", text, want, err)
		}
	}
}

// R-R-86: a new version can start from the facts of now, not from the text of before.
func TestDraftStartsFromTheFactsOfNow(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	id := b.report(t, "k", answers()).Case
	b.do(t, officer, id, loket.Decided{Subject: "classification"})
	b.do(t, officer, id, loket.ProductDrafted{Product: "dat", Parts: map[string]string{"what": "Eigen woorden."}})
	text := func(version int) string {
		v, err := b.Product(ctx, officer, id, "dat", "", version)
		if err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		for _, part := range v.Parts {
			all.WriteString(part.Text)
		}
		return all.String()
	}
	if got := text(0); !strings.Contains(got, "Eigen woorden.") {
		t.Errorf("control: the newest version reads %q", got)
	}
	if got := text(desk.AsProposed); strings.Contains(got, "Eigen woorden.") || got == "" {
		t.Errorf("as proposed now: %q", got)
	}
}

// R-R-82, DT-25: an institution that the reporter typed with a capital does not stop a text,
// a person in the same sentence does.
func TestInstitutionsFromTheReportMayBeNamed(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	a := answers()
	a.Set("story", "Mila Verzonnen lag in het Albert Schweitzer Ziekenhuis. De Gecertificeerde Instelling en Bureau Halt weten het, en Stichting De Linde ook.")
	id := b.report(t, "k", a).Case
	b.do(t, officer, id, loket.Decided{Subject: "classification"})
	lena := loket.Recipient{ID: "lena", Name: "Lena Denkbeeld", Role: "alderman", Email: "lena@example.org"}
	release := loket.ProductReleased{Product: "dat", Recipients: []loket.Recipient{lena}, Purpose: "bestuurlijk informeren"}
	for text, want := range map[string]loket.Code{
		"Het Albert Schweitzer Ziekenhuis is ingelicht.":               "",
		"De Gecertificeerde Instelling en Bureau Halt zijn betrokken.": "",
		"Stichting De Linde onderzoekt het zelf.":                      "",
		"Mila lag in het Albert Schweitzer Ziekenhuis.":                loket.Stopped, // control
	} {
		b.do(t, officer, id, loket.ProductDrafted{Product: "dat", Parts: map[string]string{"what": text}})
		_, err := b.Do(ctx, officer, id, desk.Change{Want: release})
		if got := loket.ErrorCode(err); err == nil && want != "" || err != nil && got != want {
			t.Errorf("%q: want %q, got %v", text, want, err)
		}
	}
}
