#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SHEQU_NAME_MATCH_EXACT: from this score on the name itself was typed, give or take general words. */
#define SHEQU_NAME_MATCH_EXACT 950
/** SHEQU_NAME_MATCH_PART: from this score on all that was typed stands in the name, or the reverse. */
#define SHEQU_NAME_MATCH_PART 450

typedef struct _ShequNameMatch ShequNameMatch;

ShequNameMatch *shequ_name_match_new (const char *text);
void shequ_name_match_free (ShequNameMatch *match);
const char *shequ_name_match_get_text (const ShequNameMatch *match);
const char *shequ_name_match_get_plain (const ShequNameMatch *match);
gboolean shequ_name_match_is_word (const ShequNameMatch *match);
guint shequ_name_match_compare (const ShequNameMatch *typed, const ShequNameMatch *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequNameMatch, shequ_name_match_free)

G_END_DECLS
