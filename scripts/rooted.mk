# SPDX-License-Identifier: GPL-2.0
#
# The Makefile's targets where ROOT names a Debian root: they are made in there,
# from a copy of the tree. The guest is started out here, by this machine's QEMU.

all: root-build
	scripts/root --make $(ROOT) $@

demo: root-demo
	scripts/root --make $(ROOT) all
	scripts/demo $(OUT)/demo

shell: root-demo
	scripts/root --make $(ROOT) all
	qemu/run

labs: root-demo
	scripts/root --make $(ROOT) all

clean:
	$(RM) -r $(OUT) build

# A target's own packages are its own matter: it installs them in there.
$(filter-out all demo labs shell clean help,$(shell sed -n 's/^\([a-z][a-z_-]*\):.*/\1/p' Makefile)): root-build
	scripts/root --make $(ROOT) $@

root-%: deps-host
	@scripts/root --install $(ROOT) $(if $(filter demo,$*),build guest,$*)

deps-host:
	@scripts/deps host

.PHONY: deps-host
