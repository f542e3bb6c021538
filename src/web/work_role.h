/*
 * The process beside those that answer the network (role work): what they may not or should not do
 * themselves. It asks the signer, closes the ledger's slots, and does what takes longer. It is
 * started like them and told the same (web_role.h); each task looks for its work in the database,
 * so that nothing is lost when it dies, and several machines may each have one.
 */
#ifndef WRIT_WORK_ROLE_H
#define WRIT_WORK_ROLE_H

/* work_role_run(): the exit status. */
int work_role_run(void);
/* work_role_post(): the one that speaks to other machines, where writ.yaml names any: mails and
 * webhooks. Whoever is slow to answer holds up nothing else. It has the ports of writ.yaml, and no
 * key but the instance's. */
int work_role_post(void);
/* work_role_issuer(): the one that speaks to the house's OpenID provider, where writ.yaml names
 * one. Apart from post: a receiver of webhooks that is slow to answer holds up no sign-in. */
int work_role_issuer(void);

#endif
