/*
 * Pieces of a sealed file: four bytes of length, the sealed piece. The context of each tells the file, its
 * number and whether it is the last one, so that only the whole file in its order can be opened.
 */
#include "shequ-sealed-stream.h"

#include "shequ-cipher.h"
#include "shequ-error.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PIECE_SIZE ((gsize) 256 * 1024)
#define LENGTH_SIZE 4
#define SEALED_SIZE (LENGTH_SIZE + PIECE_SIZE + SHEQU_CIPHER_OVERHEAD)

struct _ShequSealedOutput
{
  GFilterOutputStream parent_instance;
  ShequCipher *cipher;
  char *context;
  guint64 number;
  gsize filled;
  guint8 *plain;  /* PIECE_SIZE */
  guint8 *sealed; /* SEALED_SIZE */
};

struct _ShequSealedInput
{
  GFilterInputStream parent_instance;
  ShequCipher *cipher;
  char *context;
  guint64 number;
  gsize filled, taken;
  gboolean ended;
  guint8 *plain;  /* PIECE_SIZE */
  guint8 *sealed; /* SEALED_SIZE */
};

G_DEFINE_TYPE (ShequSealedOutput, shequ_sealed_output, G_TYPE_FILTER_OUTPUT_STREAM)
G_DEFINE_TYPE (ShequSealedInput, shequ_sealed_input, G_TYPE_FILTER_INPUT_STREAM)

static char *
describe_piece (const char *context, guint64 number, gboolean last)
{
  return g_strdup_printf ("%s:%" G_GUINT64_FORMAT ":%s", context, number, last ? "last" : "more");
}

static gboolean
write_piece (ShequSealedOutput *self, gboolean last, GCancellable *cancellable, GError **error)
{
  g_autofree char *context = describe_piece (self->context, self->number++, last);
  guint32 length = GUINT32_TO_LE (self->filled);

  memcpy (self->sealed, &length, LENGTH_SIZE);
  shequ_cipher_seal (self->cipher, self->plain, self->filled, context, self->sealed + LENGTH_SIZE);
  length = LENGTH_SIZE + self->filled + SHEQU_CIPHER_OVERHEAD;
  self->filled = 0;
  return g_output_stream_write_all (G_FILTER_OUTPUT_STREAM (self)->base_stream, self->sealed, length, NULL,
                                    cancellable, error);
}

static gssize
sealed_output_write (GOutputStream *stream,
                     const void *bytes,
                     gsize length,
                     GCancellable *cancellable,
                     GError **error)
{
  ShequSealedOutput *self = SHEQU_SEALED_OUTPUT (stream);
  gsize taken;

  /* The last piece is written when the stream is closed, so that it is known to be the last. */
  if (self->filled == PIECE_SIZE && !write_piece (self, FALSE, cancellable, error))
    return -1;
  taken = MIN (length, PIECE_SIZE - self->filled);
  memcpy (self->plain + self->filled, bytes, taken);
  self->filled += taken;
  return (gssize) taken;
}

static gboolean
sealed_output_close (GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  ShequSealedOutput *self = SHEQU_SEALED_OUTPUT (stream);

  return write_piece (self, TRUE, cancellable, error) &&
         G_OUTPUT_STREAM_CLASS (shequ_sealed_output_parent_class)->close_fn (stream, cancellable, error);
}

static void
shequ_sealed_output_finalize (GObject *object)
{
  ShequSealedOutput *self = SHEQU_SEALED_OUTPUT (object);

  explicit_bzero (self->plain, PIECE_SIZE);
  g_free (self->plain);
  g_free (self->sealed);
  g_clear_pointer (&self->cipher, shequ_cipher_free);
  g_free (self->context);
  G_OBJECT_CLASS (shequ_sealed_output_parent_class)->finalize (object);
}

static void
shequ_sealed_output_class_init (ShequSealedOutputClass *class)
{
  G_OBJECT_CLASS (class)->finalize = shequ_sealed_output_finalize;
  G_OUTPUT_STREAM_CLASS (class)->write_fn = sealed_output_write;
  G_OUTPUT_STREAM_CLASS (class)->close_fn = sealed_output_close;
}

static void
shequ_sealed_output_init (ShequSealedOutput *self)
{
  self->plain = g_malloc (PIECE_SIZE);
  self->sealed = g_malloc (SEALED_SIZE);
}

/**
 * shequ_sealed_output_new:
 * @base: where the sealed pieces go
 * @key: as shequ_cipher_new() wants it, of this file alone
 * @context: which file it is
 *
 * What was written is whole only after g_output_stream_close().
 *
 * Returns: (transfer full): a stream
 */
