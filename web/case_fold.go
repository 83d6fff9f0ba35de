// SPDX-License-Identifier: EUPL-1.2

package web

import "example.org/loket/protocol"

// partNow is the part of a case that says what to do.
const partNow = "nu"

// folds: the part is one fold away, on a case of the press room.
func (c *casePage) folds(part string) bool { return part != partNow && c.inPressRoom() }

// pressKind is the kind of a case that the protocol shows in the press room; nil for any other.
func (c *casePage) pressKind() *protocol.Kind {
	id, _ := c.view.Known["case_kind"].(string)
	if kind := c.protocol.Kind(id); kind != nil && kind.Press.There() {
		return kind
	}
	return nil
}

func (c *casePage) inPressRoom() bool { return c.pressKind() != nil }

// asked is what a journalist asks, as far as the reader sees it without opening; empty on
// every other case.
func (c *casePage) asked() string {
	return c.ofPress(func(p *protocol.PressRoom) string { return p.Question })
}

// about is the subject of the question.
func (c *casePage) about() string {
	return c.ofPress(func(p *protocol.PressRoom) string { return p.Subject })
}

func (c *casePage) ofPress(fact func(*protocol.PressRoom) string) string {
	kind := c.pressKind()
	if kind == nil {
		return ""
	}
	words, _ := c.view.Answers[fact(&kind.Press)].(string)
	return words
}

// home is where the reader comes from: the press room, or the worklist.
func (c *casePage) home() (path, words string) {
	if c.inPressRoom() {
		return pressPath, c.T("press.back")
	}
	return "/werklijst", c.T("case.back")
}

// unfolded: what the reader just did or was refused stands in one of the folded parts.
func (c *casePage) unfolded() bool { return c.kept.err != nil || len(c.opened) > 0 }

// shows: a folded part holds something that the reader asked for.
func (c *casePage) shows() bool { return c.unfolded() || c.brought != "" }
