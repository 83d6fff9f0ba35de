// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"encoding/json"
	"fmt"
	"time"
)

// encoded is a fact in JSON; exactly one member is set. The member says the type, so
// that facts can be read back without the protocol version that wrote them.
type encoded struct {
	Bool       *bool       `json:"b,omitempty"`
	Text       *string     `json:"s,omitempty"`
	List       *[]string   `json:"l,omitempty"`
	Number     *int64      `json:"n,omitempty"`
	Moment     *time.Time  `json:"t,omitempty"`
	Occurrence *Occurrence `json:"o,omitempty"`
}

// EncodeFacts turns facts into JSON without losing their types. Moments are written in
// UTC, to the nanosecond.
func (p *Protocol) EncodeFacts(f Facts) ([]byte, error) {
	out := make(map[string]encoded, len(f))
	for id, value := range f {
		var e encoded
		switch v := value.(type) {
		case bool:
			e.Bool = &v
		case string:
			e.Text = &v
		case []string:
			if v == nil {
				v = []string{}
			}
			e.List = &v
		case int64:
			e.Number = &v
		case int:
			n := int64(v)
			e.Number = &n
		case time.Time:
			v = v.UTC()
			e.Moment = &v
		case Occurrence:
			v = v.utc()
			e.Occurrence = &v
		default:
			return nil, fmt.Errorf("protocol: fact %q has a value of unknown type %T", id, value)
		}
		out[id] = e
	}
	return json.Marshal(out)
}

// DecodeFacts reads what EncodeFacts wrote. Facts that this version of the protocol does
// not know are kept: they belong to the history of the case.
func (p *Protocol) DecodeFacts(b []byte) (Facts, error) {
	var in map[string]encoded
	if err := json.Unmarshal(b, &in); err != nil {
		return nil, fmt.Errorf("protocol: decode facts: %w", err)
	}
	facts := make(Facts, len(in))
	for id, e := range in {
		switch {
		case e.Bool != nil:
			facts[id] = *e.Bool
		case e.Text != nil:
			facts[id] = *e.Text
		case e.List != nil:
			facts[id] = *e.List
		case e.Number != nil:
			facts[id] = *e.Number
		case e.Moment != nil:
			facts[id] = e.Moment.UTC()
		case e.Occurrence != nil:
			facts[id] = e.Occurrence.utc()
		default:
			return nil, fmt.Errorf("protocol: decode facts: %q has no value", id)
		}
	}
	return facts, nil
}

func (o Occurrence) utc() Occurrence {
	o.From, o.To, o.Discovered = o.From.UTC(), o.To.UTC(), o.Discovered.UTC()
	return o
}
