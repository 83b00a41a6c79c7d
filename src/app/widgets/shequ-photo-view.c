#include "shequ-photo-view.h"

#include "config.h"

#include "shequ-picture.h"

/**
 * shequ_photo_view_new:
 * @label: what it shows, for the screen reader
 * @height: how high it is
 *
 * Returns: (transfer floating): a view of a picture, hidden while there is none
 */
GtkWidget *
shequ_photo_view_new (const char *label, int height)
{
  GtkWidget *view = gtk_picture_new ();

  gtk_widget_set_size_request (view, height * 3 / 4, height);
  gtk_widget_set_halign (view, GTK_ALIGN_START);
  gtk_widget_set_valign (view, GTK_ALIGN_CENTER);
  gtk_picture_set_can_shrink (GTK_PICTURE (view), TRUE);
  gtk_picture_set_alternative_text (GTK_PICTURE (view), label);
  gtk_widget_hide (view);
  return view;
}

/**
 * shequ_photo_view_set:
 * @view: a view of shequ_photo_view_new()
 * @text: (nullable): the value of a field of the kind `picture`
 *
 * Returns: whether there is a picture that can be shown
 */
gboolean
shequ_photo_view_set (GtkWidget *view, const char *text)
{
  g_autoptr (GBytes) bytes = text != NULL ? shequ_picture_to_jpeg (text) : NULL;
  g_autoptr (GdkTexture) texture = bytes != NULL ? gdk_texture_new_from_bytes (bytes, NULL) : NULL;

  gtk_picture_set_paintable (GTK_PICTURE (view), GDK_PAINTABLE (texture));
  gtk_widget_set_visible (view, texture != NULL);
  return texture != NULL;
}
