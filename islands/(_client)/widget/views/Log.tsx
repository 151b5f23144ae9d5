import { useRef } from "preact/hooks";
import { dayOf, formatDay } from "../format.ts";
import type { State } from "../state.ts";
import { fill } from "@/core/model/fill.ts";
import { threadItems } from "../thread_items.ts";
import { useWidget } from "./context.ts";
import { FaceOf } from "./FaceOf.tsx";
import { OutgoingMessage } from "./OutgoingMessage.tsx";
import { Run } from "./Run.tsx";
import { UploadRow } from "./UploadRow.tsx";
import { useReadingPlace } from "./use_reading_place.ts";

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
  useReadingPlace(log, {
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
