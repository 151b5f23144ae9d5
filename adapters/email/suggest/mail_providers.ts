import type { SignInKind } from "./mail_servers.ts";

/** A server of a provider; the name to sign in with is the whole address, or what stands before the "@". */
export interface ProviderServer {
  readonly host: string;
  readonly port: number;
  readonly security: "tls" | "starttls";
  readonly user: "address" | "local";
}

/** A provider of mailboxes whose settings are known. */
export interface MailProvider {
  readonly label: string;
  /** Domains of its own addresses. */
  readonly domains: readonly string[];
  /** Where the MX records of its customers' domains lead: the host itself or any below it. */
  readonly mx: readonly string[];
  readonly imap: ProviderServer;
  readonly smtp: ProviderServer;
  /** Best first. */
  readonly signIn: readonly SignInKind[];
  /** What its customers need to know before they sign in, where a password alone is not enough. */
  readonly help?: string;
  readonly helpUrl?: string;
}

const imap = (host: string, user: ProviderServer["user"] = "address"): ProviderServer => ({
  host,
  port: 993,
  security: "tls",
  user,
});
const smtps = (host: string, user: ProviderServer["user"] = "address"): ProviderServer => ({
  host,
  port: 465,
  security: "tls",
  user,
});
const submission = (host: string, user: ProviderServer["user"] = "address"): ProviderServer => ({
  host,
  port: 587,
  security: "starttls",
  user,
});

const MICROSOFT_HELP =
  "Microsoft lets mail programs in by “Sign in with Microsoft” only: passwords are refused.";

