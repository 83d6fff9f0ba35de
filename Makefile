# SPDX-License-Identifier: EUPL-1.2
# Loket. `make help` lists what there is.

GO      ?= go
ADDR    ?= 127.0.0.1:8080
DATA    ?= data/demo
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
export CGO_ENABLED = 0

# One set of flags for every Go command, so that build, vet and test share what they
# compiled. Without -dwarf the compiler writes no debugger's tables, which the linker would drop.
export FLAGS   ?= -trimpath -gcflags=all=-dwarf=0
export PROGRAM ?= bin/loket
# The compiler collects its garbage less often: a third less work, at most 1.5 GB a process.
COMPILE := GOGC=400 GOMEMLIMIT=1500MiB $(GO)

.PHONY: help demo build generate pages modules test test-go test-pages scan reproduce vulns sbom check bench bench-guard fmt clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The demo's program is compiled without inlining: a quarter less work for whoever waits for
# a first look; and without PostgreSQL, which it does not use. It is a bit slower, so it has
# a name of its own and is never shipped.
demo: FLAGS = -trimpath -tags=nopostgres -gcflags=all='-dwarf=0 -l'
demo: PROGRAM = bin/loket-demo
demo: build ## the desk on http://127.0.0.1:8080 with invented cases
	$(PROGRAM) demo --addr $(ADDR) --data $(DATA)

build: ## the one static binary, bin/loket
	@$(MAKE) --no-print-directory -j3 modules generate
	$(COMPILE) build $(FLAGS) -ldflags "-s -w -X example.org/loket/cli.Version=$(VERSION)" -o $(PROGRAM) ./cmd/loket

generate: pages web/static/dist/loket.css ## pages from templates, style sheet from NL Design System

pages:
	@$(COMPILE) run -C tools $(FLAGS) ./pages ../web

# Fetches the modules while the compiler begins: a first build is quicker.
modules:
	@$(GO) list $(FLAGS) -deps ./cmd/loket >/dev/null

# The style sheets only. What tests the pages in a browser comes when it is wanted.
PACKAGES := npm ci --no-audit --no-fund --loglevel=error
node_modules/.package-lock.json: package.json package-lock.json
	$(PACKAGES) --omit=dev
	@touch $@

node_modules/playwright-core/package.json: package.json package-lock.json
	$(PACKAGES)
	@touch $@ node_modules/.package-lock.json

