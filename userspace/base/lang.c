// SPDX-License-Identifier: GPL-2.0
/*
 * Choosing the language, and looking texts up in it.
 *
 * gettext takes the language from the locale, and translates nothing in the
 * locale C. A container or a guest often has no other locale than C.UTF-8, which
 * newer glibc takes for C, too. So the language is told by LANGUAGE, which gettext
 * heeds in every locale but those, and C.UTF-8 goes by another name. None of it
 * depends on which locales the system has besides.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/lang.h"
#include "base/types.h"

#define CATALOG "zh_CN/LC_MESSAGES/" LANG_DOMAIN ".mo"

static const struct {
	const char *name;
	const char *locale; /* of the catalog, NULL: the texts as they are written */
} langs[] = {
	{ "en", NULL },
	{ "zh", "zh_CN" },
};

/* What a catalog that speaks has a translation of. */
#define PROBE N_("Usage:")

/*
 * Locales in which gettext may translate, until one does. The first is C.UTF-8: of a
 * locale with a territory, glibc takes the language's alone where there is no other, and
 * heeds LANGUAGE, as the name is not C.UTF-8's. The others are for a C library that
 * does not know this.
 */
static const char *const carriers[] = { "C_CN.UTF-8", "C.UTF-8", "zh_CN.UTF-8", "en_US.UTF-8" };

/* An index of langs. */
static size_t chosen;

static int lang_find(const char *name)
{
	size_t i;

	/* As in a locale's name: zh, zh_CN, zh_CN.UTF-8. */
	for (i = 0; i < ARRAY_SIZE(langs); i++) {
		size_t len = strlen(langs[i].name);

		if (!strncmp(name, langs[i].name, len) && !isalpha((u8)name[len]))
			return i;
	}
	return -1;
}

/* The locale that the environment names for a category, installed or not. */
static const char *locale_wanted(const char *category)
{
	const char *const names[] = { "LC_ALL", category, "LANG" };
	const char *locale = NULL;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names) && !(locale && *locale); i++)
		locale = getenv(names[i]);
	return locale && *locale ? locale : "C";
}

/* en_US.UTF-8, de_DE.utf8, and UTF-8 alone, which ssh brings along from macOS. */
static bool names_utf8(const char *locale)
{
	return strcasestr(locale, "UTF-8") || strcasestr(locale, "utf8");
}

/* The language that the environment asks for, as gettext reads it. */
static int lang_wanted(void)
{
	const char *locale = locale_wanted("LC_MESSAGES");
	const char *list = getenv("LANGUAGE");
	int found;

	if (!strcmp(locale, "C") || !strcmp(locale, "POSIX"))
		return 0;
	while (list && *list) {
		found = lang_find(list);
		if (found >= 0)
			return found;
		list += strcspn(list, ":");
		list += *list == ':';
	}
	found = lang_find(locale);
	return found < 0 ? 0 : found;
}

/* Beside the program in the build tree, else where `make install` puts it. */
static void bind_catalog(void)
{
	static const char *const places[] = { "locale", "../share/locale" };
	char exe[4096];
	ssize_t len = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	char *slash;
	size_t i;

	if (len <= 0)
		return;
	exe[len] = '\0';
	slash = strrchr(exe, '/');
	*slash = '\0';
	for (i = 0; i < ARRAY_SIZE(places); i++) {
		char dir[sizeof(exe) + 32];
		char file[sizeof(dir) + sizeof(CATALOG)];

		snprintf(dir, sizeof(dir), "%s/%s", exe, places[i]);
		snprintf(file, sizeof(file), "%s/" CATALOG, dir);
		if (access(file, R_OK))
			continue;
		bindtextdomain(LANG_DOMAIN, dir);
		break;
	}
	bind_textdomain_codeset(LANG_DOMAIN, "UTF-8");
}

/**
 * lang_text - a text in the language that was chosen
 * @text: as it is written in the source
 *
 * Return: its translation, @text where there is none.
 */
const char *lang_text(const char *text)
{
	/* An empty text would be the catalog's own head. */
	return chosen && *text ? dgettext(LANG_DOMAIN, text) : text;
}

/**
 * lang_name - the language that was chosen
 *
 * Return: en or zh.
 */
const char *lang_name(void)
{
	return langs[chosen].name;
}

static bool catalog_speaks(void)
{
	return strcmp(dgettext(LANG_DOMAIN, PROBE), PROBE);
}

/**
 * use_utf8 - can the output hold more than ASCII
 *
 * Return: true in a UTF-8 locale.
 */
bool use_utf8(void)
{
	return !strcmp(nl_langinfo(CODESET), "UTF-8");
}

static void lang_set(size_t lang)
{
	size_t i;

	chosen = lang;
	setenv("LANGUAGE", langs[lang].locale ?: langs[lang].name, 1);
	/* argp looks options up here; and what gettext has found before is forgotten. */
	textdomain(LANG_DOMAIN);
	if (!langs[lang].locale)
		return;
	if (!use_utf8())
		setlocale(LC_CTYPE, "C.UTF-8");
	for (i = 0; i < ARRAY_SIZE(carriers) && !catalog_speaks(); i++)
		setlocale(LC_MESSAGES, carriers[i]);
}

/**
 * lang_use - speak a language from now on
 * @name: en or zh
 *
 * Return: 0, or -1 if there is no such language.
 */
int lang_use(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(langs); i++) {
		if (strcmp(langs[i].name, name))
			continue;
		lang_set(i);
		return 0;
	}
	return -1;
}

/**
 * lang_init - choose by the environment
 */
void lang_init(void)
{
	/* Numbers are for other programs, too: 12.5, never 12,5. */
	setlocale(LC_MESSAGES, "");
	if (!setlocale(LC_CTYPE, "") && names_utf8(locale_wanted("LC_CTYPE")))
		setlocale(LC_CTYPE, "C.UTF-8");
	bind_catalog();
	lang_set(lang_wanted());
}
