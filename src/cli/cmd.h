/*
 * The tables of commands, one for each file cmd_NAME.c, each ended by an entry whose family is
 * NULL.
 */
#ifndef WRIT_CMD_H
#define WRIT_CMD_H

#include "cli/cli.h"
#include "cli/remote.h"

extern const struct cli_command cmd_init_table[];
extern const struct cli_command cmd_user_table[];
extern const struct cli_command cmd_user_key_table[];
extern const struct cli_command cmd_agency_table[];
extern const struct cli_command cmd_officer_table[];
extern const struct cli_command cmd_user_token_table[];
extern const struct cli_command cmd_demand_table[];
extern const struct cli_command cmd_inbox_table[];
extern const struct cli_command cmd_letter_table[];
extern const struct cli_command cmd_search_table[];
extern const struct cli_command cmd_matter_table[];
extern const struct cli_command cmd_desk_table[];
extern const struct cli_command cmd_oncall_table[];
extern const struct cli_command cmd_quality_table[];
extern const struct cli_command cmd_order_table[];
extern const struct cli_command cmd_hold_table[];
extern const struct cli_command cmd_challenge_table[];
extern const struct cli_command cmd_access_table[];
extern const struct cli_command cmd_notice_table[];
extern const struct cli_command cmd_produce_table[];
extern const struct cli_command cmd_deliver_table[];
/* cmd_deliver_portal(cli, ref, days, more, last, remarks): `writ deliver --channel portal`. */
int cmd_deliver_portal(struct cli *cli, struct str ref, const struct cli_opt *days, bool more,
    bool last, struct str remarks) MUST_CHECK;
extern const struct cli_command cmd_after_table[];
extern const struct cli_command cmd_open_table[];
extern const struct cli_command cmd_service_table[];
extern const struct cli_command cmd_ticket_table[];
extern const struct cli_command cmd_hand_in_table[];
extern const struct cli_command cmd_scope_table[];
extern const struct cli_command cmd_erase_table[];
extern const struct cli_command cmd_claim_table[];
extern const struct cli_command cmd_import_table[];
extern const struct cli_command cmd_edition_table[];
extern const struct cli_command cmd_dsa_table[];
extern const struct cli_command cmd_site_table[];
extern const struct cli_command cmd_statement_table[];
extern const struct cli_command cmd_permission_table[];
extern const struct cli_command cmd_check_table[];
extern const struct cli_command cmd_audit_table[];
extern const struct cli_command cmd_law_table[];
extern const struct cli_command cmd_log_table[];
extern const struct cli_command cmd_db_table[];
extern const struct cli_command cmd_backup_table[];
extern const struct cli_command cmd_serve_table[];
extern const struct cli_command cmd_webhook_table[];
extern const struct cli_command cmd_settings_table[];
extern const struct cli_command cmd_help_table[];

struct enrol_link;

/* cmd_user_link(cli, name, link): prints a one-time link: in cmd_user_key.c, for cmd_user.c. */
void cmd_user_link(struct cli *cli, struct str name, const struct enrol_link *link);

#endif
