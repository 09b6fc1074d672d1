# Everything a developer does here. A machine with Go, make and git is enough;
# only Go modules are downloaded.

GO       ?= go
FUZZTIME ?= 30s
MODELS   ?= ../shared/models
# The last release of the oldest Go that clients work with: runtime.MinGo.
FLOOR_GO ?= go1.23.12

# How often the benchmarks measure everything.
ROUNDS       ?= 15
BUILD_ROUNDS ?= 5

# Some benchmarks are of clients that are generated from models.
CLIENTS := $(if $(wildcard ../shared/models/c2j),-tags models)

# The race detector needs cgo, which a machine without a C compiler has not.
RACE := $(if $(filter 1,$(shell $(GO) env CGO_ENABLED)),-race)

# What is run with it: what starts goroutines, or is called by several; of the tests of gen
# those of what it does at once.
RACED     := ./runtime/... $(addprefix ./internal/,adopt adopt/scan clienttest emit input reach)
RACED_GEN := Generate|Watch|Interrupt|AtOnce|Progress|SharedRuntime

# How long the tests of one package may take: a machine may be loaded.
TIMEOUT ?= 30m

# Modules of their own, for what the product must not depend on: tests against
# the official SDK, benchmarks against peers.
NESTED := $(patsubst %/go.mod,%,$(wildcard interop/go.mod interop/hooks/go.mod bench/go.mod tools/go.mod examples/go.mod))

# Those which compile many official packages, to compare them with clients of the models
# in ../shared.
OFFICIAL := $(patsubst %/go.mod,%,$(wildcard interop/services/go.mod interop/s3/go.mod))

# The configuration of the examples' clients.
EXAMPLES := examples/lathe.yaml

LINT = $(GO) tool -modfile=$(CURDIR)/tools/go.mod golangci-lint

.DEFAULT_GOAL := help

.PHONY: help
help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: generate
generate: ## Regenerate the committed clients (the main job)
	$(GO) generate ./...
	cd examples && $(GO) generate ./...

.PHONY: check
check: ## Say whether the committed clients are what make generate would write
	$(GO) run ./cmd/gen check
	$(GO) run ./cmd/gen check --config $(EXAMPLES)

.PHONY: test
test: check ## Vet and run all tests, with the race detector where there is one
	$(GO) vet ./...
	$(GO) test -timeout $(TIMEOUT) ./...
ifneq ($(RACE),)
	$(GO) test -short -timeout $(TIMEOUT) $(RACE) $(RACED)
	$(GO) test -short -timeout $(TIMEOUT) $(RACE) -run '$(RACED_GEN)' ./cmd/gen
else
	@echo "make test: no C compiler, so no race detector"
endif
	@set -e; for module in $(NESTED); do echo "== $$module"; \
		(cd $$module && $(GO) vet ./... && $(GO) test -timeout $(TIMEOUT) ./... && \
			if [ -f floor.mod ]; then echo "== $$module at the floor"; $(GO) test -timeout $(TIMEOUT) -modfile=floor.mod .; fi); \
	done

.PHONY: adopt
adopt: ## Test gen adopt with everything that may happen to it (several minutes)
	$(GO) test -timeout $(TIMEOUT) -tags adopt -run 'Adopt|UndoAfter|ModelsUpdate' ./cmd/gen

.PHONY: kills
kills: ## Kill gen at random moments 200 times: generate, adopt, undo (an hour)
	$(GO) test -count=1 -timeout 3h -tags adopt -run 'Killed' ./cmd/gen -kills 200 -adopt-kills 200
	$(GO) test -count=1 -run 'Kill' ./internal/adopt/journal -kills 200

.PHONY: official
official: ## Compare clients of the models in ../shared with official packages (several minutes)
	@set -e; for module in $(OFFICIAL); do echo "== $$module"; \
		(cd $$module && $(GO) vet ./... && $(GO) test -timeout $(TIMEOUT) ./...); \
	done

.PHONY: floor
floor: ## Compile clients with the oldest Go, core and smithy-go that they are promised to work with
	$(GO) test -count=1 -run '^TestFloor' . -floor-toolchain $(FLOOR_GO)

