// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"testing"

	"example.org/loket/desk"
)

// SM-11: nobody reported what is the desk's own work, so the page asks nobody. Controls: the
// case of a report asks, and so does own work as soon as something was asked.
func TestOwnWorkAsksNobody(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	wants(t, r.get("/zaak/zaak1").body, `id="vragen"`)
	r.fake.view.OwnWork, r.fake.view.Questions, r.fake.view.Facts = true, nil, nil
	lacks(t, r.get("/zaak/zaak1").body, `id="vragen"`)
	r.fake.view.Questions = make([]desk.QuestionView, 1)
	wants(t, r.get("/zaak/zaak1").body, `id="vragen"`)
}
