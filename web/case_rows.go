// SPDX-License-Identifier: EUPL-1.2

package web

import "example.org/loket/desk"

// rowLists are the repeated forms with something in them, and those without.
func (c *casePage) rowLists() (filled, empty []desk.RowsView) {
	for _, list := range c.view.Rows {
		if len(list.Rows) > 0 {
			filled = append(filled, list)
		} else {
			empty = append(empty, list)
		}
	}
	return filled, empty
}
