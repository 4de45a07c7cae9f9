#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The house: what `make lint` refuses, each broken once in a copy.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
top=$(cd "$here/../.." && pwd -P)
house=$scratch/house

# A copy with its object files, where faults are put in. The driver and the modules are
# built with a kernel's headers, not here: userspace alone.
mkdir -p "$house/scripts" "$scratch/whole"
cp "$top/scripts/arrows" "$house/scripts"
grep -E '^(userspace|share)' "$top/scripts/rooms" > "$house/scripts/rooms"
cp -r "$top/userspace" "$top/include" "$house"
# spoil FILE: keeps it, with its object file, for mend.
spoil() {
	broken=$house/userspace/$1
	cp "$broken" "$scratch/whole/source"
	[ ! -e "${broken%.c}.o" ] || cp "${broken%.c}.o" "$scratch/whole/object"
}
mend() {
	cp "$scratch/whole/source" "$broken"
	[ ! -e "$scratch/whole/object" ] || mv "$scratch/whole/object" "${broken%.c}.o"
}
compile() { (cd "$house/userspace" && cc -c '-D__printf(a,b)=' -I. -w -o "${broken%.c}.o" "$broken"); }
findings() { "$house/scripts/arrows" 2>&1; }

is 'nothing is found in the house as it is' "$(findings)" ''

spoil base/util.c
sed -i '0,/#include "/s//#include "cmd\/cmd.h"\n&/' "$broken"
like 'an include that runs up' "$(findings)" 'userspace/base/util.c: line [0-9]+ includes userspace/cmd/cmd.h: an arrow that runs up, base to cmd'
mend

spoil model/links.c
echo 'int view_is_hop(void); int upward(void) { return view_is_hop(); }' > "$broken"
compile
like 'a declaration of its own does not hide a call' "$(findings)" 'model/links.c: calls view_is_hop of userspace/view/hops.c: an arrow that runs up, model to view'
mend

spoil export/folded.c
echo 'extern int render_svg; int sideways(void) { return render_svg; }' > "$broken"
compile
like 'rooms on one floor do not know each other' "$(findings)" 'export/folded.c: .*: an arrow that runs sideways, export to render'
mend

spoil model/lives.c
echo 'int stages_find(void); int packet_end_of(void) { return stages_find(); }' > "$broken"
compile
like 'a circle of files, with its ways' "$(findings)" 'a circle of 2 files: model/lives.c calls stages_find of userspace/model/stages.c; model/stages.c calls packet_end_of'
mend

spoil model/calls.h
echo '#include "model/select.h"' >> "$broken"
like 'a circle of headers' "$(findings)" 'a circle of [0-9]+ files: model/calls.h line [0-9]+ includes userspace/model/select.h'
mend

spoil trace/input.h
mkdir "$house/driver" && touch "$house/driver/rx.h"
echo '#include "../../driver/rx.h"' >> "$broken"
like 'an arrow to another folder' "$(findings)" 'userspace/trace/input.h: line [0-9]+ includes driver/rx.h: an arrow out of userspace/'
mend

spoil base/hist.c
yes '/* */' | head -n 600 >> "$broken"
like 'a file over 600 lines' "$(findings)" 'userspace/base/hist.c: [0-9]+ lines, at most 600'
mend

mkdir "$house/userspace/attic" && touch "$house/userspace/attic/x.c"
like 'a folder that is no room' "$(findings)" 'userspace/attic/x.c: attic is no room'
rm -r "$house/userspace/attic"

spoil README.md
sed -i '/^## words\//,/^## /{/^## /!d}' "$broken"
like 'a room without its paragraph' "$(findings)" "userspace/README.md: no paragraph under '## words/'"
mend

is 'mended, nothing is found' "$(findings)" ''
find "$house" -name '*.o' -delete
like 'nothing built is nothing seen' "$(findings)" 'userspace: no object file'
ok 'no such option' [ "$("$top/scripts/arrows" --up > "$scratch/usage"; echo $?)" = 2 ]
like 'says how it is called' "$(cat "$scratch/usage")" 'Usage: scripts/arrows'
done_testing
