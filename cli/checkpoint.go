// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
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
	CheckpointURL   string        `env:"LOKET_CHECKPOINT_URL" name:"checkpoint-url" placeholder:"URL" help:"Address (https) to which signed states of the log are posted."`
	CheckpointToken string        `env:"LOKET_CHECKPOINT_TOKEN_FILE" name:"checkpoint-token-file" type:"existingfile" placeholder:"FILE" help:"File with the bearer token for that address; it is read again each time."`
	CheckpointEvery time.Duration `env:"LOKET_CHECKPOINT_EVERY" default:"15m" help:"How often at least, when the log has grown; folder and address also after each hundred entries."`
}

// A log that was made anew is found out as far as the last state kept outside (S09): at most
// CheckpointEvery old, or this many entries. looked is how often that is held against the log.
const (
	checkpointEntries = 100
	checkpointLooked  = 20 * time.Second
)

// keeper brings signed states of the log outside.
type keeper struct {
	outside
	house  *house
	secret string
	size   int64     // of the log at the last one kept
	kept   time.Time // when that was
	client *http.Client
	failed atomic.Bool // the last one could not be kept
}

// keeper makes one; nil when nothing is configured.
func (h *house) keeper(o outside) (*keeper, error) {
	if o.CheckpointDir == "" && o.CheckpointMail == "" && o.CheckpointURL == "" {
		return nil, nil
	}
	if at, err := url.Parse(o.CheckpointURL); o.CheckpointURL != "" && (err != nil || at.User != nil || at.Hostname() == "" || at.Scheme != "https" && at.Hostname() != "127.0.0.1") {
		return nil, refuse(err, "Geef met --checkpoint-url een adres dat met https:// begint, zonder naam of wachtwoord erin.", "Give an address that begins with https:// with --checkpoint-url, without a name or password in it.")
	}
	secret, err := h.ledgerKey()
	if err != nil {
		return nil, refuse(err, "De sleutel van het logboek kan niet gelezen of gemaakt worden.", "The key of the log cannot be read or made.")
	}
	return &keeper{outside: o, house: h, secret: secret, size: -1, client: &http.Client{Timeout: 20 * time.Second, CheckRedirect: stayHere}}, nil
}

// run keeps a state at once and then as often as was asked, until the context ends.
func (k *keeper) run(ctx context.Context) {
	every := time.NewTicker(min(checkpointLooked, max(k.CheckpointEvery, time.Second)))
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

// step keeps one state, when the log has grown enough since the last, or long enough ago.
func (k *keeper) step(ctx context.Context) error {
	head, err := k.house.store.LedgerHead(ctx)
	now := k.house.clock.Now()
	inTime := k.size < 0 || now.Sub(k.kept) >= k.CheckpointEvery
	if err != nil || head.Size == k.size || !inTime && head.Size-k.size < checkpointEntries {
		return err
	}
	signed, err := ledger.Sign(head, k.secret)
	if err != nil {
		return err
	}
	err = errors.Join(k.toFolder(head.Size, signed), k.toAddress(ctx, signed))
	if err == nil && inTime { // a mail box is no place for a state every hundred entries
		err = k.toMail(ctx, signed)
	}
	if err != nil {
		return err
	}
	k.size = head.Size
	if inTime {
		k.kept = now
	}
	return nil
}

// stayHere follows no redirect: the token would go along to wherever it leads.
func stayHere(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// toAddress posts a state as text. Only an answer of 2xx says that it was kept.
func (k *keeper) toAddress(ctx context.Context, signed string) error {
	if k.CheckpointURL == "" {
		return nil
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, k.CheckpointURL, strings.NewReader(signed))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "text/plain; charset=utf-8")
	if k.CheckpointToken != "" {
		token, err := os.ReadFile(k.CheckpointToken)
		if err != nil {
			return err
		}
		request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(token)))
	}
	answer, err := k.client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return fmt.Errorf("the address for states of the log answers %s", answer.Status)
	}
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
