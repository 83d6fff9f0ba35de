// SPDX-License-Identifier: EUPL-1.2

package ledger

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// marker is a keyed hash, as an organisation has one.
func marker(key string) func(what, value string) []byte {
	return func(what, value string) []byte {
		m := hmac.New(sha256.New, []byte(key))
		fmt.Fprintf(m, "%s\x00%s", what, value)
		return m.Sum(nil)
	}
}

// act is an entry with something in every field that could tell who did it.
func act(index int64, at time.Time, caseID, action string) Entry {
	return Entry{Index: index, At: at, Tenant: "noord", Actor: "p-sara", Role: "desk_officer", Case: caseID, Action: action, Outcome: "done",
		Purpose: "Mila Verzonnen bellen", Seq: int(index), Digest: []byte{1, 2, 3}, Via: "k7.m9"}
}

// The fields of the standard: LDV 1.0.0, interface of the logbook.
var (
	spanFields = []string{"attributes", "end_time", "name", "parent_span_id", "resource", "span_id", "start_time", "status", "trace_id"}
	dplFields  = []string{"dpl.core.data_subject_id", "dpl.core.data_subject_id_type", "dpl.core.processing_activity_id"}
	shapes     = map[string]*regexp.Regexp{
		"trace_id": regexp.MustCompile(`^[0-9a-f]{32}$`), "span_id": regexp.MustCompile(`^[0-9a-f]{16}$`), "parent_span_id": regexp.MustCompile(`^[0-9a-f]{16}$`),
		"status": regexp.MustCompile(`^(Unset|Ok|Error)$`), "name": regexp.MustCompile(`^[a-z_]+(\.[a-z_]+)*$`),
		"start_time": regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$`), "end_time": regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$`),
	}
)

// wrongIn says what is wrong with a line: a field of the standard that is missing or has
// another form, one that the standard does not have, or words of the entry that tell of a person.
func wrongIn(line []byte, e Entry) (wrong []string) {
	var fields map[string]any
	if err := json.Unmarshal(line, &fields); err != nil {
		return []string{err.Error()}
	}
	for _, f := range spanFields {
		if _, there := fields[f]; !there && f != "parent_span_id" {
			wrong = append(wrong, "no "+f)
		}
	}
	for f, value := range fields {
		if !slices.Contains(spanFields, f) {
			wrong = append(wrong, "field "+f)
		}
		if text, _ := value.(string); shapes[f] != nil && !shapes[f].MatchString(text) {
			wrong = append(wrong, "form of "+f)
		}
	}
	attributes, _ := fields["attributes"].(map[string]any)
	if got := slices.Sorted(maps.Keys(attributes)); !slices.Equal(got, dplFields) {
		wrong = append(wrong, fmt.Sprint("attributes ", got))
	}
	for _, told := range []string{e.Actor, e.Role, e.Case, e.Purpose, e.Via, e.Tenant, "Mila", "Verzonnen"} {
		if strings.Contains(string(line), told) {
			wrong = append(wrong, "says "+told)
		}
	}
	return wrong
}