.PHONY: newest
newest: ## Test with the newest core and smithy-go, in a copy of go.mod
	cp go.mod newest.mod && cp go.sum newest.sum
	$(GO) get -modfile=newest.mod github.com/aws/aws-sdk-go-v2@latest github.com/aws/smithy-go@latest
	$(GO) test -modfile=newest.mod ./runtime/... ./generated/... ./internal/clienttest/...

.PHONY: forms
forms: ## Run what gen init prints, in a user's module: go tool, go tool -modfile, go run
	$(GO) test -count=1 -tags forms -run '^TestInitForms$$' ./cmd/gen

.PHONY: try
try: ## Run README and the documents as they are written, in a home folder with nothing in it
	$(GO) test -count=1 -timeout $(TIMEOUT) -tags try -run '^TestPages$$' ./internal/try

.PHONY: lint
lint: ## Run the linters, generated code included
	$(LINT) run ./...
	@set -e; for module in $(NESTED) $(OFFICIAL); do echo "== $$module"; \
		(cd $$module && $(LINT) run --config $(CURDIR)/.golangci.yml ./...); \
	done

.PHONY: fmt
fmt: ## Format the Go source
	$(LINT) fmt ./...

.PHONY: update
update: ## Write the goldens again, then show what changed
	$(GO) test -run '^TestGolden$$' . -update
	git status --short testdata

.PHONY: dist
dist: ## Build gen for five platforms into dist, with checksums and bills of materials
	cd tools && $(GO) build -o $(CURDIR)/bin/dist ./dist
	bin/dist -out dist

.PHONY: rename
rename: ## Change the path of the module to MODULE everywhere, and regenerate
	@test -n "$(MODULE)" || { echo "make rename MODULE=example.org/lathe"; exit 1; }
	$(GO) run ./internal/rename $(MODULE)
	$(GO) run ./cmd/gen
	$(GO) run ./cmd/gen --config $(EXAMPLES)

.PHONY: fuzz
fuzz: ## Fuzz every target for FUZZTIME each (30s)
	@set -e; for package in $$($(GO) list ./...); do \
		for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
			echo "== $$package $$target"; \
			$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) $$package; \
		done; \
	done

.PHONY: bench
bench: ## Measure calls against the official client; writes BENCHMARKS.md and its picture
	cd bench && $(GO) generate $(CLIENTS) ./internal/calls
	cd bench && $(GO) run $(CLIENTS) ./cmd/bench -rounds $(ROUNDS)

.PHONY: bench-build
bench-build: ## Measure builds and generation; writes BENCHMARKS.md and its picture
	cd bench && $(GO) run ./cmd/bench-build -rounds $(BUILD_ROUNDS)

.PHONY: microbench
microbench: ## Run the benchmarks of the packages
	$(GO) test -run '^$$' -bench . -benchmem ./...
	cd bench && $(GO) test -run '^$$' -bench . -benchmem .

.PHONY: conformance
conformance: ## Run the protocol suites in the folder SUITES (part of make test)
	$(GO) test -count=1 -v -run '^TestConformance$$' . -conformance $(SUITES)

.PHONY: history
history: ## Judge every step of the histories below MODELS with gen diff, whole and for programs (several minutes)
	$(GO) test -count=1 -v -timeout 30m -run '^TestHistory$$' ./internal/goapi -history

.PHONY: programs
programs: ## Adopt public programs with the models below MODELS, run their tests before and after, measure (hours)
	cd interop && $(GO) run ./programs -models $(abspath $(MODELS))

.PHONY: ec2
ec2: ## Compare 66 operations of EC2 with the official package (several minutes, gigabytes)
	cd interop/services && $(GO) test -count=1 -v -timeout 60m -p 1 -run '^TestServices/older-ec2$$' . -slow

.PHONY: corpus
corpus: ## Generate every service below MODELS (../shared/models), compare with official packages
	$(GO) run ./internal/corpus $(MODELS)
	$(GO) test -count=1 -v -run '^TestEndpointCorpus$$' ./templates
	cd interop/services && $(GO) test -count=1 -v -run '^TestOfficial$$' ./optional -all

.PHONY: houses
houses: ## Judge clients in a user's module: linters, go.mod, platforms
	$(GO) test -count=1 -tags houses -timeout $(TIMEOUT) -run '^TestHouses$$' .
