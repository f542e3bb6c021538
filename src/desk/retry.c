#include "desk/retry.h"

static const int64_t waits[] = {60, 300, 1800, 7200, 28800};
enum { WAITS = sizeof waits / sizeof waits[0] };

int64_t retry_mail(int64_t tries)
{
	return tries < RETRY_MAIL_TRIES ? waits[tries < 1 ? 0 : tries - 1] : -1;
}

int64_t retry_hook(int64_t tries, struct instant made, struct instant now)
{
	int64_t wait = waits[tries < 1 ? 0 : tries > WAITS ? WAITS - 1 : tries - 1];

	return now.s + wait <= made.s + RETRY_HOOK_SECONDS ? wait : -1;
}
