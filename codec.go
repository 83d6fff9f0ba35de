// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"encoding/json"
	"fmt"
	"reflect"

	"example.org/loket/protocol"
)

// Encoded is a payload ready to be sealed. Vault holds the facts of V4 and V5 apart, so
// that they can be destroyed without touching what was decided (D-26, D-43).
type Encoded struct {
	Body  []byte
	Vault []byte
}

type envelope struct {
	Payload json.RawMessage `json:"p"`
	Facts   json.RawMessage `json:"f,omitempty"`
}

// Encode turns a payload into bytes for the seal. It is the only way out of memory.
func Encode(p *protocol.Protocol, payload Payload) (Encoded, error) {
	body, err := json.Marshal(payload)
	if err != nil {
		return Encoded{}, fmt.Errorf("encode %s: %w", payload.Type(), err)
	}
	env, vault := envelope{Payload: body}, []byte(nil)
	if facts := factsOf(payload); len(facts) > 0 {
		shallow, deep := splitByLevel(p, facts)
		if env.Facts, err = p.EncodeFacts(shallow); err != nil {
			return Encoded{}, err
		}
		if len(deep) > 0 {
			if vault, err = p.EncodeFacts(deep); err != nil {
				return Encoded{}, err
			}
		}
	}
	out, err := json.Marshal(env)
	return Encoded{Body: out, Vault: vault}, err
}

// Decode is the way back. An erased vault is simply empty.
func Decode(p *protocol.Protocol, kind string, e Encoded) (Payload, error) {
	var env envelope
	if err := json.Unmarshal(e.Body, &env); err != nil {
		return nil, fmt.Errorf("decode %s: %w", kind, err)
	}
	zero, ok := payloads[kind]
	if !ok {
		return nil, fmt.Errorf("decode: unknown event type %q; a newer version of Loket wrote it", kind)
	}
	target := reflect.New(zero)
	if err := json.Unmarshal(env.Payload, target.Interface()); err != nil {
		return nil, fmt.Errorf("decode %s: %w", kind, err)
	}
	facts, err := joinFacts(p, env.Facts, e.Vault)
	if err != nil {
		return nil, err
	}
	return withFacts(target.Elem().Interface().(Payload), facts), nil
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

// splitByLevel parts facts of V4 and deeper from the rest; an unknown fact counts as deep.
func splitByLevel(p *protocol.Protocol, facts protocol.Facts) (shallow, deep protocol.Facts) {
	shallow, deep = protocol.Facts{}, protocol.Facts{}
	for id, v := range facts {
		if f := p.Fact(id); f != nil && f.Level < "V4" {
			shallow[id] = v
		} else {
			deep[id] = v
		}
	}
	return shallow, deep
}

// payloads knows every event type that was ever written.
var payloads = func() map[string]reflect.Type {
	known := map[string]reflect.Type{}
	for _, p := range []Payload{
		CaseOpened{}, ReportReceived{}, FactsRecorded{}, RowRecorded{}, Decided{}, StepDone{}, StepSkipped{}, StepAdded{},
		CaseAssigned{}, DutyRecorded{}, Asked{}, Answered{}, ProductDrafted{}, ProductAligned{}, ProductReleased{},
		ProductWithdrawn{}, Told{}, DeliveryChanged{}, Linked{}, Unlinked{}, CloseProposed{}, PhaseClosed{}, Reopened{},
		CaseEnded{}, FactsErased{}, FieldsOpened{}, DeadlineMoved{}, Noted{},
	} {
		known[p.Type()] = reflect.TypeOf(p)
	}
	return known
}()
