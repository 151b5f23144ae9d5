import { z } from "zod";
import {
  callProvider,
  type CaptchaVerdict,
  err,
  type FormCaptcha,
  type Io,
  ok,
} from "../../core/channel/mod.ts";
import type { FormConfig } from "./config.ts";

/** How each service is shown and asked. */
const SERVICES = {
  turnstile: {
    label: "Turnstile",
    verifyUrl: "https://challenges.cloudflare.com/turnstile/v0/siteverify",
    scriptUrl: "https://challenges.cloudflare.com/turnstile/v0/api.js",
    elementClass: "cf-turnstile",
    tokenField: "cf-turnstile-response",
    origins: ["https://challenges.cloudflare.com"],
  },
  hcaptcha: {
    label: "hCaptcha",
    verifyUrl: "https://api.hcaptcha.com/siteverify",
    scriptUrl: "https://js.hcaptcha.com/1/api.js",
    elementClass: "h-captcha",
    tokenField: "h-captcha-response",
    origins: ["https://hcaptcha.com", "https://*.hcaptcha.com"],
  },
} as const;

/** Longer ones are none of theirs. */
const MAX_TOKEN = 4_096;

const Answer = z.object({
  success: z.boolean(),
  hostname: z.string().optional(),
  "error-codes": z.array(z.string()).optional(),
});

/** The captcha of a form's settings as its page shows it; null for none. */
export function captchaOf({ captcha }: FormConfig): FormCaptcha | null {
  if (captcha.kind === "none") return null;
  const { scriptUrl, elementClass, tokenField, origins } = SERVICES[captcha.kind];
  return {
    provider: captcha.kind,
    siteKey: captcha.siteKey,
    scriptUrl,
    elementClass,
    tokenField,
    origins,
  };
}

/** The host a captcha's service is asked at, for `configHosts`. */
export function captchaHosts({ captcha }: FormConfig): readonly string[] {
  if (captcha.kind === "none" || captcha.verifyUrl === undefined) return [];
  return [new URL(captcha.verifyUrl).hostname];
}

/** Asks a captcha's service once whether a token is good. */
export async function verifyCaptcha(
  token: string | null,
  about: { readonly remoteAddress: string; isKnownHost(host: string): boolean },
  { captcha }: FormConfig,
  io: Io,
): Promise<CaptchaVerdict> {
  if (captcha.kind === "none") return ok(null);
  const { label, verifyUrl } = SERVICES[captcha.kind];
  if (token === null || token === "" || token.length > MAX_TOKEN) {
    return err({ code: "missing", message: `${label} was not solved` });
  }
  const called = await callProvider({
    method: "POST",
    url: captcha.verifyUrl ?? verifyUrl,
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      secret: captcha.secret,
      response: token,
      remoteip: about.remoteAddress,
    }).toString(),
  }, io);
  const unavailable = (why: string) =>
    err({ code: "unavailable" as const, message: `${label} could not be asked: ${why}` });
  if (called.kind !== "answered") return unavailable("it cannot be reached");
  const { data } = Answer.safeParse(called.answer.json);
  if (called.answer.status >= 500 || data === undefined) {
    return unavailable(`it answered ${called.answer.status}`);
  }
  const codes = data["error-codes"] ?? [];
  // These are nobody's fault but the settings' or the service's.
  const fault = codes.find((code) =>
    /^(?:internal-error|(?:missing|invalid)-input-secret)$/.test(code)
  );
  if (fault !== undefined) return unavailable(fault);
  if (!data.success) {
    return err({
      code: "refused",
      message: `${label} refused: ${codes.join(", ") || "no reason"}`,
    });
  }
  if (data.hostname !== undefined && !about.isKnownHost(data.hostname)) {
    return err({ code: "refused", message: `${label} was solved on ${data.hostname}` });
  }
  return ok(null);
}
