// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// caseFacts reads facts as a case file writes them, each by its declared type.
func (p *Protocol) caseFacts(e *caseEntry, n *yaml.Node) Facts {
	facts := Facts{}
	for id, value := range mapping(n) {
		fact := p.Fact(id)
		if fact == nil {
			e.wrong(value, noSuch("het feit", id, p.compiled.index))
			continue
		}
		known, err := p.caseValue(fact, value, e.now)
		if err != nil {
			e.wrong(value, fmt.Errorf("%s: %w", id, err))
			continue
		}
		if known != nil {
			facts[id] = known
		}
	}
	return facts
}

func (p *Protocol) caseRows(e *caseEntry, n *yaml.Node) {
	for form, list := range mapping(n) {
		if f := p.Form(form); f == nil || f.Use != "rows" {
			e.wrong(list, fmt.Errorf("het formulier %q is geen lijst", form))
			continue
		}
		for i, row := range list.Content {
			e.rows[form] = append(e.rows[form], Row{ID: strconv.Itoa(i + 1), Facts: p.caseFacts(e, row)})
		}
	}
}

// caseDecided reads decisions: outputs of a table, or the criteria met of a list.
func (p *Protocol) caseDecided(e *caseEntry, n *yaml.Node) {
	for id, value := range mapping(n) {
		switch {
		case p.CriteriaList(id) != nil:
			e.decided[id] = Decided{Met: append([]string{}, words(value)...), At: e.now}
		case p.Table(id) != nil:
			e.decided[id] = Decided{Outputs: p.caseFacts(e, value), At: e.now}
		default:
			e.wrong(value, fmt.Errorf("de tabel of lijst %q bestaat niet", id))
		}
	}
}

// caseValue reads one value. An empty value is an unknown fact.
func (p *Protocol) caseValue(f *Fact, n *yaml.Node, now time.Time) (any, error) {
	if n.Kind == yaml.ScalarNode && strings.TrimSpace(n.Value) == "" {
		return nil, nil
	}
	switch f.Type {
	case TypeYesNo:
		return yesOrNo(n.Value)
	case TypeNumber:
		number, err := strconv.ParseInt(n.Value, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("schrijf een heel getal, niet %q", n.Value)
		}
		return number, nil
	case TypeChoices:
		for _, id := range words(n) {
			if !hasOption(f, id) {
				return nil, fmt.Errorf("er is geen optie %q", id)
			}
		}
		return append([]string{}, words(n)...), nil
	case TypeChoice:
		if !hasOption(f, n.Value) {
			return nil, fmt.Errorf("er is geen optie %q", n.Value)
		}
		return n.Value, nil
	case TypeDate:
		if !isDay(n.Value) {
			return nil, fmt.Errorf("%q is geen dag; schrijf 2026-03-28", n.Value)
		}
		return caseAnswer(readDate(f.ID, url.Values{f.ID: {n.Value}}, p.Location()))
	case TypeMoment:
		return p.caseMoment(n.Value)
	case TypeOccurrence:
		return p.caseOccurrence(n, now)
	default:
		return n.Value, nil
	}
}

func isDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// noSuch says that a name is not there, and which one may be meant.
func noSuch[T any](kind, id string, known map[string]T) error {
	if near := nearest(id, known); near != "" {
		return fmt.Errorf("%s %q bestaat niet; bedoelt u %q?", kind, id, near)
	}
	return fmt.Errorf("%s %q bestaat niet", kind, id)
}

func hasOption(f *Fact, id string) bool {
	return slices.ContainsFunc(f.Options, func(o Option) bool { return o.ID == id })
}

func yesOrNo(text string) (any, error) {
	switch text {
	case "yes", "true", "ja":
		return true, nil
	case "no", "false", "nee":
		return false, nil
	}
	return nil, fmt.Errorf("schrijf ja of nee, niet %q", text)
}

// caseMoment reads "2026-03-28 14:00"; "2026-10-25 02:30 second" is the second of the two
// hours with that name.
func (p *Protocol) caseMoment(text string) (time.Time, error) {
	if day, _, _ := strings.Cut(strings.ReplaceAll(text, "T", " "), " "); !isDay(day) {
		return time.Time{}, fmt.Errorf("%q is geen moment; schrijf 2026-03-28 14:00", text)
	}
	at, err := caseAnswer(readMoment("at", dayAndTime("at", "", text), p.Location()))
	if err != nil {
		return time.Time{}, err
	}
	return at, nil
}

// dayAndTime turns "2026-03-28 14:00" into the fields that a form would post.
func dayAndTime(id, which, text string) url.Values {
	posted := url.Values{}
	parts := strings.Fields(strings.ReplaceAll(text, "T", " "))
	for i, key := range []string{"_date", "_time", "_fold"} {
		if i < len(parts) {
			posted.Set(id+which+key, parts[i])
		}
	}
	return posted
}

// caseOccurrence reads a moment, a day, {from: …, to: …} or {discovered: …}.
func (p *Protocol) caseOccurrence(n *yaml.Node, now time.Time) (any, error) {
	posted := url.Values{}
	add := func(which, text string) {
		for key, value := range dayAndTime("at", which, text) {
			posted[key] = value
		}
	}
	if n.Kind == yaml.ScalarNode {
		if _, err := p.caseMoment(n.Value); err != nil && !isDay(n.Value) {
			return nil, err
		}
		add("", n.Value)
	}
	for key, value := range mapping(n) {
		switch key {
		case "from":
			add("", value.Value)
		case "to":
			add("_to", value.Value)
		case "discovered":
			add("_discovered", value.Value)
		default:
			return nil, fmt.Errorf("%q hoort hier niet; schrijf een moment, een dag, {from: …, to: …} of {discovered: …}", key)
		}
	}
	if posted.Get("at_date") == "" && posted.Get("at_discovered_date") != "" {
		posted.Set("at_unknown", "yes")
	}
	return caseAnswer(readOccurrence("at", posted, p.Location(), now))
}

// caseAnswer turns what a form reader gives into a value or an error.
func caseAnswer[T any](value T, ok bool, wrong []AnswerError) (T, error) {
	if len(wrong) > 0 {
		return value, fmt.Errorf("%s", wrong[0].Message.NL)
	}
	if !ok {
		return value, fmt.Errorf("dit is geen moment; schrijf 2026-03-28 14:00")
	}
	return value, nil
}
