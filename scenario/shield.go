// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// For whom a case does not exist, and who opened in an emergency what is closed to them
// (D-65, promises S10).

// HideAction makes that the case does not exist for people.
type HideAction struct {
	Line   int      `yaml:"-"`
	From   []string `yaml:"from,short"`
	Reason string   `yaml:"reason"`
}

// ShowAction takes that back.
type ShowAction struct {
	Line   int      `yaml:"-"`
	To     []string `yaml:"to,short"`
	Reason string   `yaml:"reason"`
}

// EmergencyAction opens the case to who, for a while.
type EmergencyAction struct {
	Line    int    `yaml:"-"`
	Ground  string `yaml:"ground"`
	Level   string `yaml:"level"` // how deep
	Purpose string `yaml:"purpose"`
	Reason  string `yaml:"reason"` // why it could not go the ordinary way
	Number  string `yaml:"number"` // empty: that of the case; another one tries a number that is not there
}

// ReviewAction is what somebody thinks of an emergency opening.
type ReviewAction struct {
	Line   int    `yaml:"-"`
	By     string `yaml:"by"` // whose opening; empty: the newest of the case
	Right  bool   `yaml:"right"`
	Remark string `yaml:"remark"`
}

// WantEmergency is about emergency openings of the case, on the list that these eyes have.
type WantEmergency struct {
	Line     int      `yaml:"-"`
	By       string   `yaml:"by,short"` // alias of who opened
	Ground   string   `yaml:"ground"`
	Level    string   `yaml:"level"`
	At       string   `yaml:"at"`
	Until    string   `yaml:"until"`
	State    string   `yaml:"state"`    // runs, waits, right, wrong
	Reviewer string   `yaml:"reviewer"` // alias
	Says     []string `yaml:"says"`     // words of what was typed, as far as these eyes go
	Never    []string `yaml:"never"`
	Count    *int     `yaml:"count"`
}

// shielded makes the events about who may see the case.
func (p *player) shielded(s *Step) loket.Payload {
	if s.Hide != nil {
		return loket.CaseHidden{People: p.aliases(s.Hide.From), Reason: s.Hide.Reason}
	}
	return loket.CaseShown{People: p.aliases(s.Show.To), Reason: s.Show.Reason}
}

func (p *player) aliases(names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = p.aliasOf(name)
	}
	return out
}

func (p *player) openInEmergency(ctx context.Context, c *played, who loket.Actor, e *EmergencyAction) error {
	_, err := p.desk.Service.OpenInEmergency(ctx, who, desk.EmergencyForm{
		Key: p.key(), Number: cmp.Or(e.Number, c.number), Ground: e.Ground, Depth: protocol.Level(e.Level), Purpose: e.Purpose, Reason: e.Reason,
	})
	return err
}

// review finds the opening on the list of whoever reviews it, as a page would.
func (p *player) review(ctx context.Context, c *played, who loket.Actor, r *ReviewAction) error {
	lines, err := p.emergencies(ctx, c, who)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(lines, func(l desk.EmergencyLine) bool { return r.By == "" || l.Person == p.aliasOf(r.By) })
	if i < 0 {
		return mistaken("Kijk wie deze zaak in nood opende, en geef dat met by.", "%s ziet geen noodopening van deze zaak die zo te beoordelen is.", who.Name)
	}
	return p.change(ctx, c, who, loket.EmergencyReviewed{Opening: lines[i].Seq, Right: r.Right, Remark: r.Remark})
}

// emergencies are the openings of one case that somebody has on the list, newest first.
func (p *player) emergencies(ctx context.Context, c *played, who loket.Actor) ([]desk.EmergencyLine, error) {
	view, err := p.desk.Service.EmergencyOpenings(ctx, who)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(view.Lines, func(l desk.EmergencyLine) bool { return l.Case != c.id }), nil
}

func (p *player) checkEmergencies(ctx context.Context, e *Expect, who loket.Actor) {
	if len(e.Emergencies) == 0 {
		return
	}
	c, err := p.caseNamed(cmp.Or(e.Case, p.current))
	if err != nil {
		p.want(false, e.Line, "emergencies", "een zaak", err.Error(), "")
		return
	}
	lines, err := p.emergencies(ctx, c, who)
	for _, w := range e.Emergencies {
		of := slices.DeleteFunc(slices.Clone(lines), func(l desk.EmergencyLine) bool { return w.By != "" && l.Person != p.aliasOf(w.By) })
		if w.Count != nil {
			p.wantCount(w.Line, "emergencies", w.Count, len(of), errText(err))
			continue
		}
		p.want(len(of) > 0, w.Line, "emergencies", strings.TrimSpace("een noodopening "+w.By), "geen", errText(err))
		if len(of) > 0 {
			p.checkEmergency(w, of[0])
		}
	}
}

func (p *player) checkEmergency(w WantEmergency, line desk.EmergencyLine) {
	p.wantSame(w.Line, "emergencies.ground", w.Ground, line.Ground, "")
	p.wantSame(w.Line, "emergencies.level", w.Level, line.Depth, "")
	p.wantMoment(w.Line, "emergencies.at", w.At, line.At, "")
	p.wantMoment(w.Line, "emergencies.until", w.Until, line.Until, "")
	p.wantSame(w.Line, "emergencies.state", w.State, emergencyState(line), "")
	p.wantSame(w.Line, "emergencies.reviewer", p.aliasOf(w.Reviewer), line.ReviewedBy, "")
	words := strings.Join([]string{line.Purpose.Text, line.Reason.Text, line.Remark.Text}, "\n")
	p.wantWords(w.Line, "emergencies.says", w.Says, words, "")
	p.wantNever(w.Line, "emergencies.never", w.Never, words)
}

func emergencyState(line desk.EmergencyLine) string {
	switch {
	case !line.ReviewedAt.IsZero() && line.Right:
		return "right"
	case !line.ReviewedAt.IsZero():
		return "wrong"
	case line.Runs:
		return "runs"
	}
	return "waits"
}

// checkHiding: from whom the case page says it is hidden.
func (p *player) checkHiding(e *Expect, v *desk.CaseView) {
	if e.HiddenFrom == nil {
		return
	}
	var came []string
	for _, h := range v.HiddenFrom {
		came = append(came, h.Person)
	}
	p.wantSet(e.Line, "hidden_from", p.aliases(e.HiddenFrom), came, "")
}

// sweepHidden: V. For whom a case is hidden it stays away to the end, mail included.
func (p *player) sweepHidden(ctx context.Context, c *played, view *desk.CaseView) {
	p.step = &Step{}
	defer func() { p.step = nil }()
	for _, h := range view.HiddenFrom {
		p.seesNothing(ctx, 1, h.Person, c)
		for _, m := range p.desk.Mails() {
			late := m.At.After(h.At) && p.mailedTo(m.To, h.Person) && has(m.Raw, c.number)
			p.want(!late, 1, "V: "+h.Person, "geen bericht over "+c.name+" sinds die verborgen is", m.Subject, "")
		}
	}
}
