/* `writ --role=web`: one of the processes that answer the network, started by `writ serve`. */
#ifndef WRIT_WEB_H
#define WRIT_WEB_H

int web_main(void);
int work_main(void);   /* `writ --role=work`: the one beside them */
int post_main(void);   /* `writ --role=post`: mails and webhooks */
int issuer_main(void); /* `writ --role=issuer`: the OpenID provider */

#endif
