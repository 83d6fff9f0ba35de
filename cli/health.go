// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"io"
	"net/http"
	"strings"
	"time"
)

// healthCmd asks a running desk how it is.
type healthCmd struct {
	Addr string `env:"LOKET_ADDR" default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where the desk is served."`
}

// Run implements the command.
func (h healthCmd) Run(c *console) error {
	request, err := http.NewRequestWithContext(c.ctx, http.MethodGet, "http://"+h.Addr+"/healthz", nil)
	if err != nil {
		return refuse(err, "%q is geen adres.", "%q is not an address.", h.Addr)
	}
	answer, err := (&http.Client{Timeout: 10 * time.Second}).Do(request)
	if err != nil {
		c.say("Het loket op %s antwoordt niet.", "The desk at %s does not answer.", h.Addr)
		return errDifferent
	}
	defer answer.Body.Close()
	words, _ := io.ReadAll(io.LimitReader(answer.Body, 200))
	if answer.StatusCode != http.StatusOK {
		c.say("Het loket op %s is niet in orde: %s", "The desk at %s is not well: %s", h.Addr, strings.TrimSpace(string(words)))
		return errDifferent
	}
	c.say("Het loket op %s is in orde.", "The desk at %s is well.", h.Addr)
	return nil
}
