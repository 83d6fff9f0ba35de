// SPDX-License-Identifier: EUPL-1.2

package cli

import "strings"

// rebuildCmd makes the read rows anew from the events.
type rebuildCmd struct {
	place
	Check     bool     `help:"Only compare; change nothing."`
	Protocols []string `env:"LOKET_PROTOCOLS" placeholder:"DIR" help:"Further protocol folders."`
}

// Run implements the command. Exit status 1 says that some rows differed.
func (r *rebuildCmd) Run(c *console) error {
	h, _, err := r.openPlain(c, r.Protocols...)
	if err != nil {
		return err
	}
	defer h.close()
	sum, err := h.desk.Rebuild(c.ctx, !r.Check, func(number string, rows []string) {
		c.say("%s: anders in %s", "%s: differs in %s", number, strings.Join(rows, ", "))
	})
	if err != nil {
		return refuse(err, "De zaken kunnen niet gelezen worden.", "The cases cannot be read.")
	}
	c.say("%d zaken bekeken, %d anders dan de gebeurtenissen zeggen, %d niet leesbaar.", "%d cases looked at, %d not what the events say, %d unreadable.", sum.Cases, sum.Different, sum.Unreadable)
	if sum.Different > 0 {
		if !r.Check {
			c.say("De rijen zijn opnieuw gemaakt.", "The rows were made anew.")
		}
		return errDifferent
	}
	return nil
}
