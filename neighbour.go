// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"slices"
	"strings"

	"example.org/loket/protocol"
)

// What people may say about a case here and one of another organisation (D-60).
const (
	NeighbourProposed = "proposed" // is one of yours about the same incident?
	NeighbourAccepted = "accepted" // yes, this one
	NeighbourDeclined = "declined" // no
	NeighbourUndone   = "undone"   // taken back, by either
	NeighbourOffered  = "offered"  // this one of us two should coordinate (DT-17)
	NeighbourTaken    = "taken"    // agreed
	NeighbourRefused  = "refused"  // not agreed
	NeighbourShared   = "shared"   // here is a text of ours
)

// NeighbourBases are the grounds on which one of two organisations coordinates (DT-17, D-31).
var NeighbourBases = []string{"residence", "provision", "place", "agreement"}

// Neighboured is one thing said about one incident that two organisations of the same
// installation have a case of. Both cases keep such an event. It holds nothing that comes
// out of the other case but its number.
//
//	proposed ──accepted──▶ linked ──offered──▶ taken or refused
//	   └──▶ declined, undone   ├──shared──▶ a released text may be read there
//	                           └──undone──▶ nothing crosses any more
type Neighboured struct {
	Link        string         `json:"link"`
	What        string         `json:"what"`
	Theirs      bool           `json:"theirs,omitempty"` // the other organisation said it
	Tenant      string         `json:"tenant"`           // the other organisation
	Name        string         `json:"name"`             // of the other organisation
	Number      string         `json:"number,omitempty"` // of its case, once both agree
	Reference   string         `json:"reference,omitempty"`
	Coordinator string         `json:"coordinator,omitempty"` // tenant
	Basis       string         `json:"basis,omitempty"`
	Product     string         `json:"product,omitempty"`
	Row         string         `json:"row,omitempty"`
	Version     int            `json:"version,omitempty"`
	Reason      string         `json:"reason,omitempty" typed:"V3"` // stays here
	Level       protocol.Level `json:"level,omitempty"`             // of the words, see TextLevel
}

// Type names the event.
func (Neighboured) Type() string { return "neighbour.said" }

// decideNeighbour checks what can be checked on this side; the desk knows the other one.
func decideNeighbour(w Neighboured) ([]Payload, error) {
	switch {
	case w.What == NeighbourUndone && strings.TrimSpace(w.Reason) == "":
		return nil, Refuse(Motivation, "Schrijf waarom u dit terugdraait. De reden blijft bij uw eigen zaak.", "Write why you take this back. The reason stays with your own case.")
	case w.What == NeighbourOffered && !slices.Contains(NeighbourBases, w.Basis):
		return nil, Refuse(Invalid, "Kies op welke grond die organisatie coördineert.", "Choose on what ground that organisation coordinates.")
	}
	return []Payload{w}, nil
}
