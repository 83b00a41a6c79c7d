#pragma once

#include <glib.h>

#include "shequ-condition.h"
#include "shequ-paper-forms.h"
#include "shequ-value.h"

G_BEGIN_DECLS

/* With what the names begin that an office gives. */
#define SHEQU_OWN_PREFIX "own_"

typedef struct _ShequCatalogue ShequCatalogue;
typedef struct _ShequRegister ShequRegister;
typedef struct _ShequField ShequField;
typedef struct _ShequCodeList ShequCodeList;
typedef struct _ShequBehaviour ShequBehaviour;

typedef enum
{
  SHEQU_FIELD_TEXT,
  SHEQU_FIELD_LONG_TEXT,
  SHEQU_FIELD_INTEGER,
  SHEQU_FIELD_MONEY,
  SHEQU_FIELD_DATE,
  SHEQU_FIELD_TIME,
  SHEQU_FIELD_MOMENT,
  SHEQU_FIELD_YES_NO,
  SHEQU_FIELD_CODE,
  SHEQU_FIELD_LINK,
  SHEQU_FIELD_ID_NUMBER,
  SHEQU_FIELD_CREDIT_CODE,
  SHEQU_FIELD_PHONE,
  SHEQU_FIELD_PICTURE,
  SHEQU_FIELD_COMPUTED,
} ShequFieldKind;

typedef enum
{
  SHEQU_SEARCH_NONE,
  SHEQU_SEARCH_EXACT,
  SHEQU_SEARCH_PART,
  SHEQU_SEARCH_PINYIN,  /* names of people and bodies */
  SHEQU_SEARCH_ADDRESS, /* estates, buildings, stairwells, rooms */
  SHEQU_SEARCH_TAIL,    /* whole and last digits */
  SHEQU_SEARCH_LINKED,  /* a link: whatever finds the linked record finds this one */
} ShequSearchKind;

typedef enum
{
  SHEQU_ON_DELETE_KEEP,
  SHEQU_ON_DELETE_CLEAR,
  SHEQU_ON_DELETE_REFUSE,
} ShequOnDelete;

/* What a register is about: by this rights are given, not register by register. The first is what one is that
 * does not say: the one that is guarded most. */
typedef enum
{
  SHEQU_REGISTER_PEOPLE,
  SHEQU_REGISTER_PLACES,
  SHEQU_REGISTER_ORGANISATION,
  SHEQU_REGISTER_WORK,
  SHEQU_REGISTER_MATTERS,
  SHEQU_REGISTER_LISTS,
  SHEQU_REGISTER_ACCOUNTS,
  SHEQU_REGISTER_LOG,
  SHEQU_N_REGISTER_CLASSES,
} ShequRegisterClass;

/* What an office works at, `A` to `O` in descriptions; the headings of the page of all registers. */
typedef enum
{
  SHEQU_AREA_NONE,
  SHEQU_AREA_NETWORK,
  SHEQU_AREA_RESIDENTS,
  SHEQU_AREA_DATA,
  SHEQU_AREA_ADMISSION,
  SHEQU_AREA_CERTIFICATES,
  SHEQU_AREA_CHECKS,
  SHEQU_AREA_REQUESTS,
  SHEQU_AREA_VOLUNTEERS,
  SHEQU_AREA_STAFF,
  SHEQU_AREA_MONEY,
  SHEQU_AREA_PREMISES,
  SHEQU_AREA_SATISFACTION,
  SHEQU_AREA_SELF_GOVERNMENT,
  SHEQU_AREA_LEVELS,
  SHEQU_AREA_INSPECTION,
  SHEQU_N_AREAS,
} ShequArea;

/* Levels of organisation; a record belongs to a unit of its register's level. */
typedef enum
{
  SHEQU_LEVEL_NONE,
  SHEQU_LEVEL_DISTRICT,
  SHEQU_LEVEL_STREET,
  SHEQU_LEVEL_COMMUNITY,
} ShequLevel;

