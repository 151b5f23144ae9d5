/** For channels whose customers fill in a form: Parley shows it, takes what is posted and guards against spam. */
import type { FormLook } from "../model/form.ts";
import type { Result } from "../result.ts";
import type { ChannelView } from "./adapter.ts";
import type { Io } from "./io.ts";

/** What keeps spam out of a form, and how much one address may post. */
export interface FormGuards {
  /** A field people do not see: who fills it in is a machine. */
  readonly honeypot: string;
  /** Nobody fills in a page of Parley's own faster than this. 0: not asked. */
  readonly minFillMs: number;
  /** Browsers work for a second before they may post. */
  readonly proofOfWork: boolean;
  /** Whether the domain of an address that was given takes mail at all is looked up. */
  readonly checkMx: boolean;
  readonly perAddress: { readonly hour: number; readonly day: number };
  readonly perChannel: { readonly tenSeconds: number; readonly day: number };
}

/** A captcha of somebody else's, by the name of the field its script adds and the public key it is drawn with. */
export interface FormCaptcha {
  readonly provider: string;
  readonly siteKey: string;
  /** Of the script, and of the class its element has. */
  readonly scriptUrl: string;
  readonly elementClass: string;
  /** Posted with the form. */
  readonly tokenField: string;
  /** Hosts the page must be allowed to load from and to show frames of. */
  readonly origins: readonly string[];
}

/** Whether its service says that a person solved it. `unavailable`: it could not be asked. */
export type CaptchaVerdict = Result<null, {
  readonly code: "missing" | "refused" | "unavailable";
  /** For people: one sentence, no secrets. */
  readonly message: string;
}>;

/** The port of a channel with a form. All but `verifyCaptcha` is pure; secrets may be missing there. */
export interface FormPort<Config> {
  /** The config holds the same by the same names, where the builder writes it. */
  look(config: Config): FormLook;
  /** Host names whose pages may post; what others post is kept as spam. Empty: any. */
  allowedDomains(config: Config): readonly string[];
  /** Where a posted form leads; null: to Parley's own thank-you. */
  redirectUrl(config: Config): string | null;
  /** The channel by which answers leave; null: the inbox's mailbox. */
  replyChannelId(config: Config): string | null;
  guards(config: Config): FormGuards;
  captcha?(config: Config): FormCaptcha | null;
  /** @param token as it was posted; null when it was not */
  verifyCaptcha?(
    token: string | null,
    about: {
      readonly remoteAddress: string;
      /** Whether the page it was solved on may hold the form. */
      isKnownHost(host: string): boolean;
    },
    channel: ChannelView<Config>,
    io: Io,
  ): Promise<CaptchaVerdict>;
}
