/** Brings the workspace to life in the browser: the stream, the keyboard, history, the clock. */
import { effect } from "@preact/signals";
import { listenToKeys } from "../keys/listen_to_keys.ts";
import { markRead, showConversation } from "./actions.ts";
import { COMMANDS, type ScreenParts } from "./commands/mod.ts";
import { windowNavigation } from "./navigation.ts";
import { isTimed } from "../../../core/model/match_filter.ts";
import { readFilter } from "./read_filter.ts";
import { isSavedView } from "./workspace_route.ts";
import type { LiveStream } from "./start_stream.ts";
import { showRoute } from "./show_route.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

const MINUTE_MS = 60_000;
const YEAR_S = 31_536_000;
const RELOAD_MS = 5_000;

export interface RunningWorkspace extends Disposable {
  /** Tries to reach the server now. */
  reconnect(): void;
}

export function startWorkspace(model: WorkspaceModel, parts: ScreenParts): RunningWorkspace {
  const ends = new DisposableStack();
  let stream: LiveStream | null = null;
  ends.use(
    late(async () => {
      const { startStream } = await untilLoaded(model, () => import("./start_stream.ts"));
      return stream = startStream(model);
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
    stream?.retry();
  }));
  ends.defer(keepPresence(model));
  // All that acts on conversations: at hand from now on, also without a connection.
  import("./apply_to_many.ts").catch(() => {});
  ends.use(
    late(() =>
      import("../replies/start_waiting.ts").then(({ startWaiting }) => startWaiting(model))
    ),
  );
  model.composers.restoreDrafts();
  model.drafts.start();
  ends.use(model.drafts);
  // Before the page may go, and when another window is worked in.
  ends.defer(listen(globalThis, "blur", () => model.drafts.flush()));
  ends.defer(listen(document, "focusout", () => model.drafts.flush()));
  void showFirst(model);
  return { reconnect: () => stream?.retry(), [Symbol.dispose]: () => ends.dispose() };
}

/** Without this script the page would stand still: it is tried again until it comes, and said meanwhile. */
async function untilLoaded<T>(
  { link, ports }: WorkspaceModel,
  load: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1;; attempt++) {
    try {
      return await load();
    } catch {
      // No connection just now.
      link.value = { kind: "waiting", attempt, retryAt: ports.now() + RELOAD_MS };
      await new Promise<void>((resolve) => void ports.after(RELOAD_MS, resolve));
    }
  }
}

/** What comes behind the first screen: it is there, and ends with the rest, unless all has ended before. */
function late(start: () => Promise<Disposable>): Disposable {
  const ends = new DisposableStack();
  start().then((started) => {
    if (ends.disposed) started[Symbol.dispose]();
    else ends.use(started);
  }, () => {
    // Its script did not come, or the browser keeps nothing: the page is as good as without it.
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

function listen(target: EventTarget, type: string, run: () => void): () => void {
  target.addEventListener(type, run);
  return () => target.removeEventListener(type, run);
}
