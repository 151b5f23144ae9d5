import type { Config } from "../config/mod.ts";
import type { Random } from "../ports.ts";
import type { LinkRecord } from "../store/mod.ts";
import { keys, type Reader, type Tx } from "../store/mod.ts";
import { hashToken, newSecretToken } from "./secret_token.ts";

const HOUR_MS = 60 * 60 * 1_000;

/** How long each kind of link works. */
export const LINK_MS = {
  setup: 30 * 24 * HOUR_MS,
  invitation: 7 * 24 * HOUR_MS,
  reset: HOUR_MS,
  sign_in: 24 * HOUR_MS,
} as const satisfies Record<LinkRecord["kind"], number>;

const PATHS: Readonly<Record<LinkRecord["kind"], string>> = {
  setup: "/set-up",
  invitation: "/invitation",
  reset: "/reset-password",
  sign_in: "/sign-in",
};

/** A link about to be stored. */
export interface NewLink {
  readonly token: string;
  readonly hash: string;
}

/** A link with a random token. */
export function makeLink(random: Random): NewLink {
  return linkOf(newSecretToken(random));
}

export function linkOf(token: string): NewLink {
  return { token, hash: hashToken(token) };
}

/** Stores a link under the hash of its token. */
export function putLink(tx: Tx, { hash }: NewLink, record: LinkRecord): void {
  tx.set(keys.link(hash), record, { expireInMs: record.expiresAt - tx.now });
}

/** Absolute address, such as `https://inbox.example/invitation/<token>`. Never made from a request. */
export function linkUrl(
  config: Pick<Config, "url" | "port">,
  kind: LinkRecord["kind"],
  token: string,
): string {
  return `${config.url ?? `http://localhost:${config.port}`}${PATHS[kind]}/${token}`;
}

/** The record while the link works. */
export function liveLink<Kind extends LinkRecord["kind"]>(
  record: LinkRecord | null,
  kind: Kind,
  now: number,
): Extract<LinkRecord, { kind: Kind }> | null {
  if (record?.kind !== kind || record.expiresAt <= now) return null;
  // Narrowing by a generic kind is beyond the compiler.
  return record as Extract<LinkRecord, { kind: Kind }>;
}

/** Deletes the links that `isObsolete` names. */
export async function dropLinks(
  tx: Tx,
  isObsolete: (record: LinkRecord) => boolean,
): Promise<void> {
  for await (const { path, value } of tx.list(keys.links())) {
    if (isObsolete(value)) tx.delete(keys.link(String(path.at(-1))));
  }
}

/** The stored link of a token typed by anybody. */
export async function findLink(reader: Reader, token: string): Promise<LinkRecord | null> {
  // Anything else was not made here; it is not worth a hash.
  if (!/^[\w-]{43}$/.test(token)) return null;
  return await reader.get(keys.link(hashToken(token)));
}
