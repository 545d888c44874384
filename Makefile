.PHONY: run test bench drill

run:
	@./dev trackmycrime run --tethered

test:
	@./dev test

bench:
	@./dev bench

drill:
	@./dev drill
