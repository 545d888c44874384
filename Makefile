.PHONY: bench drill run test

run:
	@./dev trackmycrime run --tethered

test:
	@./dev test

bench:
	@./dev bench

drill:
	@./dev drill
