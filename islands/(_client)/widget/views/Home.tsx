import type { VisitorConfigJson, VisitorConversationJson } from "@/core/model/visitor_api.ts";
import { formatAge } from "../format.ts";
import type { State } from "../state.ts";
import { fill } from "@/core/model/fill.ts";
import { useWidget } from "./context.ts";
import { FaceOf, Faces } from "./FaceOf.tsx";
import { Icon } from "./Icon.tsx";

/** The start page: greeting, a new question, earlier conversations. */
export function Home({ state, config }: {
  readonly state: State;
  readonly config: VisitorConfigJson;
}) {
  const { chat, language: { texts }, onClose } = useWidget();
  const { conversations } = state;
  return (
    <div class="pw-home">
      <header class="pw-hero">
        <div class="pw-hero-top">
          <b class="pw-logo">
            <bdi>{config.title}</bdi>
          </b>
          <Faces faces={config.faces} />
          <button type="button" class="pw-ib pw-min" aria-label={texts.close} onClick={onClose}>
            <Icon name="x" />
          </button>
        </div>
        <h2>
          <bdi>{config.greeting || texts.greeting}</bdi>
        </h2>
      </header>
      <div class="pw-scroll">
        <button
          type="button"
          class="pw-card pw-start"
          onClick={() => void chat.show("new")}
        >
          <span>
            <b>{texts.ask}</b>
            <small>
              {config.isOnline && <i class="pw-dot" />}
              {config.replyTime || (config.isOnline ? texts.here : texts.away)}
            </small>
          </span>
          <em>
            <Icon name="send" flips />
          </em>
        </button>
        {conversations.length > 0 && (
          <section class="pw-card pw-list">
            <h3>{texts.yours}</h3>
            {conversations.map((one) => <Row key={one.id} conversation={one} config={config} />)}
          </section>
        )}
      </div>
    </div>
  );
}

function Row({ conversation, config }: {
  readonly conversation: VisitorConversationJson;
  readonly config: VisitorConfigJson;
}) {
  const { chat, language } = useWidget();
  const { agent, lastMessage, lastMessageAt, unread } = conversation;
  const face = agent ?? { name: config.title, avatarUrl: null };
  const words = lastMessage?.text ||
    fill(language.texts.file, { name: lastMessage?.attachments[0]?.name ?? "" });
  const isOwn = lastMessage?.author.type === "visitor";
  return (
    <button
      type="button"
      class={unread > 0 ? "pw-row un" : "pw-row"}
      onClick={() => void chat.show(conversation.id)}
    >
      <FaceOf face={face} />
      <span>
        <b>
          <bdi>{face.name}</bdi>
        </b>
        <time dateTime={lastMessageAt}>
          {formatAge(Date.parse(lastMessageAt), Date.now(), language)}
        </time>
        <small>
          <bdi>{isOwn ? fill(language.texts.you, { text: words }) : words}</bdi>
        </small>
      </span>
      {unread > 0 && <i class="pw-n">{unread}</i>}
    </button>
  );
}
