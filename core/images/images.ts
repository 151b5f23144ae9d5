import { type Principal, RateLimiter } from "../access/mod.ts";
import { equalText } from "../constant_time.ts";
import type { CoreContext } from "../context.ts";
import { encodeBase64Url } from "../encoding.ts";
import { type CoreError, notFound } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import { sha256 } from "../sha256.ts";
import { keys, type RemoteImageRecord, transact } from "../store/mod.ts";
import { untilAborted } from "../until_aborted.ts";
import { fetchImage, type ImageProblem, MAX_IMAGE_BYTES } from "./fetch_image.ts";

/** An image of another server that somebody may look at. */
export interface OpenedImage {
  /** Told by its bytes; a browser may show it. */
  readonly type: string;
  readonly size: number;
  /** All of it, or the bytes from `start` up to and without `end`. */
  stream(
    range?: { readonly start: number; readonly end: number },
  ): ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** Images that mails load from elsewhere: fetched by us, so that nobody learns who reads where and when. */
export interface RemoteImages {
  /** Path with query, relative to the deployment, under which an image of a mail is had. Only this makes such paths. */
  sign(url: string): Promise<string>;
  /** Errors: not_found for what was not signed; unsupported with the reason in words; rate_limited. */
  open(
    principal: Principal,
    url: string,
    signature: string,
  ): Promise<Result<OpenedImage, CoreError>>;
  /** Deletes what was kept long enough; returns how many. */
  sweep(): Promise<number>;
}

const PURPOSE = "remote image";
const FETCH_MS = 10_000;
const MINUTE_MS = 60_000;
const IMAGE_KEPT_MS = 24 * 60 * MINUTE_MS;
/** A server that is down is not asked again by each frame that opens. */
const PROBLEM_KEPT_MS = 10 * MINUTE_MS;
/** Whoever began to read before the end goes on reading. */
const READING_MS = 60 * MINUTE_MS;
/** Fetches, not views: some ten newsletters within five minutes. */
const LIMIT = { name: "remote_images", max: 300, windowMs: 5 * MINUTE_MS };
/** Connections to one host at once, as browsers do. */
const LANES = 6;
const SWEPT_AT_ONCE = 500;

/** Remote images over the store. */
export function createRemoteImages({ store, ports, config }: CoreContext): RemoteImages {
  const limiter = new RateLimiter(store);
  const { allowPrivateHosts } = config;
  const { resolve, fetchAt } = ports;

  async function kept(hash: string): Promise<RemoteImageRecord | null> {
    const record = await store.get(keys.remoteImage(hash));
    return record !== null && record.expiresAt > ports.clock.now() ? record : null;
  }

  /** Fetches into a blob nobody owns yet. */
  async function stage(url: string): Promise<RemoteImageRecord["found"]> {
    const deadline = new AbortController();
    const { signal } = deadline;
    const cancel = ports.alarm(ports.clock.now() + FETCH_MS, () => deadline.abort());
    const problem = (what: ImageProblem) => ({ kind: "problem", problem: what }) as const;
    const fetchAndStage = async () => {
      const fetched = await fetchImage(url, { allowPrivateHosts, resolve, fetchAt, signal });
      if (!fetched.ok) return problem(fetched.error);
      const { type, body } = fetched.value;
      const blob = await store.blobs.stage(body, { maxBytes: MAX_IMAGE_BYTES });
      return "code" in blob ? problem("too_large") : { kind: "image", type, blob } as const;
    };
    try {
      // Names are looked up without a signal.
      return await untilAborted(fetchAndStage(), signal);
    } catch {
      // Whatever a stranger's server did: there is no image, and nothing else of ours is concerned.
      return problem(signal.aborted ? "too_slow" : "unreachable");
    } finally {
      cancel();
    }
  }

  async function fetchOnce(url: string, hash: string): Promise<RemoteImageRecord> {
    const found = await stage(url);
    return await transact(store, async (tx) => {
      const before = await tx.get(keys.remoteImage(hash));
      if (before !== null) {
        tx.delete(keys.remoteImageEnd(before.expiresAt, hash));
        if (before.found.kind === "image") tx.dropBlob(before.found.blob.id);
      }
      const keptMs = found.kind === "image" ? IMAGE_KEPT_MS : PROBLEM_KEPT_MS;
      const record = { expiresAt: tx.now + keptMs, found };
      if (found.kind === "image") tx.adopt(found.blob);
      tx.set(keys.remoteImage(hash), record);
      tx.set(keys.remoteImageEnd(record.expiresAt, hash), true);
      return record;
    });
  }

  return {
    async sign(url) {
      const signature = encodeBase64Url(await store.vault.mac(PURPOSE, url));
      return `/api/v1/images?${new URLSearchParams({ url, signature })}`;
    },

    async open(principal, url, signature) {
      const macs = await store.vault.macs(PURPOSE, url);
      if (!macs.some((mac) => equalText(encodeBase64Url(mac), signature))) {
        return err(notFound("image"));
      }
      const hash = sha256(url);
      let record = await kept(hash);
      if (record === null) {
        const subject = principal.type === "user" ? principal.user.id : principal.id;
        const allowed = await limiter.take([{ ...LIMIT, subject }]);
        if (!allowed.ok) return allowed;
        // One lane for each image, so that two who look at the same mail fetch it once.
        const lane = parseInt(hash.slice(0, 4), 16) % LANES;
        record = await store.inTurn(
          `images ${hostOf(url)} ${lane}`,
          async () => await kept(hash) ?? await fetchOnce(url, hash),
        );
      }
      const { found } = record;
      if (found.kind === "problem") {
        return err({ code: "unsupported", message: wordsOf(found.problem) });
      }
      return ok({
        type: found.type,
        size: found.blob.size,
        stream: (range) => store.blobs.stream(found.blob.id, range),
      });
    },

    async sweep() {
      const upTo = ports.clock.now() - READING_MS;
      let swept = 0;
      const ended = store.list(keys.remoteImagesEndedBy(upTo), { limit: SWEPT_AT_ONCE });
      for await (const { path } of ended) {
        const hash = String(path.at(-1));
        const endedAt = Number(path.at(-2));
        await transact(store, async (tx) => {
          tx.delete(keys.remoteImageEnd(endedAt, hash));
          const record = await tx.get(keys.remoteImage(hash));
          if (record?.expiresAt !== endedAt) return;
          tx.delete(keys.remoteImage(hash));
          if (record.found.kind === "image") tx.dropBlob(record.found.blob.id);
        });
        swept++;
      }
      return swept;
    },
  };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "";
}

const WORDS: Readonly<Record<ImageProblem, string>> = {
  refused: "The image's address is not one that may be asked",
  unreachable: "The image's server did not answer",
  too_slow: "The image's server took too long",
  absent: "The image's server has no such image",
  too_large: "The image is too large to be shown",
  not_an_image: "It is not an image that can be shown",
};

function wordsOf(problem: string): string {
  // A record of a later version may name a problem this one does not know.
  return Object.entries(WORDS).find(([code]) => code === problem)?.[1] ?? WORDS.unreachable;
}
