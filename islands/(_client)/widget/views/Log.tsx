import { useLayoutEffect, useRef } from "preact/hooks";
import { dayOf, formatDay } from "../format.ts";
import type { State } from "../state.ts";
import { fill } from "../fill.ts";
import { threadItems } from "../thread_items.ts";
import { useWidget } from "./context.ts";
import { FaceOf } from "./FaceOf.tsx";
import { OutgoingMessage } from "./OutgoingMessage.tsx";
import { Run } from "./Run.tsx";
import { UploadRow } from "./UploadRow.tsx";

/** Closer than this to the end, new messages are followed. */
const NEAR_PX = 80;

/** The messages, newest at the foot; new ones are announced politely. */
export function Log({ state, thread, isClosed }: {
  readonly state: State;
  readonly thread: string;
  readonly isClosed: boolean;
}) {
  const { chat, language } = useWidget();
  const { texts } = language;
  const log = useRef<HTMLDivElement>(null);
  const { messages = [], before = null } = state.threads[thread] ?? {};
  const inThread = (one: { readonly thread: string }) => one.thread === thread;
  const outgoing = state.outgoing.filter(inThread);
  const uploads = state.uploads.filter(inThread);
  const typist = state.typing[thread];
  const items = threadItems({ messages, outgoing, uploads, dayOf });
  useScroll(log, {
    first: messages[0]?.id ?? "",
    own: outgoing.length + uploads.length,
    isOpen: state.isOpen,
  });

  return (
    <div class="pw-log" role="log" tabIndex={0} aria-label={texts.messages} ref={log}>
      {before !== null && (
        <button
          type="button"
          class="pw-older"
          onClick={() => void chat.showEarlier()}
        >
          {texts.earlier}
        </button>
      )}
      {items.map((item) => {
        switch (item.kind) {
          case "day":
            return (
              <div class="pw-day" key={item.key}>
                <span>{formatDay(item.at, Date.now(), language)}</span>
              </div>
            );
          case "run":
            return <Run key={item.key} run={item} />;
          case "outgoing":
            return (
              <OutgoingMessage key={item.key} message={item.message} isOnline={state.isOnline} />
            );
          case "upload":
            return <UploadRow key={item.key} upload={item.upload} />;
        }
      })}
      {typist && (
        <div class="pw-g pw-typing">
          <FaceOf face={typist} />
          <div>
            <div class="pw-b" role="img" aria-label={fill(texts.typing, { name: typist.name })}>
              <i />
              <i />
              <i />
            </div>
          </div>
        </div>
      )}
      {isClosed && (
        <div class="pw-ev">
          <span>{texts.closed}</span>
        </div>
      )}
    </div>
  );
}

interface Shown {
  /** Id of the oldest message shown. */
  readonly first: string;
  /** How many of the visitor's own are on their way. */
  readonly own: number;
  readonly isOpen: boolean;
}

/**
 * Keeps the reader's place: at the end when they were there or have just written, else on the lines they read, also
 * when older ones are put above.
 */
function useScroll(log: { readonly current: HTMLElement | null }, shown: Shown): void {
  const before = useRef({ height: 0, top: 0, shown });
  const element = log.current;
  // Measured while drawing, before the new content is there.
  if (element) {
    before.current = { ...before.current, height: element.scrollHeight, top: element.scrollTop };
  }
  useLayoutEffect(() => {
    const now = log.current;
    if (!now) return;
    const { height, top, shown: last } = before.current;
    const wasAtEnd = height - top - now.clientHeight < NEAR_PX;
    const hasWritten = shown.own > last.own;
    const isPrepended = last.first !== "" && shown.first !== last.first;
    if (isPrepended && !wasAtEnd) now.scrollTop = top + now.scrollHeight - height;
    else if (wasAtEnd || hasWritten || shown.isOpen !== last.isOpen) {
      now.scrollTop = now.scrollHeight;
    }
    before.current.shown = shown;
  });
}
