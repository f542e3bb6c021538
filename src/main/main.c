/*
 * writ: one program, re-executed in roles. Without --role it is the command line.
 */
#include "cli/cli.h"
#include "main/parse.h"
#include "main/signer.h"
#include "main/web.h"

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--role=signer") == 0)
		return signer_main();
	if (argc == 2 && strcmp(argv[1], "--role=parse") == 0)
		return parse_main();
	if (argc == 2 && strcmp(argv[1], "--role=web") == 0)
		return web_main();
	if (argc == 2 && strcmp(argv[1], "--role=work") == 0)
		return work_main();
	if (argc == 2 && strcmp(argv[1], "--role=post") == 0)
		return post_main();
	if (argc == 2 && strcmp(argv[1], "--role=issuer") == 0)
		return issuer_main();
	return cli_main(argc, argv);
}
