/** How far a channel's imports are, as it changes. */
import type { ApiEvent } from "../../../core/model/api.ts";
import type { ApiImport } from "../../../core/model/api_admin.ts";

/** What it reaches the server by: the browser's own. */
export interface WatchPorts {
  readonly fetch: typeof fetch;
  readonly openStream: (url: string) => EventSource;
}

/**
 * Calls `onChange` with all imports of a channel whenever one of them moved on. Returns what ends it.
 * After a broken connection, and for an import it does not know, it asks for all of them.
 */
export function watchImports(
  channelId: string,
  known: readonly ApiImport[],
  ports: WatchPorts,
  onChange: (all: readonly ApiImport[]) => void,
): () => void {
  let all = known;
  let isEnded = false;
  const stream = ports.openStream("/api/v1/events");

  async function refetch(): Promise<void> {
    const response = await ports.fetch(`/api/v1/channels/${channelId}/imports`).catch(() => null);
    if (response === null || !response.ok || isEnded) return;
    // Of our own API.
    const { items } = await response.json() as { items: readonly ApiImport[] };
    all = items;
    onChange(all);
  }

  const onProgress = ({ data }: MessageEvent<string>) => {
    // Of our own API.
    const { job } = JSON.parse(data) as ApiEvent;
    if (job === undefined || job.channelId !== channelId) return;
    const isEnd = job.state !== "running" && job.state !== "waiting";
    if (isEnd || !all.some(({ id }) => id === job.id)) return void refetch();
    const { state, done, total, taken, failed, error } = job;
    all = all.map((one) =>
      one.id === job.id ? { ...one, state, done, total, taken, failed, error } : one
    );
    onChange(all);
  };
  stream.addEventListener("job.progress", onProgress);
  // Also after each break: what happened meanwhile was not heard.
  stream.addEventListener("hello", () => void refetch());
  stream.addEventListener("reset", () => void refetch());
  return () => {
    isEnded = true;
    stream.close();
  };
}
