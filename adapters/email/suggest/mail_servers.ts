/** A server as a mail program would be told: where, how it encrypts, and the name to sign in with. */
export interface MailServerSettings {
  /** Lower case. */
  readonly host: string;
  readonly port: number;
  readonly security: "tls" | "starttls";
  readonly user: string;
}

/** Ways in which a provider lets mail programs in. */
export type SignInKind = "password" | "app_password" | "oauth_google" | "oauth_microsoft";

/** What was found out about the servers of an address. */
export interface MailServers {
  /** As its customers know the provider; null when nobody told its name. */
  readonly label: string | null;
  readonly imap: MailServerSettings;
  /** Null: nobody told where mail leaves. */
  readonly smtp: MailServerSettings | null;
  /** Best first. */
  readonly signIn: readonly SignInKind[];
}
