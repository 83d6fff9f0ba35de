// SPDX-License-Identifier: EUPL-1.2

package loket_test

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/protocol"
)

// written is one event of a released encoding, as it lay in a database.
type written struct {
	Type, Body, Vault string
	Want              json.RawMessage // the payload, without facts
}

func earlier(t *testing.T) []written {
	t.Helper()
	data, err := os.ReadFile("testdata/encoding/events-1.json")
	if err != nil {
		t.Fatal(err)
	}
	var out []written
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func (w written) encoded() loket.Encoded {
	return loket.Encoded{Body: []byte(w.Body), Vault: []byte(w.Vault)}
}

// design §5: events of every released encoding stay readable for ever, with all their words
// and facts. Control: an encoding that this program does not know is refused, not guessed.
func TestEarlierEventsStayReadable(t *testing.T) {
	t.Parallel()
	p := example(t)
	for _, w := range earlier(t) {
		got, err := loket.Decode(p, w.Type, w.encoded())
		if err != nil {
			t.Fatalf("%s: %v", w.Type, err)
		}
		again, err := json.Marshal(got)
		if err != nil || !sameJSON(t, again, w.Want) {
			t.Errorf("%s: %s, want %s (%v)", w.Type, again, w.Want, err)
		}
		if !w.encoded().Early() {
			t.Errorf("%s: not known as an early event", w.Type)
		}
		for fact, want := range map[string]string{"facts.recorded": "light", "report.received": "serious"} {
			if w.Type == fact && factsIn(got)["harm"] != want {
				t.Errorf("%s lost a fact: %v", w.Type, factsIn(got))
			}
		}
		newer := strings.Replace(w.Body, `{"p":`, `{"v":99,"p":`, 1)
		if _, err := loket.Decode(p, w.Type, loket.Encoded{Body: []byte(newer)}); err == nil {
			t.Errorf("control: %s of a newer encoding was read", w.Type)
		}
	}
}

func sameJSON(t *testing.T, a, b []byte) bool {
	t.Helper()
	var x, y any
	if json.Unmarshal(a, &x) != nil || json.Unmarshal(b, &y) != nil {
		t.Fatalf("no JSON: %s / %s", a, b)
	}
	return reflect.DeepEqual(x, y)
}

func factsIn(p loket.Payload) protocol.Facts {
	switch w := p.(type) {
	case loket.ReportReceived:
		return w.Facts
	case loket.FactsRecorded:
		return w.Facts
	}
	return nil
}

// D-26, D-43: every word that a person typed lies in the vault and comes back from it; without
// the vault the event still says what happened. Control: the earlier encoding left them out.
func TestTypedWordsLieInTheVault(t *testing.T) {
	t.Parallel()
	p := example(t)
	names := []string{"Mila", "Daan", "Lena"}
	leaked := 0
	for _, w := range earlier(t) {
		payload, err := loket.Decode(p, w.Type, w.encoded())
		if err != nil {
			t.Fatal(err)
		}
		before, _ := json.Marshal(payload)
		enc, err := loket.Encode(p, payload)
		if err != nil || enc.Early() {
			t.Fatalf("%s: %v", w.Type, err)
		}
		for _, name := range names {
			if strings.Contains(string(enc.Body), name) {
				t.Errorf("%s keeps %q outside the vault: %s", w.Type, name, enc.Body)
			}
			if strings.Contains(w.Body, name) {
				leaked++
			}
		}
		back, err := loket.Decode(p, w.Type, enc)
		after, _ := json.Marshal(back)
		if err != nil || string(before) != string(after) || !reflect.DeepEqual(factsIn(payload), factsIn(back)) {
			t.Errorf("%s came back as %s, was %s (%v)", w.Type, after, before, err)
		}
		if bare, err := loket.Decode(p, w.Type, loket.Encoded{Body: enc.Body}); err != nil || bare.Type() != w.Type {
			t.Errorf("%s without its vault: %v", w.Type, err)
		}
		if still, _ := json.Marshal(payload); string(still) != string(before) {
			t.Errorf("%s: encoding changed what was encoded", w.Type)
		}
	}
	if leaked == 0 {
		t.Error("control: the earlier encoding kept names in the body, and the test does not see them")
	}
}

// idsOnly are the strings of events that nobody types: identifiers, closed lists, numbers
// that the desk gives, names of organisations (V1).
var idsOnly = []string{
	"Number", "Tenant", "Kind", "Protocol", "ProtocolVersion", "Report", "Form", "Channel", "Organisation", "Cleared", "Row",
	"Subject", "Met", "ProposedMet", "Step", "How", "Owner", "To", "Duty", "State", "Question", "Fields", "Product", "Role", "Person", "Signer",
	"ID", "Recipient", "Link", "Other", "Verdict", "Phase", "With", "Open", "As", "Rule", "Ground", "Deadline", "Level", "Levels", "Together", "Figures",
}

// A string of an event is either typed, and then erasable, or it is known not to be. Who adds
// an event must choose. The reason of an erasure explains the gap and stays.
func TestEveryStringOfAnEventHasAPlace(t *testing.T) {
	t.Parallel()
	for _, w := range earlier(t) {
		payload, err := loket.Decode(example(t), w.Type, w.encoded())
		if err != nil {
			t.Fatal(err)
		}
		checkPlaces(t, w.Type, reflect.TypeOf(payload))
	}
	for _, payload := range []loket.Payload{loket.HoldPlaced{}, loket.HoldLifted{}, loket.DestructionProposed{}, loket.DestructionRefused{}} {
		checkPlaces(t, payload.Type(), reflect.TypeOf(payload))
	}
}

func checkPlaces(t *testing.T, event string, typ reflect.Type) {
	for i := range typ.NumField() {
		f := typ.Field(i)
		kind := f.Type
		for kind.Kind() == reflect.Slice || kind.Kind() == reflect.Map {
			kind = kind.Elem()
		}
		switch {
		case kind.Kind() == reflect.Struct && kind.PkgPath() == "example.org/loket":
			checkPlaces(t, event, kind)
		case kind.Kind() != reflect.String || f.Tag.Get("typed") != "" || slices.Contains(idsOnly, f.Name):
		case event == "facts.erased" && f.Name == "Reason":
		default:
			t.Errorf("%s.%s is a string: tag it `typed`, or list it as one that nobody types", event, f.Name)
		}
	}
}

// R-R-62, requirements §2.2: typed words are V3, deeper with their subject or when the writer
// says so; words that account for an act are V2; a product is as deep as its readers.
func TestLevelOfTypedWords(t *testing.T) {
	t.Parallel()
	p := example(t)
	for _, c := range []struct {
		payload loket.Payload
		want    protocol.Level
	}{
		{loket.Noted{Text: "x"}, "V3"},
		{loket.Noted{Text: "x", Level: "V5"}, "V5"},
		{loket.Noted{Text: "x", Level: "V1"}, "V3"},
		{loket.Noted{Text: "x", Level: "V9"}, "V3"},
		{loket.Noted{}, "V0"},
		{loket.FactsRecorded{Facts: protocol.Facts{"investigation": true}, Reason: "x"}, "V5"},
		{loket.FactsRecorded{Facts: protocol.Facts{"media": true}, Reason: "x"}, "V3"},
		{loket.FieldsOpened{Purpose: "x"}, "V2"},
		{loket.CaseAssigned{To: "samira"}, "V0"},
	} {
		if got := loket.TextLevel(p, c.payload); got != c.want {
			t.Errorf("%#v: level %s, want %s", c.payload, got, c.want)
		}
	}
	deep := loket.WithLevel(p, loket.FactsRecorded{Facts: protocol.Facts{"investigation": true}, Reason: "x"}).(loket.FactsRecorded)
	deep.Facts = nil
	if loket.TextLevel(p, deep) != "V5" {
		t.Error("erasing the fact made the words about it less deep")
	}
}

// D-43: words of some levels go, the others stay, and the original is untouched.
func TestWithoutText(t *testing.T) {
	t.Parallel()
	p := example(t)
	release := loket.ProductReleased{Recipients: []loket.Recipient{{ID: "lena", Name: "Lena"}}, Purpose: "weten"}
	if _, gone := loket.WithoutText(p, release, []protocol.Level{"V4", "V5"}); gone {
		t.Error("words of V2 went with V4 and V5")
	}
	bare, gone := loket.WithoutText(p, release, nil)
	if b := bare.(loket.ProductReleased); !gone || b.Purpose != "" || b.Recipients[0].Name != "" || b.Recipients[0].ID != "lena" {
		t.Errorf("left: %+v", bare)
	}
	if release.Recipients[0].Name != "Lena" {
		t.Error("the original changed")
	}
}
