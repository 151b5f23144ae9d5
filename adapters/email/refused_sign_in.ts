/** How a mail server is signed in to: with a password, or with a token of Google or Microsoft. */
export type MailSignIn = "password" | "oauth";

/** What a mailbox says whose mail server does not let us in. */
export const REFUSED_SIGN_IN: Readonly<Record<MailSignIn, string>> = {
  password: "The mail server does not accept the user and password of this mailbox.",
  oauth: "The mail server does not accept this sign-in for the mailbox. Sign in again.",
};
