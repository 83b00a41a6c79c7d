#pragma once

#include <adwaita.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequPageActions:
 *
 * What a page can do just now; the window makes its actions sensitive by it.
 */
typedef enum
{
  SHEQU_PAGE_NOTHING = 0,
  SHEQU_PAGE_CAN_FIND = 1 << 0,
  SHEQU_PAGE_CAN_CREATE = 1 << 1,
  SHEQU_PAGE_CAN_EDIT = 1 << 2,
  SHEQU_PAGE_CAN_SAVE = 1 << 3,
  SHEQU_PAGE_CAN_DELETE = 1 << 4,
  SHEQU_PAGE_CAN_EXPORT = 1 << 5,
  SHEQU_PAGE_CAN_PRINT = 1 << 6,
  SHEQU_PAGE_CAN_VISIT = 1 << 7,
} ShequPageActions;

#define SHEQU_TYPE_PAGE (shequ_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (ShequPage, shequ_page, SHEQU, PAGE, AdwBin)

/**
 * ShequPageClass:
 * @shown: each time the page comes to the front
 * @perform: one of the actions that the page has announced by shequ_page_set_actions()
 * @open_record: shows a record; %FALSE when the page does not show such records
 * @show_records: lists the records of a register that a condition names; %FALSE when it cannot
 * @create_record: starts a record that links to one shown elsewhere; %FALSE when the page makes no such
 * records
 * @open_file: takes a file that was handed to the program; %FALSE when it cannot just now
 * @has_unsaved: whether something typed would be lost with the page
 *
 * All hooks may be left out.
 */
struct _ShequPageClass
{
  AdwBinClass parent_class;

  void (*shown) (ShequPage *self);
  void (*perform) (ShequPage *self, ShequPageActions action);
  gboolean (*open_record) (ShequPage *self, const ShequRegister *reg, gint64 key);
  gboolean (*show_records) (ShequPage *self, const ShequRegister *reg, const char *condition);
  gboolean (*create_record) (ShequPage *self, const ShequField *link, gint64 key);
  gboolean (*open_file) (ShequPage *self, const char *path);
  gboolean (*has_unsaved) (ShequPage *self);
};

ShequOffice *shequ_page_get_office (ShequPage *self);
ShequPageActions shequ_page_get_actions (ShequPage *self);
void shequ_page_set_actions (ShequPage *self, ShequPageActions actions);

void shequ_page_shown (ShequPage *self);
void shequ_page_perform (ShequPage *self, ShequPageActions action);
gboolean shequ_page_open_record (ShequPage *self, const ShequRegister *reg, gint64 key);
gboolean shequ_page_show_records (ShequPage *self, const ShequRegister *reg, const char *condition);
gboolean shequ_page_create_record (ShequPage *self, const ShequField *link, gint64 key);
gboolean shequ_page_open_file (ShequPage *self, const char *path);
gboolean shequ_page_has_unsaved (ShequPage *self);

G_END_DECLS
