/** The page of one way to connect an address. @param inboxId "" for none */
export function wayHref(action: string, address: string, way: string, inboxId: string): string {
  const query = new URLSearchParams({ address, way, ...inboxId === "" ? {} : { inbox: inboxId } });
  return `${action}?${query}`;
}
