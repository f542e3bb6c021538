#include "main/signer.h"

#include <unistd.h>

#include "out/seal_role.h"
#include "store/sign_role.h"

int signer_main(void)
{
	_exit(sign_role_run());
}

int seal_main(void)
{
	_exit(seal_role_run());
}
