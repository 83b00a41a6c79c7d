#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/* Sunday, 22 November 2026, 10:00 in Shanghai. */
#define FIXTURE_TODAY "2026-11-22"

/* A community office on a real store, in a folder of its own or on the server, on a day of our choice. */
typedef struct
{
  char *folder;
  char *uri;
  GPtrArray *addresses; /* of databases on the server of the test run */
  ShequCatalogue *catalogue;
  ShequOffice *office;
  gint64 now;
} ModelFixture;

char *model_fixture_new_uri (ModelFixture *fixture, const char *name);
void model_fixture_set_up (ModelFixture *fixture, gconstpointer data);
/* As the program does at its next start. */
void model_fixture_reopen (ModelFixture *fixture);
void model_fixture_tear_down (ModelFixture *fixture, gconstpointer data);
void model_fixture_set_day (ModelFixture *fixture, const char *day);

/* A new record from names and texts in turn, ended by NULL; links are given by their keys. */
gint64 model_fixture_add (ModelFixture *fixture, const char *reg, ...) G_GNUC_NULL_TERMINATED;
ShequRow *model_fixture_get (ModelFixture *fixture, const char *reg, gint64 key);
char *model_fixture_key (gint64 key);

/* Runs the main loop until the callback was called. */
void model_fixture_take_result (GObject *source, GAsyncResult *result, gpointer user_data);
GAsyncResult *model_fixture_wait (GAsyncResult **result);

typedef gboolean (*ModelFixtureCondition) (gpointer data);
void model_fixture_wait_until (ModelFixtureCondition condition, gpointer data);
void model_fixture_settle (void);

G_END_DECLS
