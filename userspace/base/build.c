// SPDX-License-Identifier: GPL-2.0
/*
 * Which build of the program this is, by the note that the linker leaves: what one build
 * has written for itself another one need not understand.
 */
#define _GNU_SOURCE
#include <link.h>
#include <string.h>

#include "base/build.h"

#define OWNER "GNU"
#define ALIGN4(n) (((n) + 3) & ~(size_t)3)

/**
 * hash_bytes - continue a hash (FNV-1a)
 * @hash: so far, 0 at the beginning
 * @data: what to add
 * @size: bytes
 *
 * Return: the hash.
 */
u64 hash_bytes(u64 hash, const void *data, size_t size)
{
	const u8 *at = data;

	hash = hash ?: 0xcbf29ce484222325ULL;
	while (size--)
		hash = (hash ^ *at++) * 0x100000001b3ULL;
	return hash;
}

static u64 hash_note(const char *at, size_t size)
{
	while (size >= sizeof(ElfW(Nhdr))) {
		const ElfW(Nhdr) *note = (const void *)at;
		size_t name = ALIGN4(note->n_namesz);
		size_t whole = sizeof(*note) + name + ALIGN4(note->n_descsz);

		if (whole > size)
			break;
		if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == sizeof(OWNER) &&
		    !memcmp(note + 1, OWNER, sizeof(OWNER)))
			return hash_bytes(0, (const char *)(note + 1) + name, note->n_descsz);
		at += whole;
		size -= whole;
	}
	return 0;
}

static int on_object(struct dl_phdr_info *info, size_t size, void *data)
{
	u64 *id = data;
	int i;

	(void)size;
	for (i = 0; i < info->dlpi_phnum && !*id; i++) {
		const ElfW(Phdr) *part = &info->dlpi_phdr[i];

		if (part->p_type == PT_NOTE)
			*id = hash_note((const char *)(info->dlpi_addr + part->p_vaddr),
					part->p_memsz);
	}
	/* The first object is the program, the others are its libraries. */
	return 1;
}

/**
 * build_id - the build of the program that runs
 *
 * Return: a number that another build has not; 0 where the linker left none.
 */
u64 build_id(void)
{
	u64 id = 0;

	dl_iterate_phdr(on_object, &id);
	return id;
}
