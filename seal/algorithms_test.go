// SPDX-License-Identifier: EUPL-1.2

package seal

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tink-crypto/tink-go/v2/aead/aesgcm"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
)

// ASVS 11.2.3, 11.3.1, 11.3.2: keys are for AES-256-GCM, and the blind index is HMAC-SHA-256;
// nothing here makes another kind. Control: another kind is seen.
func TestOnlyApprovedAlgorithms(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "root.key")
	if err := CreateRoot(path); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	h, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(strings.NewReader(string(text))))
	if err != nil {
		t.Fatal(err)
	}
	entry, err := h.Primary()
	if err != nil {
		t.Fatal(err)
	}
	if p, ok := entry.Key().Parameters().(*aesgcm.Parameters); !ok || p.KeySizeInBytes() != 32 || p.TagSizeInBytes() != 16 {
		t.Errorf("the root key is a %T", entry.Key().Parameters())
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	made := 0
	for _, f := range files {
		source, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(f, "_test.go") {
			made += len(aTemplate.FindAll(source, -1))
			for _, other := range otherKinds(string(source)) {
				t.Errorf("%s makes a key of the kind %s", f, other)
			}
		}
	}
	if made < 4 || len(otherKinds("keyset.NewHandle(aead.AES128CTRHMACSHA256KeyTemplate())")) != 1 {
		t.Errorf("kinds are not seen: %d", made)
	}
}

var aTemplate = regexp.MustCompile(`\w+\.\w+KeyTemplate\(\)`)

// otherKinds are the kinds of keys that a source makes besides those that are approved.
func otherKinds(source string) (out []string) {
	for _, kind := range aTemplate.FindAllString(source, -1) {
		if kind != "aead.AES256GCMKeyTemplate()" && kind != "prf.HMACSHA256PRFKeyTemplate()" {
			out = append(out, kind)
		}
	}
	return out
}
