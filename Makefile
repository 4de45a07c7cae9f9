# SPDX-License-Identifier: GPL-2.0
#
# Every entry point of the project is a target here: `make help` lists them.

# Where all is built, and what the guest stands on: empty for this machine itself,
# else a root of scripts/root, chosen where this machine is no Debian that will do.
ROOT ?= $(shell scripts/root --default)
OUT  ?= out
prefix ?= /usr/local
# Two guests at once are what two cores carry.
JOBS ?= 2
# The longest on the debug kernel first, so that none of them is left for one CPU at the end.
GUEST_TESTS := $(wildcard $(patsubst %,tests/guest/%.t,tracer-safety driver-many trace-chain driver-alloc trace \
	tracer-loss driver-xdp driver-ethtool driver-faults tracer-filter tracer driver-features))
GUEST_TESTS += $(filter-out $(GUEST_TESTS),$(wildcard tests/guest/*.t))
# What a red test has to say is said at once, also where nobody can run it again.
PROVE = prove --failures --comments

export OUT
export RXPATH_ROOT := $(ROOT)

ifneq ($(ROOT),)
include scripts/rooted.mk
else
KVER ?= $(shell scripts/kernel --default)
KDIR ?= /usr/src/linux-headers-$(KVER)

all: modules userspace programs test-modules ## modules, reader and test programs (the default)

modules: deps-build ## driver/rxpath_e1000.ko and tracepoints/rxpath.ko
	@scripts/check-config $(KDIR)
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules

userspace: deps-build ## the reader, userspace/rxpath
	$(MAKE) -C userspace

programs: deps-build ## the small servers and the client of the demo and the tests, the labs' peer, the instruction counter, the guest's clock
	$(MAKE) -C tests/programs
	$(MAKE) -C labs/peer
	$(MAKE) -C qemu/count
	$(MAKE) -C qemu/clock

# Apart from the others: what is built with them, modules_install installs.
test-modules: deps-build ## tests/modules, for the tests: allocations that fail, calls within a probe
	$(MAKE) -C $(KDIR) M=$(CURDIR)/tests/modules modules

demo: deps-demo all ## trace a real packet in a guest and draw it: out/demo/index.html
	scripts/demo $(OUT)/demo

labs: deps-labs all ## what labs/lab needs to run and grade a lab

shell: deps-demo all ## a shell in a guest with both NICs up
	qemu/run

check: check-unit check-roots check-reader check-device check-browser check-guest ## all tests (ten minutes)

check-unit: deps-check all ## unit tests: need nothing
	$(MAKE) -C tests/unit check

check-labs: deps-labs all ## each lab: skeleton, solution and wrong answers, in guests: KERNELS="6.1 6.12 7.2" LABS="13" LABS_TIMES=10
	$(PROVE) --timer --jobs $(JOBS) --exec labs/lib/check $(foreach lab,$(or $(LABS),*),$(wildcard labs/$(lab)-*/lab.conf))

check-roots: deps-check deps-kernels ## what is said where there is no Debian, or nothing to make one of
	$(PROVE) tests/roots

check-reader: deps-check all ## the reader on recorded traces; what of the labs needs no guest
	$(PROVE) --jobs $(JOBS) tests/reader tests/labs

check-browser: deps-browser userspace ## the pictures in headless Chromium, mermaid and speedscope
	$(PROVE) --jobs $(JOBS) tests/browser

check-device: deps-check ## the emulated network card against docs/nic.md, and the driver's tour
	$(PROVE) --jobs $(JOBS) tests/device

check-guest: deps-check all ## driver, tracer and launcher in QEMU guests
	$(PROVE) --timer --jobs $(JOBS) $(GUEST_TESTS)

