// SPDX-License-Identifier: EUPL-1.2

package work

import "time"

// Silence is how long a worker may be quiet before it counts as stopped (R09).
const Silence = 5 * time.Minute

// Health is how the work goes, for the health page and the banner.
type Health struct {
	LastStep  time.Time // end of the last complete look; zero: none yet
	Error     string    // of the last look; empty: all well
	MailDown  time.Time // since when the mail server is down; zero: it is not
	MailError string
	MailNext  time.Time // when it is tried again
	tries     int
}

// Silent reports that no look succeeded for too long: alarms may be waiting unseen.
func (h Health) Silent(now time.Time) bool {
	return !h.LastStep.IsZero() && now.Sub(h.LastStep) > Silence
}

// Health tells how the work goes.
func (w *Worker) Health() Health {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.health
}

func (w *Worker) note(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err != nil {
		w.health.Error = err.Error()
		return
	}
	w.health.Error, w.health.LastStep = "", w.Clock.Now()
}

// mailPaused reports that the server was found down and its next try has not come. A
// clock that was set back must not stretch the pause.
func (w *Worker) mailPaused() bool {
	h, now := w.Health(), w.Clock.Now()
	return !h.MailDown.IsZero() && now.Before(h.MailNext) && h.MailNext.Sub(now) <= maxWait
}

// mailDown notes one more fruitless try and returns the moment of the next.
func (w *Worker) mailDown(why error) time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := w.Clock.Now()
	if w.health.MailDown.IsZero() {
		w.health.MailDown = now
	} else if now.Before(w.health.MailNext) && w.health.MailNext.Sub(now) <= maxWait {
		return w.health.MailNext // another lane found out just before: that is one try
	}
	w.health.tries++
	w.health.MailError, w.health.MailNext = why.Error(), now.Add(waitAfter(w.health.tries))
	return w.health.MailNext
}

// freshFor is how long the mail server counts as reachable after it took a message.
const freshFor = time.Minute

func (w *Worker) mailFresh() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	ago := w.Clock.Now().Sub(w.carried)
	return w.health.MailDown.IsZero() && ago >= 0 && ago < freshFor
}

func (w *Worker) mailUp() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.carried = w.Clock.Now()
	w.health.MailDown, w.health.MailError, w.health.MailNext, w.health.tries = time.Time{}, "", time.Time{}, 0
}