web/static/dist/loket.css: node_modules/.package-lock.json $(wildcard web/assets/*) $(filter-out %_templ.go %_test.go,$(wildcard web/*.templ web/*.go))
	node web/assets/build.mjs

test: build check test-go test-pages ## everything: rules, stores, stories, pages in a browser

test-go: generate ## unit, store (SQLite and PostgreSQL), protocol, scenarios, kill -9
	$(GO) test $(FLAGS) ./...
	$(GO) test -C tools $(FLAGS) ./...

test-pages: build node_modules/playwright-core/package.json ## the browser journeys with axe; needs Chromium
	node --test --test-concurrency=1 browser/*.test.mjs

test-full: test ## the same with every mark and attack, and 100 power cuts on a disk of its own; needs root and loop devices
	LOKET_FULL=1 $(GO) test $(FLAGS) -v -count=1 -timeout 20m -run 'TestCanaries|TestAttacks|TestMatrixOnPostgres' ./cli
	LOKET_FULL=1 $(GO) test $(FLAGS) -v -count=1 -timeout 20m -run 'TestEveryVisitLeavesItsEntry|TestSessionsAreInTheLog|TestStatesOverHTTP' ./cli
	LOKET_FULL=1 $(GO) test $(FLAGS) -v -count=1 -timeout 90m -run 'TestOrganisationsAreApart' ./cli
	LOKET_FULL=1 $(GO) test $(FLAGS) -v -count=1 -timeout 20m -run TestMutants ./policies
	LOKET_FULL=1 $(GO) test $(FLAGS) -v -count=1 -timeout 20m -run TestDoorIsAsThePageSays ./desk
	LOKET_FULL=1 $(GO) test $(FLAGS) -v -count=1 -timeout 20m -run 'TestEveryByteOfAFileCounts|TestNoncesDoNotRepeat' ./ledger ./seal
	LOKET_FULL=1 $(GO) test $(FLAGS) -v -count=1 -timeout 20m -run 'TestRotationIsKilledUnderLoad|TestBackupUnderLoad' ./cli
	LOKET_FULL=1 $(GO) test $(FLAGS) -v -count=1 -timeout 20m -run TestFailuresTakeAsLong ./identity
	LOKET_FULL=1 $(GO) test $(FLAGS) -v -count=1 -timeout 20m -run TestNothingOutsideIsAsked ./cli
	$(GO) test $(FLAGS) -count=1 -run Wycheproof github.com/tink-crypto/tink-go/v2/aead/aesgcm
	STORE_POWER_CUTS=100 $(GO) test $(FLAGS) -v -count=1 -timeout 20m -run TestPowerCut ./store

reproduce: generate ## the program twice, in two folders and from nothing: it must be the same
	@one=$$(mktemp -d) two=$$(mktemp -d)/elsewhere; trap 'rm -rf "$$one" "$${two%/elsewhere}"' EXIT; for at in "$$one" "$$two"; do mkdir -p "$$at/src"; \
	  tar c --exclude=./node_modules --exclude=./.git --exclude=./bin --exclude=./data . | tar x -C "$$at/src"; done; \
	for at in "$$one" "$$two"; do (cd "$$at/src" && GOCACHE="$$at/cache" $(GO) build $(FLAGS) -buildvcs=false -ldflags "-s -w -X example.org/loket/cli.Version=$(VERSION)" -o "$$at/loket" ./cmd/loket) || exit 1; \
	  sha256sum "$$at/loket"; rm -rf "$$at/cache"; done; cmp "$$one/loket" "$$two/loket" && echo 'the same program'

scan: generate ## wapiti and sqlmap against the demo, and against one with planted holes; needs both tools
	$(GO) run $(FLAGS) ./internal/scan

check: build ## gofmt, vet, the protocols themselves
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo 'run: make fmt'; exit 1; }
	$(COMPILE) vet $(FLAGS) ./...
	$(COMPILE) vet $(FLAGS) -tags=nopostgres ./store
	$(COMPILE) vet $(FLAGS) -tags=planted ./cli
	bin/loket protocol check protocols/rotterdam
	bin/loket protocol test protocols/rotterdam

# The database of known weaknesses: an address, or a folder that a machine with internet filled
# from https://vuln.go.dev/vulndb.zip, as file:///srv/vulndb.
VULNDB ?= https://vuln.go.dev
vulns: generate ## known weaknesses in what the program is made of; VULNDB=file:///FOLDER where there is no internet
	@case '$(VULNDB)' in file://*) test -f '$(VULNDB:file://%=%)/index/db.json' || { \
	  echo 'There is no copy of the database in $(VULNDB:file://%=%): index/db.json is missing. Unpack https://vuln.go.dev/vulndb.zip there.' >&2; exit 1; };; esac
	$(GO) test -C tools/vulns $(FLAGS) -count=1 ./...
	@echo '$(GO) tool govulncheck -db $(VULNDB) ./cmd/loket'; cd tools/vulns && $(GO) tool govulncheck -C ../.. -db $(VULNDB) ./cmd/loket || { status=$$?; test $$status = 3 || \
	  echo 'Nothing was checked: $(VULNDB) could not be read. Without internet: make vulns VULNDB=file:///FOLDER, with the unpacked https://vuln.go.dev/vulndb.zip in it.' >&2; exit $$status; }

sbom: build ## bill of materials of bin/loket as CycloneDX: bin/loket.cdx.json
	$(PROGRAM) version --components > $(PROGRAM).cdx.json

bench-guard: ## how well the guard finds people: recall, precision, speed, examples
	$(GO) run ./bench/guard

bench: build ## speed, as ratios against a bare Go server in the same run
	$(GO) run $(FLAGS) ./bench

fmt: ## gofmt and templ fmt
	gofmt -w $$(git ls-files '*.go')
	$(GO) tool -modfile=tools/go.mod templ fmt web

clean: ## what was built
	rm -rf bin node_modules web/static/dist/loket.* data
	find web -name '*_templ.go' -delete
