// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"example.org/loket/guard"
)

// guardText is one line of input. Every field may be absent.
type guardText struct {
	ID       json.RawMessage `json:"id"`
	Audience string          `json:"audience"` // who would read it; the findings are the same for all
	Text     string          `json:"text"`
	Case     guardCase       `json:"case"`
	Allowed  values          `json:"allowed"`
}

// guardCase is what the case knows about its people.
type guardCase struct {
	Names          values `json:"names"`
	BirthDates     values `json:"birth_dates"`
	DossierNumbers values `json:"dossier_numbers"`
	Addresses      values `json:"addresses"`
	Phones         values `json:"phones"`
	Emails         values `json:"emails"`
	Places         values `json:"places"`
	Ages           values `json:"ages"`
}

// known gives the case to the guard. A date that cannot be read is compared as it stands.
func (t *guardText) known() guard.Known {
	c := t.Case
	k := guard.Known{Names: c.Names, Dossiers: c.DossierNumbers, Addresses: c.Addresses, Phones: c.Phones, Emails: c.Emails, Places: c.Places, Allowed: t.Allowed}
	for _, b := range c.BirthDates {
		if at, ok := guard.ParseDay(b); ok {
			k.BirthDates = append(k.BirthDates, at)
		} else {
			k.Values = append(k.Values, b)
		}
	}
	for _, a := range c.Ages {
		word, _, _ := strings.Cut(strings.TrimSpace(a), " ")
		if n, err := strconv.ParseFloat(word, 64); err == nil && n > 0 && n < 130 {
			k.Ages = append(k.Ages, int(n))
		}
	}
	return k
}

// values reads a list, however it was written: a list, one value, numbers, nothing, or
// objects whose texts belong together ({"given": "Mila", "family": "Verzonnen"}).
type values []string

// UnmarshalJSON implements json.Unmarshaler.
func (v *values) UnmarshalJSON(b []byte) error {
	b = bytes.TrimSpace(b)
	if len(b) > 0 && b[0] == '[' {
		var list []json.RawMessage
		if err := json.Unmarshal(b, &list); err != nil {
			return err
		}
		for _, one := range list {
			v.add(one)
		}
		return nil
	}
	v.add(b)
	return nil
}

// add takes one value: the texts and numbers in it, in their order.
func (v *values) add(b []byte) {
	var parts []string
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	depth, key := 0, false
	for {
		tok, err := d.Token()
		if err != nil {
			break
		}
		switch x := tok.(type) {
		case json.Delim:
			depth += map[json.Delim]int{'{': 1, '}': -1}[x]
			key = x == '{' || depth > 0
			continue
		case string:
			if !key {
				parts = append(parts, x)
			}
		case json.Number:
			parts = append(parts, x.String())
		}
		key = depth > 0 && !key
	}
	if s := strings.TrimSpace(strings.Join(parts, " ")); s != "" {
		*v = append(*v, s)
	}
}
