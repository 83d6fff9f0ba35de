// SPDX-License-Identifier: EUPL-1.2

package main

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// visitor is a browser without eyes: it keeps cookies and one connection.
type visitor struct {
	base   string
	client *http.Client
}

func newVisitor(addr string) *visitor {
	return &visitor{base: "http://" + addr, client: &http.Client{
		Timeout:   time.Minute,
		Transport: &http.Transport{MaxIdleConnsPerHost: 128, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}}
}

// remembering gives the visitor a jar for cookies, which somebody who logs in needs.
func (v *visitor) remembering() *visitor {
	v.client.Jar, _ = cookiejar.New(nil)
	return v
}

// report sends the nth full report.
func (v *visitor) report(n int, now time.Time) error { return v.send(fullReport(n, now)) }

// send posts a report and wants to be sent on to its receipt.
func (v *visitor) send(report url.Values) error { return v.sendTo("", report) }

// sendTo posts it to the organisation at a host of this desk.
func (v *visitor) sendTo(host string, report url.Values) error {
	req, err := http.NewRequest(http.MethodPost, v.base+"/melden", strings.NewReader(report.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Host = host // empty: that of the address
	resp, err := v.client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusSeeOther {
		return fmt.Errorf("a report was answered with %s\n%s", resp.Status, words(string(body)))
	}
	return nil
}

// login logs in by the form, as a person does.
func (v *visitor) login(user, password string) error {
	resp, err := v.client.PostForm(v.base+"/inloggen", url.Values{"gebruiker": {user}, "wachtwoord": {password}})
	if err != nil {
		return err
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusSeeOther {
		return fmt.Errorf("logging in was answered with %s", resp.Status)
	}
	return nil
}

// page gets a page.
func (v *visitor) page(path string) (string, error) {
	resp, err := v.client.Get(v.base + path)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s was answered with %s", path, resp.Status)
	}
	return string(body), err
}

// load gets a page as a browser does, compressed, and looks no further.
func (v *visitor) load(path string) error {
	ask, err := http.NewRequest(http.MethodGet, v.base+path, nil)
	if err != nil {
		return err
	}
	ask.Header.Set("Accept-Encoding", "gzip")
	resp, err := v.client.Do(ask)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if _, err = io.Copy(io.Discard, resp.Body); err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s was answered with %s", path, resp.Status)
	}
	return err
}

// words leaves the readable text of a page, to put in an error.
func words(page string) string {
	var out strings.Builder
	inTag := false
	for _, c := range page {
		switch {
		case c == '<':
			inTag = true
		case c == '>':
			inTag = false
			out.WriteByte(' ')
		case !inTag:
			out.WriteRune(c)
		}
	}
	text := strings.Join(strings.Fields(out.String()), " ")
	return text[:min(len(text), 600)]
}

// weight counts the bytes that come over the wire for one page and everything it asks
// for, headers included, by a browser that has nothing yet.
func weight(addr, path string) (bytes, requests int, err error) {
	page, size, err := fetch(addr, path)
	if err != nil {
		return 0, 0, err
	}
	bytes, requests = size, 1
	for _, asset := range assets(page) {
		if strings.Contains(asset, "//") {
			return 0, 0, errors.New("the page asks somebody else for " + asset)
		}
		_, size, err := fetch(addr, asset)
		if err != nil {
			return 0, 0, err
		}
		bytes, requests = bytes+size, requests+1
	}
	return bytes, requests, nil
}

// fetch gets one address on a connection of its own and counts what came back.
func fetch(addr, path string) (body string, size int, err error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return "", 0, err
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n", path, addr)
	counted := &counter{Reader: conn}
	resp, err := http.ReadResponse(bufio.NewReader(counted), nil)
	if err != nil {
		return "", 0, err
	}
	defer resp.Body.Close()
	var from io.Reader = resp.Body
	if resp.Header.Get("Content-Encoding") == "gzip" {
		if from, err = gzip.NewReader(resp.Body); err != nil {
			return "", 0, err
		}
	}
	raw, err := io.ReadAll(from)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s was answered with %s", path, resp.Status)
	}
	return string(raw), counted.n, err
}

// counter counts what is read through it.
type counter struct {
	io.Reader
	n int
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += n
	return n, err
}

// asked finds the addresses of style sheets, scripts and images in a page.
var asked = regexp.MustCompile(`<(?:link[^>]*rel="stylesheet"[^>]*href|script[^>]*src|img[^>]*src)="([^"]+)"`)

func assets(page string) (found []string) {
	for _, match := range asked.FindAllStringSubmatch(page, -1) {
		found = append(found, match[1])
	}
	return found
}
