// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"fmt"
	"net/url"
	"strconv"
	"time"

	"example.org/loket/protocol"
)

// postedFrom writes known facts as a form would post them, to show an answered form again.
func (v *reader) postedFrom(form *protocol.Form, facts protocol.Facts) url.Values {
	values := url.Values{}
	for i := range form.Sections {
		for j := range form.Sections[i].Fields {
			field := &form.Sections[i].Fields[j]
			v.putField(values, field, facts)
		}
	}
	return values
}

func (v *reader) putField(values url.Values, field *protocol.Field, facts protocol.Facts) {
	switch known := facts[field.ID].(type) {
	case nil:
	case bool:
		values.Set(field.ID, map[bool]string{true: postedYes, false: postedNo}[known])
	case string:
		values.Set(field.ID, known)
	case []string:
		values[field.ID] = known
	case int64:
		values.Set(field.ID, strconv.FormatInt(known, 10))
	case time.Time:
		v.putTime(values, field, known)
	case protocol.Occurrence:
		v.putOccurrence(values, field.ID, known)
	default:
		values.Set(field.ID, fmt.Sprint(known))
	}
	for _, option := range field.Options {
		if text, ok := facts[field.ID+"_"+option.ID].(string); ok && option.Text {
			values.Set(field.ID+"_"+option.ID, text)
			if option.Unknown && facts[field.ID] == nil { // why it is unknown is known: so that was chosen
				values.Set(field.ID, option.ID)
			}
		}
	}
}

func (v *reader) putTime(values url.Values, field *protocol.Field, t time.Time) {
	if field.Type == protocol.TypeDate {
		values.Set(field.ID, v.postedDate(t))
		return
	}
	v.putMoment(values, field.ID, t)
}

func (v *reader) putMoment(values url.Values, id string, t time.Time) {
	values.Set(id+"_date", v.postedDate(t))
	values.Set(id+"_time", t.In(v.zone()).Format("15:04"))
	if fold := foldOf(t, v.zone()); fold != "" {
		values.Set(id+"_fold", fold)
	}
}

func (v *reader) putOccurrence(values url.Values, id string, o protocol.Occurrence) {
	switch o.Precision {
	case protocol.PrecisionMoment:
		v.putMoment(values, id, o.From)
	case protocol.PrecisionDay:
		values.Set(id+"_date", v.postedDate(o.From))
	case protocol.PrecisionPeriod:
		v.putBound(values, id, o.From, o.From)
		v.putBound(values, id+"_to", o.To, o.To.Add(-time.Minute))
	case protocol.PrecisionDiscovered:
		values.Set(id+"_unknown", postedYes)
	}
	if !o.Discovered.IsZero() {
		v.putMoment(values, id+"_discovered", o.Discovered)
	}
}

// putBound writes one end of a period. At midnight the whole day was meant.
func (v *reader) putBound(values url.Values, id string, t, day time.Time) {
	if local := t.In(v.zone()); local.Hour() == 0 && local.Minute() == 0 {
		values.Set(id+"_date", v.postedDate(day))
		return
	}
	v.putMoment(values, id, t)
}

// postedDate is a day as people here write it.
func (v *reader) postedDate(t time.Time) string { return t.In(v.zone()).Format("02-01-2006") }

// foldOf tells which of two equal clock times t is; empty when the clock showed it once.
func foldOf(t time.Time, zone *time.Location) string {
	const clock = "2006-01-02 15:04"
	shown := t.In(zone).Format(clock)
	switch {
	case t.Add(time.Hour).In(zone).Format(clock) == shown:
		return "first"
	case t.Add(-time.Hour).In(zone).Format(clock) == shown:
		return "second"
	}
	return ""
}
