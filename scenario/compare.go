// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/loket/protocol"
)

// differ notes one difference.
func (p *player) differ(line int, what, expected, came, because string) {
	p.result.Differences = append(p.result.Differences, Difference{
		Line: line, Step: p.stepName(), What: what, Expected: expected, Came: came, Because: because,
	})
}

func (p *player) stepName() string {
	if p.step == nil {
		return "einde"
	}
	name := p.step.Label
	if name == "" {
		name = "stap " + strconv.Itoa(p.step.Number)
	}
	return strings.TrimSpace(fmt.Sprintf("%s · %s · %s %s", name, p.show(p.now), p.step.Who, strings.Join(p.step.actions(), "")))
}

// want compares one thing and counts it.
func (p *player) want(ok bool, line int, what, expected, came, because string) {
	p.result.Checks++
	if !ok {
		p.differ(line, what, expected, came, because)
	}
}

// has reports whether text contains want, whatever the case and white space.
func has(text, want string) bool { return strings.Contains(plain(text), plain(want)) }

func plain(text string) string { return strings.ToLower(strings.Join(strings.Fields(text), " ")) }

// wantWords: each of the words is in the text.
func (p *player) wantWords(line int, what string, words []string, text, because string) {
	for _, w := range words {
		p.want(has(text, w), line, what, "bevat “"+w+"”", short(text), because)
	}
}

func (p *player) wantNever(line int, what string, words []string, text string) {
	for _, w := range words {
		p.want(!has(text, w), line, what, "nergens “"+w+"”", short(text), "")
	}
}

// wantLines: each of the words stands in one of the lines, or never does.
func (p *player) wantLines(w *WantWords, what string, lines []string) {
	for _, word := range w.Contains {
		ok := slices.ContainsFunc(lines, func(l string) bool { return has(l, word) })
		p.want(ok, w.Line, what, "een regel met “"+word+"”", short(strings.Join(lines, " | ")), "")
	}
	p.wantNever(w.Line, what, w.Never, strings.Join(lines, "\n"))
}

// wantSame compares two single values; an empty expectation is free.
func (p *player) wantSame(line int, what, want, came, because string) {
	if want != "" {
		p.want(plain(want) == plain(came), line, what, want, orNone(came), because)
	}
}

// wantYes compares a yes or no; an empty expectation is free.
func (p *player) wantYes(line int, what, want string, came bool) {
	if yes, ok := truth(want); ok {
		p.want(yes == came, line, what, yesNo(yes), yesNo(came), "")
	} else if want != "" {
		p.want(false, line, what, "yes of no", want, "")
	}
}

// wantMoment compares a moment written in local time; "none" is no moment.
func (p *player) wantMoment(line int, what, want string, came time.Time, because string) {
	switch want {
	case "":
	case "none":
		p.want(came.IsZero(), line, what, "geen moment", p.show(came), because)
	default:
		at, err := moment(want, p.now, p.loc)
		if err != nil {
			p.want(false, line, what, want, err.Error(), "")
			return
		}
		p.want(at.Equal(came), line, what, p.show(at), p.show(came), because)
	}
}

func (p *player) wantCount(line int, what string, want *int, came int, because string) {
	if want != nil {
		p.want(*want == came, line, what, strconv.Itoa(*want), strconv.Itoa(came), because)
	}
}

// wantAll: every wanted name is among those that came.
func (p *player) wantAll(line int, what string, want, came []string) {
	for _, w := range want {
		p.want(slices.Contains(came, w), line, what, w, "["+strings.Join(came, ", ")+"]", "")
	}
}

func (p *player) wantNone(line int, what string, unwanted, came []string) {
	for _, w := range unwanted {
		p.want(!slices.Contains(came, w), line, what, "niet "+w, "["+strings.Join(came, ", ")+"]", "")
	}
}

// wantSet: the two lists hold the same names.
func (p *player) wantSet(line int, what string, want, came []string, because string) {
	w, c := slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(came))
	p.want(slices.Equal(w, c), line, what, "["+strings.Join(w, ", ")+"]", "["+strings.Join(c, ", ")+"]", because)
}

// sameValue compares a value of a story with a fact.
func (p *player) sameValue(want Value, came any) bool {
	switch v := came.(type) {
	case nil:
		return want.Text == "unknown" || want.Text == "none"
	case bool:
		yes, ok := truth(want.Text)
		return ok && yes == v
	case []string:
		if want.List == nil {
			return slices.Contains(v, want.Text) || want.Text == "none" && len(v) == 0
		}
		return slices.Equal(slices.Sorted(slices.Values(want.List)), slices.Sorted(slices.Values(v)))
	case time.Time:
		at, err := moment(want.Text, p.now, p.loc)
		return err == nil && at.Equal(v)
	default:
		return plain(fmt.Sprint(v)) == plain(want.Text)
	}
}

func (p *player) valueWords(v any) string {
	switch v := v.(type) {
	case nil:
		return "onbekend"
	case bool:
		return yesNo(v)
	case []string:
		return "[" + strings.Join(v, ", ") + "]"
	case time.Time:
		return p.show(v)
	default:
		return fmt.Sprint(v)
	}
}

// reason gives the desk's own explanation: rule, sentence, what was used and what is missing.
func reason(r protocol.Reason) string {
	var parts []string
	if r.Rule != "" {
		parts = append(parts, "regel "+r.Rule)
	}
	if r.Title.NL != "" {
		parts = append(parts, r.Title.NL)
	}
	if r.Because.NL != "" {
		parts = append(parts, r.Because.NL)
	}
	for _, u := range r.Used {
		parts = append(parts, u.Fact+" = "+u.Value.NL)
	}
	if len(r.Missing) > 0 {
		parts = append(parts, "onbekend: "+strings.Join(r.Missing, ", "))
	}
	if r.Source.At != "" {
		parts = append(parts, r.Source.At)
	}
	return strings.Join(parts, "; ")
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

func orNone(text string) string {
	if text == "" {
		return "niets"
	}
	return text
}

func short(text string) string {
	const most = 600
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + " …"
	}
	return orNone(text)
}

// verdictWord writes a three-valued truth as a story does.
func verdictWord(v protocol.Verdict) string {
	switch v {
	case protocol.True:
		return "yes"
	case protocol.False:
		return "no"
	default:
		return "unknown"
	}
}
