#include "main/signer.h"

#include <unistd.h>

#include "store/sign_role.h"

int signer_main(void)
{
	_exit(sign_role_run());
}
