#include "shequ-locale.h"

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  return 0;
}