typedef struct
{
  char *code;
  char *label;  /* as a person reads it, in the person's language */
  char *parent; /* (nullable): the code of the group */
  /*< private >*/
  char *shipped;   /* (nullable): the label before shequ_code_list_rename() */
  char *check;     /* (nullable): `number` when a number under this code has a check digit */
  GRegex *pattern; /* (nullable): what a number under this code looks like */
} ShequCode;

struct _ShequCodeList
{
  char *name;
  GPtrArray *codes; /* of ShequCode, in the order of the standard */
  /*< private >*/
  GHashTable *by_code;
  GHashTable *by_spelling; /* labels, short forms, aliases */
};

typedef enum
{
  SHEQU_COMPUTE_COUNT, /* count(register where COND) */
  SHEQU_COMPUTE_SUM,   /* sum(register.field where COND) */
  SHEQU_COMPUTE_FIRST, /* first(register.field where COND): of the oldest record */
  SHEQU_COMPUTE_AGE,   /* age(date field) in full years today */
  SHEQU_COMPUTE_LIST,  /* list(register.field where COND): what the records name, each once, joined by 、 */
} ShequComputeType;

/* `Compute=` of a computed field: a live query, never stored. */
typedef struct
{
  ShequComputeType type;
  char *source_name; /* (nullable): the register that is counted or summed */
  const ShequRegister *source;
  char *field;           /* (nullable): what is summed or listed, or the date of an age */
  ShequCondition *where; /* (nullable): `this` is the record itself */
  gint64 divide;         /* 1, or what the result is divided by */
} ShequCompute;

/**
 * ShequField:
 *
 * A field as its description says it; read only.
 */
struct _ShequField
{
  char *name;
  char *label;
  guint index; /* its place in a row */
  ShequFieldKind kind;
  const ShequRegister *owner;
  char **synonyms;    /* (nullable): headers seen in spreadsheets, besides the labels */
  char *group;        /* (nullable): the group of the form */
  char *help;         /* (nullable) */
  char *unit;         /* (nullable): of measure, shown in heads */
  char *default_text; /* (nullable): literal, `today`, `current_user` */
  char *not_after;    /* (nullable): `today` or the name of a date field */
  char *not_before;   /* (nullable) */
  char *to;           /* (nullable): name of the linked register */
  char *document;     /* (nullable): of an ID number: the code field that names the kind of document */
  const ShequField *differs_from;   /* (nullable): the field that may not hold the same */
  const ShequField *not_derived_by; /* (nullable): of the target: says from what its records follow */
  const ShequRegister *target;
  const ShequField *document_field;
  char *tells; /* (nullable): the field of which it would tell what is masked */
  const ShequField *tells_field;
  ShequOnDelete on_delete;
  gboolean create; /* an import makes the linked record when there is none */
  gboolean child;  /* the record is a line of the linked one, on whose page it is entered */
  gboolean required;
  gboolean unique;
  const ShequField *unique_unless; /* (nullable): yes in a record that may share the value all the same */
  gboolean history;                /* a change of it makes a dated version of the record */
  gboolean no_cycle;               /* a link to its own register whose chain may not lead back */
  gboolean read_only;              /* set by the program, shown but not typed */
  gboolean hidden;                 /* neither in forms nor in imports */
  gboolean listed;                 /* in the first list without being named there */
  gboolean has_at_least;
  gboolean has_at_most;
  gint64 at_least;
  gint64 at_most; /* for texts: the number of characters */
  guint sensitivity;
  gboolean sealed; /* a short text that is sealed in a protected office: see shequ_field_is_sealed() */
  ShequSearchKind search;
  ShequCodeList *codes;          /* (nullable) */
  ShequCompute *compute;         /* (nullable) */
  ShequCondition *required_when; /* (nullable) */
  ShequCondition *shown_when;    /* (nullable) */
  ShequCondition *locked_when;   /* (nullable): of the record as it is stored */
  char *series;       /* (nullable): how the next number is written, with {number} and perhaps {year} */
  char *default_from; /* (nullable): link.field, from which a new record that says nothing takes it */
  const ShequField *default_link;   /* (nullable): the link of @default_from */
  const ShequField *default_source; /* (nullable): the field of its target */
  /*< private >*/
  char *code_list;
  char *compute_text;
  char *differs_from_name;
  char *not_derived_name;
  char *unique_unless_name;
};

