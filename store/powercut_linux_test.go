// SPDX-License-Identifier: EUPL-1.2

package store

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"unsafe"
)

// fsShutdown cuts a file system off at once, and with noLogFlush also from its own journal:
// what was not synchronised is gone, as when the power fails (FS_IOC_SHUTDOWN).
const (
	fsShutdown = 0x8004587d
	noLogFlush = 2
)

// disk is a file system of its own in a file, whose power can be cut.
type disk struct {
	image, at string
}

// newDisk makes one; it skips, loudly, where that is not permitted.
func newDisk(t *testing.T) *disk {
	t.Helper()
	d := &disk{image: filepath.Join(t.TempDir(), "disk"), at: t.TempDir()}
	for _, command := range [][]string{{"truncate", "-s", "64M", d.image}, {"mkfs.ext4", "-q", d.image}, {"mount", "-o", "loop", d.image, d.at}} {
		if out, err := exec.Command(command[0], command[1:]...).CombinedOutput(); err != nil {
			t.Skipf("NO POWER CUT WAS TRIED: this machine does not permit %v: %v %s. Run it as root where loop devices are.", command, err, out)
		}
	}
	t.Cleanup(func() { _ = exec.Command("umount", "-l", d.at).Run() })
	return d
}

// cut stops the file system. Nothing reaches the image after this.
func (d *disk) cut(t *testing.T) {
	t.Helper()
	dir, err := os.Open(d.at)
	ok(t, err)
	defer dir.Close()
	flags := uint32(noLogFlush)
	if _, _, fault := syscall.Syscall(syscall.SYS_IOCTL, dir.Fd(), fsShutdown, uintptr(unsafe.Pointer(&flags))); fault != 0 {
		t.Skipf("NO POWER CUT WAS TRIED: the kernel does not cut a file system off: %v", fault)
	}
}

// restart mounts the disk again, as a machine does that gets its power back.
func (d *disk) restart(t *testing.T) {
	t.Helper()
	for _, command := range [][]string{{"umount", d.at}, {"mount", "-o", "loop", d.image, d.at}} {
		if out, err := exec.Command(command[0], command[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v %s", command, err, out)
		}
	}
}

// cutOnce runs the intake, cuts the power after some acknowledgements, and gives all of them.
func (d *disk) cutOnce(t *testing.T, run int, extra ...string) (acknowledged []string) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(append(os.Environ(), "STORE_TEST_INTAKE="+filepath.Join(d.at, "data"), fmt.Sprintf("STORE_TEST_RUN=cut%d", run)), extra...)
	out, err := c.StdoutPipe()
	ok(t, err)
	ok(t, c.Start())
	at := 1 + rand.IntN(60)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		acknowledged = append(acknowledged, lines.Text())
		if len(acknowledged) == at {
			ok(t, c.Process.Signal(syscall.SIGSTOP))
			d.cut(t)
			ok(t, c.Process.Kill())
		}
	}
	_ = c.Wait() // it was killed
	if len(acknowledged) < at {
		t.Fatalf("the intake ended by itself after %d reports", len(acknowledged))
	}
	d.restart(t)
	return acknowledged
}

// R01: after a power cut at a random moment no acknowledged report is lost, the database is
// sound and the ledger verifies. Control: with synchronous=NORMAL most cuts lose some. The
// number of cuts stands in STORE_POWER_CUTS; `make test-full` asks for 100.
func TestPowerCut(t *testing.T) {
	cuts, _ := strconv.Atoi(os.Getenv("STORE_POWER_CUTS"))
	if cuts == 0 {
		t.Skip("no power cuts were asked for: STORE_POWER_CUTS=100, or make test-full")
	}
	d, total := newDisk(t), 0
	for run := range cuts {
		acknowledged := d.cutOnce(t, run)
		folder := filepath.Join(d.at, "data")
		if n := lost(t, folder, acknowledged); n > 0 {
			t.Fatalf("cut %d: %d of %d acknowledged reports lost", run, n, len(acknowledged))
		}
		d.sound(t, folder)
		total += len(acknowledged)
	}
	t.Logf("%d power cuts, %d acknowledged, 0 lost", cuts, total)
	controlLosesPower(t, cuts)
}

func (d *disk) sound(t *testing.T, folder string) {
	t.Helper()
	s, err := Open(ctx, folder)
	ok(t, err)
	defer func() { ok(t, s.Close()) }()
	ok(t, s.Check(ctx))
	verified, err := s.VerifyLedger(ctx)
	if ok(t, err); !verified.OK() {
		t.Error(verified.Problems)
	}
}

func controlLosesPower(t *testing.T, cuts int) {
	d, losing := newDisk(t), 0
	for run := range cuts {
		acknowledged := d.cutOnce(t, run, "STORE_TEST_CARELESS=1")
		if n := lost(t, filepath.Join(d.at, "data"), acknowledged); n > 0 {
			losing++
		}
	}
	t.Logf("control: %d of %d power cuts lost reports with synchronous=NORMAL", losing, cuts)
	if losing*10 < cuts*8 {
		t.Errorf("control: only %d of %d cuts lost reports; this test sees too little", losing, cuts)
	}
}
