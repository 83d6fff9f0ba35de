// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"crypto/hmac"
	"crypto/sha1" // RFC 6238 as every app knows it; HMAC does not need what SHA-1 lost
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// Codes of six digits that change every half minute (RFC 6238), as every app makes them. The
// code before and the one after count as well: telephones are seldom on time to the second.
const (
	codeStep    = 30 * time.Second
	codeDigits  = 6
	codeAround  = 1
	secretBytes = 20
)

var base32Plain = base32.StdEncoding.WithPadding(base32.NoPadding)

// codeAt is the code of one time step.
func codeAt(secret []byte, step int64) string {
	mac := hmac.New(sha1.New, secret)
	_ = binary.Write(mac, binary.BigEndian, step)
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 0x0f
	number := binary.BigEndian.Uint32(sum[at:]) & 0x7fffffff
	return fmt.Sprintf("%0*d", codeDigits, number%1_000_000)
}

// codeStepOf finds the time step that a code belongs to. It looks at every step that counts,
// so that time tells nothing of which one it was.
func codeStepOf(secret []byte, code string, now time.Time) (step int64, ok bool) {
	middle := now.Unix() / int64(codeStep/time.Second)
	for at := middle - codeAround; at <= middle+codeAround; at++ {
		if subtle.ConstantTimeCompare([]byte(codeAt(secret, at)), []byte(code)) == 1 {
			step, ok = at, true
		}
	}
	return step, ok
}

// codeAddress is what a telephone reads to make codes.
func codeAddress(secret []byte, desk, login string) string {
	query := url.Values{"secret": {base32Plain.EncodeToString(secret)}, "issuer": {desk}}
	return (&url.URL{Scheme: "otpauth", Host: "totp", Path: "/" + desk + ":" + login, RawQuery: strings.ReplaceAll(query.Encode(), "+", "%20")}).String()
}

// Recovery codes: for who lost the telephone. Each has 120 random bits, so that a plain hash
// keeps it safe (ASVS 6.5.2).
const (
	recoveryCodes  = 10
	recoveryLength = 24
)

func newRecovery(tenant, person string) (codes []string, hashes [][]byte) {
	for range recoveryCodes {
		code := base32Plain.EncodeToString(random(recoveryLength * 5 / 8))
		codes = append(codes, inFours(code))
		hashes = append(hashes, recoveryHash(tenant, person, code))
	}
	return codes, hashes
}

// recoveryHash is bound to its person: the same code of somebody else is another.
func recoveryHash(tenant, person, code string) []byte {
	sum := sha256.Sum256([]byte("recovery\x00" + tenant + "\x00" + person + "\x00" + code))
	return sum[:]
}

// inFours makes a long code readable: groups of four.
func inFours(code string) string {
	var groups []string
	for len(code) > 4 {
		groups, code = append(groups, code[:4]), code[4:]
	}
	return strings.Join(append(groups, code), "-")
}

// typedCode takes out what people put between the groups, and the case.
func typedCode(code string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "\t", "", "\n", "").Replace(code))
}
