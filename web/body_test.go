// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/url"
	"strings"
	"testing"
)

// Issue 2, bad input: a flood of names loses no typed text. Control: the library alone gives
// up on the whole body.
func TestManyNamesLoseNoText(t *testing.T) {
	t.Parallel()
	body := "description=getypt" + strings.Repeat("&f=1", 100_000)
	if kept, err := url.ParseQuery(firstPairs(body)); err != nil || kept.Get("description") != "getypt" {
		t.Errorf("lost: %v %v", kept.Get("description"), err)
	}
	if _, err := url.ParseQuery(body); err == nil {
		t.Error("control: the library reads any number of names, the limit is not needed")
	}
	if short := "a=1&b=2"; firstPairs(short) != short {
		t.Error("a usual body is changed")
	}
}
