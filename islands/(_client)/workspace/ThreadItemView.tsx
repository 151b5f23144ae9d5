import type { ApiMessage } from "../../../core/model/api.ts";
import { CommentMessage } from "../../(_components)/CommentMessage.tsx";
import { DaySeparator } from "../../(_components)/DaySeparator.tsx";
import { NewLine } from "../../(_components)/NewLine.tsx";
import { ThreadEvent } from "../../(_components)/ThreadEvent.tsx";
import { authorOf, messageElementId } from "./author_of.ts";
import { BubblesItem } from "./BubblesItem.tsx";
import { eventWords } from "./event_words.ts";
import { MailFrame } from "./MailFrame.tsx";
import { MailItem } from "./MailItem.tsx";
import { FailedDelivery } from "./FailedDelivery.tsx";
import { listedFiles, MessageFiles } from "./MessageFiles.tsx";
import { MessageText } from "./MessageText.tsx";
import { AsideItem } from "./outside/AsideItem.tsx";
import { WhyButton } from "./WhyButton.tsx";
import type { ThreadItem } from "./thread_items.ts";
import type { WorkspaceModel } from "./workspace_model.ts";
import { formatRoute } from "./workspace_route.ts";

/** One part of a thread. */
export function ThreadItemView({ model, item }: {
  readonly model: WorkspaceModel;
  readonly item: ThreadItem;
}) {
  switch (item.kind) {
    case "day":
      return <DaySeparator {...model.clock.value} at={item.at} />;
    case "new":
      return <NewLine />;
    case "event":
      return <EventLine model={model} message={item.message} />;
    case "comment":
      return item.message.aside === undefined
        ? <CommentItem model={model} message={item.message} />
        : <AsideItem model={model} message={item.message} />;
    case "mail":
      return <MailItem model={model} message={item.message} />;
    case "bubbles":
      return <BubblesItem model={model} messages={item.messages} />;
  }
}

interface MessageProps {
  readonly model: WorkspaceModel;
  readonly message: ApiMessage;
}

function EventLine({ model, message }: MessageProps) {
  const { icon, parts } = eventWords(message, model.data.me.id);
  const isReport = message.event?.type === "bounced" || message.event?.type === "delayed";
  const isFailed = message.status === "failed" || message.status === "ambiguous";
  const line = (
    <ThreadEvent {...model.clock.value} icon={icon} at={Date.parse(message.createdAt)}>
      {parts.map(({ text, isName, conversationId }, index) =>
        conversationId !== undefined
          ? (
            <a
              key={index}
              class="link"
              href={formatRoute({ ...model.navigation.route.value, conversationId, pane: null })}
            >
              {text}
            </a>
          )
          : isName
          ? <b key={index}>{text}</b>
          : text
      )}
      {isReport && (
        <>
          <a class="link" href={`/api/v1/messages/${message.id}/raw`}>Report</a>
        </>
      )}
    </ThreadEvent>
  );
  if (!isFailed) return line;
  return (
    <div class="event-failed" id={messageElementId(message.id)}>
      {line}
      <FailedDelivery model={model} message={message} />
    </div>
  );
}

function CommentItem({ model, message }: MessageProps) {
  const hasFiles = listedFiles(message.attachments).length > 0;
  return (
    <CommentMessage
      {...model.clock.value}
      id={messageElementId(message.id)}
      at={Date.parse(message.createdAt)}
      author={authorOf(model, message)}
      files={hasFiles && (
        <MessageFiles model={model} messageId={message.id} files={message.attachments} />
      )}
      actions={<WhyButton message={message} />}
    >
      {message.hasHtml
        ? (
          <MailFrame
            messageId={message.id}
            title={`Comment by ${message.author.name}`}
            showsImages={false}
            isTrusted={false}
            onImages={() => {}}
          />
        )
        : <MessageText text={message.text} mentions={message.mentions} />}
    </CommentMessage>
  );
}
