// SPDX-License-Identifier: EUPL-1.2

package testkit

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.org/loket/desk"
	"example.org/loket/scenario"
)

// Start gives stories a program each. Sealer replaces the real one when it is not nil:
// a control that the sweep for canaries does find what lies open.
func Start(sealer desk.Sealer) scenario.Start {
	return func(ctx context.Context, setup scenario.Setup) (*scenario.Desk, error) {
		folder, err := os.MkdirTemp("", "loket-story-*")
		if err != nil {
			return nil, err
		}
		first := setup.Tenants[0]
		k, err := Open(ctx, Options{
			Folder: folder, Now: setup.Now, Sealer: sealer, Others: setup.Tenants[1:], Drafts: setup.Drafts,
			Protocol: first.Protocol, Tenant: first.ID, Name: first.Name, Kind: first.Kind, Host: first.Host, People: first.People,
		})
		if err != nil {
			return nil, errors.Join(err, os.RemoveAll(folder))
		}
		return &scenario.Desk{
			Service: k.Desk,
			SetNow:  k.Clock.Set,
			Work:    k.Work,
			Mails:   k.mails,
			Dump:    k.dump,
			Close:   func() error { return errors.Join(k.Close(), os.RemoveAll(folder)) },
		}, nil
	}
}

// mails gives what the catcher holds, oldest first.
func (k *Kit) mails() []scenario.Mail {
	caught := k.Mails.Messages()
	slices.Reverse(caught)
	mails := make([]scenario.Mail, len(caught))
	for i, m := range caught {
		mails[i] = scenario.Mail{To: strings.Join(m.To, ", "), Subject: m.Subject, Body: m.Body, Raw: m.Raw, At: m.At}
	}
	return mails
}

// dump reads every file that lies in the folder, and the log.
func (k *Kit) dump(context.Context) ([]scenario.Remainder, error) {
	left := []scenario.Remainder{{Name: "log", Bytes: k.Log()}}
	err := filepath.WalkDir(k.Folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(k.Folder, path)
		left = append(left, scenario.Remainder{Name: name, Bytes: data})
		return err
	})
	return left, err
}
