// SPDX-License-Identifier: EUPL-1.2

package protocol

import "time"

// Example works a deadline out from one moment, as a book of the protocol shows it: when
// it ends, and in words why (R08).
func (p *Protocol) Example(d *Deadline, from time.Time) DeadlineFinding {
	f := p.clock(d, from, time.Time{}, from)
	f.Deadline = d
	return f
}
