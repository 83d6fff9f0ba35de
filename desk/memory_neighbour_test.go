// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"context"

	"example.org/loket"
	"example.org/loket/desk"
)

// The memory knows no links between organisations: stories prove those on a real store.

func (m *memory) NeighboursOf(context.Context, loket.CaseID) ([]desk.Neighbour, error) {
	return nil, nil
}
