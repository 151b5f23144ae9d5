import { addressSubject } from "../access/mod.ts";
import type { FormGuards, FormPort } from "../channel/mod.ts";
import { type Channels, channelTags, type OpenedChannel } from "../channels/mod.ts";
import { err, ok, type Result } from "../result.ts";
import { keys } from "../store/mod.ts";
import { isAllowedOrigin, RateLimiter } from "../visitors/mod.ts";
import { type FormToken, isProof, makeFormToken, PROOF_BITS, readFormToken } from "./form_token.ts";
import { guessContact } from "./guess_contact.ts";
import { countLinks, type GuardFacts, judgeSubmission } from "./judge_submission.ts";
import { nextPage } from "./next_page.ts";
import { fieldProblems, type ReadForm, splitSpecial } from "./read_submission.ts";
import { proofKey, takeForm, type TakeServices } from "./take_form.ts";
import { takesMail } from "./takes_mail.ts";
import type { FieldProblem, FormError, FormPage, PostedForm, TakenForm } from "./types.ts";

const TEN_SECONDS_MS = 10_000;
const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** Looking up an address and asking a captcha's service takes no longer. */
const LOOK_UP_MS = 5_000;

/** What visitors do with forms (contract.md, `/forms/:channelId`). */
export interface Forms {
  /** The form as a page draws it; null for a channel that has none, or is paused. */
  page(channelId: string): Promise<FormPage | null>;
  /** Whether this address may post now; counts it. Asked before the body is read. Errors: not_found, rate_limited. */
  admit(channelId: string, remoteAddress: string): Promise<Result<null, FormError>>;
  /** Takes what was posted and admitted. Errors: not_found, form_invalid, idempotency_mismatch. */
  take(
    channelId: string,
    posted: PostedForm,
    signal: AbortSignal,
  ): Promise<Result<TakenForm, FormError>>;
  /** Signs a form's number for the address of its thank-you. */
  signNumber(channelId: string, number: number): Promise<string>;
  /** The number of a thank-you's address; null when nobody signed it. */
  readNumber(channelId: string, text: string): Promise<number | null>;
}

interface OpenedForm {
  readonly opened: OpenedChannel;
  // deno-lint-ignore no-explicit-any -- config types differ by adapter; it is only given what its schema returned
  readonly port: FormPort<any>;
}

