#include "main/parse.h"

#include <unistd.h>

#include "desk/reader_role.h"

int parse_main(void)
{
	_exit(reader_role_run());
}
