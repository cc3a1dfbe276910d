# The verbs of the house. Each sets up what it needs; a second run re-uses it.
.DEFAULT_GOAL := help
.PHONY: help demo serve test test-quick cases budgets soak check fmt bench weights quality-cases identity-quality schema modules verify-completejourney

PYTHON ?= python3
DATA ?= town
MINUTES ?= 30
BIN := .venv/bin
READY := .venv/.ready
BROWSER := .venv/.browser-ready

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-24s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(READY) ## Load the demo set and serve it on 127.0.0.1:8000 (PORT=..., DATA=town|completejourney)
	@exec $(BIN)/customer360 demo --data $(DATA)

serve: $(READY) ## Serve the graph as it is on 127.0.0.1:8000 (PORT=...)
	@exec $(BIN)/customer360 serve

test: $(READY) $(BROWSER) ## Run every test (T=tests/api runs some)
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(T)

test-quick: $(READY) $(BROWSER) ## Run the files that take no more than seconds: the inner loop
	@$(BIN)/python -m pytest -n 2 --dist worksteal --quick $(T)

cases: $(READY) ## Replay the inputs that people really send against a running server (tests/cases)
	@$(BIN)/python -m pytest -q tests/cases

budgets: $(READY) $(BROWSER) ## Measure what each file of tests takes, on a quiet machine, and write tests/budgets.toml
	@$(BIN)/python -m pytest --record-budgets

soak: $(READY) ## Twice what the server can do (MINUTES=30), ten rounds of kill -9, every law on many examples: two hours
	@$(BIN)/python -m bench.soak $(MINUTES)
	@$(BIN)/python -m pytest tests/graph/intake/test_crash.py tests/graph/local/test_java_cache.py -m "soak or not soak"
	@$(BIN)/python -m pytest -n 2 --dist worksteal -m hypothesis --hypothesis-profile=soak

check: $(READY) ## Lint, format, types, room imports, printed schema: what CI runs before the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright --warnings
	$(BIN)/lint-imports --no-cache
	$(BIN)/customer360 schema --check

fmt: $(READY) ## Format the code and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY) ## Compare the customer view with the bare route and print the ratio
	@$(BIN)/python -m bench

weights: $(READY) ## Measure what agreement of two records is worth, write graph/identity/weights.json and print it
	@$(BIN)/python -m bench.likeness

quality-cases: $(READY) ## Measure how well topic and priority of made-up cases are told, against rules and the commonest label
	@$(BIN)/python -m bench.sorting

identity-quality: $(READY) ## Measure how well people are told apart, on four sets, beside other matchers: build/identity.json
	@sh deploy/setup.sh quality
	@.venv-quality/bin/python -m bench.identity

verify-completejourney: $(READY) ## Load what is missing of completejourney and compare the graph with the files
	@$(BIN)/python -m bench.verify_completejourney

schema: $(READY) ## Print the GraphQL schema into resolvers/schema.graphql
	@$(BIN)/customer360 schema > schema.graphql.new && mv schema.graphql.new resolvers/schema.graphql

modules: $(READY) ## Print what each folder is for into docs/architecture.md
	@$(BIN)/python -m tests.house.module_table

$(READY): requirements.txt pyproject.toml deploy/setup.sh
	@PYTHON="$(PYTHON)" sh deploy/setup.sh environment
	@touch $@

$(BROWSER): deploy/setup.sh | $(READY)
	@sh deploy/setup.sh browser
	@touch $@
