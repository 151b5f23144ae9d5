import type {
  ProviderAnswer as ApiAnswer,
  ProviderRequest as ApiRequest,
  SendError,
} from "../../../core/channel/mod.ts";
import type { MailContent, MailHeaders } from "../compose_mail.ts";
import type { NamedAddress } from "../mail_addresses.ts";

export type { ApiAnswer, ApiRequest };

export type ApiProviderName = "postmark" | "mailgun" | "sendgrid" | "ses" | "resend";

/** Where and as whom mail is handed over. */
export interface ApiSettings {
  readonly provider: ApiProviderName;
  readonly key: string;
  /** In place of the provider's own address; without a slash at its end. */
  readonly baseUrl?: string | undefined;
  /** Mailgun: the sending domain, when it is not the sender's. */
  readonly domain?: string | undefined;
  /** Amazon's region; "eu" at Mailgun and SendGrid. */
  readonly region?: string | undefined;
}

/** A mail to hand over. */
export interface ApiMail {
  readonly headers: MailHeaders;
  readonly bcc: readonly NamedAddress[];
  readonly content: MailContent;
  /** The same for each attempt at the same mail, different for every other. */
  readonly idempotencyKey: string;
}

/** What a refusal means, where the HTTP status alone does not say it. */
export type Meaning =
  | { readonly code: "rate_limited"; readonly retryAfterMs?: number }
  | { readonly code: Exclude<SendError["code"], "rate_limited">; readonly message?: string };

/** A provider's own words in a refusal. */
export interface Refusal {
  /** Its code and words, for the details an agent can open. */
  readonly words: string;
  /** Null: what the status says. */
  readonly meaning: Meaning | null;
}

/** How one provider takes mail. Pure: the sending itself is the same for all. */
export interface ApiProvider {
  /** As customers of it know it. */
  readonly label: string;
  /** Hosts of its own. */
  readonly hosts: readonly string[];
  /** Largest mail, texts and files encoded as they are sent. */
  readonly maxBytes: number;
  /** To, Cc and Bcc together. */
  readonly maxRecipients: number;
  /** A second request with the same idempotency key sends nothing. */
  readonly isIdempotent: boolean;
  /** The request that sends. @param now epoch ms */
  request(mail: ApiMail, settings: ApiSettings, now: number): Promise<ApiRequest>;
  /** A request that changes nothing and shows whether the key is taken. */
  probe(settings: ApiSettings, now: number, address: string): ApiRequest;
  /** Ids the mail is known by, from the answer to a success; null when that is not an answer of this provider. */
  idsIn(answer: ApiAnswer, settings: ApiSettings): readonly string[] | null;
  refusalIn(answer: ApiAnswer): Refusal;
  /** What a success says of recipients that get nothing; "" when it says nothing. */
  exceptionsIn?(answer: ApiAnswer): string;
}
