#include "shequ-cli-interrupt.h"

#include "config.h"

#include <signal.h>
#include <unistd.h>

#include "shequ-cli-status.h"

static void
fill_signals (sigset_t *signals)
{
  sigemptyset (signals);
  sigaddset (signals, SIGINT);
  sigaddset (signals, SIGTERM);
  sigaddset (signals, SIGHUP);
}

/* Who asks twice does not want to wait; the database survives that too. */
static gpointer
wait_for_signals (gpointer data)
{
  g_autoptr (GCancellable) cancellable = data;
  sigset_t signals;
  int number;

  fill_signals (&signals);
  while (sigwait (&signals, &number) != 0)
    ;
  g_cancellable_cancel (cancellable);
  while (sigwait (&signals, &number) != 0)
    ;
  _exit (SHEQU_CLI_INTERRUPTED);
  return NULL;
}

/**
 * shequ_cli_interrupt_watch:
 * @cancellable: what a signal cancels
 *
 * From here on Ctrl+C, a hang-up and a request to end cancel, and do not end the program in the middle of a
 * step. Call it before any thread is made.
 */
void
shequ_cli_interrupt_watch (GCancellable *cancellable)
{
  sigset_t signals;

  fill_signals (&signals);
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  /* A shell starts what runs in its background with these ignored; a script must still be able to stop it. */
  signal (SIGINT, SIG_DFL);
  signal (SIGTERM, SIG_DFL);
  /* A limit on the size of files shall be an error of the disk, not the end of the program. */
  signal (SIGXFSZ, SIG_IGN);
  g_thread_unref (g_thread_new ("signals", wait_for_signals, g_object_ref (cancellable)));
}
