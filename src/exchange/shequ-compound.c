#include "shequ-compound.h"

#include "config.h"

#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-input-memory.h>

/* No .xls of 65,536 rows comes near. */
#define MAX_BYTES (G_GUINT64_CONSTANT (512) << 20)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsfInfile, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsfInput, g_object_unref)

static GsfInfile *
open_compound (ShequSheetSource *source)
{
  g_autofree guint8 *bytes = NULL;
  g_autoptr (GsfInput) input = NULL;

  if (source->size > MAX_BYTES)
    return NULL;
  bytes = g_malloc (source->size + 1);
  if (shequ_sheet_source_read (source, 0, bytes, source->size, NULL) != (gssize) source->size)
    return NULL;
  input = gsf_input_memory_new (g_steal_pointer (&bytes), source->size, TRUE);
  return gsf_infile_msole_new (input, NULL);
}

static gboolean
has_child (GsfInfile *compound, const char *name)
{
  g_autoptr (GsfInput) child = gsf_infile_child_by_name (compound, name);

  return child != NULL;
}

/**
 * shequ_compound_find_kind:
 * @source: an OLE2 file
 *
 * Returns: what it holds
 */
ShequCompoundKind
shequ_compound_find_kind (ShequSheetSource *source)
{
  static const struct
  {
    const char *stream;
    ShequCompoundKind kind;
  } kinds[] = {
    { "EncryptedPackage", SHEQU_COMPOUND_ENCRYPTED },
    { "Workbook", SHEQU_COMPOUND_WORKBOOK },
    { "Book", SHEQU_COMPOUND_WORKBOOK },
    { "WordDocument", SHEQU_COMPOUND_WORD },
    { "PowerPoint Document", SHEQU_COMPOUND_PRESENTATION },
  };
  g_autoptr (GsfInfile) compound = open_compound (source);

  for (guint i = 0; compound != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (has_child (compound, kinds[i].stream))
      return kinds[i].kind;
  return SHEQU_COMPOUND_OTHER;
}

/**
 * shequ_compound_open_workbook:
 * @source: an OLE2 file
 *
 * Returns: (transfer full) (nullable): the stream of its workbook
 */
GsfInput *
shequ_compound_open_workbook (ShequSheetSource *source)
{
  g_autoptr (GsfInfile) compound = open_compound (source);
  GsfInput *stream = compound == NULL ? NULL : gsf_infile_child_by_name (compound, "Workbook");

  if (stream == NULL && compound != NULL)
    stream = gsf_infile_child_by_name (compound, "Book");
  return stream;
}
