// SPDX-License-Identifier: EUPL-1.2

package seal

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	_ "modernc.org/sqlite"
)

const canary = "Mila Verzonnen"

// S05: a secret shows nowhere. Control: the same text as a plain string shows everywhere.
func TestSecretShowsNothing(t *testing.T) {
	t.Parallel()
	type form struct{ Name any }
	ways := map[string]func(v any) string{
		"print":  func(v any) string { return fmt.Sprint(v) },
		"v":      func(v any) string { return fmt.Sprintf("%v %+v %s", v, v, v) },
		"go":     func(v any) string { return fmt.Sprintf("%#v", v) },
		"quoted": func(v any) string { return fmt.Sprintf("%q", v) },
		"inside": func(v any) string { return fmt.Sprintf("%+v", form{v}) },
		"error":  func(v any) string { return fmt.Errorf("cannot read %v", v).Error() },
		"json":   func(v any) string { b, _ := json.Marshal(form{v}); return string(b) },
		"xml":    func(v any) string { b, _ := xml.Marshal(form{v}); return string(b) },
		"log": func(v any) string {
			var out bytes.Buffer
			slog.New(slog.NewTextHandler(&out, nil)).Info("told", "who", v)
			slog.New(slog.NewJSONHandler(&out, nil)).Info("told", "who", v, "in", form{v})
			return out.String()
		},
	}
	for name, show := range ways {
		for _, v := range []any{Secret(canary), Sealed(canary)} {
			got := show(v)
			if strings.Contains(got, canary) || strings.Contains(got, "TWlsYSBWZXJ6b25uZW4") || strings.Contains(got, fmt.Sprintf("%x", canary)) {
				t.Errorf("%s shows a %s: %s", name, fmt.Sprintf("%T", v), got)
			}
		}
		if got := show(canary); !strings.Contains(got, canary) {
			t.Errorf("control: %s does not show a plain string either: %s", name, got)
		}
	}
}

// S05: database/sql refuses a secret. Control: it takes a plain string.
func TestDatabaseRefusesASecret(t *testing.T) {
	t.Parallel()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var got string
	for _, v := range []any{Secret(canary), Sealed(canary)} {
		if err := db.QueryRow("SELECT $1", v).Scan(&got); !errors.Is(err, errPlain) {
			t.Errorf("%s went into the database: %v", fmt.Sprintf("%T", v), err)
		}
	}
	if err := db.QueryRow("SELECT $1", canary).Scan(&got); err != nil || got != canary {
		t.Errorf("control: a plain string must pass: %v", err)
	}
}
