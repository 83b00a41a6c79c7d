#pragma once

#include "shequ-engine-private.h"

G_BEGIN_DECLS

#define SHEQU_CHAIN_DIGEST_SIZE 32

/* What of an entry of the change log its digest vouches for. */
typedef struct
{
  const char *moment;
  const char *user;
  const char *role;        /* (nullable) */
  const char *workstation; /* (nullable) */
  gint64 ticks;
  gint64 action;
  const char *reg;
  gint64 key;
  const char *changes; /* (nullable) */
  const char *reason;  /* (nullable) */
} ShequChainContent;

/* The columns of an entry in the order in which shequ_chain_read_content() takes them, number first. */
#define SHEQU_CHAIN_COLUMNS                                                                                  \
  "number, digest, moment, actor, role, workstation, ticks, action, register, record, changes, reason"

/* The last entry, as the database itself keeps it beside the log. */
typedef struct
{
  gint64 number;
  guint8 digest[SHEQU_CHAIN_DIGEST_SIZE];
  gboolean known; /* the log is chained up to here */
} ShequChainHead;

void shequ_chain_read_content (ShequStatement *statement, ShequChainContent *content);
void shequ_chain_digest_content (const ShequChainContent *content,
                                 GByteArray *buffer,
                                 guint8 digest[SHEQU_CHAIN_DIGEST_SIZE]);
/* What stands in an entry in place of what it told of a record that was destroyed: the digest of its content.
 */
char *shequ_chain_write_destroyed (const guint8 content[SHEQU_CHAIN_DIGEST_SIZE]);
gboolean shequ_chain_read_destroyed (const char *changes, guint8 content[SHEQU_CHAIN_DIGEST_SIZE]);
void shequ_chain_link (const guint8 previous[SHEQU_CHAIN_DIGEST_SIZE],
                       const guint8 content[SHEQU_CHAIN_DIGEST_SIZE],
                       guint8 digest[SHEQU_CHAIN_DIGEST_SIZE]);
gboolean shequ_chain_get_digest (ShequStatement *statement,
                                 int column,
                                 guint8 digest[SHEQU_CHAIN_DIGEST_SIZE]);

gboolean shequ_chain_read_head (ShequConnection *connection, ShequChainHead *head, GError **error);
gboolean shequ_chain_hold (ShequConnection *connection, ShequChainHead *head, GError **error);
gboolean shequ_chain_write_head (ShequConnection *connection, const ShequChainHead *head, GError **error);
gboolean shequ_chain_remake (ShequConnection *connection, GError **error);
gboolean shequ_chain_bring_up (ShequStore *store, ShequConnection *connection, GError **error);

/* Looks at every entry; what is wrong goes to problems. */
gboolean shequ_chain_check (ShequConnection *connection, GPtrArray *problems, GError **error);

G_END_DECLS
