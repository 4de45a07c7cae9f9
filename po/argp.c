// SPDX-License-Identifier: GPL-2.0
/*
 * What argp itself says in a help text, for po/extract alone: argp looks its
 * words up among ours.
 */
N_("Usage:")
N_("  or: ")
N_(" [OPTION...]")
N_("[OPTION...]")
N_("Give this help list")
N_("Give a short usage message")
N_("Print program version")
N_("Try `%s --help' or `%s --usage' for more information.\n")
N_("Mandatory or optional arguments to long options are also mandatory or optional for any corresponding short options.")
