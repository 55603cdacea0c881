# Two commands for a newcomer: `make demo` and `make test`. Each installs what it needs into .venv by itself.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN := .venv/bin
INSTALLED := .venv/.terpasang
DEMO := $${PERLINSOS_RUMAH:-.perlinsos}/contoh
PERIODS := 2024-05 2024-06
PROGRESS := ^  [a-z_]+ *([0-9.]+ baris)?$$

.PHONY: help demo test test-panjang check ui bench bench-baca bench-padan lock clean

help: ## daftar perintah ini
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

$(INSTALLED): requirements.lock pyproject.toml
	@python=$$(for p in $${PYTHON:-python3.13 python3.12 python3.11 python3}; do \
	    $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done); \
	if [ -z "$$python" ]; then echo "Perlu CPython 3.11 atau lebih baru (set PYTHON=...)." >&2; exit 1; fi; \
	echo "Memasang yang diperlukan ke .venv (satu dua menit) ..."; $$python -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(INSTALLED) ## kabupaten rekaan, dua periode, ringkasan
	@$(BIN)/perlinsos contoh "$(DEMO)" --orang 5000
	@set -o pipefail; for periode in $(PERIODS); do \
	    $(BIN)/perlinsos pemutakhiran --periode $$periode --sumber "$(DEMO)/sumber" 2>&1 | \
	    grep -Ev "$(PROGRESS)" || exit $$?; done
	@echo; $(BIN)/perlinsos desa 21.04.07.2005
	@echo; $(BIN)/perlinsos asesmen eks_dapur_arang
	@echo; $(BIN)/perlinsos gudang
	@echo "Membuka Dagster:                      make ui   (http://127.0.0.1:3000)"

test: $(INSTALLED) ## semua uji (paling lama 5 menit)
	@$(BIN)/python -m pytest -m "not slow" -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test-panjang: $(INSTALLED) ## uji yang lama, juga atas kabupaten contoh utuh bila ada
	@$(BIN)/python -m pytest -m slow

check: $(INSTALLED) ## format, lint, tipe, kode mati
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/vulture

ui: $(INSTALLED) ## Dagster di 127.0.0.1:3000
	@if [ -z "$$PERLINSOS_SUMBER" ] && [ ! -d .perlinsos/sumber ] && [ -d .perlinsos/contoh ]; then \
	    export PERLINSOS_SUMBER=.perlinsos/contoh/sumber; fi; $(BIN)/perlinsos ui

bench: $(INSTALLED) ## ukur terhadap lantai DuckDB dan skrip pandas (belasan menit)
	@$(BIN)/python tests/bench/compare.py

bench-baca: $(INSTALLED) ## ukur kecepatan dan memori membaca berkas (beberapa menit)
	@$(BIN)/python tests/bench/reading.py --besar

bench-padan: $(INSTALLED) ## bandingkan padanan dengan Splink saja, NIK sama, dan difflib (satu dua menit)
	@$(BIN)/python tests/bench/linkage.py

lock: ## perbarui requirements.lock (perlu uv)
	@uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-strip-extras --python-version 3.11 --extra dev \
	    --no-header --no-annotate pyproject.toml -o requirements.lock

clean: ## hentikan gudang bawaan; hapus .venv dan folder keadaan
	@if [ -x $(BIN)/perlinsos ]; then $(BIN)/perlinsos gudang --berhenti; fi
	@rm -rf .venv .perlinsos
