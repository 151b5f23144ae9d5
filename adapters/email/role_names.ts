/**
 * Names of mailboxes that belong to a task rather than a person: those of RFC 2142, and those that mail services keep off their
 * lists. Machines' own ("no-reply", "mailer-daemon") are told by `automatic.ts`.
 */
export const ROLE_NAMES: ReadonlySet<string> = new Set([
  ...["abuse", "accounting", "accounts", "admin", "administrator", "all", "billing", "careers"],
  ...["compliance", "contact", "customerservice", "devnull", "dns", "everyone", "finance", "ftp"],
  ...["hello", "help", "helpdesk", "hostmaster", "hr", "info", "inoc", "invoice", "invoices"],
  ...["ispfeedback", "ispsupport", "it", "jobs", "kontakt", "legal", "list", "list-request"],
  ...["mail", "maildaemon", "marketing", "media", "news", "newsletter", "noc", "null", "office"],
  ...["orders", "phish", "phishing", "postmaster", "press", "privacy", "purchasing", "registrar"],
  ...["remove", "root", "sales", "security", "service", "spam", "subscribe", "support"],
  ...["sysadmin", "team", "tech", "undisclosed-recipients", "unsubscribe", "usenet", "users"],
  ...["uucp", "webmaster", "www"],
]);
