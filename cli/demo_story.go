// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// demos holds the stories of the demo, one per protocol: scenario files in which
// ago(26h) and day(3d) stand for moments before now.
//
//go:embed demo/*.yaml
var demos embed.FS

var relative = regexp.MustCompile(`\b(ago|day)\((-?\d+)([mhd])\)`)

// demoStory is the story of a protocol, told as if it ends at now.
// Not told: there is none, and the desk begins empty.
func demoStory(protocol string, now time.Time, zone *time.Location) (story []byte, told bool, err error) {
	text, err := demos.ReadFile("demo/" + protocol + ".yaml")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	return relative.ReplaceAllFunc(text, func(found []byte) []byte {
		part := relative.FindSubmatch(found)
		return []byte(written(string(part[1]), before(now, string(part[2]), string(part[3])).In(zone)))
	}), err == nil, err
}

// before goes back an amount of minutes, hours or days of 24 hours.
func before(now time.Time, amount, unit string) time.Time {
	n, _ := strconv.Atoi(amount) // the pattern lets only numbers through
	return now.Add(-time.Duration(n) * map[string]time.Duration{"m": time.Minute, "h": time.Hour, "d": 24 * time.Hour}[unit])
}

// written gives a moment as stories write it. A time of day that comes by twice, the
// second time, says so.
func written(kind string, t time.Time) string {
	if kind == "day" {
		return t.Format(time.DateOnly)
	}
	const layout = "2006-01-02 15:04"
	if t.Add(-time.Hour).Format(layout) == t.Format(layout) {
		return t.Format(layout) + " second"
	}
	return t.Format(layout)
}

// login is one line of the table that the demo prints.
type login struct{ role, user, password string }

// table writes logins in columns, so that people and tests can read them.
func table(logins []login) string {
	var b strings.Builder
	for _, l := range logins {
		fmt.Fprintf(&b, "  %-48s  %-14s  %s\n", l.role, l.user, l.password)
	}
	return b.String()
}
