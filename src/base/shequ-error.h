#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShequError:
 * @SHEQU_ERROR_INVALID_VALUE: a value does not fit its field; the message names the remedy
 * @SHEQU_ERROR_CATALOGUE: a description is wrong; the message names file, group and key
 * @SHEQU_ERROR_ARGUMENT: the words of a call are off
 * @SHEQU_ERROR_PERMISSION: not signed in, or not permitted
 * @SHEQU_ERROR_NOT_FOUND: no such register, record, kind or file
 * @SHEQU_ERROR_UNREADABLE: the input cannot be read
 * @SHEQU_ERROR_CONFLICT: somebody else changed the record since it was read
 * @SHEQU_ERROR_DUPLICATE: a value that must be unique stands in another record
 * @SHEQU_ERROR_CONSTRAINT: another rule of the register forbids the change
 * @SHEQU_ERROR_DAMAGED: the database is damaged or is no database of Shequ
 * @SHEQU_ERROR_NEWER: the database was written by a newer Shequ
 * @SHEQU_ERROR_LOCKED: the database is locked by another program
 * @SHEQU_ERROR_FULL: the disk is full
 * @SHEQU_ERROR_UNREACHABLE: the database cannot be opened or written
 * @SHEQU_ERROR_DONE: this very operation was stored before; nothing was done twice
 * @SHEQU_ERROR_INTERNAL: a fault of the program itself
 *
 * What can go wrong anywhere in Shequ. Every message is written for the person at the desk and is
 * translated: what happened, what was kept, what to do. Cancelling is %G_IO_ERROR_CANCELLED.
 */
typedef enum
{
  SHEQU_ERROR_INVALID_VALUE,
  SHEQU_ERROR_CATALOGUE,
  SHEQU_ERROR_ARGUMENT,
  SHEQU_ERROR_PERMISSION,
  SHEQU_ERROR_NOT_FOUND,
  SHEQU_ERROR_UNREADABLE,
  SHEQU_ERROR_CONFLICT,
  SHEQU_ERROR_DUPLICATE,
  SHEQU_ERROR_CONSTRAINT,
  SHEQU_ERROR_DAMAGED,
  SHEQU_ERROR_NEWER,
  SHEQU_ERROR_LOCKED,
  SHEQU_ERROR_FULL,
  SHEQU_ERROR_UNREACHABLE,
  SHEQU_ERROR_DONE,
  SHEQU_ERROR_INTERNAL,
} ShequError;

#define SHEQU_ERROR (shequ_error_quark ())

GQuark shequ_error_quark (void);

G_END_DECLS
