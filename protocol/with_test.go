// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// asksMore gives the first step of the region a form and answers to open it with.
var asksMore = []string{
	`owner: [contract], action: "convert:report"}`,
	`owner: [contract], action: "form:report", with: {actual: zuid, urgent_matter: yes}}`,
}

// R-I-04: the answers that a step opens its form with have the types of its questions, as answers have.
func TestStepWith(t *testing.T) {
	t.Parallel()
	p, err := loadStreek(t, asksMore...)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{"actual": "zuid", "urgent_matter": true}, p.Step("is_it_one").With); diff != "" {
		t.Error(diff)
	}
	many, err := loadStreek(t, asksMore[0], `owner: [contract], action: "form:extra", with: {all_of: [noord, west]}}`)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{"all_of": []string{"noord", "west"}}, many.Step("is_it_one").With); diff != "" {
		t.Error(diff)
	}
	want := []string{`steps is_it_one changed action: convert:report → form:report`, `steps is_it_one changed with:  → {actual: zuid, urgent_matter: true}`}
	if diff := cmp.Diff(want, said(Compare(streekProtocol(t), p))); diff != "" {
		t.Error(diff)
	}
}

// An overlay writes them anew as a whole. Control: a wrong option is told with the overlay's line.
func TestStepWithInOverlay(t *testing.T) {
	t.Parallel()
	const was = "{id: reply, change: remove}"
	p, err := overStreek(t, was, `{id: reply, change: replace, action: "form:report", with: {actual: noord}}`)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{"actual": "noord"}, p.Step("reply").With); diff != "" {
		t.Error(diff)
	}
	if _, err = overStreek(t, was, `{id: reply, change: replace, action: "form:report", with: {actual: oost}}`); err == nil {
		t.Error("an option that is not there was taken")
	}
}
