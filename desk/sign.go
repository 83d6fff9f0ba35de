// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"slices"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// SigningView is where a decision that several take together stands (R-I-72).
type SigningView struct {
	Signed  []SignedView
	Waiting []protocol.Text // the roles of each group that must still sign
	Doubt   bool            // the signatures differ
	MaySign bool            // the reader is in a group that must still sign
	Settles bool            // the reader may decide and is in no group: decides for those who sign, with a reason (D-10)
}

// SignedView is one signature; Outputs are its outcome as values.
type SignedView struct {
	Name    string
	Mine    bool
	Outcome protocol.Text
	Outputs map[string]any
	At      time.Time
}

// signings are the decisions that wait for signatures, by table. A decision that stands
// and that nobody took up again is not among them.
func signings(o *open, r reader) map[string]SigningView {
	out := map[string]SigningView{}
	for i := range o.p.Tables {
		t := &o.p.Tables[i]
		_, decided := o.Decisions[t.ID]
		if len(t.Together) > 0 && (!decided || len(o.Signatures[t.ID]) > 0) {
			out[t.ID] = signing(o, r, t)
		}
	}
	return out
}

func signing(o *open, r reader, t *protocol.Table) SigningView {
	s, signs := o.Signing(t), o.counting(r.a, t.Of)
	v := SigningView{Doubt: s.Doubt}
	for _, one := range s.Signed {
		v.Signed = append(v.Signed, SignedView{Name: r.name(one.By), Mine: one.By == r.a.ID, Outcome: outputWords(o.p, t, one.Outputs), Outputs: one.Outputs, At: one.At})
	}
	v.Settles = !slices.ContainsFunc(t.Together, func(group []string) bool { return signs.Has(group...) })
	for _, group := range s.Waiting {
		v.Waiting = append(v.Waiting, groupTitle(o.p, group))
		v.MaySign = v.MaySign || signs.Has(group...)
	}
	return v
}

// groupTitle names a group of roles: "contract manager" or "mayor or alderman".
func groupTitle(p *protocol.Protocol, group []string) protocol.Text {
	var title protocol.Text
	for _, id := range group {
		role := p.Role(id)
		if role == nil {
			continue
		}
		t := both(role.Title)
		if title.NL != "" {
			title.NL, title.EN = title.NL+" of ", title.EN+" or "
		}
		title.NL, title.EN = title.NL+t.NL, title.EN+t.EN
	}
	return title
}

// signedAlready: the reader signed, and only others are waited for; the step is not theirs
// any more.
func signedAlready(o *open, a loket.Actor, table string) bool {
	t := o.p.Table(table)
	if t == nil || len(t.Together) == 0 {
		return false
	}
	s := o.Signing(t)
	mine := slices.ContainsFunc(s.Signed, func(one loket.Signature) bool { return one.By == a.ID })
	return mine && !slices.ContainsFunc(s.Waiting, func(group []string) bool { return o.counting(a, t.Of).Has(group...) })
}
