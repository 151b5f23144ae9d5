import { z } from "zod";

/** What an id at Meta looks like: digits, whose number is too large to be read as one. */
export const MetaId = z.string().trim().regex(/^[A-Za-z0-9_-]{1,60}$/, "must be an id of digits");

/** Spaces come along when something is copied. */
const Copied = z.string().trim().min(1).max(500).regex(/^[\x21-\x7e]+$/, "must have no spaces");

/** Version of the Graph API that is asked where an app names none. */
export const GRAPH_VERSION = "v25.0";

/** Settings of an app at Meta. */
export const MetaAppConfig = z.strictObject({
  appId: MetaId.meta({
    title: "App ID",
    help: "On developers.facebook.com, under “App settings”, “Basic”.",
  }),
  appSecret: Copied.meta({
    title: "App secret",
    help: "On the same page: “Show”.",
    secret: true,
  }),
  verifyToken: Copied.meta({
    title: "Verify token",
    help: "Any text that nobody guesses. Enter the same where Meta asks for it.",
    secret: true,
  }),
  graphVersion: z.string().trim().regex(/^v\d{1,3}\.\d$/, "must look like v25.0").optional().meta({
    title: "Graph API version",
    help: `Empty: ${GRAPH_VERSION}.`,
    advanced: true,
  }),
});
export type MetaAppConfig = z.infer<typeof MetaAppConfig>;

/** The settings of a channel's app; null where there is none that works. */
export function appConfigOf(
  { app }: { readonly app?: { readonly config: unknown } },
): MetaAppConfig | null {
  return MetaAppConfig.safeParse(app?.config).data ?? null;
}
