// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"fmt"
	"os"
	"time"

	"example.org/loket/protocol"
)

// evaluation measures what one evaluation of a full case takes, in this process.
func evaluation(folder string, lasts time.Duration) (sample, error) {
	p, err := protocol.Load(os.DirFS(folder))
	if err != nil {
		return sample{}, err
	}
	now := time.Now()
	form := p.Form("report")
	if form == nil {
		return sample{}, fmt.Errorf("%s has no form called report", folder)
	}
	facts, faults := p.ReadAnswers(form, fullReport(0, now), now)
	if len(faults) > 0 {
		return sample{}, fmt.Errorf("the full report is refused: %s: %s", faults[0].Field, faults[0].Message.NL)
	}
	in := protocol.Input{Facts: facts, Now: now}
	return load(1, lasts, func(int) error {
		if len(p.Evaluate(in).Deadlines) == 0 {
			return fmt.Errorf("a full report starts no clock")
		}
		return nil
	}), nil
}