GOutputStream *
shequ_sealed_output_new (GOutputStream *base, const ShequSecret *key, const char *context)
{
  ShequSealedOutput *self = g_object_new (SHEQU_TYPE_SEALED_OUTPUT, "base-stream", base, NULL);

  self->cipher = shequ_cipher_new (key);
  self->context = g_strdup (context);
  return G_OUTPUT_STREAM (self);
}

static gboolean
set_damaged (GError **error)
{
  g_set_error_literal (
    error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED,
    _ ("The file is damaged or ends too early; nothing of it was used. Take another copy"));
  return FALSE;
}

static gboolean
read_bytes (ShequSealedInput *self, void *bytes, gsize length, GCancellable *cancellable, GError **error)
{
  gsize n_read;

  if (!g_input_stream_read_all (G_FILTER_INPUT_STREAM (self)->base_stream, bytes, length, &n_read,
                                cancellable, error))
    return FALSE;
  return n_read == length || set_damaged (error);
}

/* Nothing may follow the last piece. */
static gboolean
check_end (ShequSealedInput *self, GCancellable *cancellable, GError **error)
{
  char more;
  gssize n_read =
    g_input_stream_read (G_FILTER_INPUT_STREAM (self)->base_stream, &more, 1, cancellable, error);

  return n_read == 0 || (n_read > 0 && set_damaged (error));
}

static gboolean
open_piece (ShequSealedInput *self, gsize length, gboolean last)
{
  g_autofree char *context = describe_piece (self->context, self->number, last);

  return shequ_cipher_open (self->cipher, self->sealed, length + SHEQU_CIPHER_OVERHEAD, context, self->plain,
                            NULL);
}

static gboolean
read_piece (ShequSealedInput *self, GCancellable *cancellable, GError **error)
{
  guint32 length;

  if (!read_bytes (self, &length, sizeof length, cancellable, error))
    return FALSE;
  length = GUINT32_FROM_LE (length);
  if (length > PIECE_SIZE)
    return set_damaged (error);
  if (!read_bytes (self, self->sealed, length + SHEQU_CIPHER_OVERHEAD, cancellable, error))
    return FALSE;
  if (!open_piece (self, length, FALSE))
    {
      if (!open_piece (self, length, TRUE))
        return set_damaged (error);
      if (!check_end (self, cancellable, error))
        return FALSE;
      self->ended = TRUE;
    }
  self->number++;
  self->filled = length;
  self->taken = 0;
  return TRUE;
}

static gssize
sealed_input_read (GInputStream *stream, void *bytes, gsize length, GCancellable *cancellable, GError **error)
{
  ShequSealedInput *self = SHEQU_SEALED_INPUT (stream);
  gsize taken;

  while (self->taken == self->filled)
    {
      if (self->ended)
        return 0;
      if (!read_piece (self, cancellable, error))
        return -1;
    }
  taken = MIN (length, self->filled - self->taken);
  memcpy (bytes, self->plain + self->taken, taken);
  self->taken += taken;
  return (gssize) taken;
}

static void
shequ_sealed_input_finalize (GObject *object)
{
  ShequSealedInput *self = SHEQU_SEALED_INPUT (object);

  explicit_bzero (self->plain, PIECE_SIZE);
  g_free (self->plain);
  g_free (self->sealed);
  g_clear_pointer (&self->cipher, shequ_cipher_free);
  g_free (self->context);
  G_OBJECT_CLASS (shequ_sealed_input_parent_class)->finalize (object);
}

static void
shequ_sealed_input_class_init (ShequSealedInputClass *class)
{
  G_OBJECT_CLASS (class)->finalize = shequ_sealed_input_finalize;
  G_INPUT_STREAM_CLASS (class)->read_fn = sealed_input_read;
}

static void
shequ_sealed_input_init (ShequSealedInput *self)
{
  self->plain = g_malloc (PIECE_SIZE);
  self->sealed = g_malloc (SEALED_SIZE);
}

/**
 * shequ_sealed_input_new:
 * @base: where the sealed pieces come from
 * @key: as they were sealed with
 * @context: which file it is
 *
 * Reading fails with %SHEQU_ERROR_DAMAGED before a byte that was not sealed is given out. Only who reads to
 * the end knows that the file is whole.
 *
 * Returns: (transfer full): a stream
 */
GInputStream *
shequ_sealed_input_new (GInputStream *base, const ShequSecret *key, const char *context)
{
  ShequSealedInput *self = g_object_new (SHEQU_TYPE_SEALED_INPUT, "base-stream", base, NULL);

  self->cipher = shequ_cipher_new (key);
  self->context = g_strdup (context);
  return G_INPUT_STREAM (self);
}
