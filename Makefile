# The commands of this repository. `make demo` shows it, `make test` checks everything.

PYTHON ?= python3
VENV := .venv
CORPUS ?= ../shared/corpus
BIN := $(VENV)/bin
APT := dovecot-imapd dovecot-lmtpd postgresql libseccomp2 \
       tesseract-ocr-fra tesseract-ocr-nld tesseract-ocr-eng tesseract-ocr-osd \
       libreoffice-writer-nogui libreoffice-calc-nogui chromium fonts-liberation2 isync poppler-utils

.PHONY: demo fortnight test check kills fuzz accuracy accuracy-signing accuracy-choices accuracy-paper \
	accuracy-annexes accuracy-ink robustness shots \
	bench-mail bench-read install install-dev debian format lock clean

demo: install ## Two inboxes, a fortnight in September 2026, in about a minute
	$(BIN)/blossom demo

fortnight: install ## The long form: forty applicants, from 1 September to 2 October
	$(BIN)/blossom demo --long --out fortnight-out

test: install-dev debian check ## Format, lint, types, import contracts, tests

check:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

kills: install-dev debian ## The kill test at full length: 200 kills (a quarter of an hour)
	BLOSSOM_KILLS=200 $(BIN)/pytest -n0 tests/flow/test_kills.py tests/desk/test_lives.py

fuzz: install-dev ## Ten minutes of spoilt mails, another seed each time
	BLOSSOM_FUZZ_S=600 BLOSSOM_FUZZ_SEED=$$(date +%s) $(BIN)/pytest -n0 -s tests/ingest/test_survival.py -k spoilt

bench-mail: install-dev debian ## Fetching beside imaplib and mbsync: mails and MB a second, peak memory
	$(BIN)/python -m tests.bench.bench_mail

accuracy: install-dev ## How right the readers are: `make accuracy ONLY=docx,pdf SIZE=small WRONG=yes`
	nice $(BIN)/python -m tests.corpus.accuracy $(if $(ONLY),--only "$(ONLY)") $(if $(LAYOUT),--layout "$(LAYOUT)") \
	  $(if $(filter small,$(SIZE)),--sample 5) $(if $(filter large,$(SIZE)),--each 3) \
	  $(if $(WRONG),--wrong) $(if $(WRITE),--write)

accuracy-signing: install-dev ## The same of places to sign on paper alone, 468 of them a half: WRONG=yes, WRITE=yes
	nice $(BIN)/python -m tests.corpus.accuracy --signed-pages --each 5 --half $(if $(WRONG),work,measured) \
	  $(if $(WRONG),--wrong) $(if $(WRITE),--write)

accuracy-choices: install-dev ## The same of choices on paper, marked in fourteen ways, 224 a half: WRONG=yes, WRITE=yes
	nice $(BIN)/python -m tests.corpus.accuracy --chosen-pages --half $(if $(WRONG),work,measured) \
	  $(if $(WRONG),--wrong) $(if $(WRITE),--write)

accuracy-paper: install-dev ## The same of every layout in every manner of paper, 54 a half: WRONG=yes, WRITE=yes
	nice $(BIN)/python -m tests.corpus.accuracy --crossed --half $(if $(WRONG),work,measured) \
	  $(if $(WRONG),--wrong) $(if $(WRITE),--write)

accuracy-annexes: install-dev ## How surely annexes are told apart, as text, scans and photos: kinds, closing dates, page ranges
	nice $(BIN)/python -m tests.parsers.accuracy_annexes

accuracy-ink: install-dev ## How well signatures are told from stamps, crosses, dates and dirt: FONTS=folder of cursive type
	nice $(BIN)/python -m tests.corpus.ink_accuracy 0 240 $(FONTS)

robustness: install-dev debian ## Every file of a folder is read or refused, inside 512 MB and 60 s: CORPUS=folder
	$(BIN)/python -m tests.parsers.robustness $(CORPUS)

bench-read: install-dev .venv-peers/.installed ## Time and memory of reading, beside other readers on the same files
	$(BIN)/python -m tests.bench.bench_read .venv-peers/bin/python

.venv-peers/.installed: Makefile # readers that we compare with, away from our own dependencies
	$(PYTHON) -m venv --clear .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check 'markitdown[pdf,docx]==0.1.9'
	touch $@

shots: install-dev debian ## The pictures in docs/shots: a letter, the digest, a call sheet, the evidence of a check
	$(BIN)/python -m tests.shots

install: $(VENV)/.installed

install-dev: $(VENV)/.installed-dev

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; say which: make PYTHON=python3.12 …" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

debian: ## What the tests need of Debian's packages
	@bash tests/debian.sh $(APT)

format: install-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: ## Pin again what pyproject.toml names (names, versions and hashes; no addresses)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	$(BIN)/uv pip compile pyproject.toml --extra demo --group build --universal --generate-hashes --no-header -q -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra demo --group dev --universal --generate-hashes --no-header -q -o requirements-dev.lock

clean:
	rm -rf $(VENV) .venv-peers demo-out fortnight-out
