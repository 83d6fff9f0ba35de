// SPDX-License-Identifier: EUPL-1.2

package api

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/loket/protocol"
)

// The answers come as JSON and go to the desk as the form posts them, so that one reader
// decides what can be taken. Moments come with any offset and become the clock here.

// occurrence is when something happened: a moment, a day, a period, or unknown.
type occurrence struct {
	At       string `json:"op"`
	Day      string `json:"dag"`
	From     string `json:"van"`
	To       string `json:"tot"`
	Unknown  bool   `json:"onbekend"`
	Found    string `json:"ontdektOp"`
	FoundDay string `json:"ontdektDag"`
}

// reading turns answers into what the form would post, and gathers everything wrong.
type reading struct {
	call   *call
	zone   *time.Location
	posted url.Values
	faults []fault
}

func (r *reading) wrong(name, code string) {
	r.faults = append(r.faults, fault{In: "body", Pointer: pointerTo(name), Code: code, Detail: r.call.T("api.answer." + code)})
}

func pointerTo(name string) string {
	return "/antwoorden/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

// read reads every answer to a form. A name that the form does not know is an error: a
// machine that writes it wrong must not think it was heard.
func (c *call) read(f *protocol.Form, sent map[string]json.RawMessage) (url.Values, []fault) {
	r := &reading{call: c, zone: c.protocol.Location(), posted: url.Values{}}
	left := maps.Clone(sent)
	for s := range f.Sections {
		for i := range f.Sections[s].Fields {
			field := &f.Sections[s].Fields[i]
			r.take(field, left)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(left)) {
		r.wrong(name, "unknown")
	}
	return r.posted, r.faults
}

// take reads the answer to one field, and the words with options that ask for them.
func (r *reading) take(field *protocol.Field, left map[string]json.RawMessage) {
	for _, option := range field.Options {
		name := field.ID + "_" + option.ID
		if raw, sent := left[name]; sent && option.Text {
			delete(left, name)
			r.text(name, raw)
		}
	}
	raw, sent := left[field.ID]
	if !sent {
		return
	}
	delete(left, field.ID)
	if string(raw) == "null" {
		return
	}
	switch field.Type {
	case protocol.TypeOccurrence:
		r.occurrence(field.ID, raw)
	case protocol.TypeMoment:
		r.whenText(raw, field.ID, func(text string) { r.moment(field.ID, field.ID, text) })
	case protocol.TypeDate:
		r.whenText(raw, field.ID, func(text string) { r.day(field.ID, field.ID, text) })
	case protocol.TypeChoices:
		r.list(field.ID, raw)
	case protocol.TypeYesNo:
		r.yesNo(field.ID, raw)
	case protocol.TypeNumber:
		r.number(field.ID, raw)
	default:
		r.text(field.ID, raw)
	}
}

func (r *reading) text(name string, raw json.RawMessage) {
	r.whenText(raw, name, func(text string) { r.posted.Set(name, text) })
}

func (r *reading) whenText(raw json.RawMessage, name string, then func(string)) {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		r.wrong(name, "text")
		return
	}
	then(text)
}

func (r *reading) list(name string, raw json.RawMessage) {
	var list []string
	if json.Unmarshal(raw, &list) != nil {
		r.wrong(name, "list")
		return
	}
	r.posted[name] = list
}

func (r *reading) yesNo(name string, raw json.RawMessage) {
	var yes bool
	if json.Unmarshal(raw, &yes) != nil {
		r.wrong(name, "yesno")
		return
	}
	r.posted.Set(name, map[bool]string{true: "yes", false: "no"}[yes])
}

func (r *reading) number(name string, raw json.RawMessage) {
	var n int64
	if json.Unmarshal(raw, &n) != nil {
		r.wrong(name, "number")
		return
	}
	r.posted.Set(name, strconv.FormatInt(n, 10))
}

// moment posts a date-time as the clock here; of two equal clock times it says which.
func (r *reading) moment(field, at, text string) {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		r.wrong(field, "moment")
		return
	}
	const clock = "2006-01-02 15:04"
	local := t.In(r.zone)
	r.posted.Set(at+"_date", local.Format(time.DateOnly))
	r.posted.Set(at+"_time", local.Format("15:04"))
	switch shown := local.Format(clock); shown {
	case t.Add(time.Hour).In(r.zone).Format(clock):
		r.posted.Set(at+"_fold", "first")
	case t.Add(-time.Hour).In(r.zone).Format(clock):
		r.posted.Set(at+"_fold", "second")
	}
}

// day posts a date under a name of the form.
func (r *reading) day(field, name, text string) {
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		r.wrong(field, "day")
		return
	}
	r.posted.Set(name, text)
}

func (r *reading) occurrence(name string, raw json.RawMessage) {
	var o occurrence
	if strict(raw, &o) != nil {
		r.wrong(name, "occurrence")
		return
	}
	if said := count(o.At != "", o.Day != "", o.From != "" || o.To != "", o.Unknown); said > 1 || said == 0 && o.Found == "" && o.FoundDay == "" || (o.From == "") != (o.To == "") {
		r.wrong(name, "occurrence")
		return
	}
	if o.Unknown {
		r.posted.Set(name+"_unknown", "yes")
	}
	for at, text := range map[string]string{name: o.At + o.From, name + "_to": o.To, name + "_discovered": o.Found} {
		if text != "" {
			r.moment(name, at, text)
		}
	}
	for at, text := range map[string]string{name + "_date": o.Day, name + "_discovered_date": o.FoundDay} {
		if text != "" {
			r.day(name, at, text)
		}
	}
}

func count(all ...bool) (n int) {
	for _, one := range all {
		if one {
			n++
		}
	}
	return n
}
