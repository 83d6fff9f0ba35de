// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"slices"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// timeline is what happened and what is due, by day, with now between them.
func timeline(o *open, r reader, now time.Time) []TimelineDay {
	moments := []Moment{{At: now, What: protocol.Text{NL: "Nu", EN: "Now"}, Now: true}}
	if at := incidentMoment(o.p, o.Facts); !at.IsZero() {
		moments = append(moments, Moment{At: at, What: protocol.Text{NL: "Het voorval", EN: "The incident"}})
	}
	for _, e := range o.Events {
		if m, ok := r.moment(o, e); ok {
			moments = append(moments, m)
		}
	}
	for _, f := range o.ev.Deadlines {
		if f.Due.After(now) && f.Met.IsZero() {
			moments = append(moments, Moment{At: f.Due, What: nameOfClock(o, &f), Why: f.Words.NL, Words: f.Words, Future: true})
		}
	}
	slices.SortStableFunc(moments, func(a, b Moment) int { return a.At.Compare(b.At) })
	return byDay(moments, o.p.Location())
}

func byDay(moments []Moment, loc *time.Location) []TimelineDay {
	var out []TimelineDay
	for _, m := range moments {
		l := m.At.In(loc)
		day := time.Date(l.Year(), l.Month(), l.Day(), 0, 0, 0, 0, loc)
		if len(out) == 0 || !out[len(out)-1].Day.Equal(day) {
			out = append(out, TimelineDay{Day: day})
		}
		last := &out[len(out)-1]
		last.Moments = append(last.Moments, m)
	}
	return out
}

// moment puts one event in words of V1 or V2. Openings and deliveries are in the log only.
func (r reader) moment(o *open, e loket.Event) (Moment, bool) {
	what, why := r.eventWords(o, e)
	if what.NL == "" || linksTo(e, r.far) {
		return Moment{}, false
	}
	switch e.Payload.(type) {
	case loket.FieldsOpened, loket.DeliveryChanged, loket.CaseOpened:
		return Moment{}, false
	}
	said := r.text(o.Case, e.Seq, why)
	return Moment{At: e.At, What: what, Why: said.Text, Said: said, Who: r.name(e.By)}, true
}

// log is every line: who, when, what, why (NEN 7513).
func log(o *open, r reader) []LogLine {
	out := make([]LogLine, 0, len(o.Events))
	for _, e := range o.Events {
		if linksTo(e, r.far) {
			continue
		}
		what, why := r.eventWords(o, e)
		said := r.text(o.Case, e.Seq, why)
		l := LogLine{At: e.At, Who: r.name(e.By), Role: e.Role, What: what, Why: said.Text, Said: said}
		if role := o.p.Role(e.Role); role != nil {
			l.Role = role.Title.NL
		}
		out = append(out, l)
	}
	slices.Reverse(out)
	return out
}

// eventWords says what an event is, without words deeper than the reader sees: a task of
// somebody's own, the name of who was told.
func (r reader) eventWords(o *open, e loket.Event) (what protocol.Text, why string) {
	if _, own := e.Payload.(loket.StepAdded); own && loket.TextLevel(o.p, e.Payload) > r.sees {
		return say("Taak toegevoegd", "Task added"), ""
	}
	if what, why, ok := r.shieldWords(o, e.Payload); ok {
		return what, why
	}
	return eventWords(o.p, e.Payload)
}

// shieldWords say who may see the case and who opened it, by name; they are for who comes to
// the case.
func (r reader) shieldWords(o *open, payload loket.Payload) (what protocol.Text, why string, ok bool) {
	names := func(people []string) string {
		out := make([]string, len(people))
		for i, id := range people {
			out[i] = r.name(id)
		}
		return strings.Join(out, ", ")
	}
	switch w := payload.(type) {
	case loket.CaseHidden:
		return say("Verborgen voor: "+names(w.People), "Hidden from: "+names(w.People)), w.Reason, true
	case loket.CaseShown:
		return say("Niet meer verborgen voor: "+names(w.People), "No longer hidden from: "+names(w.People)), w.Reason, true
	case loket.EmergencyOpened:
		until := w.Until.In(o.p.Location()).Format("15:04")
		return say("In nood geopend tot en met "+string(w.Depth)+", tot "+until+" uur", "Opened in an emergency up to "+string(w.Depth)+", until "+until), w.Purpose, true
	case loket.EmergencyReviewed:
		if w.Right {
			return say("Noodopening beoordeeld: terecht", "Emergency opening reviewed: called for"), w.Remark, true
		}
		return say("Noodopening beoordeeld: niet terecht", "Emergency opening reviewed: not called for"), w.Remark, true
	}
	return what, "", false
}

