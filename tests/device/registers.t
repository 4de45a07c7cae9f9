#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Each register that the driver touches has the datasheet's name and section.
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/../tap.sh"
cd "$(dirname "$0")/../.." || exit

# The registers of regs.h, each with the comment over its paragraph.
registers() {
	perl -ne '$comment = "" if /^$/; $comment = $_ if m{^/\*};
		print "$1\t$comment" if /^#define (RXE_\w+(?:\(n\))?)\s+\(?0x[0-9a-f]{4}(\s*$| \+)/' driver/regs.h
}
ok 'there are registers' [ "$(registers | wc -l)" -gt 30 ]
is 'each has its section' "$(registers | grep -vP '\t/\* \d+\.\d+')" ''
is 'every access names one' \
	"$(grep -nE '\brxe_(read|write)\([^,]+, *[^R ]' driver/*.c | grep -vE 'rxe_dump_regs\[i\]|\breg\b')" ''
is 'no access but by rxe_read() and rxe_write()' \
	"$(grep -nE '\b(readl|writel|ioread32|iowrite32|readl_relaxed|writel_relaxed)\(' driver/*.[ch] |
		grep -vE 'hw\.h:.*hw->regs \+ reg|/\*.*(readl|writel)\(\).*\*/|^[^:]*:[0-9]+:[[:space:]]*\*')" ''
done_testing
