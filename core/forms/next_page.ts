import { isAllowedOrigin } from "../visitors/mod.ts";

/** What is known of where a posted form may lead. */
export interface NextPageFacts {
  /** As the form asks for it; null when it does not. */
  readonly asked: string | null;
  /** As the settings say; null when they do not. */
  readonly redirectUrl: string | null;
  readonly allowedDomains: readonly string[];
  /** Of the page it was posted from; null when nobody knows. */
  readonly origin: string | null;
}

const MAX_LENGTH = 2_000;

/**
 * Where a browser goes once its form was taken; null: to a thank-you. What a form asks for is followed to its own site and
 * to those the settings name, never anywhere else. Pure.
 */
export function nextPage(facts: NextPageFacts): string | null {
  const url = askedUrl(facts) ?? facts.redirectUrl;
  if (url === null) return null;
  const next = new URL(url);
  next.searchParams.set("submitted", "1");
  return next.href;
}

function askedUrl({ asked, redirectUrl, allowedDomains, origin }: NextPageFacts): string | null {
  if (asked === null || asked.length > MAX_LENGTH) return null;
  const base = origin ?? (redirectUrl === null ? null : new URL(redirectUrl).origin);
  const url = base === null ? URL.parse(asked) : URL.parse(asked, base);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  // A name in front of "@" is there to look like another site.
  if (url.username !== "" || url.password !== "") return null;
  const isOwn = url.origin === origin;
  const isNamed = redirectUrl !== null && url.origin === new URL(redirectUrl).origin;
  const isAllowed = allowedDomains.length > 0 && isAllowedOrigin(allowedDomains, url.origin);
  return isOwn || isNamed || isAllowed ? url.href : null;
}
