/** A service that passes mail on by SMTP; it holds no mailboxes. */
export interface MailRelay {
  readonly label: string;
  /** Its server; "*" stands for one word of the name. */
  readonly host: string;
  /** The ports it takes mail on, the best first: 465 is TLS from the start, all else STARTTLS. */
  readonly ports: readonly number[];
  /** What it takes as user and password. */
  readonly help: string;
}

/** Relays Parley knows: their sign-in is seldom an address and its password. */
export const MAIL_RELAYS: readonly MailRelay[] = [
  {
    label: "SendGrid",
    host: "smtp.sendgrid.net",
    ports: [587],
    help: "SendGrid takes the word apikey as the user and an API key as the password.",
  },
  {
    label: "Postmark",
    host: "smtp.postmarkapp.com",
    ports: [587, 2525],
    help: "Postmark takes the server's API token as both user and password.",
  },
  {
    label: "Mailgun",
    host: "smtp.mailgun.org",
    ports: [465, 587],
    help:
      "Mailgun takes the SMTP credentials of the sending domain. Domains in Europe send by smtp.eu.mailgun.org.",
  },
  {
    label: "Mailgun (Europe)",
    host: "smtp.eu.mailgun.org",
    ports: [465, 587],
    help:
      "Mailgun takes the SMTP credentials of the sending domain. Domains outside of Europe send by smtp.mailgun.org.",
  },
  {
    label: "Amazon SES",
    host: "email-smtp.*.amazonaws.com",
    ports: [465, 587],
    help:
      "Amazon SES takes SMTP credentials made in its console under SMTP settings, for this region: no access keys.",
  },
  {
    label: "Brevo",
    host: "smtp-relay.brevo.com",
    ports: [587],
    help:
      "Brevo takes the login and the SMTP key shown under SMTP & API: not the password of your account.",
  },
  {
    label: "Resend",
    host: "smtp.resend.com",
    ports: [465],
    help: "Resend takes the word resend as the user and an API key as the password.",
  },
  {
    label: "Mailjet",
    host: "in-v3.mailjet.com",
    ports: [587],
    help: "Mailjet takes the API key as the user and the secret key as the password.",
  },
];
