import type { Result } from "../result.ts";

/** Takes secrets out of a text before it is stored, logged or shown. */
export type Redact = (text: string) => string;

/** Shorter ones would blank ordinary words. */
const MIN_LENGTH = 6;
const BLANK = "•••";

/** A function that blanks these secrets: as they are, as they stand in an address, and inside base64 (`AUTH XOAUTH2`). */
export function createRedactor(secrets: readonly string[]): Redact {
  const forms = secrets.filter((secret) => secret.length >= MIN_LENGTH)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret.toWellFormed()),
      ...base64Forms(secret),
    ]);
  // The longest first: one may be part of another.
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((rest, form) => rest.replaceAll(form, BLANK), text);
}

/** What of a secret shows in base64, behind any number of other bytes; the characters it shares with them are left out. */
function base64Forms(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret);
  return [0, 1, 2].flatMap((before) => {
    const padded = new Uint8Array(before + bytes.length);
    padded.set(bytes, before);
    const whole = padded.toBase64({ omitPadding: true });
    const shared = before === 0 ? 0 : before + 1;
    const form = whole.slice(shared, Math.floor(padded.length * 8 / 6));
    return form.length >= MIN_LENGTH ? [form, form.replaceAll("+", "-").replaceAll("/", "_")] : [];
  });
}

/** A redactor that also knows every access token that was handed out since. */
export function redactorWithTokens<Args extends readonly unknown[], E>(
  secrets: readonly string[],
  getToken: (...args: Args) => Promise<Result<string, E>>,
): { readonly redact: Redact; readonly getToken: typeof getToken } {
  const tokens = new Set<string>();
  let redact = createRedactor(secrets);
  return {
    redact: (text) => redact(text),
    async getToken(...args) {
      const got = await getToken(...args);
      if (got.ok && !tokens.has(got.value)) {
        tokens.add(got.value);
        redact = createRedactor([...secrets, ...tokens]);
      }
      return got;
    },
  };
}
