import type { FetchAt, PinnedAnswer } from "../ports.ts";
import { err, ok, type Result } from "../result.ts";
import { type Reach, reachHost } from "./reach.ts";

/** What a guarded request needs: where it may go, and a way to go exactly there. */
export interface PinnedFetcher extends Reach {
  readonly fetchAt: FetchAt;
}

type Request = Omit<Parameters<FetchAt>[1], "address">;

/**
 * One request to an address that may have been chosen by others. The host is checked (`reachHost`), and the connection goes
 * to the very address that was checked, so that a name which leads elsewhere by then (DNS rebinding) changes nothing.
 * @returns why nothing may be asked there, in words for a person
 * @throws what `fetchAt` rejects with
 */
export async function fetchPinned(
  fetcher: PinnedFetcher,
  url: URL,
  request: Request,
): Promise<Result<PinnedAnswer, string>> {
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return err(`"${url.protocol}" is not an address of the web`);
  }
  if (url.username !== "" || url.password !== "") return err("The address holds a password");
  const reached = await reachHost(fetcher, url.hostname, portOf(url));
  return reached.ok
    ? ok(await fetcher.fetchAt(url, { ...request, address: reached.value }))
    : reached;
}

/** Of an address without one the usual port. */
function portOf({ protocol, port }: URL): number {
  if (port !== "") return Number(port);
  return protocol === "https:" ? 443 : 80;
}

/** How redirects are followed. */
export interface FollowRules {
  readonly headers: Readonly<Record<string, string>>;
  /** Sent to the first address's own scheme, host and port only, and never again once a redirect has left it. */
  readonly secretHeaders?: Readonly<Record<string, string>>;
  readonly maxRedirects: number;
  /** Further rules of the caller for each hop. @param from the hop before; null for the first */
  readonly mayAsk?: (url: URL, from: URL | null) => boolean;
  readonly signal: AbortSignal;
}

/** Why there is no answer to be read. */
export type FollowProblem =
  /** This address, or one it redirects to, may not be asked. */
  | "refused"
  | "too_many_redirects";

/**
 * GET, with redirects, each hop guarded as by {@link fetchPinned}. An answer that redirects to nowhere is given as it is.
 * @throws what `fetchAt` rejects with
 */
export async function followPinned(
  fetcher: PinnedFetcher,
  address: string,
  { headers, secretHeaders = {}, maxRedirects, mayAsk = () => true, signal }: FollowRules,
): Promise<Result<PinnedAnswer, FollowProblem>> {
  const first = URL.parse(address);
  let from: URL | null = null;
  let isHome = true;
  for (let url = first, hops = 0; hops <= maxRedirects; hops++) {
    if (url === null || !mayAsk(url, from)) return err("refused");
    isHome &&= url.origin === first?.origin;
    const answered: Result<PinnedAnswer, string> = await fetchPinned(fetcher, url, {
      headers: isHome ? { ...headers, ...secretHeaders } : headers,
      signal,
    });
    if (!answered.ok) return err("refused");
    const { status, headers: fields, body } = answered.value;
    const next = URL.parse(fields.get("location") ?? NOWHERE, url);
    if (!REDIRECTS.has(status) || next === null) return answered;
    await body.cancel();
    from = url;
    url = next;
  }
  return err("too_many_redirects");
}

/** No address, whatever it is relative to. */
const NOWHERE = "http://[";
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
