/** Kind of the identities of people on Messenger. */
export const PSID = "psid";

/** A person as one Page knows them: the same person is another at another Page. */
export function psidIdentity(pageId: string, psid: string) {
  return { kind: PSID, value: `${pageId}:${psid}`, verified: true };
}

/** Whom to write to as this Page; null for somebody who never wrote to it. */
export function psidOf(
  identities: readonly { readonly kind: string; readonly value: string }[],
  pageId: string,
): string | null {
  const prefix = `${pageId}:`;
  const found = identities.find(({ kind, value }) => kind === PSID && value.startsWith(prefix));
  return found?.value.slice(prefix.length) ?? null;
}
