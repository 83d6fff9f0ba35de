// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"slices"
	"strings"
	"time"

	"example.org/loket/protocol"
)

// EmergencyGrounds are why somebody may open in an emergency what is not theirs. The word
// stands in the ledger as the purpose of use; what was typed stays sealed in the case.
var EmergencyGrounds = []string{
	"safety",    // somebody is in danger now
	"absence",   // nobody who may can be reached, and it cannot wait
	"authority", // police, inspectorate or a court asks, and it cannot wait
}

// EmergencyOpened opens a case, or a level of it, to somebody to whom it is closed, until a
// moment (promises S10, threat T2). It is reviewed afterwards.
type EmergencyOpened struct {
	Ground  string         `json:"ground"` // one of EmergencyGrounds
	Depth   protocol.Level `json:"depth"`  // deepest level that is opened
	Until   time.Time      `json:"until"`
	Purpose string         `json:"purpose" typed:"V2"`
	Reason  string         `json:"reason" typed:"V2"` // why it could not go the ordinary way
}

// EmergencyReviewed is what somebody else thinks of an emergency opening.
type EmergencyReviewed struct {
	Opening int    `json:"opening"` // Seq of the EmergencyOpened
	Right   bool   `json:"right"`   // it was called for
	Remark  string `json:"remark" typed:"V2"`
}

// Type names the event.
func (EmergencyOpened) Type() string { return "emergency.opened" }

// Type names the event.
func (EmergencyReviewed) Type() string { return "emergency.reviewed" }

// Emergency is an emergency opening with what became of it.
type Emergency struct {
	EmergencyOpened
	Seq        int
	At         time.Time
	By         string
	Role       string
	Review     *EmergencyReviewed // nil: nobody looked at it yet
	ReviewSeq  int
	ReviewedAt time.Time
	ReviewedBy string
}

// Lends is how deep emergency openings that run now let a person see; empty: none runs.
func (c *Case) Lends(person string, now time.Time) (deep protocol.Level) {
	for _, x := range c.Emergencies {
		if x.By == person && now.Before(x.Until) && x.Depth > deep {
			deep = x.Depth
		}
	}
	return deep
}

// Emergency finds an opening by the Seq of its event.
func (c *Case) Emergency(seq int) *Emergency {
	for i := range c.Emergencies {
		if c.Emergencies[i].Seq == seq {
			return &c.Emergencies[i]
		}
	}
	return nil
}

func (c *Case) applyEmergency(e Event) {
	switch p := e.Payload.(type) {
	case EmergencyOpened:
		c.Emergencies = append(c.Emergencies, Emergency{EmergencyOpened: p, Seq: e.Seq, At: e.At, By: e.By, Role: e.Role})
	case EmergencyReviewed:
		if x := c.Emergency(p.Opening); x != nil {
			x.Review, x.ReviewSeq, x.ReviewedAt, x.ReviewedBy = &p, e.Seq, e.At, e.By
		}
	}
}

func decideEmergency(c *Case, want Payload) ([]Payload, error) {
	switch w := want.(type) {
	case EmergencyOpened:
		return one(w, CheckEmergency(w))
	case EmergencyReviewed:
		x := c.Emergency(w.Opening)
		if x == nil || x.Review != nil {
			return nil, Refuse(Invalid, "Deze noodopening is er niet, of is al beoordeeld.", "This emergency opening does not exist, or was reviewed already.")
		}
		return one(w, nonEmpty(strings.TrimSpace(w.Remark) != "", "Schrijf op wat u ervan vond.", "Write down what you thought of it."))
	}
	return []Payload{want}, nil
}

// CheckEmergency says what is missing before a case is looked for at all.
func CheckEmergency(w EmergencyOpened) *Error {
	switch {
	case !slices.Contains(EmergencyGrounds, w.Ground):
		return Refuse(Invalid, "Kies op welke grond u dit in nood opent.", "Choose on what ground you open this in an emergency.")
	case !slices.Contains([]protocol.Level{"V1", "V2", "V3", "V4", "V5"}, w.Depth):
		return Refuse(Invalid, "Kies hoe diep u moet kijken.", "Choose how deep you must look.")
	case strings.TrimSpace(w.Purpose) == "":
		return purposeful(w.Purpose)
	}
	return motivated(w.Reason)
}
