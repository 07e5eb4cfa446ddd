# `make run` and `make test` install what is missing themselves; README.md says more.
.PHONY: run demo test walk bench torture audit

run:
	@python3 tools/prepare.py run
	@exec .venv/bin/python tools/run.py "$(ARCHIVE)"

demo:
	@python3 tools/prepare.py run
	@exec .venv/bin/python tools/demo.py

test:
	@python3 tools/prepare.py test
	@.venv/bin/python tools/test.py

walk:
	@python3 tools/prepare.py test
	@.venv/bin/python tools/test.py walk

bench:
	@python3 tools/prepare.py bench
	@.venv/bin/python -m bench

torture:
	@python3 tools/prepare.py test
	@.venv/bin/python -m torture

audit:
	@python3 tools/prepare.py test
	@.venv/bin/python tools/audit.py
