#pragma once

#include "shequ-store.h"

/* A network that fails when a test wants it to, between a store and its engine, whichever that is. */
typedef enum
{
  FAULT_NONE,
  FAULT_BEFORE_COMMIT, /* the next COMMIT is lost on its way */
  FAULT_AFTER_COMMIT,  /* the next COMMIT is done, its answer is lost, and nobody answers who asks at once */
  FAULT_ANSWER,        /* the next COMMIT is done, its answer is lost, and the next connection works */
  FAULT_IN_BEGIN,      /* the next transaction finds its connection dead */
  FAULT_AWAY,          /* nothing answers until the fault is taken away */
} Fault;

void faulty_engine_attach (ShequStore *store);
void faulty_engine_set (Fault fault);