typedef struct
{
  char *name;
  char *label;
  char *help;
} ShequGroup;

typedef struct
{
  const ShequField *field;
  gboolean descending;
} ShequSort;

/* A list of a register: `[List default]` and the saved ones. */
typedef struct
{
  char *name;
  char *label;
  GPtrArray *columns;    /* of const ShequField */
  GArray *sort;          /* of ShequSort */
  GPtrArray *filters;    /* of const ShequField */
  ShequCondition *where; /* (nullable) */
  /*< private >*/
  char **column_names;
  char **sort_names;
  char **filter_names;
} ShequList;

/* `[Reminder NAME]`: what Today says of a record when a date comes near. */
typedef struct
{
  char *name;
  const ShequField *date;
  GArray *days; /* of int: negative before, positive after the date */
  gboolean working_days;
  ShequCondition *when; /* (nullable): only while it holds */
  char *text;           /* with {field} */
  /*< private >*/
  char *date_name;
  char **before;
  char **after;
} ShequReminder;

/* One side of a check: numbers added up. */
typedef struct
{
  gint64 factor;
  const ShequField *field; /* (nullable): of a plain number */
  /*< private >*/
  char *name; /* (nullable) */
} ShequTerm;

/* `[Check NAME]`: two sums of a record that belong together. */
typedef struct
{
  char *name;
  GArray *sides[2]; /* of ShequTerm, left and right */
  guint compare;    /* private to shequ-row-check.c */
  gboolean money;
  gboolean warning;     /* it is said, and the record is kept all the same */
  ShequCondition *when; /* (nullable): only while it holds */
  char *text;           /* with {field} */
  /*< private >*/
  char *rule;
  int severity;
} ShequCheck;

/* `[Paper NAME]`: a paper that is written from a record. */
typedef struct
{
  ShequPaperForm form;
  char *label;          /* of the button that writes it */
  ShequCondition *when; /* (nullable): only while it holds */
} ShequRecordPaper;

struct _ShequRegister
{
  char *name;
  char *label;
  char *file; /* where the description stands, for messages */
  char *page; /* (nullable): the subject of the sidebar */
  char *title;
  char *detail;               /* (nullable) */
  char *icon;                 /* (nullable) */
  char *help;                 /* (nullable): what belongs into it */
  ShequArea area;             /* the heading under which it is offered */
  ShequLevel level;           /* when not NONE, each record has the field `unit` */
  ShequRegisterClass subject; /* by which rights are given */
  guint sensitivity;
  gboolean fixed;       /* records are made by the program or an import of whole tables only */
  GPtrArray *fields;    /* of ShequField */
  GPtrArray *groups;    /* of ShequGroup */
  GPtrArray *lists;     /* of ShequList; the first is the default */
  GPtrArray *reminders; /* of ShequReminder */
  GPtrArray *checks;    /* of ShequCheck */
  GPtrArray *papers;    /* of ShequRecordPaper */
  GPtrArray
    *identity; /* of GPtrArray of const ShequField: what tells one record from another in a spreadsheet */
  GPtrArray *weak_identity; /* the same, for rows that have none of @identity whole */
  GPtrArray *unique_with;   /* of const ShequField; empty: those of which no two records share all values */
  GPtrArray *one_of;        /* of const ShequField; empty: those of which exactly one is filled in */
  gboolean has_history;     /* records have dated versions: a field says `History=true` */
  gboolean begins_when_entered;    /* a new record has its first version from the day it is entered */
  const ShequField *since_field;   /* (nullable): the date before which there can be no version */
  const ShequBehaviour *behaviour; /* (nullable) */
  const ShequField *period_start; /* (nullable): the dates between which a record holds, both days included */
  const ShequField *period_end;   /* (nullable): set when @period_start is */
  ShequCondition *restricted_when; /* (nullable): records that lists, exports and counts leave out */
  ShequCondition *choose;          /* (nullable): records that are offered where a link is chosen */
  const ShequCatalogue *catalogue; /* to which it belongs */
  /*< private >*/
  gboolean extends; /* while it is loaded: its fields are to become those of another register */
  char **period_names;
  char **unique_names;
  char **one_of_names;
  GHashTable *origins; /* (nullable): group -> file, of what another file added */
  char *since;
  GHashTable *by_name;
  char **identity_names;
  char **weak_names;
  char *behaviour_name;
  gboolean resolved;
};