// eventWords says in one line what an event is; never its content.
func eventWords(p *protocol.Protocol, payload loket.Payload) (what protocol.Text, why string) {
	switch w := payload.(type) {
	case loket.CaseOpened:
		return say("Zaak geopend", "Case opened"), ""
	case loket.ReportReceived:
		return say("Ontvangen: "+formTitle(p, w.Form).NL+channelWords(w.Channel).NL, "Received: "+formTitle(p, w.Form).EN+channelWords(w.Channel).EN), ""
	case loket.FactsRecorded:
		if w.Form == "" {
			return say("Feiten bijgewerkt", "Facts brought up to date"), w.Reason
		}
		return say("Feiten vastgelegd: "+formTitle(p, w.Form).NL, "Facts recorded: "+formTitle(p, w.Form).EN), w.Reason
	case loket.RowRecorded:
		return rowWords(p, w), w.Reason
	case loket.Decided:
		title, outcome, _ := decisionWords(p, w)
		if w.Waits {
			return say("Ondertekend: "+title.NL+". "+outcome.NL, "Signed: "+title.EN+". "+outcome.EN), w.Motivation
		}
		return say("Besluit: "+title.NL+". "+outcome.NL, "Decision: "+title.EN+". "+outcome.EN), w.Motivation
	case loket.StepDone, loket.StepSkipped, loket.StepAdded, loket.CaseAssigned, loket.DutyRecorded, loket.Asked, loket.Answered:
		return workWords(p, payload)
	case loket.ProductDrafted, loket.ProductAligned, loket.ProductReleased, loket.ProductWithdrawn, loket.Told, loket.DeliveryChanged:
		return productWords(p, payload)
	}
	return caseWords(p, payload)
}

func say(nl, en string) protocol.Text { return protocol.Text{NL: nl, EN: en} }

func formTitle(p *protocol.Protocol, id string) protocol.Text {
	if f := p.Form(id); f != nil {
		return both(f.Title)
	}
	return say(id, id)
}

// both fills a missing English text with the Dutch one.
func both(t protocol.Text) protocol.Text { return say(t.NL, orDefault(t.EN, t.NL)) }

func channelWords(channel string) protocol.Text {
	switch channel {
	case "phone":
		return say(", per telefoon", ", by telephone")
	case "mail":
		return say(", per mail", ", by mail")
	case "signal":
		return say(", als signaal", ", as a signal")
	case "own_initiative":
		return say(", op eigen initiatief", ", on own initiative")
	}
	return protocol.Text{}
}

func rowWords(p *protocol.Protocol, w loket.RowRecorded) protocol.Text {
	t := formTitle(p, w.Form)
	if w.Removed {
		return say("Weggehaald: "+t.NL, "Removed: "+t.EN)
	}
	return say("Vastgelegd: "+t.NL, "Recorded: "+t.EN)
}

func workWords(p *protocol.Protocol, payload loket.Payload) (protocol.Text, string) {
	switch w := payload.(type) {
	case loket.StepDone:
		t := both(titleFor(p, w.Step))
		return say("Gedaan: "+t.NL, "Done: "+t.EN), w.Note
	case loket.StepSkipped:
		t := both(titleFor(p, w.Step))
		return say("Anders besloten: "+t.NL, "Decided otherwise: "+t.EN), w.Motivation
	case loket.StepAdded:
		return say("Taak toegevoegd: "+w.Title, "Task added: "+w.Title), ""
	case loket.CaseAssigned:
		return say("Behandelaar gewijzigd", "Case handler changed"), ""
	case loket.DutyRecorded:
		t := say(w.Duty, w.Duty)
		if duty := p.Duty(w.Duty); duty != nil {
			t = both(duty.Title)
		}
		return say("Meldplicht: "+t.NL+" ("+dutyState(w.State).NL+")", "Duty: "+t.EN+" ("+dutyState(w.State).EN+")"), w.Note
	case loket.Asked:
		return say("Vraag gesteld", "Question asked"), ""
	case loket.Answered:
		return say("Vraag beantwoord", "Question answered"), w.Note
	}
	return protocol.Text{}, ""
}

func dutyState(s string) protocol.Text {
	words := map[string]protocol.Text{
		"open": say("nog open", "open"), "done": say("gedaan", "done"), "not_applicable": say("niet nodig", "not needed"),
		"unknown": say("onbekend", "unknown"), "consulted": say("overlegd", "consulted"),
	}
	return words[s]
}

