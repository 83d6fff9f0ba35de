// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"strings"

	"example.org/loket"
)

// limitRoutes are about limiting the processing of a case (AVG 18).
func limitRoutes() []route {
	return []route{
		{"POST /zaak/{case}/beperken", loggedIn, changeCase("limited", "bewaren", to[loket.LimitPlaced], readLimitPlaced)},
		{"POST /zaak/{case}/beperking-opheffen", loggedIn, changeCase("limit_lifted", "bewaren", to[loket.LimitLifted], readLimitLifted)},
	}
}

func readLimitPlaced(v *visit) (loket.Payload, error) {
	return loket.LimitPlaced{Ground: v.text("grond"), Reason: strings.TrimSpace(v.text("tekst_reden"))}, nil
}

func readLimitLifted(v *visit) (loket.Payload, error) {
	return loket.LimitLifted{Reason: strings.TrimSpace(v.text("tekst_reden"))}, nil
}

// keeping: the part about keeping and erasing is for who does that, and for everybody who
// sees the case while something holds it.
func (c *casePage) keeping() bool {
	return c.mayErase() || c.view.Hold != nil || c.view.Limit != nil || c.view.MayLimit
}