/** Every provider Parley knows. The first that matches counts. */
export const MAIL_PROVIDERS: readonly MailProvider[] = [
  {
    label: "Google",
    domains: ["gmail.com", "googlemail.com"],
    mx: ["google.com", "googlemail.com", "smtp.goog"],
    imap: imap("imap.gmail.com"),
    smtp: smtps("smtp.gmail.com"),
    signIn: ["oauth_google", "app_password"],
    help:
      "Google takes an app password in place of your own. You make one in your Google Account under Security, " +
      "2-Step Verification, App passwords.",
    helpUrl: "https://myaccount.google.com/apppasswords",
  },
  {
    label: "Outlook.com",
    domains: [
      ...["outlook.com", "hotmail.com", "live.com", "msn.com", "hotmail.co.uk", "hotmail.de"],
      ...["hotmail.fr", "hotmail.it", "hotmail.es", "live.nl", "live.de", "live.fr", "live.co.uk"],
      ...[
        "outlook.de",
        "outlook.fr",
        "outlook.es",
        "outlook.it",
        "windowslive.com",
        "passport.com",
      ],
    ],
    mx: ["olc.protection.outlook.com"],
    imap: imap("outlook.office365.com"),
    smtp: submission("smtp-mail.outlook.com"),
    signIn: ["oauth_microsoft"],
    help: MICROSOFT_HELP,
  },
  {
    label: "Microsoft 365",
    domains: ["onmicrosoft.com"],
    mx: ["mail.protection.outlook.com", "mx.microsoft"],
    imap: imap("outlook.office365.com"),
    smtp: submission("smtp.office365.com"),
    signIn: ["oauth_microsoft"],
    help: MICROSOFT_HELP,
  },
  {
    label: "Yahoo",
    domains: [
      ...["yahoo.com", "ymail.com", "rocketmail.com", "myyahoo.com", "yahoo.co.uk", "yahoo.de"],
      ...["yahoo.fr", "yahoo.it", "yahoo.es", "yahoo.ca", "yahoo.com.br", "yahoo.co.in"],
    ],
    mx: ["yahoodns.net"],
    imap: imap("imap.mail.yahoo.com"),
    smtp: smtps("smtp.mail.yahoo.com"),
    signIn: ["app_password"],
    help:
      "Yahoo takes an app password in place of your own. You make one under Account security, Generate app password.",
    helpUrl: "https://login.yahoo.com/account/security",
  },
  {
    label: "AOL",
    domains: ["aol.com", "aim.com", "aol.de", "aol.fr", "aol.co.uk", "verizon.net"],
    mx: [],
    imap: imap("imap.aol.com"),
    smtp: smtps("smtp.aol.com"),
    signIn: ["app_password"],
    help:
      "AOL takes an app password in place of your own. You make one under Account security, Generate app password.",
    helpUrl: "https://login.aol.com/account/security",
  },
  {
    label: "iCloud",
    domains: ["icloud.com", "me.com", "mac.com"],
    mx: ["mail.icloud.com"],
    imap: imap("imap.mail.me.com", "local"),
    smtp: submission("smtp.mail.me.com"),
    signIn: ["app_password"],
    help:
      "iCloud takes an app-specific password. You make one at account.apple.com under Sign-In and Security. " +
      "For an own domain, the user for reading is the name of the iCloud address itself.",
    helpUrl: "https://account.apple.com",
  },
  {
    label: "Zoho (Europe)",
    domains: ["zohomail.eu"],
    mx: ["zoho.eu", "zohomail.eu"],
    imap: imap("imap.zoho.eu"),
    smtp: smtps("smtp.zoho.eu"),
    signIn: ["app_password"],
    help:
      "With two-step sign-in Zoho takes an app password: Zoho Accounts, Security, App Passwords. IMAP must be " +
      "switched on in Zoho Mail's settings. A mailbox of a paid organisation is at imappro.zoho.eu.",
    helpUrl: "https://accounts.zoho.eu/home#security/app_password",
  },
  {
    label: "Zoho (India)",
    domains: ["zohomail.in"],
    mx: ["zoho.in", "zohomail.in"],
    imap: imap("imap.zoho.in"),
    smtp: smtps("smtp.zoho.in"),
    signIn: ["app_password"],
    help:
      "With two-step sign-in Zoho takes an app password: Zoho Accounts, Security, App Passwords. IMAP must be " +
      "switched on in Zoho Mail's settings. A mailbox of a paid organisation is at imappro.zoho.in.",
    helpUrl: "https://accounts.zoho.in/home#security/app_password",
  },
  {
    label: "Zoho",
    domains: ["zoho.com", "zohomail.com"],
    mx: ["zoho.com", "zohomail.com"],
    imap: imap("imap.zoho.com"),
    smtp: smtps("smtp.zoho.com"),
    signIn: ["app_password"],
    help:
      "With two-step sign-in Zoho takes an app password: Zoho Accounts, Security, App Passwords. IMAP must be " +
      "switched on in Zoho Mail's settings. A mailbox of a paid organisation is at imappro.zoho.com.",
    helpUrl: "https://accounts.zoho.com/home#security/app_password",
  },
  {
    label: "Fastmail",
    domains: [
      "fastmail.com",
      "fastmail.fm",
      "fastmail.net",
      "fastmail.org",
      "sent.com",
      "fmail.co.uk",
    ],
    mx: ["messagingengine.com"],
    imap: imap("imap.fastmail.com"),
    smtp: smtps("smtp.fastmail.com"),
    signIn: ["app_password"],
    help:
      "Fastmail takes an app password. You make one under Settings, Privacy & Security, Manage app passwords.",
    helpUrl: "https://app.fastmail.com/settings/security/apppasswords",
  },
  {
    label: "GMX",
    domains: ["gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.eu", "gmx.info", "gmx.org", "gmx.biz"],
    mx: ["mx00.emig.gmx.net", "mx01.emig.gmx.net", "mx00.gmx.net", "mx01.gmx.net"],
    imap: imap("imap.gmx.net"),
    smtp: smtps("mail.gmx.net"),
    signIn: ["password"],
    help:
      "GMX lets mail programs in once POP3 and IMAP are switched on: E-Mail, Settings, POP3/IMAP. With two-step " +
      "sign-in it takes an app password.",
  },
  {
    label: "GMX",
    domains: ["gmx.com", "gmx.us", "gmx.co.uk", "gmx.fr", "gmx.es"],
    mx: [],
    imap: imap("imap.gmx.com"),
    smtp: smtps("mail.gmx.com"),
    signIn: ["password"],
    help:
      "GMX lets mail programs in once POP3 and IMAP are switched on: E-Mail, Settings, POP3/IMAP. With two-step " +
      "sign-in it takes an app password.",
  },
  {
    label: "WEB.DE",
    domains: ["web.de"],
    mx: [],
    imap: imap("imap.web.de", "local"),
    smtp: smtps("smtp.web.de", "local"),
    signIn: ["password"],
    help:
      "WEB.DE lets mail programs in once POP3 and IMAP are switched on: E-Mail, Settings, POP3/IMAP. With " +
      "two-step sign-in it takes an app password.",
  },
  {
    label: "T-Online",
    domains: ["t-online.de", "magenta.de"],
    mx: [],
    imap: imap("secureimap.t-online.de"),
    smtp: smtps("securesmtp.t-online.de"),
    signIn: ["app_password"],
    help:
      "T-Online takes the password for mail programs, which is another than the one of your login: Customer " +
      "Centre, Passwords, Password for e-mail programs.",
  },
  {
    label: "Yandex",
    domains: ["yandex.com", "yandex.ru", "ya.ru", "yandex.by", "yandex.kz"],
    mx: ["mx.yandex.net", "mx.yandex.ru"],
    imap: imap("imap.yandex.com"),
    smtp: smtps("smtp.yandex.com"),
    signIn: ["app_password"],
    help:
      "Yandex takes an app password, and IMAP must be switched on in the mailbox's settings under Email clients.",
    helpUrl: "https://id.yandex.com/security/app-passwords",
  },
  {
    label: "Mail.ru",
    domains: ["mail.ru", "inbox.ru", "list.ru", "bk.ru", "internet.ru"],
    mx: ["mxs.mail.ru", "emx.mail.ru"],
    imap: imap("imap.mail.ru"),
    smtp: smtps("smtp.mail.ru"),
    signIn: ["app_password"],
    help:
      "Mail.ru takes a password for external applications: Account, Security, Passwords for external applications.",
    helpUrl: "https://account.mail.ru/user/2-step-auth/passwords",
  },
  {
    label: "QQ Mail",
    domains: ["qq.com", "foxmail.com", "vip.qq.com"],
    mx: ["mx1.qq.com", "mx2.qq.com", "mx3.qq.com"],
    imap: imap("imap.qq.com"),
    smtp: smtps("smtp.qq.com"),
    signIn: ["app_password"],
    help:
      "QQ Mail takes an authorisation code in place of the password: Settings, Account, POP3/IMAP/SMTP service.",
  },
  {
    label: "Proton Mail Bridge",
    domains: ["proton.me", "protonmail.com", "pm.me", "protonmail.ch"],
    mx: ["protonmail.ch"],
    imap: { host: "127.0.0.1", port: 1143, security: "starttls", user: "address" },
    smtp: { host: "127.0.0.1", port: 1025, security: "starttls", user: "address" },
    signIn: ["app_password"],
    help:
      "Proton encrypts mailboxes, so its Bridge must run on the machine of Parley; the password is the one the Bridge " +
      "shows. Parley reaches it once PARLEY_ALLOW_PRIVATE_HOSTS lists 127.0.0.1:1143 and 127.0.0.1:1025.",
    helpUrl: "https://proton.me/mail/bridge",
  },
];
