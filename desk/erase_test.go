// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
)

// D-43: words of an event of the first encoding lie in its body; erasing them writes the body
// anew. Control: before, they are there, for the program and in the bytes.
func TestErasesWordsOfEarlyEvents(t *testing.T) {
	t.Parallel()
	b, ctx := start(t), context.Background()
	id := b.report(t, "k", answers()).Case
	body := []byte(`{"p":{"kind":"note","text":"Daan Bedacht belde over Mila"}}`)
	sealed, _ := box{}.Seal(ctx, "sleutel", fmt.Sprintf("events|body|%s|3", id), body)
	b.m.s.events[id] = append(b.m.s.events[id], desk.Record{Case: id, Seq: 3, Tenant: "vb", At: noon, Type: "note.made", By: "samira", Role: "officer", Sealed: sealed})
	note := func() desk.NoteView {
		v, err := b.Case(ctx, officer, id)
		if err != nil || len(v.Notes) != 1 {
			t.Fatalf("%v, %v", v, err)
		}
		return v.Notes[0]
	}
	inBytes := func() bool { return bytes.Contains(flip(b.m.s.events[id][2].Sealed), flip(flip([]byte("Bedacht")))) }
	if n := note(); n.Text == "" && !n.Said.Sealed || !inBytes() {
		t.Fatalf("control: the words must be there: %+v, %v", n, inBytes())
	}
	b.do(t, officer, id, loket.FactsErased{Texts: []int{3}, Reason: "naam van een buurman"})
	if n := note(); n.Text != "" || n.Said.Erased == nil || n.Said.Erased.Reason != "naam van een buurman" {
		t.Errorf("note after erasing: %+v", n)
	}
	if inBytes() {
		t.Error("the words are still in the record")
	}
	b.do(t, officer, id, loket.Noted{Kind: "note", Text: "later"})
	if v, err := b.Case(ctx, officer, id); err != nil || len(v.Notes) != 2 {
		t.Errorf("the case goes on: %v", err)
	}
}
