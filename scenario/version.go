// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// VersionAction does something with a version of the protocol (SM-11).
type VersionAction struct {
	Line    int      `yaml:"-"`
	Version string   `yaml:"version"`
	Do      string   `yaml:"do"` // ask, remark, answer, close, adopt, announce
	Roles   []string `yaml:"roles"`
	People  []string `yaml:"people"`
	Until   string   `yaml:"until"` // the last day, which counts whole
	Part    string   `yaml:"part"`
	Text    string   `yaml:"text"`    // of the question, the remark or the answer
	Outcome string   `yaml:"outcome"` // of an answer
	By      string   `yaml:"by"`      // answer: whose last remark
	On      string   `yaml:"on"`      // adopt: the day; empty: today
	From    string   `yaml:"from"`    // adopt: the first day
	Body    string   `yaml:"body"`
	Reason  string   `yaml:"reason"`
	Case    string   `yaml:"case"` // announce: the story's name for the case of the version
}

// versioned is the part of the desk that has versions to consult on.
type versioned interface {
	Version(ctx context.Context, by loket.Actor, version string) (*desk.VersionView, error)
	Consult(ctx context.Context, by loket.Actor, version string, c desk.Consulting) error
	CloseConsultation(ctx context.Context, by loket.Actor, version, key string) error
	Remark(ctx context.Context, by loket.Actor, version string, remark loket.RemarkMade, key string) error
	AnswerRemark(ctx context.Context, by loket.Actor, version string, answer loket.RemarkAnswered, key string) error
	AdoptVersion(ctx context.Context, by loket.Actor, version string, adopted loket.VersionAdopted, key string) error
}

// drafts are the folders that the story names, beside its own file.
func (p *player) drafts() []string {
	var out []string
	for _, name := range p.tale.story.Drafts {
		out = append(out, filepath.Join(filepath.Dir(p.tale.story.File), filepath.FromSlash(name)))
	}
	return out
}

// onVersion does the step.
func (p *player) onVersion(ctx context.Context, s *Step) error {
	v := s.Version
	who, err := p.actor(ctx, s.Who)
	if err != nil {
		return err
	}
	service, ok := p.desk.Service.(versioned)
	if !ok {
		return mistaken("", "Dit loket heeft geen versies.")
	}
	switch v.Do {
	case "ask":
		last, err := time.ParseInLocation(time.DateOnly, v.Until, p.loc)
		if err != nil {
			return mistaken("Schrijf bijvoorbeeld: until: 2026-09-15.", "Deze dag is niet te lezen: %q.", v.Until)
		}
		return service.Consult(ctx, who, v.Version, desk.Consulting{Roles: v.Roles, People: v.People, Until: last.AddDate(0, 0, 1), Question: v.Text, Key: p.key()})
	case "remark":
		return service.Remark(ctx, who, v.Version, loket.RemarkMade{Part: v.Part, Text: v.Text}, p.key())
	case "answer":
		return p.answerRemark(ctx, service, who, v)
	case "close":
		return service.CloseConsultation(ctx, who, v.Version, p.key())
	case "adopt":
		return service.AdoptVersion(ctx, who, v.Version, loket.VersionAdopted{On: cmp.Or(v.On, p.now.In(p.loc).Format(time.DateOnly)), From: v.From, Body: v.Body, Reason: v.Reason}, p.key())
	case "announce":
		return p.announce(ctx, service, who, v)
	}
	return mistaken("Kies ask, remark, answer, close, adopt of announce.", "Dit kan niet met een versie: %q.", v.Do)
}

func (p *player) announce(ctx context.Context, service versioned, who loket.Actor, v *VersionAction) error {
	if _, err := p.desk.Service.Announce(ctx, who, v.Version); err != nil {
		return err
	}
	view, err := service.Version(ctx, who, v.Version)
	if err == nil {
		p.meet(cmp.Or(v.Case, "versie"), view.Case, view.CaseNumber, "")
	}
	return err
}

// answerRemark answers the last remark of somebody.
func (p *player) answerRemark(ctx context.Context, service versioned, who loket.Actor, v *VersionAction) error {
	view, err := service.Version(ctx, who, v.Version)
	if err != nil {
		return err
	}
	answer := loket.RemarkAnswered{Outcome: v.Outcome, Text: v.Text}
	if view.Consultation != nil {
		for _, r := range slices.Backward(view.Consultation.Remarks) {
			if r.Name == p.tale.story.People[v.By].Name && answer.Remark == "" {
				answer.Remark = r.ID
			}
		}
	}
	return service.AnswerRemark(ctx, who, v.Version, answer, p.key())
}

// checkVersions compares the states of versions: draft, consultation, adopted, published,
// effective, superseded.
func (p *player) checkVersions(ctx context.Context, line int, want map[string]string, who loket.Actor) {
	all, err := p.desk.Service.Versions(ctx, who)
	if err != nil {
		p.want(false, line, "versions", "de versies", words(err), "")
		return
	}
	for _, version := range sortedKeys(want) {
		came := "none"
		for _, v := range all {
			if v.Version == version {
				came = v.State
			}
		}
		p.want(came == want[version], line, "versions."+version, want[version], came, "")
	}
}
