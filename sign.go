// SPDX-License-Identifier: EUPL-1.2

package loket

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"example.org/loket/protocol"
)

// Signature is one person's part in a decision that several take together (R-I-72).
type Signature struct {
	By         string
	As         []string // roles in which
	Outputs    map[string]any
	Motivation string
	Level      protocol.Level // of the motivation
	At         time.Time
}

// Signing is where a decision together stands.
type Signing struct {
	Signed  []Signature // since the last decision that stood, each person's last one
	Waiting [][]string  // the groups of roles of which nobody signed the newest outcome yet
	Doubt   bool        // the signatures differ
}

// Signing tells who signed for a table since it was last decided, and who still must.
func (c *Case) Signing(t *protocol.Table) Signing {
	s := Signing{Signed: c.Signatures[t.ID]}
	if len(s.Signed) == 0 {
		s.Waiting = t.Together
		return s
	}
	newest := s.Signed[len(s.Signed)-1]
	same := agreeing(s.Signed, newest.Outputs)
	s.Doubt = len(same) < len(s.Signed)
	s.Waiting = unsigned(t.Together, same)
	return s
}

// sign lets a decision wait until each group has signed the same outcome. Who decides
// alone, because the other does not react, says why (R-I-05, R-I-72); so does who is in no
// group, and is there for when the groups do not agree (D-10).
func sign(c *Case, t *protocol.Table, w Decided) (Decided, *Error) {
	if len(t.Together) == 0 {
		w.Signer, w.As, w.Alone = "", nil, false
		return w, nil
	}
	w.As = slices.DeleteFunc(slices.Clone(w.As), func(role string) bool {
		return !slices.ContainsFunc(t.Together, func(group []string) bool { return slices.Contains(group, role) })
	})
	mine := Signature{By: w.Signer, As: w.As, Outputs: w.Outputs}
	same := agreeing(append(othersThan(c.Signatures[t.ID], w.Signer), mine), w.Outputs)
	w.Waits = len(unsigned(t.Together, same)) > 0
	settles := len(w.As) == 0 // may decide, and stands above those who sign: settles it for them (D-10)
	if w.Waits && (w.Alone || settles) {
		w.Alone = true
		w.Waits = false
		return w, motivated(w.Motivation)
	}
	w.Alone = false
	return w, nil
}

// countersign takes over the motivation that somebody else gave for the same outcome.
func countersign(c *Case, w Decided) Decided {
	for _, s := range agreeing(othersThan(c.Signatures[w.Subject], w.Signer), w.Outputs) {
		if strings.TrimSpace(w.Motivation) == "" {
			w.Motivation, w.Level = s.Motivation, s.Level
		}
	}
	return w
}

// applySigned keeps the signature; a decision that stands takes all that agree with it.
func (c *Case) applySigned(e Event, p Decided) {
	decision := Decision{Decided: p, Seq: e.Seq, At: e.At, By: e.By}
	if p.Signer == "" { // one person decides
		c.Decisions[p.Subject] = decision
		return
	}
	mine := Signature{By: e.By, As: p.As, Outputs: p.Outputs, Motivation: p.Motivation, Level: p.Level, At: e.At}
	signed := append(othersThan(c.Signatures[p.Subject], e.By), mine)
	if p.Waits {
		c.Signatures[p.Subject] = signed
		return
	}
	delete(c.Signatures, p.Subject)
	decision.Signed = agreeing(signed, p.Outputs)
	c.Decisions[p.Subject] = decision
}

func othersThan(signed []Signature, person string) []Signature {
	return slices.DeleteFunc(slices.Clone(signed), func(s Signature) bool { return s.By == person })
}

func agreeing(signed []Signature, outputs map[string]any) []Signature {
	return slices.DeleteFunc(slices.Clone(signed), func(s Signature) bool { return !reflect.DeepEqual(s.Outputs, outputs) })
}

// unsigned are the groups for which nobody signed. One person signs for one group, so that
// somebody with both roles is not two people; who signs for which is chosen so that most
// groups are served.
func unsigned(groups [][]string, signed []Signature) [][]string {
	signer := make([]int, len(groups)) // group → its signature
	for i := range signer {
		signer[i] = -1
	}
	var serve func(s int, tried []bool) bool
	serve = func(s int, tried []bool) bool {
		for g := range groups {
			if tried[g] || !slices.ContainsFunc(signed[s].As, func(r string) bool { return slices.Contains(groups[g], r) }) {
				continue
			}
			tried[g] = true
			if signer[g] < 0 || serve(signer[g], tried) {
				signer[g] = s
				return true
			}
		}
		return false
	}
	for s := range signed {
		serve(s, make([]bool, len(groups)))
	}
	var open [][]string
	for g, s := range signer {
		if s < 0 {
			open = append(open, groups[g])
		}
	}
	return open
}
