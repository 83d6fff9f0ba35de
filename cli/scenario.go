// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"errors"

	"example.org/loket/desk"
	"example.org/loket/scenario"
)

// scenarioCmd is about stories.
type scenarioCmd struct {
	Run scenarioRunCmd `cmd:"" help:"Play story files, or all stories in folders; see docs/scenarios.md."`
}

// scenarioRunCmd plays stories.
type scenarioRunCmd struct {
	Protocols []string `env:"LOKET_PROTOCOLS" placeholder:"DIR" help:"Further protocol folders."`
	Files     []string `arg:"" name:"file" help:"Story files, or folders that hold them."`
}

// Run implements the command.
func (s scenarioRunCmd) Run(c *console) error {
	known, err := inForce(s.Protocols)
	if err != nil {
		return err
	}
	return c.play(known, s.Files)
}

// play plays stories and prints where the desk did otherwise.
func (c *console) play(known desk.Protocols, files []string) error {
	summary, err := scenario.Run(c.ctx, startStories(known), files, c.out)
	if _, ours := errors.AsType[*fault](err); ours {
		return err
	}
	if err != nil {
		return refuse(err, "De verhalen kunnen niet gespeeld worden:", "The stories cannot be played:")
	}
	if summary.Failed > 0 {
		return errDifferent
	}
	return nil
}
