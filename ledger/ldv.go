// SPDX-License-Identifier: EUPL-1.2

package ledger

import (
	"encoding/hex"
	"errors"
	"strings"
	"time"
)

// Span is a line of the Dutch government standard Logboek Dataverwerkingen (LDV 1.0.0): that
// data about somebody was processed, when, and under which entry of the register. It never
// says by whom: who did it stands in the log itself, which the ids lead back to.
type Span struct {
	Trace      string     `json:"trace_id"` // 16 bytes in hex: everything that one act did
	ID         string     `json:"span_id"`  // 8 bytes in hex
	Parent     string     `json:"parent_span_id,omitempty"`
	Name       string     `json:"name"`
	Status     string     `json:"status"` // Unset, Ok or Error
	Start      string     `json:"start_time"`
	End        string     `json:"end_time"`
	Resource   Resource   `json:"resource"`
	Attributes Attributes `json:"attributes"`
}

// Resource says which program wrote the line.
type Resource struct {
	Attributes struct {
		Service string `json:"service.name"`
	} `json:"attributes"`
}

// Attributes are those of the core of LDV. Others may not be used before an extension is adopted.
type Attributes struct {
	Activity    string `json:"dpl.core.processing_activity_id"` // address of the entry in the register
	Subject     string `json:"dpl.core.data_subject_id"`        // pseudonym of the case
	SubjectType string `json:"dpl.core.data_subject_id_type"`
}

// SubjectType is what dpl.core.data_subject_id is: the log knows cases and no people, so all
// who appear in one case share its pseudonym.
const SubjectType = "case-pseudonym"

// spanTime is RFC 3339 in milliseconds, the precision of the standard.
const spanTime = "2006-01-02T15:04:05.000Z"

// Spans makes lines of entries, which come in the order of the log. Mark is a keyed hash of at
// least 16 bytes, of one organisation. A hash without key would not do: time, act and case
// can be guessed, and then whoever holds the line finds the person who fits it.
type Spans struct {
	Activity string
	Mark     func(what, value string) []byte

	first map[string]string // the first line of each act
}

// Of gives the line of an entry, the same one at every run. It is false for an entry that says
// nothing about data of a case: a refusal, a login, a setting.
func (s *Spans) Of(e Entry) (Span, bool, error) {
	if e.Case == "" || e.Outcome != "done" {
		return Span{}, false, nil
	}
	trace, id, err := s.ids(e)
	if err != nil {
		return Span{}, false, err
	}
	subject, err := s.mark("ldv-subject", e.Case, 16)
	if err != nil {
		return Span{}, false, err
	}
	at := e.At.UTC().Truncate(time.Millisecond).Format(spanTime) // the log holds one moment: that of the act
	line := Span{Trace: trace, ID: id, Parent: s.parent(trace, id), Name: e.Action, Status: "Ok", Start: at, End: at,
		Attributes: Attributes{Activity: s.Activity, Subject: subject, SubjectType: SubjectType}}
	line.Resource.Attributes.Service = "loket"
	return line, true, nil
}

// ids are made of the bytes that the tree holds. One act is what one person, or the program
// itself, wrote at one moment from one place: all its entries carry the same time.
func (s *Spans) ids(e Entry) (trace, id string, err error) {
	data, err := e.Encode()
	if err != nil {
		return "", "", err
	}
	if id, err = s.mark("ldv-span", string(data), 8); err != nil {
		return "", "", err
	}
	act := strings.Join([]string{e.At.UTC().Format(time.RFC3339Nano), e.Actor, e.Via}, "\x00")
	trace, err = s.mark("ldv-trace", act, 16)
	return trace, id, err
}

// parent is the first line of the act that a line belongs to; empty for that line itself.
func (s *Spans) parent(trace, id string) string {
	if s.first == nil {
		s.first = map[string]string{}
	}
	if s.first[trace] == "" {
		s.first[trace] = id
		return ""
	}
	return s.first[trace]
}

func (s *Spans) mark(what, value string, size int) (string, error) {
	hash := s.Mark(what, value)
	if len(hash) < size {
		return "", errors.New("ledger: no key to make marks with")
	}
	return hex.EncodeToString(hash[:size]), nil
}
