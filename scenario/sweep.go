// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"strings"
	"unicode/utf16"

	"example.org/loket"
	"example.org/loket/desk"
)

// sweep makes the general checks that every story ends with.
//
//	P  nothing personal in mail, titles, lists, register, raw storage or products above their level
//	L  every product given is in the record of who knows what, with a purpose
//	H  every decision has a person, a moment and, when it deviates, a reason
//	T  nobody of another tenant sees a case, nor reads what only its own tenant was told
//	V  for whom a case is hidden it is nowhere, and no mail about it went to them since
func (p *player) sweep(ctx context.Context) {
	here := p.tenant
	for _, tenant := range sortedKeys(p.houses) {
		p.enter(tenant)
		p.sweepHouse(ctx)
	}
	p.enter(here)
	p.sweepStored(ctx)
	p.sweepAcross(ctx)
}

func (p *player) sweepHouse(ctx context.Context) {
	p.step = nil
	who, err := p.sweeper(ctx, "")
	if err != nil {
		return // a story without anyone at the desk has nothing to look through
	}
	p.sweepOpen(ctx, who)
	for _, name := range sortedKeys(p.cases) {
		if p.cases[name].tenant != p.tenant {
			continue
		}
		if who, err = p.sweeper(ctx, name); err != nil {
			return
		}
		view, err := p.desk.Service.Case(ctx, who, p.cases[name].id)
		if loket.ErrorCode(err) == loket.Gone {
			continue // of a destroyed case nothing is left to look through
		}
		if err != nil {
			p.want(false, 1, "sweep", "zaak "+name+" te zien", words(err), "")
			continue
		}
		p.sweepProducts(ctx, who, p.cases[name], view)
		p.sweepDecisions(name, view)
		p.sweepHidden(ctx, p.cases[name], view)
	}
}

func (p *player) sweeper(ctx context.Context, name string) (loket.Actor, error) {
	p.step = &Step{}
	defer func() { p.step = nil }()
	alias := p.whoSees(ctx, name)
	if alias == "" {
		return loket.Actor{}, mistaken("", "niemand")
	}
	return p.actor(ctx, alias)
}

// secret is one text that must stay inside.
type secret struct {
	text  string
	level string
	from  string
	owner string // the only tenant that knows it; empty: several do
}

// secrets are the story's canaries and the deep answers that were given. Names of people
// with an account are contacts of the organisation, so they may be stored in the open.
func (p *player) secrets() []secret {
	var all []secret
	contacts := map[string]bool{}
	for alias, who := range p.tale.story.People {
		contacts[who.name(alias)] = true
		contacts[who.address(alias)] = true
		contacts[who.Organisation] = true
	}
	for _, c := range p.tale.story.Canaries {
		level := c.Level
		if level == "" {
			level = "V4"
		}
		all = append(all, secret{c.Text, level, "canary", c.Tenant})
	}
	for _, text := range sortedKeys(p.fingerprint) {
		if !contacts[text] {
			all = append(all, secret{text, "V4", p.fingerprint[text], only(p.origin[text])})
		}
	}
	return all
}

// sweepOpen looks where people read without opening anything: mail, worklist, register,
// titles and inboxes.
func (p *player) sweepOpen(ctx context.Context, who loket.Actor) {
	open := map[string]string{}
	for _, m := range p.desk.Mails() {
		open["mail"] += m.Raw + "\n" + m.Subject + "\n" + m.Body + "\n"
	}
	for _, view := range []string{"team", "waiting", "closed"} {
		if list, err := p.desk.Service.Worklist(ctx, who, desk.WorklistFilter{View: view, Limit: 200}); err == nil {
			for _, g := range list.Groups {
				for _, job := range g.Jobs {
					open["werklijst"] += strings.Join([]string{job.Number, job.Kind.NL, job.Laws.NL, job.Organisation, job.What.NL, job.Because.NL}, "\n") + "\n"
				}
			}
		}
	}
	for year := p.now.Year() - 1; year <= p.now.Year(); year++ {
		var csv bytes.Buffer
		if err := p.desk.Service.Register(ctx, who, year, &csv); err == nil {
			open["register"] += csv.String()
		}
	}
	for _, c := range p.cases {
		if view, err := p.desk.Service.Case(ctx, who, c.id); err == nil {
			open["titel"] += view.Number + " " + view.Title.NL + " " + view.Kind.NL + "\n"
		}
	}
	for _, s := range p.secrets() {
		for _, where := range sortedKeys(open) {
			p.want(!has(open[where], s.text), 1, "P: "+where, "nergens “"+s.text+"” ("+s.from+")", around(open[where], s.text), "")
		}
	}
}

