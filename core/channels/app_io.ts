import type { AnyAdapter, AppIo } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import { err } from "../result.ts";
import { createIo } from "./io.ts";
import type { Redact } from "./redactor.ts";
import { createTextCache } from "./text_cache.ts";

/** What code that works for an app, and for none of its channels, may touch of the world: what its adapter may. */
export function appIo(
  context: CoreContext,
  { adapter, appId, redact }: {
    readonly adapter: AnyAdapter;
    readonly appId: string;
    readonly redact: Redact;
  },
  signal: AbortSignal,
): AppIo {
  return createIo(context, {
    adapter,
    channel: { id: appId },
    view: null,
    cache: createTextCache(context.ports.clock),
    redact,
    accessToken: () =>
      Promise.resolve(err({ code: "unauthorized", message: "An app is signed in nowhere." })),
  }, signal);
}
