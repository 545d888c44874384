.PHONY: run test

run:
	@./dev trackmycrime run --tethered

test:
	@./dev test
