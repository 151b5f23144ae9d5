/** What comes from a form and what is said to it. No HTTP. */
import type { FormCaptcha } from "../channel/mod.ts";
import type { FormLook } from "../model/form.ts";

/** A field as it was posted: names may repeat, and may be anything. */
export interface PostedEntry {
  readonly name: string;
  readonly value: string;
  /** What the page calls it, where its script says so. */
  readonly label?: string;
  /** As the browser calls it: "email", "textarea". */
  readonly type?: string;
}

/** A file of a form. */
export interface PostedFile {
  /** Of its field. */
  readonly name: string;
  readonly fileName: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A posted form, before anybody looked at what it says. */
export interface PostedForm {
  readonly entries: readonly PostedEntry[];
  readonly files: readonly PostedFile[];
  /** Of the page it was posted from, as the browser says; null when it does not. */
  readonly origin: string | null;
  readonly referrer: string | null;
  /** It was posted from a page of Parley itself. */
  readonly isOwnPage: boolean;
  readonly remoteAddress: string;
  /** Chosen by a client that may send the same again. */
  readonly idempotencyKey?: string;
}

/** What is wrong with a field. `name` is the field's; null: the form as a whole. */
export interface FieldProblem {
  readonly name: string | null;
  readonly code:
    | "required"
    | "not_an_email"
    /** Nobody can write to addresses of that domain. */
    | "no_such_domain"
    | "not_a_phone"
    | "not_a_choice"
    | "too_long"
    | "too_many_fields"
    | "too_many_files"
    | "empty"
    /** The captcha has to be solved again. */
    | "captcha";
  /** Of a length or a count. */
  readonly max?: number;
}

/** A form as its page is drawn. */
export interface FormPage {
  readonly channelId: string;
  readonly channelName: string;
  readonly companyName: string;
  readonly look: FormLook;
  readonly honeypot: string;
  readonly captcha: FormCaptcha | null;
  /** Posted with the form; says when its page was opened. */
  readonly token: string;
  /** Leading zero bits of the proof a browser works out; null: none is asked for. */
  readonly proofBits: number | null;
  /** Sooner than this after it was opened nobody sends it, in ms. */
  readonly minFillMs: number;
  /** Where it leads once it was sent; null: to a thank-you. */
  readonly redirectUrl: string | null;
  /** Host names whose pages may show it; empty: any. */
  readonly allowedDomains: readonly string[];
}

/** A form that was taken, whatever its guards made of it. */
export interface TakenForm {
  /** Of its conversation; null when that is gone by now. */
  readonly number: number | null;
  /** Where the browser goes next; null: to a thank-you. */
  readonly next: string | null;
  /** The same was posted before: nothing happened now. */
  readonly isReplay: boolean;
}

/** Why a form was not taken. Nothing of it was stored. */
export type FormError =
  | { readonly code: "not_found"; readonly what: "form" }
  | { readonly code: "rate_limited"; readonly retryAfterMs: number }
  | { readonly code: "form_invalid"; readonly problems: readonly FieldProblem[] }
  /** The key was used for other content. */
  | { readonly code: "idempotency_mismatch" };
