#pragma once

#include "shequ-ballot.h"
#include "shequ-document.h"

G_BEGIN_DECLS

ShequDocument *shequ_ballot_document_new (const ShequBallot *ballot);

G_END_DECLS
