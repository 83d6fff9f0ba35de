// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/url"

	"example.org/loket"
	"example.org/loket/desk"
)

// openItemLink leads to where something is done that a stop waits for; empty when it is not for
// the reader. A question opens its form at all questions of that form that are waited for.
func openItemLink(id loket.CaseID, item desk.OpenItem, all []desk.OpenItem) string {
	switch item.Kind {
	case "question":
		if item.Form == "" {
			return ""
		}
		asked := url.Values{}
		for _, other := range all {
			if other.Kind == item.Kind && other.Form == item.Form {
				asked.Add(soughtName, other.ID)
			}
		}
		return casePath(id, "formulier", item.Form) + "?" + asked.Encode() + "#" + domID(item.ID)
	case "form":
		if item.Form == "" {
			return ""
		}
		return casePath(id, "formulier", item.Form)
	case "product":
		if item.Shut {
			return ""
		}
		return casePath(id, "product", item.ID)
	case "duty":
		return casePath(id) + "#plichten"
	}
	return casePath(id) + "#nu"
}
