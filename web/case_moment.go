// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"time"

	"example.org/loket"
)

// postedMoment reads the two boxes <name>_dag and <name>_tijd as local time. Both empty
// is no moment; a day without a time is its first minute.
func (v *reader) postedMoment(name string) (time.Time, error) {
	day, clock := v.r.PostForm.Get(name+"_dag"), v.r.PostForm.Get(name+"_tijd")
	if day == "" && clock == "" {
		return time.Time{}, nil
	}
	if clock == "" {
		clock = "00:00"
	}
	const layout = "2006-01-02 15:04"
	at, err := time.ParseInLocation(layout, day+" "+clock, v.zone())
	if err != nil {
		return time.Time{}, loket.Refuse(loket.Invalid,
			"Deze dag of tijd klopt niet. Schrijf de dag als 2026-03-28 en de tijd als 14:00.",
			"This day or time is not right. Write the day as 2026-03-28 and the time as 14:00.")
	}
	if at.Format(layout) != day+" "+clock {
		return time.Time{}, loket.Refuse(loket.Invalid,
			"Deze tijd bestaat niet: in die nacht gaat de klok een uur vooruit. Kies een ander tijdstip.",
			"This time does not exist: that night the clock goes forward an hour. Choose another time.")
	}
	return at.UTC(), nil
}

// form reads the posted form. One that was too long is refused with what arrived, so
// that the page can show it again.
func (v *visit) form() error {
	got, err := v.posted()
	if err != nil {
		return err
	}
	v.r.PostForm = got.Values
	if got.Cut != "" {
		return loket.Refuse(loket.Invalid,
			"De tekst is te lang. Wat nog paste, staat hieronder. Maak de tekst korter.",
			"The text is too long. What still fitted stands below. Make the text shorter.")
	}
	return nil
}

// text is one answer of the posted form.
func (v *reader) text(name string) string { return v.r.PostForm.Get(name) }
