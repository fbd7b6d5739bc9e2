# LICS. `make help` lists what there is.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

GOLANGCI_VERSION      := v2.15.0
WORKFLOWCHECK_VERSION := v0.6.0
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)
ARGS ?=

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | awk -F'\t' '{printf "  \033[1m%-12s\033[0m %s\n", $$1, $$2}'

.PHONY: up
up: postgresql build ## run LICS with everything it needs; options in ARGS="--simulate 2 --demo"
	exec bin/lics up $(ARGS)

.PHONY: test
test: postgresql readers standalone web-test web-browser ## run every test on real parts
	go test -timeout 20m ./...
	cd local/standalone && go vet ./...

.PHONY: check
check: generated lint build web-check ## what a reviewer runs: generated code, lint, build
	@echo "check: all good"

.PHONY: bench
bench: postgresql standalone ## measure, each figure as a ratio to a named peer in the same run
	go run ./bench $(ARGS)
	$(if $(ARGS),,@$(MAKE) --no-print-directory bench-web)

.PHONY: bench-web
bench-web: postgresql build ## measure the editor beside Node-RED, which npm brings, and the page of a run
	@scripts/chromium
	cd web && npx playwright test -c playwright.bench.config.ts

.PHONY: build
build: standalone web ## build lics and lics-edge into bin/
	go build -trimpath -ldflags '$(LDFLAGS)' -o bin/lics ./cmd/lics
	go build -trimpath -ldflags '$(LDFLAGS)' -o bin/lics-edge ./cmd/lics-edge

.PHONY: web
web: ## build the web app when it has changed
	@scripts/web build

.PHONY: web-dev
web-dev: ## serve the web app as it is written, in front of a running LICS (LICS_URL)
	@scripts/web deps
	cd web && npm run --silent dev

.PHONY: web-test
web-test: ## test the web app's functions
	@scripts/web deps
	cd web && npm run --silent test

.PHONY: web-browser
web-browser: postgresql build ## test the web app in Chromium before a whole LICS
	@scripts/chromium
	cd web && npm run --silent e2e

.PHONY: screenshots
screenshots: postgresql build ## take a picture of every page in both themes, into web/screenshots
	@scripts/chromium
	cd web && npm run --silent screenshots

.PHONY: web-check
web-check: web ## check the web app: style, types, size of the first load
	cd web && npm run --silent check && npm run --silent size

.PHONY: edge
edge: ## cross-compile the agent for the Raspberry Pi (64 and 32 bit)
	CGO_ENABLED=0 GOOS=linux GOARCH=arm64 go build -trimpath -ldflags '$(LDFLAGS)' -o dist/lics-edge-arm64 ./cmd/lics-edge
	CGO_ENABLED=0 GOOS=linux GOARCH=arm GOARM=7 go build -trimpath -ldflags '$(LDFLAGS)' -o dist/lics-edge-armv7 ./cmd/lics-edge

.PHONY: generate
generate: ## write generated code and documents again
	go tool gqlgen generate
	go test ./graph ./protocol -update
	@scripts/web deps
	cd web && npm run --silent gen

.PHONY: generated
generated: ## fail when generating changes something
	@scripts/web deps
	scripts/generated

.PHONY: lint
lint: bin/golangci-lint-$(GOLANGCI_VERSION) bin/workflowcheck-$(WORKFLOWCHECK_VERSION) ## golangci-lint and workflowcheck
	bin/golangci-lint-$(GOLANGCI_VERSION) run ./...
	bin/workflowcheck-$(WORKFLOWCHECK_VERSION) ./workflows/...

.PHONY: standalone
standalone: ## build the Temporal and S3 child (about five minutes, once)
	@go run ./local/buildstandalone

bin/golangci-lint-$(GOLANGCI_VERSION):
	scripts/tool $@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)

bin/workflowcheck-$(WORKFLOWCHECK_VERSION):
	scripts/tool $@ go.temporal.io/sdk/contrib/tools/workflowcheck@$(WORKFLOWCHECK_VERSION)

.PHONY: postgresql
postgresql: ## install PostgreSQL when the machine has none
	@scripts/postgresql

.PHONY: readers
readers: ## install the Python readers that check NWB files when the machine has none
	@scripts/h5py

.PHONY: clean
clean: ## remove what was built
	rm -rf bin dist
