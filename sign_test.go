// SPDX-License-Identifier: EUPL-1.2

package loket_test

import (
	"encoding/json"
	"os"
	"testing"

	"example.org/loket"
	"example.org/loket/protocol"
)

// signs applies what one person decides about the class of a region's case.
func signs(t *testing.T, c *loket.Case, p *protocol.Protocol, by, role string, w loket.Decided) loket.Decided {
	t.Helper()
	w.Subject, w.Signer, w.As = "class", by, []string{role, "other"}
	out, err := loket.Decide(c, p, w, monday)
	if err != nil {
		t.Fatalf("%s: %v", by, err)
	}
	decided := out[0].(loket.Decided)
	c.Apply(loket.Event{Case: c.ID, Seq: c.Version + 1, At: monday, By: by, Role: role, Payload: throughJSON(t, decided)})
	return decided
}

// throughJSON is the payload as it comes back from the store.
func throughJSON(t *testing.T, w loket.Decided) loket.Payload {
	t.Helper()
	p := region(t)
	enc, err := loket.Encode(p, w)
	if err != nil {
		t.Fatal(err)
	}
	back, err := loket.Decode(p, w.Type(), enc)
	if err != nil {
		t.Fatal(err)
	}
	return back
}

func region(t *testing.T) *protocol.Protocol {
	t.Helper()
	p, err := protocol.Load(os.DirFS("protocol/testdata/streek"))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func regional(t *testing.T) (*loket.Case, *protocol.Protocol) {
	t.Helper()
	c := loket.NewCase("zaak")
	apply(c, loket.CaseOpened{Number: "2026-0001", Tenant: "streek", Kind: "report", Protocol: "streek", ProtocolVersion: "1"})
	apply(c, loket.FactsRecorded{Form: "half_contract", Facts: protocol.Facts{"unrest_contract": false}}, loket.FactsRecorded{Form: "half_access", Facts: protocol.Facts{"unrest_access": false}})
	return c, region(t)
}

func decidedLevel(c *loket.Case, p *protocol.Protocol) any {
	in := c.Input(monday)
	if d, ok := in.Decided["class"]; ok {
		return d.Outputs["level"]
	}
	return nil
}

// R-I-72 R-I-75: a decision together stands when each group has signed the same outcome.
func TestDecideTogether(t *testing.T) {
	t.Parallel()
	c, p := regional(t)
	first := signs(t, c, p, "sara", "contract", loket.Decided{})
	if !first.Waits || decidedLevel(c, p) != nil || len(first.As) != 1 {
		t.Fatalf("one signature decides already: %+v", first)
	}
	if in := c.Input(monday); in.Facts["class_decided"] != nil {
		t.Error("the milestone says it was decided")
	}
	s := c.Signing(p.Table("class"))
	if len(s.Signed) != 1 || len(s.Waiting) != 1 || s.Waiting[0][0] != "access" || s.Doubt {
		t.Fatalf("signing: %+v", s)
	}
	if again := signs(t, c, p, "sara", "contract", loket.Decided{}); !again.Waits || len(c.Signatures["class"]) != 1 {
		t.Fatalf("the same person signs twice and counts for two: %+v", again)
	}
	second := signs(t, c, p, "daan", "access", loket.Decided{})
	if second.Waits || decidedLevel(c, p) != "a" || len(c.Decisions["class"].Signed) != 2 || len(c.Signatures) != 0 {
		t.Fatalf("two signatures do not decide: %+v %+v", second, c.Decisions)
	}
}

// R-I-74: signatures that differ decide nothing; the case shows doubt until one follows.
func TestDecideTogetherInDoubt(t *testing.T) {
	t.Parallel()
	c, p := regional(t)
	signs(t, c, p, "sara", "contract", loket.Decided{})
	other := map[string]any{"level": "c"}
	_, err := loket.Decide(c, p, loket.Decided{Subject: "class", Outputs: other, Signer: "daan", As: []string{"access"}}, monday)
	if loket.ErrorCode(err) != loket.Motivation {
		t.Fatalf("deviating without a reason: %v", err)
	}
	if d := signs(t, c, p, "daan", "access", loket.Decided{Outputs: other, Motivation: "Er is al onrust"}); !d.Waits || !d.Deviates {
		t.Fatalf("differing signatures decide: %+v", d)
	}
	if s := c.Signing(p.Table("class")); !s.Doubt || len(s.Waiting) != 1 || s.Waiting[0][0] != "contract" || len(c.Deviations) != 0 {
		t.Fatalf("no doubt: %+v, deviations %v", s, c.Deviations)
	}
	// Who follows need not repeat the motivation; the deviation keeps it.
	if d := signs(t, c, p, "sara", "contract", loket.Decided{Outputs: other}); d.Waits || decidedLevel(c, p) != "c" {
		t.Fatalf("both signed the same: %+v", d)
	}
	if len(c.Deviations) != 1 || c.Deviations[0].Motivation != "Er is al onrust" {
		t.Errorf("deviations %+v", c.Deviations)
	}
}

// R-I-72 R-I-05: one may go on without the other, with a motivation; that is a deviation.
// Somebody with both roles is one person.
func TestDecideAlone(t *testing.T) {
	t.Parallel()
	c, p := regional(t)
	_, err := loket.Decide(c, p, loket.Decided{Subject: "class", Alone: true, Signer: "sara", As: []string{"contract"}}, monday)
	if loket.ErrorCode(err) != loket.Motivation {
		t.Fatalf("alone without a reason: %v", err)
	}
	both := loket.Decided{Subject: "class", Signer: "sara", As: []string{"contract", "access"}}
	if out, err := loket.Decide(c, p, both, monday); err != nil || !out[0].(loket.Decided).Waits {
		t.Fatalf("one person with two roles decides: %+v %v", out, err)
	}
	if d := signs(t, c, p, "sara", "contract", loket.Decided{Alone: true, Motivation: "De ander is niet bereikbaar"}); d.Waits || decidedLevel(c, p) != "a" || len(c.Deviations) != 1 {
		t.Fatalf("alone: %+v deviations %+v", d, c.Deviations)
	}
}

// D-10: who may decide and is in no group settles it, with a reason, also when the groups differ.
// Control: somebody of a group, with the same words, only signs.
func TestDecideForTheGroups(t *testing.T) {
	t.Parallel()
	c, p := regional(t)
	signs(t, c, p, "sara", "contract", loket.Decided{})
	signs(t, c, p, "daan", "access", loket.Decided{Outputs: map[string]any{"level": "c"}, Motivation: "Er is al onrust"})
	above := loket.Decided{Subject: "class", Outputs: map[string]any{"level": "c"}, Signer: "noor", As: []string{"manager"}}
	if _, err := loket.Decide(c, p, above, monday); loket.ErrorCode(err) != loket.Motivation {
		t.Fatalf("settled without a reason: %v", err)
	}
	above.Motivation = "De hoogste klasse geldt"
	inGroup := above
	inGroup.Signer, inGroup.As = "bram", []string{"contract", "manager"}
	inGroup.Outputs = map[string]any{"level": "a"}
	if out, err := loket.Decide(c, p, inGroup, monday); err != nil || !out[0].(loket.Decided).Waits {
		t.Fatalf("control: one of a group decides alone: %+v %v", out, err)
	}
	if d := signs(t, c, p, "noor", "manager", above); d.Waits || !d.Alone || decidedLevel(c, p) != "c" || len(c.Deviations) != 1 {
		t.Fatalf("not settled: %+v, deviations %v", d, c.Deviations)
	}
}

// Somebody with both roles signs for the group that nobody else can sign for.
func TestSignForTheGroupThatLacks(t *testing.T) {
	t.Parallel()
	c, p := regional(t)
	w := loket.Decided{Subject: "class", Signer: "sara", As: []string{"contract", "access"}}
	out, err := loket.Decide(c, p, w, monday)
	if err != nil {
		t.Fatal(err)
	}
	c.Apply(loket.Event{Case: c.ID, Seq: c.Version + 1, At: monday, By: "sara", Payload: out[0]})
	if d := signs(t, c, p, "bram", "contract", loket.Decided{}); d.Waits {
		t.Fatalf("two people for two groups do not decide: %+v", d)
	}
}

// Control: a table of one person is decided by one person, and old events read as before.
func TestDecideByOne(t *testing.T) {
	t.Parallel()
	p := example(t)
	c := opened(t, protocol.Facts{"harm": "serious", "quality": true})
	out := want(t, c, p, loket.Decided{Subject: "classification", Signer: "samira", As: []string{"officer"}})
	if d := out[0].(loket.Decided); d.Waits || d.Signer != "" || len(c.Decisions) != 1 {
		t.Fatalf("%+v", d)
	}
	var old loket.Decided
	if err := json.Unmarshal([]byte(`{"subject":"classification","outputs":{"class":"incident"}}`), &old); err != nil {
		t.Fatal(err)
	}
	apply(c, old)
	if c.Decisions["classification"].Outputs["class"] != "incident" {
		t.Error("an event of before does not decide")
	}
}