func productWords(p *protocol.Protocol, payload loket.Payload) (protocol.Text, string) {
	switch w := payload.(type) {
	case loket.ProductDrafted:
		t := both(titleFor(p, w.Product))
		return say("Concept: "+t.NL, "Draft: "+t.EN), ""
	case loket.ProductAligned:
		t := both(titleFor(p, w.Product))
		return say("Afgestemd: "+t.NL, "Aligned: "+t.EN), w.Note
	case loket.ProductReleased:
		t, names := both(titleFor(p, w.Product)), recipientNames(w.Recipients)
		return say(t.NL+" vrijgegeven aan "+names, t.EN+" released to "+names), w.Purpose
	case loket.ProductWithdrawn:
		t := both(titleFor(p, w.Product))
		return say(t.NL+" ingetrokken", t.EN+" withdrawn"), w.Reason
	case loket.Told:
		return say(w.Recipient.Name+" is verteld"+channelWords(w.Channel).NL, w.Recipient.Name+" was told"+channelWords(w.Channel).EN), w.Note
	case loket.DeliveryChanged:
		return deliveryWords(w.State), ""
	}
	return protocol.Text{}, ""
}

// deliveryWords is how far a notice came, in the words of a reader and not of the machine.
func deliveryWords(state string) protocol.Text {
	switch state {
	case "sent":
		return say("Bericht bezorgd", "Notice delivered")
	case "read":
		return say("Bericht gelezen", "Notice read")
	case "failed":
		return say("Bericht niet bezorgd", "Notice not delivered")
	}
	return say("Bezorging van een bericht veranderd", "Delivery of a notice changed")
}

func recipientNames(rs []loket.Recipient) string {
	names := make([]string, 0, len(rs))
	for _, r := range rs {
		names = append(names, r.Name)
	}
	return strings.Join(names, ", ")
}

// checksWords are the motivations for closing while checks were open, each with its check.
func checksWords(p *protocol.Protocol, why map[string]string) string {
	var out []string
	for i := range p.Checks {
		for _, item := range p.Checks[i].Items {
			if words := why[item.ID]; words != "" {
				out = append(out, item.Title.NL+": "+words)
			}
		}
	}
	return strings.Join(out, "\n")
}

// closedWords name the phase; one that another ended says so.
func closedWords(p *protocol.Protocol, w loket.PhaseClosed) protocol.Text {
	ph, with := p.Phase(w.Phase), p.Phase(w.With)
	switch {
	case ph == nil:
		return say("Fase afgesloten", "Phase closed")
	case with != nil:
		title, first := both(ph.Title), both(with.Title)
		return say("Fase afgesloten: "+title.NL+", met “"+first.NL+"”", "Phase closed: "+title.EN+", with “"+first.EN+"”")
	}
	title := both(ph.Title)
	return say("Fase afgesloten: "+title.NL, "Phase closed: "+title.EN)
}

func caseWords(p *protocol.Protocol, payload loket.Payload) (protocol.Text, string) {
	switch w := payload.(type) {
	case loket.Linked:
		return say("Gekoppeld aan zaak "+w.Number, "Linked to case "+w.Number), w.Reason
	case loket.Unlinked:
		return say("Koppeling ongedaan gemaakt", "Link undone"), w.Reason
	case loket.Neighboured:
		return neighbourWords(w), w.Reason
	case loket.CloseProposed:
		return say("Afsluiten voorgesteld", "Closing proposed"), checksWords(p, w.Motivations)
	case loket.PhaseClosed:
		return closedWords(p, w), checksWords(p, w.Motivations)
	case loket.Reopened:
		return say("Heropend", "Reopened"), w.Reason
	case loket.CaseEnded:
		return say("Zaak beëindigd", "Case ended"), w.Reason
	case loket.FactsErased:
		return erasedWords(p, w), w.Reason
	case loket.LimitPlaced:
		return say("Verwerking beperkt (AVG 18): de zaak wordt alleen bewaard", "Processing limited (GDPR 18): the case is only kept"), w.Reason
	case loket.LimitLifted:
		return say("Verwerking niet meer beperkt", "Processing not limited any more"), w.Reason
	case loket.HoldPlaced:
		return say("Vastgehouden: niets mag gewist worden", "On hold: nothing may be erased"), w.Reason
	case loket.HoldLifted:
		return say("Niet meer vastgehouden", "Hold lifted"), w.Reason
	case loket.DestructionProposed:
		return say("Voorgesteld om de zaak te vernietigen", "Proposed to destroy the case"), w.Reason
	case loket.DestructionRefused:
		return say("De zaak wordt niet vernietigd", "The case is not destroyed"), w.Reason
	case loket.FieldsOpened:
		return say("Verzegelde gegevens geopend", "Sealed data opened"), w.Purpose
	case loket.DeadlineMoved:
		title := say(w.Deadline, w.Deadline)
		if dl := p.Deadline(w.Deadline); dl != nil {
			title = both(dl.Title)
		}
		return say("Termijn opnieuw berekend: "+title.NL, "Deadline recomputed: "+title.EN), ""
	case loket.DeadlineEscalated:
		return escalatedWords(p, w), ""
	case loket.DeadlineReminded:
		return remindedWords(p, w), ""
	case loket.Noted:
		return say("Notitie", "Note"), ""
	}
	return versionWords(payload)
}
