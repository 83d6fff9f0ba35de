// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"encoding/base32"
	"encoding/binary"
	"time"
)

// ordered is an alphabet whose letters stand in the order in which texts are sorted.
var ordered = base32.NewEncoding("234567abcdefghijklmnopqrstuvwxyz").WithPadding(base32.NoPadding)

// OrderedID is an identifier of a row: 48 bits of the moment in milliseconds, then 80 random
// bits. Rows that come one after another lie beside each other in every index, so that a
// commit writes few pages of the disk. The moment is no secret to who knows the id; 80 bits
// cannot be guessed, and an id alone opens nothing.
func OrderedID(at time.Time, random [10]byte) string {
	var moment [8]byte
	binary.BigEndian.PutUint64(moment[:], uint64(at.UnixMilli()))
	return ordered.EncodeToString(append(moment[2:], random[:]...))
}
