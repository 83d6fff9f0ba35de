// SPDX-License-Identifier: EUPL-1.2

package web

import "time"

// Alarm says what does not go on by itself. The desk sees it on every page: clocks and
// notices that stand still are not noticed by who waits for them (R09).
type Alarm struct {
	Work  bool      // nothing looked at due work for too long
	Mail  time.Time // since when no notice can be delivered; zero: all well, or not for long yet
	Proof bool      // the state of the log could not be kept outside
}

type alarmWords struct{ what, todo string }

// alarmWords are for those who work at the desk; reporters can do nothing about it.
func (v *visit) alarmWords() []alarmWords {
	if v.alarm == nil || !v.known || !v.roleMay("work") {
		return nil
	}
	now := v.alarm()
	var out []alarmWords
	if now.Work {
		out = append(out, alarmWords{v.T("alarm.work"), v.T("alarm.work_todo")})
	}
	if !now.Mail.IsZero() {
		out = append(out, alarmWords{v.T("alarm.mail", v.when(now.Mail)), v.T("alarm.mail_todo")})
	}
	if now.Proof {
		out = append(out, alarmWords{v.T("alarm.proof"), v.T("alarm.proof_todo")})
	}
	return out
}
