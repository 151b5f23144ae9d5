/** What the server tells as it happens, from the page's own moment on. */
import { batch } from "@preact/signals";
import { applyEvent, healGap } from "./apply_event.ts";
import { browserStreamPorts } from "./browser_stream_ports.ts";
// Drawn when there is no connection to fetch it by.
import "./ConnectionBar.tsx";
import { EventBatch } from "./event_batch.ts";
import type { ServerEvent } from "./event_link.ts";
import { EventStream } from "./event_stream.ts";
import { signedOut } from "./fail.ts";
import { hasSameAccess } from "./has_same_access.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

export interface LiveStream extends Disposable {
  /** Tries to reach the server now. */
  retry(): void;
}

/** Pages that nobody sees are not drawn; what came for them is taken in soon all the same. */
const HIDDEN_MS = 250;

export function startStream(model: WorkspaceModel): LiveStream {
  const ends = new DisposableStack();
  let hasBeenLive = false;
  const events = ends.use(
    new EventBatch({
      apply: (all) => batch(() => all.forEach((event) => applyOrReport(model, event))),
      soon: beforeDrawing,
    }),
  );
  const stream = ends.use(
    new EventStream(browserStreamPorts(), {
      url: "/api/v1/events",
      userId: model.data.me.id,
      cursor: model.data.cursor,
      onEvent: (event) => events.add(event),
      onState(state) {
        const isBack = hasBeenLive && state.kind === "live" && model.link.peek().kind !== "live";
        hasBeenLive ||= state.kind === "live";
        model.link.value = state;
        if (isBack) {
          events.flush();
          // Before the first event: the server tells all of it again.
          model.presence.clear();
          model.attendant.again();
          model.drafts.flush();
        }
        if (state.kind === "waiting") void checkSession(model);
      },
      onGap: () => void healGap(model),
    }),
  );
  return { retry: () => stream.retry(), [Symbol.dispose]: () => ends.dispose() };
}

/** One event that cannot be taken in must not take those after it along. */
function applyOrReport(model: WorkspaceModel, event: ServerEvent): void {
  try {
    applyEvent(model, event);
  } catch (error) {
    reportError(error);
  }
}

function beforeDrawing(run: () => void): () => void {
  const cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const once = () => {
    cancel();
    run();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, HIDDEN_MS);
  return cancel;
}

/** A stream also ends with the session, and when the reader's rights change: then the page is made anew. */
async function checkSession(model: WorkspaceModel): Promise<void> {
  const answer = await model.ports.api.me();
  if (answer.ok) {
    if (!hasSameAccess(model.data, answer.value)) location.reload();
  } else if (answer.error.code === "signed_out") signedOut();
}
