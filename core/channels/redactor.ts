/** Takes secrets out of a text before it is stored, logged or shown. */
export type Redact = (text: string) => string;

/** Shorter ones would blank ordinary words. */
const MIN_LENGTH = 6;
const BLANK = "•••";

/** A function that blanks these secrets, as they are and as they stand in an address. */
export function createRedactor(secrets: readonly string[]): Redact {
  const forms = secrets.filter((secret) => secret.length >= MIN_LENGTH)
    .flatMap((secret) => [secret, encodeURIComponent(secret.toWellFormed())]);
  // The longest first: one may be part of another.
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((rest, form) => rest.replaceAll(form, BLANK), text);
}
