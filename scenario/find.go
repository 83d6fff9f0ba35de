// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"context"
	"strings"

	"example.org/loket/desk"
)

// find names a case that nobody in the story reported.
func (p *player) find(ctx context.Context, s *Step) error {
	who, err := p.actor(ctx, s.Who)
	if err != nil {
		return err
	}
	list, err := p.desk.Service.Worklist(ctx, who, desk.WorklistFilter{View: "team", Kind: s.Find.Kind, Limit: 200})
	if err != nil {
		return err
	}
	var found desk.Job
	for _, group := range list.Groups {
		for _, job := range group.Jobs {
			if (s.Find.Organisation == "" || strings.EqualFold(job.Organisation, s.Find.Organisation)) && !job.ReceivedAt.Before(found.ReceivedAt) {
				found = job
			}
		}
	}
	if found.Case == "" {
		return mistaken("Kijk naar organisation en kind.", "Er staat geen zaak op de werklijst die hierop lijkt.")
	}
	p.meet(s.Find.Case, found.Case, found.Number, "")
	return nil
}
