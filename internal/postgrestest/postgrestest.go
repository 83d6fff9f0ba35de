// SPDX-License-Identifier: EUPL-1.2

// Package postgrestest starts a PostgreSQL of its own for a test: in a temporary folder,
// on a socket in that folder, without a network, as a user without rights. It ends with
// the test, also when the test is killed.
//
// Where PostgreSQL is not installed the test is skipped and says so; with CI set it fails,
// so that the second engine never goes untested unnoticed.
package postgrestest

import (
	"bufio"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// Start starts a cluster for the time of the test and gives the address of its database.
func Start(tb testing.TB) string {
	tb.Helper()
	bin, err := binaries()
	if err != nil {
		if os.Getenv("CI") != "" {
			tb.Fatal(err)
		}
		tb.Skip(err)
	}
	dir, err := os.MkdirTemp("", "pg")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = os.RemoveAll(dir) })
	as, err := unprivileged(dir)
	if err != nil {
		tb.Fatal(err)
	}
	setup := command(as, filepath.Join(bin, "initdb"), "-D", filepath.Join(dir, "data"), "-U", "loket", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	if out, err := setup.CombinedOutput(); err != nil {
		tb.Fatalf("initdb: %v\n%s", err, out)
	}
	serve(tb, command(as, filepath.Join(bin, "postgres"), "-D", filepath.Join(dir, "data"), "-c", "listen_addresses=", "-c", "unix_socket_directories="+dir, "-c", "shared_buffers=32MB", "-c", "max_connections=60"))
	return address(dir)
}

func address(dir string) string {
	u := url.URL{Scheme: "postgres", User: url.User("loket"), Path: "/postgres", RawQuery: url.Values{"host": {dir}}.Encode()}
	return u.String()
}

// binaries finds the newest PostgreSQL that is installed.
func binaries() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) > 0 {
		newest := slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) })
		return filepath.Dir(newest), nil
	}
	path, err := exec.LookPath("initdb")
	if err != nil {
		return "", fmt.Errorf("PostgreSQL is not installed, so nothing was tested on it: %w", err)
	}
	return filepath.Dir(path), nil
}

func version(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	return n
}

// unprivileged gives the folder to a user that PostgreSQL accepts: it refuses root.
func unprivileged(dir string) (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		if u, err = user.Lookup("nobody"); err != nil {
			return nil, err
		}
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, os.Chown(dir, uid, gid)
}

func command(as *syscall.Credential, name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Dir = "/"
	c.Env = []string{"LC_ALL=C", "TZ=UTC", "PATH=" + os.Getenv("PATH")}
	c.SysProcAttr = &syscall.SysProcAttr{Credential: as, Pdeathsig: syscall.SIGQUIT}
	return c
}

// serve runs the server until the test ends, and waits for it to say that it is ready.
func serve(tb testing.TB, c *exec.Cmd) {
	tb.Helper()
	out, err := c.StderrPipe()
	if err != nil {
		tb.Fatal(err)
	}
	started, ended := make(chan error, 1), make(chan struct{})
	go func() {
		defer close(ended)
		runtime.LockOSThread() // the server must die with the process, not with a thread that happens to end
		if err := c.Start(); err != nil {
			started <- err
			return
		}
		log, ready := ready(out)
		if !ready {
			err = fmt.Errorf("PostgreSQL did not start:\n%s", log)
		}
		started <- err
		_, _ = io.Copy(io.Discard, out)
		_ = c.Wait()
	}()
	tb.Cleanup(func() {
		if c.Process != nil {
			_ = c.Process.Signal(syscall.SIGQUIT)
		}
		<-ended
	})
	if err := <-started; err != nil {
		tb.Fatal(err)
	}
}

func ready(out io.Reader) (log string, ok bool) {
	var b strings.Builder
	for lines := bufio.NewScanner(out); lines.Scan(); {
		b.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), "ready to accept connections") {
			return b.String(), true
		}
	}
	return b.String(), false
}
