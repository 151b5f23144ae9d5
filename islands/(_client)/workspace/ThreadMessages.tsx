import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { ApiConversation } from "../../../core/model/api.ts";
import { Bubble } from "../../(_components)/Bubble.tsx";
import { Icon } from "../../(_components)/Icon.tsx";
import { Spinner } from "../../(_components)/Spinner.tsx";
import { lastSeqOf } from "./thread_state.ts";
import { threadItems } from "./thread_items.ts";
import type { LoadedThread } from "./thread_store.ts";
import { ThreadItemView } from "./ThreadItemView.tsx";
import type { WorkspaceModel } from "./workspace_model.ts";

/** From here on the reader is at the end of the thread, in pixels. */
const END_PX = 80;
/** The page before is fetched when its place is this near. */
const OLDER_PX = 600;
/** How long a new chat message must be in sight before a reply stands on it. */
const SEEN_MS = 1_500;

export interface ThreadMessagesProps {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
  readonly loaded: LoadedThread;
}

/** The messages of the open conversation. The scroller runs backwards: it opens at its end without script. */
export function ThreadMessages({ model, conversation, loaded }: ThreadMessagesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useSignal(true);
  const { thread } = loaded;
  const { id, version } = conversation;
  const { isMail } = model.traitsOf(conversation);
  const jumps = model.jumpToLatest.value;

  const onScroll = () => {
    const element = scroller.current;
    if (element === null) return;
    isAtEnd.value = element.scrollTop > -END_PX;
    const room = element.scrollHeight - element.clientHeight + element.scrollTop;
    if (room < OLDER_PX) void model.threads.loadOlder(id);
  };
  const toEnd = () => scroller.current?.scrollTo({ top: 0 });
  useEffect(() => {
    isAtEnd.value = true;
    toEnd();
  }, [id]);
  useEffect(() => {
    if (jumps > 0) toEnd();
  }, [jumps]);
  // Chat is fast: what has been in sight for a moment was seen. A letter stands on what its author began with.
  useEffect(() => {
    if (isMail || !isAtEnd.value || document.hidden) return;
    return model.ports.after(SEEN_MS, () => model.composers.see(id, version));
  }, [id, version, isAtEnd.value, lastSeqOf(thread)]);

  const items = threadItems([...thread.messages, ...thread.sending], {
    isMail,
    timeZone: model.clock.value.timeZone,
    newFromSeq: thread.newFromSeq,
  });
  const firstSeq = thread.messages[0]?.seq;
  return (
    <div class="thread-body">
      <div
        class="thread-scroll"
        ref={scroller}
        tabIndex={0}
        role="region"
        aria-label="Messages"
        onScroll={onScroll}
      >
        <div class="messages" role="log" aria-label="Messages">
          {thread.before !== null && firstSeq !== undefined && (
            <p class="messages-older">
              {loaded.isLoadingOlder
                ? <Spinner />
                : (
                  <a class="button" data-kind="ghost" href={`?before=${firstSeq}`}>
                    Older messages
                  </a>
                )}
            </p>
          )}
          {items.map((item) => <ThreadItemView key={item.key} model={model} item={item} />)}
          <Typing model={model} conversation={conversation} />
        </div>
      </div>
      {!isAtEnd.value && (
        <button type="button" class="pill jump" data-float="" onClick={toEnd}>
          <Icon name="arrow-down" size={12} />
          Latest
        </button>
      )}
    </div>
  );
}

function Typing({ model, conversation }: Omit<ThreadMessagesProps, "loaded">) {
  const typists = model.typing.typists.value.get(conversation.id)
    ?.filter(({ id }) => id !== model.data.me.id) ?? [];
  const contact = typists.find(({ type }) => type === "contact");
  const names = typists.map(({ type, name }) =>
    type === "contact" ? conversation.contactName : name
  );
  if (names.length === 0) return null;
  return (
    <div class="bubbles" data-out={contact ? undefined : ""}>
      <Bubble typing />
      <span class="bubbles-meta">
        {names.join(", ")} {names.length === 1 ? "is" : "are"} writing
      </span>
    </div>
  );
}
