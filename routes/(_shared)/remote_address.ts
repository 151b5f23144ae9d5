/** What tells where a request came from. */
export interface RequestOrigin {
  /** Address of the socket's other end. */
  readonly socketAddress: string;
  readonly forwardedFor: string | null;
  /** Number of proxies in front that are believed (PARLEY_TRUST_PROXY). */
  readonly hops: number;
}

/**
 * The client's address: each believed proxy vouches for the entry it added at the right of X-Forwarded-For. What a
 * client wrote there itself is further left and is not looked at.
 */
export function remoteAddressOf({ socketAddress, forwardedFor, hops }: RequestOrigin): string {
  const added = (forwardedFor ?? "").split(",").map(plainAddress).filter((one) => one !== "");
  const chain = [plainAddress(socketAddress), ...added.reverse()];
  for (let hop = Math.min(hops, chain.length - 1); hop > 0; hop--) {
    const address = chain[hop];
    if (address && isAddress(address)) return address;
  }
  return chain[0] ?? "";
}

/** Without brackets, port, zone, or the IPv6 form of an IPv4 address. */
function plainAddress(text: string): string {
  const trimmed = text.trim().replace(/^"|"$/g, "");
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(trimmed)?.[1] ??
    /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(trimmed)?.[1] ?? trimmed;
  return bare.replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
}

function isAddress(text: string): boolean {
  if (/^(\d{1,3}\.){3}\d{1,3}$/.test(text)) return text.split(".").every((part) => +part <= 255);
  return text.includes(":") && /^[0-9a-f:.]{2,45}$/i.test(text);
}