check-debug: deps-debug all ## the guest tests on a kernel that reports bugs (50 minutes with JOBS=3 on two CPUs; builds it once: 15 minutes)
	scripts/debug-kernel
	scripts/modules debug
	RXPATH_KERNEL=debug RXPATH_TIMEOUT_FACTOR=$${RXPATH_TIMEOUT_FACTOR:-6} $(PROVE) --timer --jobs $(JOBS) tests/debug $(GUEST_TESTS)

fuzz: deps-fuzz userspace ## fuzz the reader: rules, traces, indexes, events; SECONDS=60 each
	nice $(MAKE) -C tests/fuzz fuzz

check-kernels: deps-kernels all ## the guest tests on Debian's 6.1, 6.12 and 7.2
	RXPATH_TESTS="$${RXPATH_TESTS:-$(GUEST_TESTS)}" scripts/check-kernels

check-hosts: ## demo and tests from a fresh clone on Debian 12, 13 and sid, on no Debian, in a container (an hour)
	@scripts/deps hosts
	scripts/check-hosts $(HOSTS)

bench: bench-driver bench-tracer bench-reader ## every bench

bench-driver: deps-bench all ## the driver beside the kernel's e1000, and its goals (ten minutes)
	scripts/bench-driver

bench-tracer: deps-bench all ## what tracing costs, against the kernel's own tracers (five minutes)
	scripts/bench-tracer

bench-reader: deps-check userspace ## the reader's speed beside trace-cmd report's, on 10 million events
	scripts/bench-reader

lint: deps-lint ## compilers' warnings, sparse, checkpatch, shellcheck, clang-format
	scripts/lint $(KDIR)

po: deps-build ## collect the reader's texts for translation into po/*.po
	po/extract

format: deps-lint ## lay the C files out as `make lint` wants them
	scripts/lint --format

install: userspace ## reader, manual pages, completion, translations, docs: DESTDIR=, prefix=
	DESTDIR='$(DESTDIR)' prefix='$(prefix)' scripts/install

uninstall: ## remove what `make install` with the same DESTDIR and prefix has put there
	DESTDIR='$(DESTDIR)' prefix='$(prefix)' scripts/install --uninstall

modules_install: modules ## both modules, for the kernel of KDIR
	$(MAKE) -C $(KDIR) M=$(CURDIR) $(if $(DESTDIR),INSTALL_MOD_PATH='$(DESTDIR)') modules_install

clean: ## remove what was built
	-$(MAKE) -C $(KDIR) M=$(CURDIR) clean
	-$(MAKE) -C $(KDIR) M=$(CURDIR)/tests/modules clean
	$(MAKE) -C userspace clean
	$(MAKE) -C tests/programs clean
	$(MAKE) -C labs/peer clean
	$(MAKE) -C qemu/count clean
	$(MAKE) -C qemu/clock clean
	$(MAKE) -C tests/unit clean
	$(MAKE) -C tests/fuzz clean
	$(RM) -r $(OUT) build

# Where CPUs meet: traffic in both directions, rings that are swapped under it, hooks that come and go.
RACE_TESTS := $(wildcard $(patsubst %,tests/guest/%.t,driver driver-poll driver-xdp driver-features driver-many driver-faults \
	driver-stats driver-sync driver-coalesce trace trace-chain tracer tracer-filter tracer-loss tracer-nic))

check-races: deps-debug all ## the traffic and tracing tests on a kernel that reports data races (builds it once: 15 minutes)
	scripts/debug-kernel --races
	scripts/modules races
	RXPATH_KERNEL=races RXPATH_TIMEOUT_FACTOR=$${RXPATH_TIMEOUT_FACTOR:-8} $(PROVE) --timer --jobs $(JOBS) tests/races $(RACE_TESTS)

deps-%:
	@scripts/deps $*

endif

help: ## this list
	@sed -n 's/^\([a-z][a-z_-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 16

# Every target but those of a pattern: no file is called like one.
.PHONY: $(shell sed -n 's/^\([a-z][a-z_-]*\):.*/\1/p' Makefile)