/** @param services `ingest` stores an event in one commit */
export function createForms(
  services: TakeServices & { readonly channels: Pick<Channels, "open"> },
): Forms {
  const { store, ports, channels, config } = services;
  const limiter = new RateLimiter(ports.clock);

  async function open(channelId: string): Promise<OpenedForm | null> {
    const opened = await channels.open(channelId);
    if (!opened.ok || opened.value.channel.status === "paused") return null;
    const port = opened.value.adapter.form;
    return port === undefined ? null : { opened: opened.value, port };
  }

  function limits(channelId: string, address: string, guards: FormGuards) {
    const { perAddress, perChannel } = guards;
    const subject = addressSubject(address);
    return [
      [`form hour ${channelId}`, subject, perAddress.hour, HOUR_MS],
      [`form day ${channelId}`, subject, perAddress.day, DAY_MS],
      ["form burst", channelId, perChannel.tenSeconds, TEN_SECONDS_MS],
      ["form all", channelId, perChannel.day, DAY_MS],
    ] as const;
  }

  async function proofOf(
    channelId: string,
    token: FormToken,
    { special }: ReadForm,
  ): Promise<GuardFacts["proof"]> {
    if (token.kind !== "valid") return "none";
    if (await store.get(keys.journalProof(channelId, proofKey(token.nonce))) !== null) {
      return "used";
    }
    if (special.proof === null) return "none";
    return isProof(special.token ?? "", special.proof, PROOF_BITS) ? "right" : "wrong";
  }

  async function askCaptcha(
    { opened, port }: OpenedForm,
    { special }: ReadForm,
    posted: PostedForm,
    signal: AbortSignal,
  ): Promise<GuardFacts["captcha"]> {
    const { view } = opened;
    const captcha = port.captcha?.(view.config) ?? null;
    if (captcha === null || port.verifyCaptcha === undefined) return null;
    const verdict = await port.verifyCaptcha(
      special.captcha,
      {
        remoteAddress: posted.remoteAddress,
        isKnownHost: (host) =>
          isAllowedOrigin(port.allowedDomains(view.config), `https://${host}`) ||
          host === URL.parse(config.url ?? "")?.hostname,
      },
      view,
      opened.io(signal),
    );
    return verdict.ok ? { code: "solved", message: "Its captcha was solved" } : verdict.error;
  }

  return {
    async page(channelId) {
      const form = await open(channelId);
      if (form === null) return null;
      const { port, opened: { channel, view } } = form;
      const look = port.look(view.config);
      const guards = port.guards(view.config);
      const now = ports.clock.now();
      return {
        channelId,
        channelName: channel.name,
        companyName: (await store.get(keys.workspace()))?.name ?? "",
        look: { ...look, title: look.title || channel.name },
        honeypot: guards.honeypot,
        captcha: port.captcha?.(view.config) ?? null,
        token: await makeFormToken(channelTags(store, channelId), { random: ports.random, now }),
        proofBits: guards.proofOfWork ? PROOF_BITS : null,
        minFillMs: guards.minFillMs,
        redirectUrl: port.redirectUrl(view.config),
        allowedDomains: port.allowedDomains(view.config),
      };
    },

    async admit(channelId, remoteAddress) {
      const form = await open(channelId);
      if (form === null) return err(NO_FORM);
      const guards = form.port.guards(form.opened.view.config);
      for (const [bucket, subject, max, periodMs] of limits(channelId, remoteAddress, guards)) {
        const retryAfterMs = limiter.take(bucket, subject, max, periodMs);
        if (retryAfterMs > 0) return err({ code: "rate_limited", retryAfterMs });
      }
      return ok(null);
    },

    async take(channelId, posted, requestSignal) {
      const form = await open(channelId);
      if (form === null) return err(NO_FORM);
      const { opened, port } = form;
      const settings = opened.view.config;
      const signal = AbortSignal.any([requestSignal, AbortSignal.timeout(LOOK_UP_MS)]);
      const guards = port.guards(settings);
      const look = port.look(settings);
      const read = splitSpecial(posted.entries, {
        honeypot: guards.honeypot,
        tokenField: port.captcha?.(settings)?.tokenField ?? null,
      });
      const now = ports.clock.now();
      const isMachine = read.special.honeypot !== "";
      const wrong = fieldProblems(look.fields, read, posted.files);
      // A machine learns nothing from what it is told, and what it wrote is kept.
      if (wrong.length > 0 && !(isMachine && wrong.every(isHarmless))) {
        return err({ code: "form_invalid", problems: wrong });
      }
      const contact = guessContact(look.fields, read.entries);
      const domains = port.allowedDomains(settings);
      const token = await readFormToken(channelTags(store, channelId), read.special.token, now);
      const [proof, captcha, domain] = await Promise.all([
        proofOf(channelId, token, read),
        isMachine ? null : askCaptcha(form, read, posted, signal),
        contact.email === null || !guards.checkMx || isMachine
          ? null
          : takesMail(contact.email.slice(contact.email.lastIndexOf("@") + 1), {
            dns: ports.dns,
            signal,
          }),
      ]);
      const again = isMachine ? [] : askAgain(read, contact.email, { captcha, domain, token });
      if (again.length > 0) return err({ code: "form_invalid", problems: again });
      const judgement = judgeSubmission({
        guards,
        now,
        isHoneypotFilled: isMachine,
        site: siteOf(posted, domains),
        token,
        proof,
        captcha,
        domain,
        links: countLinks(read.entries.map(({ value }) => value)),
      });
      const taken = await takeForm(services, {
        opened,
        look,
        posted,
        read,
        contact,
        token,
        judgement,
      });
      if (!taken.ok) return taken;
      const next = nextPage({
        asked: read.special.next,
        redirectUrl: port.redirectUrl(settings),
        allowedDomains: domains,
        origin: pageOrigin(posted),
      });
      return ok({ ...taken.value, next });
    },

    async signNumber(channelId, number) {
      const tag = await channelTags(store, channelId).signTag(`form number ${number}`);
      return `${number}.${tag}`;
    },

    async readNumber(channelId, text) {
      const [, number = "", tag = ""] = /^(\d{1,10})\.([a-z2-7]{16})$/.exec(text) ?? [];
      const tags = channelTags(store, channelId);
      return number !== "" && await tags.verifyTag(`form number ${number}`, tag)
        ? Number(number)
        : null;
    },
  };
}

const NO_FORM = { code: "not_found", what: "form" } as const;

/** Nothing that would make the record too large. */
function isHarmless({ code }: FieldProblem): boolean {
  return code !== "too_long" && code !== "too_many_fields" && code !== "too_many_files" &&
    code !== "empty";
}

/** What a person in front of the form can mend; nobody sits behind a form that came otherwise. */
function askAgain(
  read: ReadForm,
  email: string | null,
  { captcha, domain, token }: Pick<GuardFacts, "captcha" | "domain" | "token">,
): readonly FieldProblem[] {
  const { isShown, captured } = read.special;
  if (token.kind !== "valid" || captured !== null) return [];
  const isUnsolved = captcha?.code === "missing" || captcha?.code === "refused";
  return [
    // Forms of a site's own may have none to solve.
    ...isUnsolved && isShown ? [{ name: null, code: "captcha" } as const] : [],
    ...domain === "takes_none"
      ? [{ name: emailField(read, email), code: "no_such_domain" } as const]
      : [],
  ];
}

function emailField({ entries }: ReadForm, email: string | null): string | null {
  return entries.find(({ value }) => value.trim().toLowerCase() === email)?.name ?? null;
}

/** Of the page a form was posted from; a page of Parley's own speaks for no site. */
function pageOrigin({ origin, referrer, isOwnPage }: PostedForm): string | null {
  if (isOwnPage) return null;
  const url = URL.parse(origin ?? "") ?? URL.parse(referrer ?? "");
  return url !== null && /^https?:$/.test(url.protocol) ? url.origin : null;
}

function siteOf(posted: PostedForm, domains: readonly string[]): GuardFacts["site"] {
  const origin = pageOrigin(posted);
  const host = origin === null ? null : new URL(origin).host;
  const isTrusted = posted.isOwnPage || domains.length === 0 ||
    (origin !== null && isAllowedOrigin(domains, origin));
  return { host, isTrusted };
}
