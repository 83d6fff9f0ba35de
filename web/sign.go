// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"reflect"
	"time"

	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// signedProposal: the reader signed what is proposed now, so there is nothing to confirm.
func (c *casePage) signedProposal(finding *protocol.TableFinding) bool {
	for _, signed := range c.view.Signing[finding.Table.ID].Signed {
		if signed.Mine && reflect.DeepEqual(signed.Outputs, map[string]any(finding.Outputs)) {
			return true
		}
	}
	return false
}

// signedOtherwise are the signatures of others for another outcome than the proposal: one
// button signs along with each.
func (c *casePage) signedOtherwise(finding *protocol.TableFinding) []desk.SignedView {
	var others []desk.SignedView
	for _, signed := range c.view.Signing[finding.Table.ID].Signed {
		if !signed.Mine && !reflect.DeepEqual(signed.Outputs, map[string]any(finding.Outputs)) {
			others = append(others, signed)
		}
	}
	return others
}

// waits: others must sign before this decision stands.
func (c *casePage) waits(table *protocol.Table) bool {
	_, waits := c.view.Signing[table.ID]
	return waits
}

// settles: the reader is not one of those who sign, and decides for them. That asks a reason,
// so one button to confirm is not enough.
func (c *casePage) settles(table *protocol.Table) bool {
	return c.waits(table) && c.view.Signing[table.ID].Settles
}

// confirmWord is what the button says that agrees with the proposal.
func (c *casePage) confirmWord(table *protocol.Table) string {
	if len(table.Together) > 0 {
		return c.T("joint.sign")
	}
	return c.T("case.confirm")
}

// waitingFor names the groups that must still sign.
func (c *casePage) waitingFor(table *protocol.Table) string {
	var titles []string
	for _, group := range c.view.Signing[table.ID].Waiting {
		titles = append(titles, c.P(group))
	}
	return c.words(titles)
}

// onlySigned: the last that the reader decided is a signature, and the decision waits for
// another one. Then nothing was decided yet.
func (c *casePage) onlySigned() bool {
	var decided time.Time
	for _, finding := range c.view.Tables {
		if finding.Decided != nil && finding.Decided.At.After(decided) {
			decided = finding.Decided.At
		}
	}
	for _, signing := range c.view.Signing {
		for _, signed := range signing.Signed {
			if signed.Mine && !signed.At.Before(decided) {
				return true
			}
		}
	}
	return false
}
