#include "main/web.h"

#include <unistd.h>

#include "web/web_role.h"
#include "web/work_role.h"

int web_main(void)
{
	_exit(web_role_run());
}

int work_main(void)
{
	_exit(work_role_run());
}

int post_main(void)
{
	_exit(work_role_post());
}

int issuer_main(void)
{
	_exit(work_role_issuer());
}
