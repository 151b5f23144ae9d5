import type { VisitorConfigJson } from "@/core/model/visitor_api.ts";
import type { State } from "../state.ts";
import { Composer } from "./Composer.tsx";
import { useWidget } from "./context.ts";
import { EmailAsk } from "./EmailAsk.tsx";
import { FaceOf, Faces } from "./FaceOf.tsx";
import { Icon } from "./Icon.tsx";
import { Log } from "./Log.tsx";
import { Menu } from "./Menu.tsx";

/** One conversation. */
export function ThreadScreen({ state, config, thread }: {
  readonly state: State;
  readonly config: VisitorConfigJson;
  readonly thread: string;
}) {
  const { chat, language: { texts }, onClose } = useWidget();
  const conversation = state.conversations.find(({ id }) => id === thread);
  const agent = conversation?.agent ?? null;
  const isClosed = conversation?.status === "closed";
  const about = config.replyTime || (config.isOnline ? texts.here : texts.away);
  return (
    <>
      <header class="pw-head">
        <button
          type="button"
          class="pw-ib"
          aria-label={texts.back}
          onClick={() => void chat.show(null)}
        >
          <Icon name="left" flips />
        </button>
        <span class="pw-who">
          {agent ? <FaceOf face={agent} /> : <Faces faces={config.faces} isSmall />}
        </span>
        <div class="pw-ttl">
          <b>
            <bdi>{agent?.name ?? config.title}</bdi>
          </b>
          <span>
            <bdi>{about}</bdi>
          </span>
        </div>
        <Menu />
        <button type="button" class="pw-ib pw-min" aria-label={texts.close} onClick={onClose}>
          <Icon name="x" />
        </button>
      </header>
      {!state.isOnline && (
        <div class="pw-note" role="status">
          <Icon name="offline" />
          <span>
            <b>{texts.offline}</b> {texts.offlineMore}
          </span>
        </div>
      )}
      <Log state={state} thread={thread} isClosed={isClosed} />
      <EmailAsk state={state} />
      <Composer key={state.visit} config={config} />
    </>
  );
}
