// SPDX-License-Identifier: EUPL-1.2

package desk

import "time"

// Account is a person's way to log in here. Hash is an Argon2id hash in PHC form.
type Account struct {
	Tenant  string
	Login   string // in lower case
	Person  string
	Hash    string
	Blocked bool
}

// Session is one logged-in browser. ID is a hash of the token in its cookie, so that
// somebody who reads the table cannot log in with it.
type Session struct {
	ID      []byte
	Tenant  string
	Person  string
	Started time.Time
	Seen    time.Time // last use, to the minute
}

// Draft is what somebody typed and did not send yet. ID is a hash of the browser's key
// and Sealed can be opened only with that key.
type Draft struct {
	ID      []byte
	Sealed  []byte
	Expires time.Time
}
