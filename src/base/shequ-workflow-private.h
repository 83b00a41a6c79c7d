#pragma once

#include "shequ-workflow.h"

G_BEGIN_DECLS

/* A name with its words: an actor, or a need and what is said where it is not met. */
typedef struct
{
  char *id;
  char *text;
} ShequWorkflowNamed;

struct _ShequWorkflow
{
  char *title;
  char *version;
  char *source;
  char **starts;
  GPtrArray *states;
  GPtrArray *actors;
  GPtrArray *needs;
  GPtrArray *actions;
  GPtrArray *limits;
  GPtrArray *rechecks;
};

ShequWorkflowNamed *shequ_workflow_find_named (GPtrArray *list, const char *id);

G_END_DECLS
