// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"context"

	"example.org/loket"
	"example.org/loket/desk"
)

// What follows from erasing is proved on the real stores, in internal/testkit; the rules here
// need it to be taken.

func (m *memory) PutRetention(context.Context, loket.CaseID, []desk.RetentionRow) error { return nil }
func (m *memory) PutErasure(context.Context, desk.Erasure) error                        { return nil }
func (m *memory) OpenErasures(context.Context, int) ([]desk.Erasure, error)             { return nil, nil }

func (m *memory) RetentionList(context.Context, string, string, int) ([]desk.RetentionRow, error) {
	return nil, nil
}

func (m *memory) Certificates(context.Context, string, int) ([]desk.Certificate, error) {
	return m.s.papers, nil
}

func (m *memory) Certificate(_ context.Context, _, id string) (desk.Certificate, bool, error) {
	for _, c := range m.s.papers {
		if c.ID == id {
			return c, true, nil
		}
	}
	return desk.Certificate{}, false, nil
}
