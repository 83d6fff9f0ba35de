// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"net/url"

	"example.org/loket/protocol"
)

// Advise answers "Moet ik dit melden?" with the rule and its source (DT-13, R-R-49,
// R-R-117). It writes nothing: no case, no log, no trace.
func (d *Desk) Advise(ctx context.Context, tenant string, posted url.Values) (*Advice, error) {
	p, err := d.Protocol(ctx, tenant)
	if err != nil {
		return nil, err
	}
	f := adviceForm(p)
	if f == nil {
		return nil, errHidden
	}
	now := d.Now()
	facts, faults := p.ReadAnswers(f, posted, now)
	ev := p.Evaluate(protocol.Input{Facts: facts, Now: now})
	out := &Advice{Form: f, Answers: facts, Errors: faults, Shown: p.Shown(f, facts, now), Criteria: ev.Criteria, Duties: ev.Duties, Clock: reportingClock(p, ev), Answered: len(facts)}
	for _, t := range ev.Tables {
		switch {
		case len(t.Reasons) == 0 || t.Arises == protocol.False:
		case len(t.Table.DecidedBy) == 0:
			out.Tables = append(out.Tables, t)
		default:
			out.Decides = append(out.Decides, t)
		}
	}
	return out, nil
}

func adviceForm(p *protocol.Protocol) *protocol.Form {
	for i := range p.Forms {
		if p.Forms[i].Use == "advice" {
			return &p.Forms[i]
		}
	}
	return nil
}
