import { z } from "zod";

/** Tokens go there: never in the clear, except to this machine. */
const Endpoint = z.url({ protocol: /^https?$/ }).max(500).refine((url) => {
  // The check before has said so already.
  if (!URL.canParse(url)) return true;
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}, "must begin with https://");

/** What every client registered with a provider has. */
export const clientFields = {
  clientId: z.string().trim().min(1).max(500).regex(/^[\x21-\x7e]+$/, "must have no spaces").meta({
    title: "Client ID",
  }),
  clientSecret: z.string().trim().min(1).max(1_000).regex(
    /^[\x21-\x7e]+$/,
    "must have no spaces",
  ).meta({ title: "Client secret", secret: true }),
};

/** Where a provider is asked, when that is not where it usually is. */
export const endpointFields = {
  authorizeUrl: Endpoint.optional().meta({
    title: "Address people sign in at",
    help: "Empty: the provider's own.",
    advanced: true,
  }),
  tokenUrl: Endpoint.optional().meta({
    title: "Address tokens come from",
    help: "Empty: the provider's own.",
    advanced: true,
  }),
};

/** The claims of an ID token that are mail addresses, by name, in this order. */
export function addressesIn(
  claims: Readonly<Record<string, unknown>>,
  names: readonly string[],
): readonly string[] {
  const values = names.map((name) => claims[name])
    .filter((value) => typeof value === "string")
    .filter((value) => value.includes("@"));
  return [...new Set(values)];
}