// LDV 1.0.0: each act on data of a case is a line with the fields of the standard and nothing
// of who did it. Control: a line with an actor, a name, a case number or a field of its own is found.
func TestSpanHasTheFieldsOfLDVAndNoUser(t *testing.T) {
	at := time.Date(2026, 3, 28, 21, 45, 0, 123456000, time.UTC)
	s := Spans{Activity: "https://example.org/register/7", Mark: marker("k")}
	for i, action := range []string{"report.received", "fields.opened", "read", "product.released", "case.destroyed"} {
		e := act(int64(i), at.Add(time.Duration(i/2)*time.Second), "z-2026-0007", action)
		span, there, err := s.Of(e)
		if err != nil || !there {
			t.Fatal(action, there, err)
		}
		line, err := json.Marshal(span)
		if err != nil {
			t.Fatal(err)
		}
		if wrong := wrongIn(line, e); wrong != nil || !strings.Contains(string(line), `"dpl.core.processing_activity_id":"https://example.org/register/7"`) || !strings.Contains(string(line), `"2026-03-28T21:45:0`) {
			t.Errorf("%v: %s", wrong, line)
		}
		for what, broken := range map[string]func(*Span){
			"an actor":      func(s *Span) { s.Attributes.Subject = e.Actor },
			"a role":        func(s *Span) { s.Resource.Attributes.Service = "loket/" + e.Role },
			"a name":        func(s *Span) { s.Name = "read for Mila Verzonnen" },
			"a case number": func(s *Span) { s.Attributes.Subject = e.Case },
			"a bare index":  func(s *Span) { s.ID = "7" },
			"no status":     func(s *Span) { s.Status = "done" },
		} {
			bad := span
			broken(&bad)
			if line, err := json.Marshal(bad); err != nil || wrongIn(line, e) == nil {
				t.Errorf("control: %s is not found in %s", what, line)
			}
		}
		more := strings.Replace(string(line), `{`, `{"user_id":"x",`, 1)
		extra := strings.Replace(string(line), `"dpl.core.data_subject_id"`, `"dpl.core.user":"x","dpl.core.data_subject_id"`, 1)
		if wrongIn([]byte(more), e) == nil || wrongIn([]byte(extra), e) == nil {
			t.Error("control: a field that the standard does not have is not found")
		}
	}
}

// LDV 1.0.0: one line per act and case, those of one act in one trace under the first; the same
// lines at every run. Control: another key, moment, person or entry gives other ids.
func TestSpansOfOneAct(t *testing.T) {
	at := time.Date(2026, 3, 28, 21, 45, 0, 0, time.UTC)
	entries := []Entry{act(0, at, "a", "case.linked"), act(1, at, "b", "case.linked"), act(2, at, "a", "duty.made"), act(3, at.Add(time.Microsecond), "a", "read")}
	run := func(key string) (out []Span) {
		s := Spans{Activity: "urn:x:1", Mark: marker(key)}
		for _, e := range entries {
			span, _, err := s.Of(e)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, span)
		}
		return out
	}
	got := run("k")
	if !reflect.DeepEqual(got, run("k")) {
		t.Error("a second run gives other lines")
	}
	if got[0].Parent != "" || got[1].Parent != got[0].ID || got[2].Parent != got[0].ID || got[1].Trace != got[0].Trace || got[2].Trace != got[0].Trace {
		t.Errorf("one act: %+v", got[:3])
	}
	if got[0].Attributes.Subject == got[1].Attributes.Subject || got[0].Attributes.Subject != got[2].Attributes.Subject {
		t.Error("a pseudonym is not of one case")
	}
	if got[3].Trace == got[0].Trace || got[3].Parent != "" {
		t.Error("control: an act of another moment is in the same trace")
	}
	if other := run("l"); other[0].Trace == got[0].Trace || other[0].ID == got[0].ID || other[0].Attributes.Subject == got[0].Attributes.Subject {
		t.Error("control: ids do not hang on the key, so that whoever guesses the entry finds the person")
	}
	entries[3].At, entries[3].Actor = at, "p-bram"
	if run("k")[3].Trace == got[0].Trace {
		t.Error("control: the act of another person is in the same trace")
	}
}

// What is no processing of a case has no line, and without a key there is none at all.
func TestNoSpan(t *testing.T) {
	s := Spans{Mark: marker("k")}
	refusal, login := act(0, time.Now(), "a", "read"), act(1, time.Now(), "", "login")
	refusal.Outcome = "refused"
	for _, e := range []Entry{refusal, login} {
		if _, there, err := s.Of(e); there || err != nil {
			t.Errorf("%s %s: %v %v", e.Action, e.Outcome, there, err)
		}
	}
	s.Mark = func(string, string) []byte { return nil }
	if _, there, err := s.Of(act(2, time.Now(), "a", "read")); there || err == nil {
		t.Error("a line without marks")
	}
}
