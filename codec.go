// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"example.org/loket/protocol"
)

// Encoded is a payload ready to be sealed. Vault holds what can be destroyed without
// touching what was decided (D-26, D-43): facts of V3 and deeper, and every word that a
// person typed.
type Encoded struct {
	Body  []byte
	Vault []byte
}

// encoding is the second way that events are written. The first had no number, kept typed
// words and V3 facts in the body, and only facts in the vault; it stays readable for ever.
const encoding = 2

type envelope struct {
	Encoding int             `json:"v,omitempty"` // first, so that Early need not parse
	Payload  json.RawMessage `json:"p"`
	Facts    json.RawMessage `json:"f,omitempty"`
}

// vault is what can be erased of an event.
type vault struct {
	Facts json.RawMessage   `json:"f,omitempty"`
	Texts map[string]string `json:"t,omitempty"` // by place in the payload, see takeTexts
}

// Early reports that the event was written in the first encoding.
func (e Encoded) Early() bool { return !bytes.HasPrefix(e.Body, []byte(`{"v":`)) }

// Encode turns a payload into bytes for the seal. It is the only way out of memory.
func Encode(p *protocol.Protocol, payload Payload) (Encoded, error) {
	var env envelope
	var v vault
	var err error
	if facts := factsOf(payload); len(facts) > 0 {
		if env.Facts, v.Facts, err = splitByLevel(p, facts); err != nil {
			return Encoded{}, err
		}
	}
	payload, v.Texts = takeTexts(payload)
	if env.Payload, err = json.Marshal(payload); err != nil {
		return Encoded{}, fmt.Errorf("encode %s: %w", payload.Type(), err)
	}
	out := Encoded{Body: env.write()}
	switch {
	case len(v.Texts) > 0:
		out.Vault, err = json.Marshal(v)
	case v.Facts != nil:
		out.Vault = slices.Concat([]byte(`{"f":`), v.Facts, []byte("}"))
	}
	return out, err
}

// write puts the parts, which are JSON already, side by side: json.Marshal would read them
// all once more.
func (e envelope) write() []byte {
	head := []byte(`{"v":` + strconv.Itoa(encoding) + `,"p":`)
	if e.Facts == nil {
		return slices.Concat(head, e.Payload, []byte("}"))
	}
	return slices.Concat(head, e.Payload, []byte(`,"f":`), e.Facts, []byte("}"))
}

// Decode is the way back. What was erased from the vault is simply empty.
func Decode(p *protocol.Protocol, kind string, e Encoded) (Payload, error) {
	var env envelope
	if err := json.Unmarshal(e.Body, &env); err != nil {
		return nil, fmt.Errorf("decode %s: %w", kind, err)
	}
	if env.Encoding > encoding {
		return nil, fmt.Errorf("decode %s: a newer version of Loket wrote it", kind)
	}
	zero, ok := payloads[kind]
	if !ok {
		return nil, fmt.Errorf("decode: unknown event type %q; a newer version of Loket wrote it", kind)
	}
	target := reflect.New(zero)
	if err := json.Unmarshal(env.Payload, target.Interface()); err != nil {
		return nil, fmt.Errorf("decode %s: %w", kind, err)
	}
	v, err := openVault(env.Encoding, e.Vault)
	if err != nil {
		return nil, fmt.Errorf("decode %s: %w", kind, err)
	}
	facts, err := joinFacts(p, env.Facts, v.Facts)
	if err != nil {
		return nil, err
	}
	putTexts(target.Elem(), v.Texts)
	return withFacts(target.Elem().Interface().(Payload), facts), nil
}

// openVault reads a vault of either encoding; the first held facts and nothing else.
func openVault(encoding int, data []byte) (v vault, err error) {
	if len(data) == 0 {
		return v, nil
	}
	if encoding == 0 {
		return vault{Facts: data}, nil
	}
	return v, json.Unmarshal(data, &v)
}

func joinFacts(p *protocol.Protocol, parts ...[]byte) (protocol.Facts, error) {
	out := protocol.Facts{}
	for _, part := range parts {
		if len(part) == 0 {
			continue
		}
		facts, err := p.DecodeFacts(part)
		if err != nil {
			return nil, err
		}
		for id, v := range facts {
			out[id] = v
		}
	}
	return out, nil
}

func factsOf(payload Payload) protocol.Facts {
	switch v := payload.(type) {
	case ReportReceived:
		return v.Facts
	case FactsRecorded:
		return v.Facts
	case RowRecorded:
		return v.Facts
	}
	return nil
}

func withFacts(payload Payload, facts protocol.Facts) Payload {
	switch v := payload.(type) {
	case ReportReceived:
		v.Facts = facts
		return v
	case FactsRecorded:
		v.Facts = facts
		return v
	case RowRecorded:
		v.Facts = facts
		return v
	case Decided:
		v.Outputs, v.Proposed = plain(v.Outputs), plain(v.Proposed)
		return v
	}
	return payload
}

// plain gives values read from JSON the types that facts have.
func plain(m map[string]any) map[string]any {
	for k, v := range m {
		switch x := v.(type) {
		case float64:
			m[k] = int64(x)
		case []any:
			list := make([]string, 0, len(x))
			for _, item := range x {
				list = append(list, fmt.Sprint(item))
			}
			m[k] = list
		}
	}
	return m
}

// vaultFrom is the first level whose facts can be erased apart from the event.
const vaultFrom protocol.Level = "V3"

// splitByLevel writes facts of V3 and deeper apart from the rest, nil when there are none; an
// unknown fact counts as deep.
func splitByLevel(p *protocol.Protocol, facts protocol.Facts) (shallow, deep []byte, err error) {
	n := 0
	shallow, err = p.EncodeSome(facts, func(id string) bool {
		isShallow := factLevel(p, id) < vaultFrom
		n += truth(isShallow)
		return isShallow
	})
	if err != nil || n == len(facts) {
		return shallow, nil, err
	}
	deep, err = p.EncodeSome(facts, func(id string) bool { return factLevel(p, id) >= vaultFrom })
	return shallow, deep, err
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// payloads knows every event type that was ever written.
var payloads = func() map[string]reflect.Type {
	known := map[string]reflect.Type{}
	for _, p := range []Payload{
		CaseOpened{}, ReportReceived{}, FactsRecorded{}, RowRecorded{}, Decided{}, StepDone{}, StepSkipped{}, StepAdded{},
		CaseAssigned{}, DutyRecorded{}, Asked{}, Answered{}, ProductDrafted{}, ProductAligned{}, ProductReleased{},
		ProductWithdrawn{}, Told{}, DeliveryChanged{}, Linked{}, Unlinked{}, CloseProposed{}, PhaseClosed{}, Reopened{},
		CaseEnded{}, FactsErased{}, FieldsOpened{}, DeadlineMoved{}, Noted{},
		HoldPlaced{}, HoldLifted{}, DestructionProposed{}, DestructionRefused{}, Neighboured{},
		CaseHidden{}, CaseShown{}, LimitPlaced{}, LimitLifted{}, EmergencyOpened{}, EmergencyReviewed{},
		DeadlineEscalated{}, DeadlineReminded{}, ConsultationOpened{}, RemarkMade{}, RemarkAnswered{}, ConsultationClosed{}, VersionAdopted{}, VersionBegan{},
	} {
		known[p.Type()] = reflect.TypeOf(p)
	}
	return known
}()
