# SPDX-License-Identifier: EUPL-1.2
# Loket. `make help` lists what there is.

GO      ?= go
TEMPL   := $(GO) tool -modfile=tools/go.mod templ
ADDR    ?= 127.0.0.1:8080
DATA    ?= data/demo
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
export CGO_ENABLED = 0

.PHONY: help demo build generate test test-go test-pages test-full check bench fmt clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## the desk on http://127.0.0.1:8080 with invented cases
	bin/loket demo --addr $(ADDR) --data $(DATA)

build: generate ## the one static binary, bin/loket
	$(GO) build -trimpath -ldflags "-s -w -X example.org/loket/cli.Version=$(VERSION)" -o bin/loket ./cmd/loket

generate: web/static/dist/loket.css ## pages from templates, style sheet from NL Design System
	$(TEMPL) generate -path web

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

web/static/dist/loket.css: node_modules/.package-lock.json $(wildcard web/assets/*) $(wildcard web/*.templ)
	node web/assets/build.mjs

test: build check test-go test-pages ## everything: rules, stores, stories, pages in a browser

test-go: generate ## unit, store (SQLite and PostgreSQL), protocol, scenarios, kill -9
	$(GO) test ./...

test-pages: build ## the browser journeys with axe; needs Chromium
	node --test --test-concurrency=1 browser/*.test.mjs

check: generate ## gofmt, vet, the protocols themselves
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo 'run: make fmt'; exit 1; }
	$(GO) vet ./...
	$(GO) run ./cmd/loket protocol check protocols/rotterdam
	$(GO) run ./cmd/loket protocol test protocols/rotterdam

bench: build ## speed, as ratios against a bare Go server in the same run
	$(GO) run ./bench

fmt: ## gofmt and templ fmt
	gofmt -w $$(git ls-files '*.go')
	$(TEMPL) fmt web

clean: ## what was built
	rm -rf bin node_modules web/static/dist/loket.* data
	find web -name '*_templ.go' -delete
