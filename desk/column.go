// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"encoding/json"
	"strings"

	"example.org/loket"
	"example.org/loket/figures"
	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// columns are what the register and the figures know of a case, by figure id: the ids of
// the answers, joined by a space; yes or no for what the protocol counts by a condition.
// What is not known is not there.
func columns(p *protocol.Protocol, ev *protocol.Evaluation, c *loket.Case) map[string]string {
	out := map[string]string{}
	count(out, c)
	verdicts := p.Counts(ev)
	for i := range p.Figures {
		if id := counted(p, &p.Figures[i], ev, verdicts[i]); id != "" {
			out[p.Figures[i].ID] = id
		}
	}
	for id, was := range c.Figures {
		if out[id] == "" {
			out[id] = was // what it followed from was erased since
		}
	}
	return out
}

func counted(p *protocol.Protocol, f *protocol.Figure, ev *protocol.Evaluation, holds protocol.Verdict) string {
	if f.Fact == "" {
		return yesOrNo(holds)
	}
	return answerIDs(p, f.Fact, ev.Facts[f.Fact])
}

func encodeColumns(columns map[string]string) string {
	b, err := json.Marshal(columns)
	if err != nil {
		return "{}"
	}
	return string(b)
}

func yesOrNo(holds protocol.Verdict) string {
	switch holds {
	case protocol.True:
		return figures.Yes
	case protocol.False:
		return figures.No
	}
	return ""
}

// hardSpace stands for a space inside one answer: a plain one parts two answers.
const hardSpace = "\u00a0"

// answerIDs writes a value so that it can be counted: option ids, yes, no, a number. A
// moment counts by its words.
func answerIDs(p *protocol.Protocol, fact string, value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case bool:
		if v {
			return figures.Yes
		}
		return figures.No
	case string:
		return strings.ReplaceAll(v, " ", hardSpace)
	case []string:
		return strings.Join(v, " ")
	}
	return strings.ReplaceAll(p.Words(fact, value).NL, " ", hardSpace)
}

// answerWords turns what answerIDs wrote into words for a reader of the register.
func answerWords(p *protocol.Protocol, fact, ids string) string {
	var words []string
	for _, id := range strings.Fields(ids) {
		words = append(words, answerWord(p, fact, id).NL)
	}
	return strings.Join(words, ", ")
}

// answerWord is one answer in words.
func answerWord(p *protocol.Protocol, fact, id string) protocol.Text {
	id = strings.ReplaceAll(id, hardSpace, " ")
	if f := p.Fact(fact); f != nil && f.Type == protocol.TypeYesNo {
		return p.Words(fact, id == figures.Yes)
	}
	if key := "case.channel." + id; fact == "channel" && locale.Has(key) {
		return say(locale.T(locale.NL, key), locale.T(locale.EN, key))
	}
	return p.Words(fact, id)
}
