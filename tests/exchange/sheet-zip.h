#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <glib.h>
#include <string.h>

/* Zip files made in memory, of odd but possible content that no program at hand writes. */
typedef struct
{
  struct archive *archive;
  GByteArray *bytes;
} SheetZip;

static inline la_ssize_t
sheet_zip_write (struct archive *archive, void *data, const void *buffer, size_t length)
{
  g_byte_array_append (data, buffer, length);
  return length;
}

static inline SheetZip *
sheet_zip_new_encrypted (const char *passphrase)
{
  SheetZip *zip = g_new0 (SheetZip, 1);

  zip->bytes = g_byte_array_new ();
  zip->archive = archive_write_new ();
  archive_write_set_format_zip (zip->archive);
  archive_write_set_bytes_in_last_block (zip->archive, 1);
  if (passphrase != NULL)
    {
      archive_write_set_passphrase (zip->archive, passphrase);
      archive_write_set_options (zip->archive, "zip:encryption=traditional");
    }
  g_assert_cmpint (archive_write_open (zip->archive, zip->bytes, NULL, sheet_zip_write, NULL), ==,
                   ARCHIVE_OK);
  return zip;
}

static inline SheetZip *
sheet_zip_new (void)
{
  return sheet_zip_new_encrypted (NULL);
}

static inline void
sheet_zip_start (SheetZip *zip, const char *name)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_mtime (entry, 1700000000, 0);
  g_assert_cmpint (archive_write_header (zip->archive, entry), ==, ARCHIVE_OK);
  archive_entry_free (entry);
}

static inline void
sheet_zip_add_bytes (SheetZip *zip, const void *data, gsize length)
{
  g_assert_cmpint (archive_write_data (zip->archive, data, length), ==, length);
}

static inline void
sheet_zip_add (SheetZip *zip, const char *name, const char *text)
{
  sheet_zip_start (zip, name);
  sheet_zip_add_bytes (zip, text, strlen (text));
}

static inline GBytes *
sheet_zip_finish (SheetZip *zip)
{
  GByteArray *bytes = zip->bytes;

  archive_write_free (zip->archive);
  g_free (zip);
  return g_byte_array_free_to_bytes (bytes);
}

#define SHEET_ZIP_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define SHEET_ZIP_DOCUMENT "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define SHEET_ZIP_PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"

/* All of an .xlsx but its only sheet; @properties go into the workbook. */
static inline void
sheet_zip_add_workbook (SheetZip *zip, const char *properties, const char *styles, const char *strings)
{
  g_autofree char *workbook = g_strdup_printf (
    "<?xml version='1.0' encoding='UTF-8'?><workbook xmlns='" SHEET_ZIP_MAIN "' xmlns:r='" SHEET_ZIP_DOCUMENT
    "'>%s<sheets><sheet name='Sheet1' sheetId='1' r:id='rId1'/></sheets></workbook>",
    properties);

  sheet_zip_add (zip, "xl/workbook.xml", workbook);
  sheet_zip_add (
    zip, "xl/_rels/workbook.xml.rels",
    "<Relationships xmlns='" SHEET_ZIP_PACKAGE "'>"
    "<Relationship Id='rId1' Type='" SHEET_ZIP_DOCUMENT "/worksheet' Target='worksheets/sheet1.xml'/>"
    "<Relationship Id='rId2' Type='" SHEET_ZIP_DOCUMENT "/styles' Target='/xl/styles.xml'/>"
    "<Relationship Id='rId3' Type='" SHEET_ZIP_DOCUMENT "/sharedStrings' Target='sharedStrings.xml'/>"
    "</Relationships>");
  if (styles != NULL)
    sheet_zip_add (zip, "xl/styles.xml", styles);
  if (strings != NULL)
    sheet_zip_add (zip, "xl/sharedStrings.xml", strings);
}

static inline GBytes *
sheet_zip_of_sheet (const char *sheet)
{
  SheetZip *zip = sheet_zip_new ();

  sheet_zip_add_workbook (zip, "", NULL, NULL);
  sheet_zip_add (zip, "xl/worksheets/sheet1.xml", sheet);
  return sheet_zip_finish (zip);
}
