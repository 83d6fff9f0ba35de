// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// cost is what one Argon2id hash takes. It is written into the hash, so that it can be
// raised later without touching old accounts.
type cost struct {
	memory  uint32 // KiB
	passes  uint32
	threads uint8
}

// usual is the first of OWASP's recommended settings for Argon2id: 19 MiB, two passes.
var usual = cost{memory: 19 * 1024, passes: 2, threads: 1}

const (
	saltLength = 16
	hashLength = 32
	// most a hash may ask of this machine: a damaged row must not eat all memory.
	maxMemory, maxPasses = 256 * 1024, 16
)

// Passwords makes and checks hashes, at most a few at a time, so that a wave of logins
// cannot keep the desk from taking reports.
type Passwords struct {
	cost  cost
	sum   func(password, salt []byte, c cost) []byte
	slots chan struct{}
	dummy string // hash that nobody knows the password of
}

// NewPasswords makes a checker that runs at most `together` hashes at once.
func NewPasswords(together int) *Passwords { return newPasswords(together, usual) }

func newPasswords(together int, c cost) *Passwords {
	p := &Passwords{cost: c, sum: argon2id, slots: make(chan struct{}, max(1, together))}
	p.dummy = written(c, salt(), random(hashLength)) // checking costs as much; making it costs nothing
	return p
}

// Hash makes the hash of a new password: $argon2id$v=19$m=…,t=…,p=…$salt$hash.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	if err := p.take(ctx); err != nil {
		return "", err
	}
	defer p.give()
	salt := salt()
	return written(p.cost, salt, p.sum([]byte(password), salt, p.cost)), nil
}

// Verify reports whether password belongs to hash. An empty hash, of an account that
// does not exist, costs as much time and is always false. An error means that it could
// not be found out.
func (p *Passwords) Verify(ctx context.Context, hash, password string) (bool, error) {
	if err := p.take(ctx); err != nil {
		return false, err
	}
	defer p.give()
	if hash == "" {
		_, err := p.matches(p.dummy, password)
		return false, err
	}
	return p.matches(hash, password)
}

func (p *Passwords) take(ctx context.Context) error {
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *Passwords) give() { <-p.slots }

func argon2id(password, salt []byte, c cost) []byte {
	return argon2.IDKey(password, salt, c.passes, c.memory, c.threads, hashLength)
}

func salt() []byte { return random(saltLength) }

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: the program would stop
	return b
}

// written puts a hash into the usual form, with all that is needed to check it.
func written(c cost, salt, sum []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.passes, c.threads,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(sum))
}

var errHash = errors.New("identity: stored password hash cannot be read")

func (p *Passwords) matches(hash, password string) (bool, error) {
	c, salt, want, err := readHash(hash)
	if err != nil {
		return false, err
	}
	have := p.sum([]byte(password), salt, c)
	return subtle.ConstantTimeCompare(have, want) == 1, nil
}

func readHash(hash string) (c cost, salt, sum []byte, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return c, nil, nil, errHash
	}
	var version int
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &c.memory, &c.passes, &c.threads); err != nil {
		return c, nil, nil, errHash
	}
	if version != argon2.Version || c.memory > maxMemory || c.passes < 1 || c.passes > maxPasses || c.threads < 1 {
		return c, nil, nil, errHash
	}
	salt, saltErr := base64.RawStdEncoding.DecodeString(parts[4])
	sum, sumErr := base64.RawStdEncoding.DecodeString(parts[5])
	if saltErr != nil || sumErr != nil || len(sum) != hashLength {
		return c, nil, nil, errHash
	}
	return c, salt, sum, nil
}
