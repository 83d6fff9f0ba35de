// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// running is a demo in a process of its own.
type running struct {
	address string // HOST:PORT
	session *http.Cookie
	process *exec.Cmd
}

// Who scans: a coordinator of the practice desk, who may open most pages.
const (
	who      = "coordinator"
	password = "oefenen-mag-hier"
	startsIn = time.Minute
)

// startDesk builds the program with the build's name as a tag ("real" means nothing), starts its demo on a free port and logs in.
func startDesk(ctx context.Context, folder, build string) (*running, error) {
	program := filepath.Join(folder, "loket")
	said, err := exec.CommandContext(ctx, "go", "build", "-tags="+build, "-o", program, "./cmd/loket").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("build: %w\n%s", err, said)
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	data := filepath.Join(folder, "data")
	if err := os.RemoveAll(data); err != nil {
		return nil, err
	}
	d := &running{address: address, process: exec.CommandContext(ctx, program, "demo", "--alone", "--addr", address, "--data", data)}
	d.process.Cancel = func() error { return d.process.Process.Signal(os.Interrupt) }
	if err := d.process.Start(); err != nil {
		return nil, err
	}
	for until := time.Now().Add(startsIn); d.stillThere() != nil; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(until) {
			d.stop()
			return nil, errors.New("the demo does not answer")
		}
	}
	if err := d.logIn(); err != nil {
		d.stop()
		return nil, err
	}
	return d, nil
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// logIn comes in as people do, and keeps the session.
func (d *running) logIn() error {
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := browser.PostForm("http://"+d.address+"/inloggen", url.Values{"gebruiker": {who}, "wachtwoord": {password}, "naar": {"/werklijst"}})
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	for _, c := range answer.Cookies() {
		if strings.HasSuffix(c.Name, "sessie") {
			d.session = c
			return nil
		}
	}
	return fmt.Errorf("%s cannot log in: %s", who, answer.Status)
}

// stillThere fails when the desk does not say that it is well: a scanner broke it.
func (d *running) stillThere() error {
	answer, err := http.Get("http://" + d.address + "/healthz")
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the desk is not well: %s", answer.Status)
	}
	return nil
}

func (d *running) stop() {
	_ = d.process.Process.Signal(os.Interrupt)
	_ = d.process.Wait()
}
