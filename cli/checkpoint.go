// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"example.org/loket/desk"
	"example.org/loket/ledger"
)

// outside is where signed states of the log go, so that a log that was made anew from begin
// to end is found out: whoever could do that must not be able to reach these (S10).
type outside struct {
	CheckpointDir   string        `env:"LOKET_CHECKPOINT_DIR" type:"existingdir" placeholder:"DIR" help:"Folder, best on another machine, for signed states of the log."`
	CheckpointMail  string        `env:"LOKET_CHECKPOINT_MAIL" placeholder:"ADDRESS" help:"Address that gets signed states of the log."`
	CheckpointEvery time.Duration `env:"LOKET_CHECKPOINT_EVERY" default:"1h" help:"How often, when the log has grown."`
}

// keeper brings signed states of the log outside.
type keeper struct {
	outside
	house  *house
	secret string
	size   int64       // of the log at the last one kept
	failed atomic.Bool // the last one could not be kept
}

// keeper makes one; nil when nothing is configured.
func (h *house) keeper(o outside) (*keeper, error) {
	if o.CheckpointDir == "" && o.CheckpointMail == "" {
		return nil, nil
	}
	secret, err := h.ledgerKey()
	if err != nil {
		return nil, refuse(err, "De sleutel van het logboek kan niet gelezen of gemaakt worden.", "The key of the log cannot be read or made.")
	}
	return &keeper{outside: o, house: h, secret: secret, size: -1}, nil
}

// run keeps a state at once and then as often as was asked, until the context ends.
func (k *keeper) run(ctx context.Context) {
	every := time.NewTicker(k.CheckpointEvery)
	defer every.Stop()
	for {
		err := k.step(ctx)
		k.failed.Store(err != nil && ctx.Err() == nil)
		if k.failed.Load() {
			k.house.log.Error("the state of the log was not kept outside", "error", err.Error())
		}
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
	}
}

// step keeps one state, when the log has grown since the last.
func (k *keeper) step(ctx context.Context) error {
	head, err := k.house.store.LedgerHead(ctx)
	if err != nil || head.Size == k.size {
		return err
	}
	signed, err := ledger.Sign(head, k.secret)
	if err != nil {
		return err
	}
	if err := errors.Join(k.toFolder(head.Size, signed), k.toMail(ctx, signed)); err != nil {
		return err
	}
	k.size = head.Size
	return nil
}

// toFolder writes a file of its own, on the disk before it counts as kept. One of that name
// that is there already stays: nothing here is ever written over.
func (k *keeper) toFolder(size int64, signed string) error {
	if k.CheckpointDir == "" {
		return nil
	}
	name := fmt.Sprintf("%s-%d.checkpoint", k.house.clock.Now().UTC().Format("20060102T150405Z"), size)
	file, err := os.OpenFile(filepath.Join(k.CheckpointDir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o444)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = file.WriteString(signed)
	return errors.Join(err, file.Sync(), file.Close())
}

// toMail puts it in the outbox, which tries until it arrives. There is no person in it: the
// name of the log, its size, a hash and a signature.
func (k *keeper) toMail(ctx context.Context, signed string) error {
	if k.CheckpointMail == "" {
		return nil
	}
	all, err := k.house.desk.Tenants(ctx)
	if err != nil || len(all) == 0 {
		return err
	}
	now := k.house.clock.Now()
	m := desk.Message{ID: k.house.rand.ID(), Tenant: all[0].ID, To: k.CheckpointMail, Subject: "Stand van het logboek", Body: signed, CreatedAt: now, DueAt: now}
	return k.house.store.Write(ctx, func(tx desk.Tx) error { return tx.Enqueue(ctx, []desk.Message{m}) })
}
