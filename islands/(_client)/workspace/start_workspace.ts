/** Brings the workspace to life in the browser: the stream, the keyboard, history, the clock. */
import { batch, effect } from "@preact/signals";
import { listenToKeys } from "../keys/listen_to_keys.ts";
import { markRead, showConversation } from "./actions.ts";
import { applyEvent, healGap } from "./apply_event.ts";
import { browserStreamPorts } from "./browser_stream_ports.ts";
import { COMMANDS, type ScreenParts } from "./commands/mod.ts";
import { EventBatch } from "./event_batch.ts";
import type { ServerEvent } from "./event_link.ts";
import { EventStream } from "./event_stream.ts";
import { signedOut } from "./fail.ts";
import { hasSameAccess } from "./has_same_access.ts";
import { windowNavigation } from "./navigation.ts";
import { isTimed } from "../../../core/model/match_filter.ts";
import { readFilter } from "./read_filter.ts";
import { isSavedView } from "./workspace_route.ts";
import { showRoute } from "./show_route.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

const MINUTE_MS = 60_000;
const YEAR_S = 31_536_000;

export interface RunningWorkspace extends Disposable {
  /** Tries to reach the server now. */
  reconnect(): void;
}

export function startWorkspace(model: WorkspaceModel, parts: ScreenParts): RunningWorkspace {
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
  ends.defer(model.navigation.attach(windowNavigation(), () => void showRoute(model)));
  ends.defer(listenToKeys({
    commands: COMMANDS,
    // A menu that is on its way takes the keys once it is there.
    isPossible: (command) => model.picker.peek() === null && command.isPossible(model),
    run: (command) => command.run(model, parts),
    after: (ms, run) => model.ports.after(ms, run),
  }));
  ends.defer(keepTime(model));
  ends.defer(keepTitle(model));
  ends.use(model.toasts);
  ends.use(model.typing);
  ends.defer(listen(document, "visibilitychange", () => void markRead(model)));
  ends.defer(listen(globalThis, "offline", () => model.hasNetwork.value = false));
  ends.defer(listen(globalThis, "online", () => {
    model.hasNetwork.value = true;
    stream.retry();
  }));
  ends.defer(keepPresence(model));
  ends.use(waitWithReplies(model));
  model.composers.restoreDrafts();
  model.drafts.start();
  ends.use(model.drafts);
  // Before the page may go, and when another window is worked in.
  ends.defer(listen(globalThis, "blur", () => model.drafts.flush()));
  ends.defer(listen(document, "focusout", () => model.drafts.flush()));
  void showFirst(model);
  return { reconnect: () => stream.retry(), [Symbol.dispose]: () => ends.dispose() };
}

/** Fetched behind the first screen, so that it is there when the connection is not. */
function waitWithReplies(model: WorkspaceModel): Disposable {
  const ends = new DisposableStack();
  let isEnded = false;
  ends.defer(() => isEnded = true);
  import("../replies/start_waiting.ts").then(
    ({ startWaiting }) => startWaiting(model),
  ).then((started) => {
    if (isEnded) started[Symbol.dispose]();
    else ends.use(started);
  }, () => {
    // Its script did not come, or the browser keeps nothing: what cannot be sent stays in the composer.
  });
  return ends;
}

/** The server rendered the thread; a post without script may have left the comment tab open. */
async function showFirst(model: WorkspaceModel): Promise<void> {
  const kind = model.composeKind.peek();
  await showConversation(model);
  model.composeKind.value = kind;
}

/** Times are written in the reader's own zone, which the server is told for the next page. */
function keepTime(model: WorkspaceModel): () => void {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const tick = () => {
    model.clock.value = { now: Date.now(), timeZone };
    // What is in some lists changes while nothing but time passes.
    if (isTimedList(model)) void model.conversations.recheck();
  };
  model.clock.value = { now: Date.now(), timeZone };
  document.cookie = `parley_tz=${
    encodeURIComponent(timeZone)
  };path=/;max-age=${YEAR_S};samesite=lax`;
  const timer = setInterval(tick, MINUTE_MS);
  return () => clearInterval(timer);
}

function isTimedList({ conversations, views }: WorkspaceModel): boolean {
  const list = conversations.list.peek();
  const filter = isSavedView(list.view) ? views.get(list.view)?.filter : readFilter(list.filter);
  return filter != null && isTimed(filter);
}

/** Others see which conversation this tab has open. */
function keepPresence(model: WorkspaceModel): () => void {
  const { attendant, drafts } = model;
  const ends = new DisposableStack();
  attendant.setHidden(document.hidden);
  ends.defer(effect(() => attendant.go(model.navigation.route.value.conversationId)));
  ends.defer(listen(document, "visibilitychange", () => {
    attendant.setHidden(document.hidden);
    if (document.hidden) drafts.flush(true);
  }));
  ends.defer(listen(globalThis, "pagehide", () => {
    drafts.flush(true);
    attendant.leave();
  }));
  // It may come back out of the browser's memory.
  ends.defer(listen(globalThis, "pageshow", () => attendant.again()));
  for (const type of ["keydown", "pointermove", "pointerdown", "wheel"]) {
    ends.defer(listen(document, type, () => attendant.touch()));
  }
  ends.use(attendant);
  return () => ends.dispose();
}

function keepTitle(model: WorkspaceModel): () => void {
  return effect(() => {
    const current = model.current.value;
    const unread = model.conversations.counts.value.all?.unread ?? 0;
    const name = current === null ? "Inbox" : current.subject || current.contactName;
    document.title = `${unread > 0 ? `(${unread}) ` : ""}${name} · Parley`;
  });
}

/** One event that cannot be taken in must not take those after it along. */
function applyOrReport(model: WorkspaceModel, event: ServerEvent): void {
  try {
    applyEvent(model, event);
  } catch (error) {
    reportError(error);
  }
}

/** Pages that nobody sees are not drawn; what came for them is taken in soon all the same. */
const HIDDEN_MS = 250;

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

function listen(target: EventTarget, type: string, run: () => void): () => void {
  target.addEventListener(type, run);
  return () => target.removeEventListener(type, run);
}
