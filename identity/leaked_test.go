// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"crypto/sha1"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// leakedFile writes a file of hashes as the downloader does; end is the end of a line.
func leakedFile(t *testing.T, end string, passwords ...string) string {
	t.Helper()
	var lines []string
	for i, p := range passwords {
		lines = append(lines, fmt.Sprintf("%X:%d", sha1.Sum([]byte(p)), 1+i*i*i))
	}
	slices.Sort(lines)
	name := filepath.Join(t.TempDir(), "leaked")
	if err := os.WriteFile(name, []byte(strings.Join(lines, end)+end), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// ASVS 6.2.12: every password of the list is found, wherever it stands in it. Control: others
// are not.
func TestLeakedPasswordsAreFound(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 2, 3, 17, 1000} {
		for _, end := range []string{"\n", "\r\n"} {
			var passwords []string
			for i := range n {
				passwords = append(passwords, fmt.Sprint("gelekt ", i))
			}
			l, err := OpenLeaked(leakedFile(t, end, passwords...))
			if err != nil {
				t.Fatal(err)
			}
			for i, p := range passwords {
				if has, err := l.Has(p); !has || err != nil {
					t.Errorf("%d of %d is not found: %v", i, n, err)
				}
				if has, err := l.Has(p + "x"); has || err != nil {
					t.Errorf("control: %d of %d is found: %v", i, n, err)
				}
			}
		}
	}
}

// A file that is none, or not in order, is refused at the start and not at the first password.
func TestLeakedFileIsChecked(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "x")
	first, last := strings.Repeat("F", leakedName), strings.Repeat("0", leakedName)
	for _, text := range []string{"", "welkom2026\n", strings.ToLower(first) + ":1\n", first + ":1\n" + last + ":1\n"} {
		_ = os.WriteFile(name, []byte(text), 0o600)
		if _, err := OpenLeaked(name); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
	if _, err := OpenLeaked(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a file that is not there is taken")
	}
}

// ASVS 6.2.12: nobody chooses a password that leaked. Control: without the list it is taken.
func TestLeakedPasswordIsRefused(t *testing.T) {
	t.Parallel()
	const fresh = "zaagsel kajuit trompet lantaarn 7"
	h := open(t, false)
	cookie, err := h.login(t, "mila", password, here)
	if err != nil {
		t.Fatal(err)
	}
	if h.Leaked, err = OpenLeaked(leakedFile(t, "\n", fresh, "iets anders")); err != nil {
		t.Fatal(err)
	}
	if err := h.ChangePassword(httptest.NewRecorder(), with(cookie), mila, password, fresh); !errors.Is(err, ErrLeaked) {
		t.Errorf("with the list: %v", err)
	}
	h.Leaked = nil
	if err := h.ChangePassword(httptest.NewRecorder(), with(cookie), mila, password, fresh); err != nil {
		t.Errorf("control: %v", err)
	}
}
