// SPDX-License-Identifier: EUPL-1.2

// Command loket is the incident desk in one binary; see package cli.
package main

import (
	"context"
	"os"

	"example.org/loket/cli"
)

func main() {
	os.Exit(cli.Main(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
}
