// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// Press is what the pages of the press room and its media monitor ask of the desk.
type Press interface {
	PressRoom(ctx context.Context, by loket.Actor, after string) (*desk.PressRoom, error)
	Monitor(ctx context.Context, by loket.Actor, state, after string) (*desk.Monitor, error)
	LinkMedia(ctx context.Context, by loket.Actor, link desk.MediaLink) error
	PutMediaAside(ctx context.Context, by loket.Actor, id string, back bool) error
}

const (
	pressPath = "/pers"
	mediaPath = pressPath + "/media"
)

// pressRoutes are the press room, its short form and the media monitor.
func pressRoutes() []route {
	return []route{
		{"GET " + pressPath, loggedIn, showPress},
		{"GET " + mediaPath, loggedIn, showMonitor},
		{"POST " + mediaPath, loggedIn, linkMedia},
		{"POST " + mediaPath + "/weg", loggedIn, putMediaAside},
		{"GET " + pressPath + "/nieuw/{kind}", loggedIn, showQuestion},
		{"POST " + pressPath + "/nieuw/{kind}", loggedIn, sendQuestion},
	}
}

// press is the service as far as it has a press room.
func (v *visit) press() (Press, error) {
	room, ok := v.service.(Press)
	if !ok {
		return nil, errUnknownPage()
	}
	v.nav = pressPath
	return room, nil
}

// pressPage is the room of the communication adviser.
type pressPage struct {
	*reader
	*desk.PressRoom
}

// showPress answers GET /pers?na=….
func showPress(v *visit) error {
	room, err := v.press()
	if err != nil {
		return err
	}
	page := &pressPage{reader: v.reader}
	if page.PressRoom, err = room.PressRoom(v.r.Context(), v.actor, v.r.URL.Query().Get("na")); err != nil {
		return err
	}
	return v.show(http.StatusOK, v.T("press.title"), page.page())
}

// lead says how many questions are open, and how many of them are late.
func (p *pressPage) lead() string {
	late := 0
	for _, card := range p.Cards {
		if card.Late() {
			late++
		}
	}
	if late == 0 {
		return p.N("press.open", len(p.Cards))
	}
	return sentence(" ", p.N("press.open", len(p.Cards)), p.N("press.late", late))
}

// current is the most pressing thing to do and the step that it belongs to, as on the case
// itself. Is that for others, and can the reader do something already, then it is that: the
// page has one button.
func (p *pressPage) current(card desk.PressCard) (part string, do *desk.Proposal) {
	do = card.Next
	if do == nil || !p.mayDo(*do) {
		if own := p.own(card); own != nil {
			do = own
		}
	}
	return partOf(card, do), do
}

// own is the first thing that the reader can do; nil: nothing now.
func (p *pressPage) own(card desk.PressCard) *desk.Proposal {
	for i := range card.Parts {
		for j := range card.Parts[i].Open {
			if do := &card.Parts[i].Open[j]; p.mayDo(*do) {
				return do
			}
		}
	}
	return nil
}

// partOf is the step that something belongs to; empty for a task of somebody's own.
func partOf(card desk.PressCard, do *desk.Proposal) string {
	for i := range card.Parts {
		if do != nil && slices.ContainsFunc(card.Parts[i].Open, func(open desk.Proposal) bool { return open.Key == do.Key }) {
			return card.Parts[i].Title
		}
	}
	return ""
}

// sameWords says how many questions were about the same, and how many of them were answered.
func (p *pressPage) sameWords(same []desk.PressAnswer) string {
	answered := 0
	for _, one := range same {
		if !one.At.IsZero() {
			answered++
		}
	}
	return sentence(": ", p.T("press.same"), p.N("press.answered_same", answered))
}

// partState says how far a step is.
func partState(part desk.PressPart, now string) string {
	switch {
	case part.Title == now:
		return "now"
	case len(part.Open) > 0:
		return "open"
	case part.Done > 0:
		return "done"
	}
	return "ahead"
}

// doLink leads to where something is done.
func doLink(card desk.PressCard, do desk.Proposal) string {
	switch do.Action {
	case "form":
		return casePath(card.Case, "formulier", do.Target)
	case "compose":
		return casePath(card.Case, "product", do.Target)
	case "close":
		return casePath(card.Case) + "#afsluiten"
	case "duty":
		return casePath(card.Case) + "#plichten"
	case "convert":
		return casePath(card.Case) + "#koppelingen"
	}
	return casePath(card.Case) + "#nu"
}

// mayDo: the reader can follow the link and do it; others see who must.
func (p *pressPage) mayDo(do desk.Proposal) bool {
	switch do.Action {
	case "compose":
		return do.Mine && desk.MaySeeProduct(p.actor, p.protocol, p.protocol.Product(do.Target))
	case "form":
		form := p.protocol.Form(do.Target)
		return do.Mine && form != nil && (len(form.By) == 0 || p.actor.Has(form.By...))
	}
	return do.Mine
}

// sealedWords is a fact in words, or why it is not there.
func (v *reader) sealedWords(fact desk.FactView) string {
	switch {
	case fact.Sealed:
		return v.T("press.sealed")
	case fact.Erased != nil:
		return v.T("press.erased")
	case !fact.Known:
		return v.T("press.unknown")
	}
	return v.P(fact.Value)
}

// saidWords is the same, and nothing for what nobody said.
func (v *reader) saidWords(fact desk.FactView) string {
	if !fact.Known && fact.Erased == nil {
		return ""
	}
	return v.sealedWords(fact)
}

// subject is the head of a question; without a subject its number stands there.
func (p *pressPage) subject(words desk.FactView, number string) string {
	if said := p.saidWords(words); said != "" {
		return capital(said)
	}
	return number
}

// meta is the small line under the subject.
func (p *pressPage) meta(card desk.PressCard) string {
	return sentence(" · ", card.Number, p.saidWords(card.Medium), card.Organisation, p.T("press.received", p.when(card.ReceivedAt)), card.Assigned)
}

// fills: the reader may fill a form of this case.
func (p *pressPage) fills(form *protocol.Form) bool {
	return form != nil && (p.roleMay("record") || p.roleMay("contribute")) && (len(form.By) == 0 || p.actor.Has(form.By...))
}

// textState says how far a text is: proposed, drafted, released or withdrawn.
func (p *pressPage) textState(text desk.PressText) string {
	if text.Line == nil {
		return p.T("press.text.none")
	}
	return p.word("press.text", text.Line.State)
}

// clock reads a clock as the page of a case does.
func (p *pressPage) clockParts(clock desk.ClockView) (style, words, detail string) {
	c := &casePage{sheet: &sheet{reader: p.reader}}
	return "desk-clock--" + clockStyle(clock, p.now), c.clockWords(clock), c.clockDetail(clock)
}

// after is the address of the page after this one.
func (p *pressPage) after() string { return pressPath + "?" + url.Values{"na": {p.Next}}.Encode() }

// cardID is the place of a question on the page.
func cardID(id loket.CaseID) string { return htmlID("vraag", string(id)) }
