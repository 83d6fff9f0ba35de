// SPDX-License-Identifier: EUPL-1.2

package testkit_test

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"example.org/loket/desk"
	"example.org/loket/internal/testkit"
	"example.org/loket/scenario"
)

// rebuilding plays stories and at the end of each makes the read rows anew from the events.
type rebuilding struct {
	mu      sync.Mutex
	cases   int
	differ  []string
	control func(*desk.Desk) error // spoils something first
}

func (r *rebuilding) start(ctx context.Context, setup scenario.Setup) (*scenario.Desk, error) {
	d, err := testkit.Start(nil)(ctx, setup)
	if err != nil {
		return nil, err
	}
	end := d.Close
	d.Close = func() error {
		if err := r.compare(ctx, d); err != nil {
			return err
		}
		return end()
	}
	return d, nil
}

func (r *rebuilding) compare(ctx context.Context, d *scenario.Desk) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := d.Work(ctx); err != nil {
		return err
	}
	used := d.Service.(*desk.Desk)
	if r.control != nil {
		if err := r.control(used); err != nil {
			return err
		}
	}
	sum, err := used.Rebuild(ctx, r.control != nil, func(number string, rows []string) { r.differ = append(r.differ, number+" "+strings.Join(rows, ",")) })
	if err != nil {
		return err
	}
	r.cases += sum.Cases
	again, err := used.Rebuild(ctx, false, func(string, []string) {})
	if err == nil && r.control != nil && again.Different > 0 {
		err = fmt.Errorf("rebuilt, and still %d different", again.Different)
	}
	return err
}

// Design §5: after every story, with its corrections, releases, withdrawals, links and
// closings, the rows made anew from the events are the rows that lie there.
func TestRebuiltRowsAreTheLiveRows(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../scenarios/SC-0*.yaml")
	if err != nil || len(files) < 3 {
		t.Fatalf("stories: %v, %v", files, err)
	}
	r := &rebuilding{}
	if _, err := scenario.Run(context.Background(), r.start, files, io.Discard); err != nil {
		t.Fatal(err)
	}
	if len(r.differ) > 0 || r.cases < len(files) {
		t.Errorf("%d cases, these differ:\n%s", r.cases, strings.Join(r.differ, "\n"))
	}
}

// Control: a row, a clock and an inbox that somebody changed by hand are found and mended.
func TestRebuiltRowsControl(t *testing.T) {
	t.Parallel()
	r := &rebuilding{control: spoil}
	if _, err := scenario.Run(context.Background(), r.start, []string{"../../scenarios/SC-01.yaml"}, io.Discard); err != nil {
		t.Fatal(err)
	}
	all := strings.Join(r.differ, "\n")
	for _, want := range []string{"Class", "clocks", "inbox"} {
		if !strings.Contains(all, want) {
			t.Errorf("%s was spoiled and not found: %s", want, all)
		}
	}
}

func spoil(d *desk.Desk) error {
	ctx := context.Background()
	return d.Store.Write(ctx, func(tx desk.Tx) error {
		rows := tx.(desk.ReadRows)
		ids, err := rows.CaseIDs(ctx, "", 1)
		if err != nil || len(ids) == 0 {
			return err
		}
		row, _, err := tx.CaseRow(ctx, ids[0])
		if err != nil {
			return err
		}
		row.Class = "iets anders"
		if err := tx.PutCase(ctx, row); err != nil {
			return err
		}
		if err := tx.PutClocks(ctx, ids[0], []desk.ClockRow{{Case: ids[0], Tenant: row.Tenant, Clock: "T-01", DueAt: row.ReceivedAt, NextAt: row.ReceivedAt, State: "running"}}); err != nil {
			return err
		}
		told, err := rows.DisclosuresOf(ctx, ids[0])
		if err != nil || len(told) == 0 {
			return err
		}
		told[0].Title = "iets anders"
		return tx.PutDisclosure(ctx, told[0])
	})
}
