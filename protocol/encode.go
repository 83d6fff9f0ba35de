// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
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
	return p.EncodeSome(f, func(string) bool { return true })
}

// EncodeSome is EncodeFacts for the facts whose id is wanted. It writes what encoding/json
// would write of a map of encoded, in a fraction of the time: every report passes here.
func (p *Protocol) EncodeSome(f Facts, wanted func(id string) bool) ([]byte, error) {
	ids := make([]string, 0, len(f))
	for id := range f {
		if wanted(id) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	out := append(make([]byte, 0, factRoom*len(ids)+2), '{')
	for i, id := range ids {
		if i > 0 {
			out = append(out, ',')
		}
		var err error
		if out, err = appendFact(append(appendText(out, id), ':'), f[id]); err != nil {
			return nil, fmt.Errorf("protocol: fact %q: %w", id, err)
		}
	}
	return append(out, '}'), nil
}

// factRoom is about how many bytes a fact takes; words of a person take more.
const factRoom = 48

// appendFact writes one value as an encoded.
func appendFact(out []byte, value any) ([]byte, error) {
	switch v := value.(type) {
	case bool:
		return append(strconv.AppendBool(append(out, `{"b":`...), v), '}'), nil
	case string:
		return append(appendText(append(out, `{"s":`...), v), '}'), nil
	case []string:
		return append(appendTexts(append(out, `{"l":`...), v), '}'), nil
	case int64:
		return append(strconv.AppendInt(append(out, `{"n":`...), v, 10), '}'), nil
	case int:
		return append(strconv.AppendInt(append(out, `{"n":`...), int64(v), 10), '}'), nil
	case time.Time:
		return appendPlain(out, encoded{Moment: new(v.UTC())})
	case Occurrence:
		return appendPlain(out, encoded{Occurrence: new(v.utc())})
	}
	return nil, fmt.Errorf("a value of unknown type %T", value)
}

func appendTexts(out []byte, list []string) []byte {
	out = append(out, '[')
	for i, text := range list {
		if i > 0 {
			out = append(out, ',')
		}
		out = appendText(out, text)
	}
	return append(out, ']')
}

// appendText writes a text as encoding/json does. Text without anything to escape, which
// nearly all is, is copied as it stands.
func appendText(out []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			escaped, _ := json.Marshal(text) // of a string it never fails
			return append(out, escaped...)
		}
	}
	return append(append(append(out, '"'), text...), '"')
}

func appendPlain(out []byte, v any) ([]byte, error) {
	written, err := json.Marshal(v)
	return append(out, written...), err
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