/* A description that an office has made. */
typedef struct
{
  char *name; /* as the messages call it */
  char *text;
  char *problem; /* (nullable): why it was left out */
} ShequDescription;

/* Whether a catalogue may be used as it is. */
typedef gboolean (*ShequCatalogueCheck) (const ShequCatalogue *catalogue, gpointer user_data, GError **error);

ShequDescription *shequ_description_new (const char *name, const char *text);
void shequ_description_free (ShequDescription *description);

ShequCatalogue *shequ_catalogue_new (void);
ShequCatalogue *shequ_catalogue_new_shipped (GError **error);
gboolean shequ_catalogue_add_text (ShequCatalogue *catalogue,
                                   const char *file,
                                   const char *text,
                                   GError **error);
gboolean shequ_catalogue_resolve (ShequCatalogue *catalogue, GError **error);
ShequCatalogue *shequ_catalogue_extend (ShequCatalogue *base,
                                        GPtrArray *descriptions,
                                        ShequCatalogueCheck check,
                                        gpointer user_data);
ShequCatalogue *shequ_catalogue_ref (ShequCatalogue *catalogue);
void shequ_catalogue_unref (ShequCatalogue *catalogue);
const ShequRegister *shequ_catalogue_lookup (const ShequCatalogue *catalogue, const char *name);
const GPtrArray *shequ_catalogue_get_registers (const ShequCatalogue *catalogue);
char *shequ_catalogue_describe_keys (void);

const ShequField *shequ_register_lookup (const ShequRegister *reg, const char *name);
const ShequField *shequ_register_require (const ShequRegister *reg, const char *name, GError **error);
ShequList *shequ_list_new (const ShequRegister *reg,
                           const char *name,
                           const char *columns,
                           const char *sort,
                           const char *condition,
                           GError **error);
ShequList *shequ_list_copy (const ShequList *list);
char *shequ_list_write_columns (const ShequList *list);
char *shequ_list_write_sort (const ShequList *list);
void shequ_list_free (ShequList *list);
const ShequList *shequ_register_get_list (const ShequRegister *reg, const char *name);
gboolean shequ_register_computes_from (const ShequRegister *reg, const char *other);
GPtrArray *shequ_register_get_referrers (const ShequCatalogue *catalogue, const ShequRegister *reg);

const char *shequ_area_get_label (ShequArea area);

gboolean shequ_field_is_stored (const ShequField *field);
gboolean shequ_field_is_integer (const ShequField *field);
gboolean shequ_field_is_in_title (const ShequField *field);
const char *shequ_field_kind_get_name (ShequFieldKind kind);

const ShequCode *shequ_code_list_lookup (const ShequCodeList *list, const char *code);
void shequ_code_list_rename (ShequCodeList *list, const char *code, const char *label);
const ShequCode *shequ_code_list_recognise (const ShequCodeList *list, const char *typed);

const ShequField *shequ_condition_find_link (const ShequCondition *condition,
                                             const ShequRegister *reg,
                                             GError **error);
gboolean shequ_condition_bind (ShequCondition *condition, const ShequRegister *reg, GError **error);
gboolean shequ_field_answers_to (const ShequField *field, const char *header);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequCatalogue, shequ_catalogue_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequDescription, shequ_description_free)

G_END_DECLS
