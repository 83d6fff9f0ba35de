// SPDX-License-Identifier: EUPL-1.2

package locale

import "time"

// Until says how far t is from now, for a running clock: "nog 2 uur en 15 minuten"
// before it, "45 minuten te laat" from the moment itself on.
func Until(lang Lang, now, t time.Time) string {
	if now.Before(t) {
		return T(lang, "clock.left", Duration(lang, t.Sub(now)))
	}
	return T(lang, "clock.late", Duration(lang, now.Sub(t)))
}

// Since says how long ago t was: "35 minuten geleden". A moment still to come is
// given as by Until.
func Since(lang Lang, now, t time.Time) string {
	if now.Before(t) {
		return Until(lang, now, t)
	}
	return T(lang, "clock.ago", Duration(lang, now.Sub(t)))
}

// Duration is an elapsed time in words, in days of 24 hours: "1 dag, 14 uur en 10
// minuten". It rounds down, so that a clock never promises time that is not there,
// and leaves out minutes from two days on and hours from two weeks on.
func Duration(lang Lang, d time.Duration) string {
	if d < 0 {
		d = -d
	}
	if d < time.Minute {
		return T(lang, "clock.moment")
	}
	days, hours, minutes := int(d/(24*time.Hour)), int(d/time.Hour)%24, int(d/time.Minute)%60
	if days >= 2 {
		minutes = 0
	}
	if days >= 14 {
		hours = 0
	}
	var parts []string
	for _, part := range []struct {
		key string
		n   int
	}{{"clock.days", days}, {"clock.hours", hours}, {"clock.minutes", minutes}} {
		if part.n > 0 {
			parts = append(parts, N(lang, part.key, part.n))
		}
	}
	return List(lang, parts)
}

// List joins words as a reader says them: "a, b en c".
func List(lang Lang, words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	joined := words[0]
	for _, word := range words[1 : len(words)-1] {
		joined += ", " + word
	}
	return joined + " " + T(lang, "list.and") + " " + words[len(words)-1]
}
