#include "config.h"

#include "shequ-application.h"
#include "shequ-locale.h"

int
main (int argc, char **argv)
{
  g_autoptr (ShequApplication) application = NULL;

  shequ_locale_init ();
  application = shequ_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
