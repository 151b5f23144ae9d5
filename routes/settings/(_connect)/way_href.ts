/** The page of one way to connect an address. @param inboxId "" for none */
export function wayHref(action: string, address: string, way: string, inboxId: string): string {
  const query = new URLSearchParams({ address, way, ...inboxId === "" ? {} : { inbox: inboxId } });
  return `${action}?${query}`;
}

/** The page that adds an app of a kind, and leads back to the best way for an address. */
export function appHref(kind: string, action: string, address: string, inboxId: string): string {
  const query = new URLSearchParams({ address, ...inboxId === "" ? {} : { inbox: inboxId } });
  return `/settings/apps/new/${kind}?${new URLSearchParams({ next: `${action}?${query}` })}`;
}