func around(text, word string) string {
	i := strings.Index(strings.ToLower(text), strings.ToLower(word))
	if i < 0 {
		return short(text)
	}
	return "… " + short(text[max(0, i-60):min(len(text), i+len(word)+60)]) + " …"
}

// sweepStored looks through everything left on disk and in the log, in the ways a text
// may be written: plain, UTF-16, base64, hex, escaped.
func (p *player) sweepStored(ctx context.Context) {
	if p.desk.Dump == nil {
		return
	}
	left, err := p.desk.Dump(ctx)
	if err != nil {
		p.want(false, 1, "P: opslag", "na te lopen", err.Error(), "")
		return
	}
	for _, s := range p.secrets() {
		forms := written(s.text)
		for _, r := range left {
			found := ""
			for _, how := range sortedKeys(forms) {
				if bytes.Contains(r.Bytes, forms[how]) {
					found = how
				}
			}
			p.want(found == "", 1, "P: "+r.Name, "nergens “"+s.text+"” ("+s.from+")", "gevonden, als "+found, "")
		}
	}
}

// Written gives the byte forms in which a text may lie in a file, by name of the form.
func Written(text string) map[string][]byte { return written(text) }

// written gives the byte forms of a text. Base64 has three, by how it falls into groups
// of three bytes; only the middle that does not depend on its neighbours is searched.
func written(text string) map[string][]byte {
	forms := map[string][]byte{
		"tekst": []byte(text),
		"hex":   []byte(hex.EncodeToString([]byte(text))),
		"url":   []byte(url.QueryEscape(text)),
	}
	var wide []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		wide = append(wide, byte(unit), byte(unit>>8))
	}
	forms["utf-16"] = wide
	const sure = 9
	if len(text) < sure {
		return forms
	}
	for shift := range 3 {
		code := base64.RawStdEncoding.EncodeToString([]byte(text[shift:]))
		whole := (len(text) - shift) / 3 * 4
		forms["base64 "+string(rune('0'+shift))] = []byte(code[:whole])
	}
	return forms
}

// sweepProducts: L, and no secret in a product that goes less deep.
func (p *player) sweepProducts(ctx context.Context, who loket.Actor, c *played, view *desk.CaseView) {
	for _, line := range view.Products {
		if line.State != "released" && (line.State != "superseded" || !given(view, line)) {
			continue
		}
		v, err := p.desk.Service.Product(ctx, who, c.id, line.Product, line.Row, line.Version)
		if err != nil || v.Released == nil {
			p.want(false, 1, "L: "+line.Product, "vrijgegeven versie te lezen", errText(err), "")
			continue
		}
		name := line.Product + "#" + version(line.Version)
		p.want(v.Released.Purpose != "", 1, "L: "+name, "een doel", "geen doel", "")
		p.want(v.ReleasedBy != "" && !v.ReleasedAt.IsZero(), 1, "L: "+name, "door wie en wanneer", "onbekend", "")
		for _, to := range v.Released.Recipients {
			state := knows(&seen{c: &played{rows: map[string]string{"row": line.Row}}, view: view}, to.ID, line.Product+rowMark(line.Row)+"#"+version(line.Version))
			p.want(state != "none", 1, "L: "+name, to.ID+" staat bij wie wat weet", state, "")
		}
		text := productText(v) + "\n" + v.Product.Title.NL
		for _, s := range p.secrets() {
			if s.level > string(line.Level) {
				p.want(!has(text, s.text), 1, "P: "+name, "nergens “"+s.text+"” (niveau "+string(line.Level)+")", around(text, s.text), "")
			}
		}
	}
}

func rowMark(row string) string {
	if row == "" {
		return ""
	}
	return "/row"
}

// sweepDecisions: H.
func (p *player) sweepDecisions(name string, view *desk.CaseView) {
	for _, d := range view.Decisions {
		what := "H: " + name + " " + d.Subject
		p.want(d.By != "" && !d.At.IsZero(), 1, what, "wie en wanneer", d.By+" "+p.show(d.At), "")
		p.want(!d.Deviates || d.Motivation != "", 1, what, "een motivering bij de afwijking", "geen", "")
	}
	for _, d := range view.Deviations {
		p.want(d.Motivation != "" && d.Name != "" && !d.At.IsZero(), 1, "H: "+name+" "+d.What, "wie, wanneer en waarom", d.Name+" "+d.Motivation, "")
	}
}
