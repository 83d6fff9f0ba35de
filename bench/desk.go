// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// The one person who works at the measured desk.
const (
	officerLogin    = "functionaris"
	officerPassword = "alleen voor de meting"
)

// furnish makes an organisation and one officer in an empty folder, as an administrator
// does.
func (b *bench) furnish() error {
	data := filepath.Join(b.dir, "desk")
	for _, args := range [][]string{
		{"desk", "set", "--data", data, "--id", "meting", "--name", "Gemeente Meting", "--protocol", filepath.Base(b.protocol)},
		{"person", "set", "--data", data, "--id", officerLogin, "--name", "Bram Nepnaam", "--role", "desk_officer", "--login", officerLogin, "--password", "read"},
	} {
		cmd := exec.Command(b.program, args...)
		cmd.Stdin = strings.NewReader(officerPassword + "\n")
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("loket %s: %w\n%s", strings.Join(args[:2], " "), err, out)
		}
	}
	return nil
}

// startDesk starts the desk on its folder.
func (b *bench) startDesk() error {
	addr, err := freeAddr()
	if err != nil {
		return err
	}
	b.desk, err = start(addr, "/melden", b.program, "serve", "--addr", addr, "--data", filepath.Join(b.dir, "desk"),
		"--smtp", b.mails.addr, "--smtp-security", "plain", "--mail-from", "Loket <loket@example.org>")
	return err
}

// notices measures how long after the answer to a report its notice is at the mail
// server. One report at a time: it is the way that is measured, not the queue.
func (b *bench) notices() error {
	v := newVisitor(b.desk.addr)
	var s sample
	for n := range 200 {
		report := fullReport(n, b.now)
		to := fmt.Sprintf("melder-%d@example.org", n)
		report.Set("contact_email", to)
		if err := v.send(report); err != nil {
			return err
		}
		accepted := time.Now()
		at, came := b.mails.when(to, accepted.Add(5*time.Second))
		if !came {
			return fmt.Errorf("no notice within 5 seconds")
		}
		s.took = append(s.took, max(0, at.Sub(accepted)))
		b.cases++
	}
	b.times("accepted report to notice at the mail server", s, mostNotice, mostNotice)
	return nil
}
