// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// Neighbours is what the pages about other organisations ask of the desk.
type Neighbours interface {
	Tenants(ctx context.Context) ([]desk.Tenant, error)
	// NeighbourDealings are what other organisations asked here, what was asked of them, and
	// what became of both.
	NeighbourDealings(ctx context.Context, by loket.Actor) (desk.NeighbourDealings, error)
	DeclineNeighbour(ctx context.Context, by loket.Actor, link string) error
	// CaseNumbered finds a case of the reader's own desk.
	CaseNumbered(ctx context.Context, by loket.Actor, number string) (loket.CaseID, error)
	// NeighbourText reads a text that another organisation shared.
	NeighbourText(ctx context.Context, by loket.Actor, id loket.CaseID, link string, place int) (*desk.SharedText, error)
}

const neighboursPath = "/andere-organisaties"

// several reports whether there are other organisations on this installation.
func (v *visit) several() bool {
	near, ok := v.service.(Neighbours)
	if !ok {
		return false
	}
	all, err := near.Tenants(v.r.Context())
	return err == nil && len(all) > 1
}

// neighboursPage lists what goes on with other organisations.
type neighboursPage struct {
	*reader
	desk.NeighbourDealings
	link   string // of the answer that was refused
	number string // as it was typed
	fault  string
}

// showNeighbours answers GET /andere-organisaties.
func showNeighbours(v *visit) error { return v.neighboursPage("", "", "") }

func (v *visit) neighboursPage(link, number, fault string) error {
	near, ok := v.service.(Neighbours)
	if !ok || !v.several() {
		return errUnknownPage()
	}
	dealings, err := near.NeighbourDealings(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	v.nav = neighboursPath
	status := http.StatusOK
	if fault != "" {
		status = http.StatusUnprocessableEntity
	}
	return v.show(status, v.T("neighbour.title"), (&neighboursPage{v.reader, dealings, link, number, fault}).page())
}

// neighboursAsk counts the questions of other organisations that the reader may answer.
func (v *reader) neighboursAsk() int {
	near, ok := v.service.(Neighbours)
	if !ok {
		return 0
	}
	dealings, err := near.NeighbourDealings(v.r.Context(), v.actor)
	if err != nil {
		return 0 // the worklist goes before what stands beside it
	}
	return len(dealings.Asked)
}

// answerNeighbour answers POST /andere-organisaties: this case of ours, or none.
func answerNeighbour(v *visit) error {
	near, ok := v.service.(Neighbours)
	if !ok {
		return errUnknownPage()
	}
	if err := v.form(); err != nil {
		return err
	}
	link := v.text("koppeling")
	if v.text("antwoord") == "nee" {
		if err := near.DeclineNeighbour(v.r.Context(), v.actor, link); err != nil {
			return err
		}
		return v.to(neighboursPath + "?gedaan=geen")
	}
	number := strings.TrimSpace(v.text("nummer"))
	id, err := near.CaseNumbered(v.r.Context(), v.actor, number)
	if err == nil {
		_, err = v.service.Do(v.r.Context(), v.actor, id, v.change(loket.Neighboured{Link: link, What: loket.NeighbourAccepted}))
	}
	switch loket.ErrorCode(err) {
	case loket.Invalid, loket.Conflict:
		return v.neighboursPage(link, number, v.P(refusal(err).Message))
	}
	if err != nil {
		return err
	}
	return v.to(casePath(id) + "?gedaan=neighbour#andere-organisaties")
}

// readNeighboured records what somebody says of a case elsewhere.
func readNeighboured(v *visit) (loket.Payload, error) {
	said := loket.Neighboured{Link: v.text("koppeling"), What: v.text("wat")}
	switch said.What {
	case loket.NeighbourProposed:
		said.Link, said.Tenant, said.Reference = "", v.text("organisatie"), strings.TrimSpace(v.text("tekst_verwijzing"))
	case loket.NeighbourOffered:
		said.Coordinator, said.Basis = v.text("wie"), v.text("grond")
		if said.Coordinator == "hier" {
			said.Coordinator = v.tenant
		}
	case loket.NeighbourShared:
		product, rest, _ := strings.Cut(v.text("tekst"), "|")
		row, version, _ := strings.Cut(rest, "|")
		said.Product, said.Row, said.Version = product, row, atoi(version)
	case loket.NeighbourUndone:
		said.Reason, said.Level = strings.TrimSpace(v.text("tekst_motivering")), v.textLevel()
	case loket.NeighbourTaken, loket.NeighbourRefused:
	default:
		return nil, loket.Refuse(loket.Invalid, "Kies wat u met de andere organisatie wilt afspreken.", "Choose what you want to agree with the other organisation.")
	}
	return said, nil
}

// sharedPage is a text of another organisation.
type sharedPage struct {
	*reader
	*desk.SharedText
	id loket.CaseID
}

// showShared answers GET /zaak/{case}/gedeeld/{link}/{place}.
func showShared(v *visit) error {
	near, ok := v.service.(Neighbours)
	place, err := strconv.Atoi(v.r.PathValue("place"))
	if !ok || err != nil {
		return errUnknownPage()
	}
	text, err := near.NeighbourText(v.r.Context(), v.actor, v.caseID(), v.r.PathValue("link"), place)
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, v.P(text.Title), (&sharedPage{v.reader, text, v.caseID()}).page())
}

// sharable are the released texts that another organisation may read: to V2, and to V3
// where it coordinates.
func (c *casePage) sharable(n desk.NeighbourView) []desk.ProductLine {
	deepest := protocol.Level("V2")
	if n.Coordinator != "" && !n.CoordinatesHere {
		deepest = "V3"
	}
	return slices.DeleteFunc(slices.Clone(c.view.Products), func(l desk.ProductLine) bool {
		return l.State != "released" || l.Level > deepest
	})
}

func shareValue(l desk.ProductLine) string {
	return l.Product + "|" + l.Row + "|" + strconv.Itoa(l.Version)
}

// coordinates says in words who coordinates, and on what ground.
func (v *reader) coordinates(n desk.NeighbourView) string {
	switch {
	case n.Coordinator == "":
		return v.T("neighbour.coordinator_none")
	case n.CoordinatesHere:
		return v.T("neighbour.coordinator_here", v.T("neighbour.basis."+n.Basis))
	}
	return v.T("neighbour.coordinator_there", n.Coordinator, v.T("neighbour.basis."+n.Basis))
}

// became says in words what the last answer was. An agreement about who coordinates stands in
// coordinates already.
func (v *reader) became(n desk.NeighbourView) string {
	said := "there." + n.Answer
	if n.AnswerOurs {
		said = "here." + n.Answer
	}
	switch n.Answer {
	case loket.NeighbourDeclined, loket.NeighbourUndone:
		return v.T("neighbour.became."+said, n.Desk)
	case loket.NeighbourRefused:
		return v.T("neighbour.became."+said, n.Desk, v.leader(n.AnswerHere, n.Desk))
	}
	return ""
}

// leader names one of both desks.
func (v *reader) leader(here bool, other string) string {
	if here {
		return v.T("neighbour.us")
	}
	return other
}

// dealingLink says what the way to the own case is for.
func (p *neighboursPage) dealingLink(n desk.NeighbourDealing) string {
	if n.AskedOfUs {
		return p.T("neighbour.answer_in_case", n.OurNumber)
	}
	return p.T("neighbour.our_case", n.OurNumber)
}
