// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"example.org/loket/protocol"
)

// protocolDiffCmd compares two versions of a protocol.
type protocolDiffCmd struct {
	Old string `arg:"" help:"Folder, or id of a protocol that comes with the program."`
	New string `arg:"" help:"Folder or id of the other version."`
}

// Run implements the command. The exit status is 1 when they differ.
func (p protocolDiffCmd) Run(c *console) error {
	old, err := readProtocol(p.Old)
	if err != nil {
		return err
	}
	fresh, err := readProtocol(p.New)
	if err != nil {
		return err
	}
	found := protocol.Compare(old, fresh)
	c.differences(p, found)
	c.say("%d verschillen.", "%d differences.", len(found))
	if len(found) > 0 {
		return errDifferent
	}
	return nil
}

// differences prints them under the element that they are about.
func (c *console) differences(p protocolDiffCmd, found []protocol.Difference) {
	last := ""
	for _, d := range found {
		where := sitesOf(p, d)
		head := strings.TrimSpace(d.List + " " + d.ID)
		switch d.Change {
		case "added":
			c.say("+ %s  %s  (%s)", "+ %s  %s  (%s)", head, d.Title.NL, where)
		case "removed":
			c.say("- %s  %s  (%s)", "- %s  %s  (%s)", head, d.Title.NL, where)
		default:
			if head != last {
				c.say("~ %s  %s  (%s)", "~ %s  %s  (%s)", head, d.Title.NL, where)
			}
			c.change(d)
		}
		last = head
	}
}

func (c *console) change(d protocol.Difference) {
	switch {
	case d.Change == "moved":
		c.say("    volgorde: %s → %s", "    order: %s → %s", d.Was, d.Is)
	case d.Was == "":
		c.say("    %s: nieuw: %s", "    %s: new: %s", d.Key, d.Is)
	case d.Is == "":
		c.say("    %s: vervallen: %s", "    %s: gone: %s", d.Key, d.Was)
	default:
		c.say("    %s: %s → %s", "    %s: %s → %s", d.Key, d.Was, d.Is)
	}
}

// sitesOf is where the element stands: file and line, in both versions when that differs.
func sitesOf(p protocolDiffCmd, d protocol.Difference) string {
	old, fresh := site(p.Old, d.Old), site(p.New, d.New)
	switch {
	case old == "":
		return fresh
	case fresh == "" || old == fresh:
		return old
	}
	return old + " → " + fresh
}

func site(folder string, at protocol.Pos) string {
	if at.File == "" {
		return ""
	}
	at.File = path.Join(filepath.ToSlash(folder), at.File)
	if at.Line == 0 {
		return at.File
	}
	return fmt.Sprintf("%s:%d", at.File, at.Line)
}
