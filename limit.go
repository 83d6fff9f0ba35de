// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"slices"
	"time"
)

// LimitPlaced restricts the processing of a case (AVG 18): from now on it is only kept.
// Nobody changes it, nothing leaves with it, and few read it, until LimitLifted.
type LimitPlaced struct {
	Ground string `json:"ground"` // see LimitGrounds
	Reason string `json:"reason" typed:"V2"`
}

// LimitLifted ends it. Whoever asked for it is told first (AVG 18, third paragraph).
type LimitLifted struct {
	Reason string `json:"reason" typed:"V2"`
}

// Type names the event.
func (LimitPlaced) Type() string { return "limit.placed" }

// Type names the event.
func (LimitLifted) Type() string { return "limit.lifted" }

// LimitGrounds are the grounds of AVG 18, first paragraph, in its order.
var LimitGrounds = []string{
	"disputed",  // a: somebody says that it is not right, and that is being looked at
	"unlawful",  // b: it should not be kept, and the person concerned wants no erasing
	"claim",     // c: the person concerned needs it for a claim
	"objection", // d: somebody objected, and it is being weighed
}

// Limit says since when, by whom, on which ground and why a case is only kept.
type Limit struct {
	At     time.Time
	By     string
	Ground string
	Reason string
}

func (c *Case) applyLimit(e Event) {
	c.Limit = nil
	if p, placed := e.Payload.(LimitPlaced); placed {
		c.Limit = &Limit{At: e.At, By: e.By, Ground: p.Ground, Reason: p.Reason}
	}
}

// Kept reports whether nothing of the case may be erased.
func (c *Case) Kept() bool { return c.Hold != nil || c.Limit != nil }

// onLimit refuses what is more than keeping. Who may see the case, that it was opened and how
// an earlier message arrived are still written down; holds stand beside it.
func onLimit(c *Case, want Payload) *Error {
	if c.Limit == nil {
		return nil
	}
	switch want.(type) {
	case LimitPlaced, LimitLifted, FieldsOpened, CaseHidden, CaseShown, EmergencyOpened, EmergencyReviewed, HoldPlaced, HoldLifted, DeliveryChanged:
		return nil
	}
	return Refuse(Stopped, "De verwerking van deze zaak is beperkt (AVG artikel 18). Er mag niets in veranderen en niets mee naar buiten, tot de privacyfunctionaris dat opheft.",
		"The processing of this case is limited (GDPR article 18). Nothing in it may change or leave with it, until the privacy officer lifts that.")
}

func decideLimit(c *Case, want Payload) ([]Payload, error) {
	switch w := want.(type) {
	case LimitPlaced:
		if c.Limit != nil {
			return nil, Refuse(Conflict, "De verwerking van deze zaak is al beperkt.", "The processing of this case is limited already.")
		}
		if !slices.Contains(LimitGrounds, w.Ground) {
			return nil, Refuse(Invalid, "Kies op welke grond de verwerking beperkt wordt.", "Choose the ground for limiting the processing.")
		}
		return one(w, motivated(w.Reason))
	case LimitLifted:
		if c.Limit == nil {
			return nil, Refuse(Invalid, "De verwerking van deze zaak is niet beperkt.", "The processing of this case is not limited.")
		}
		return one(w, motivated(w.Reason))
	}
	return []Payload{want}, nil
}
