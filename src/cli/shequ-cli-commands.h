#pragma once

#include "shequ-cli.h"

G_BEGIN_DECLS

const ShequCliCommand *shequ_cli_commands_get (void);

gboolean shequ_command_account_add (ShequCli *cli, GError **error);
gboolean shequ_command_account_close (ShequCli *cli, GError **error);
gboolean shequ_command_account_password (ShequCli *cli, GError **error);
gboolean shequ_command_account_recover (ShequCli *cli, GError **error);
gboolean shequ_command_account_reset (ShequCli *cli, GError **error);
gboolean shequ_command_admission_screen (ShequCli *cli, GError **error);
gboolean shequ_command_audit (ShequCli *cli, GError **error);
gboolean shequ_command_certificate_issue (ShequCli *cli, GError **error);
gboolean shequ_command_certificate_kinds (ShequCli *cli, GError **error);
gboolean shequ_command_certificate_may (ShequCli *cli, GError **error);
gboolean shequ_command_certificate_verify (ShequCli *cli, GError **error);
gboolean shequ_command_backup (ShequCli *cli, GError **error);
gboolean shequ_command_backup_key (ShequCli *cli, GError **error);
gboolean shequ_command_blank (ShequCli *cli, GError **error);
gboolean shequ_command_check (ShequCli *cli, GError **error);
gboolean shequ_command_create (ShequCli *cli, GError **error);
gboolean shequ_command_protect (ShequCli *cli, GError **error);
gboolean shequ_command_protect_renew (ShequCli *cli, GError **error);
gboolean shequ_command_demo (ShequCli *cli, GError **error);
gboolean shequ_command_due (ShequCli *cli, GError **error);
gboolean shequ_command_duplicates (ShequCli *cli, GError **error);
gboolean shequ_command_event (ShequCli *cli, GError **error);
gboolean shequ_command_event_undo (ShequCli *cli, GError **error);
gboolean shequ_command_export (ShequCli *cli, GError **error);
gboolean shequ_command_export_approve (ShequCli *cli, GError **error);
gboolean shequ_command_export_refuse (ShequCli *cli, GError **error);
gboolean shequ_command_find (ShequCli *cli, GError **error);
gboolean shequ_command_import (ShequCli *cli, GError **error);
gboolean shequ_command_move (ShequCli *cli, GError **error);
gboolean shequ_command_network_ballot (ShequCli *cli, GError **error);
gboolean shequ_command_network_chain (ShequCli *cli, GError **error);
gboolean shequ_command_network_coverage (ShequCli *cli, GError **error);
gboolean shequ_command_picture_album (ShequCli *cli, GError **error);
gboolean shequ_command_picture_building (ShequCli *cli, GError **error);
gboolean shequ_command_picture_estate (ShequCli *cli, GError **error);
gboolean shequ_command_registers (ShequCli *cli, GError **error);
gboolean shequ_command_registers_add (ShequCli *cli, GError **error);
gboolean shequ_command_registers_describe (ShequCli *cli, GError **error);
gboolean shequ_command_registers_restore (ShequCli *cli, GError **error);
gboolean shequ_command_registers_retire (ShequCli *cli, GError **error);
gboolean shequ_command_report (ShequCli *cli, GError **error);
gboolean shequ_command_restore (ShequCli *cli, GError **error);
gboolean shequ_command_retention (ShequCli *cli, GError **error);
gboolean shequ_command_retention_approve (ShequCli *cli, GError **error);
gboolean shequ_command_retention_destroy (ShequCli *cli, GError **error);
gboolean shequ_command_retention_draw (ShequCli *cli, GError **error);
gboolean shequ_command_salvage (ShequCli *cli, GError **error);
gboolean shequ_command_server_grant (ShequCli *cli, GError **error);
gboolean shequ_command_server_init (ShequCli *cli, GError **error);
gboolean shequ_command_server_list (ShequCli *cli, GError **error);
gboolean shequ_command_server_revoke (ShequCli *cli, GError **error);
gboolean shequ_command_show (ShequCli *cli, GError **error);

G_END_DECLS
