import type { ApiMessage } from "../../../core/model/api.ts";
import { Bubble } from "../../(_components)/Bubble.tsx";
import { BubbleNotes } from "../../(_components)/BubbleNotes.tsx";
import { Bubbles } from "../../(_components)/Bubbles.tsx";
import { DeliveryState } from "../../(_components)/DeliveryState.tsx";
import { authorOf, messageElementId } from "./author_of.ts";
import { ByMail } from "./ByMail.tsx";
import { deliveryWords } from "./delivery_words.ts";
import { FailedDelivery } from "./FailedDelivery.tsx";
import { MessageMenu } from "./MessageMenu.tsx";
import { listedFiles, MessageFiles } from "./MessageFiles.tsx";
import { MessageText } from "./MessageText.tsx";
import { QuickReplyChips } from "./QuickReplyChips.tsx";
import { reactionGroups } from "./reaction_groups.ts";
import { ScheduledDelivery } from "./ScheduledDelivery.tsx";
import { WhyButton } from "./WhyButton.tsx";
import { WrittenOutside } from "./WrittenOutside.tsx";
import type { WorkspaceModel } from "./workspace_model.ts";

/** Chat messages of one person that belong together. */
export function BubblesItem({ model, messages }: {
  readonly model: WorkspaceModel;
  readonly messages: readonly ApiMessage[];
}) {
  const first = messages[0];
  const last = messages.at(-1);
  if (first === undefined || last === undefined) return null;
  const isOut = last.kind === "reply";
  const isFailed = last.status === "failed" || last.status === "ambiguous";
  return (
    <Bubbles
      {...model.clock.value}
      at={Date.parse(last.createdAt)}
      out={isOut}
      author={authorOf(model, last)}
      meta={
        <>
          {isOut && (
            <DeliveryState
              status={last.status}
              text={deliveryWords(last, model.clock.value)}
            />
          )}
          <ScheduledDelivery model={model} message={last} />
          <ByMail message={last} />
          <WrittenOutside message={last} />
          <span class="bubbles-tools">
            <MessageMenu model={model} message={first} />
            <WhyButton message={last} />
          </span>
        </>
      }
    >
      {messages.map((message) => <OneMessage key={message.id} model={model} message={message} />)}
      {isFailed && (
        <div class="bubbles-failure">
          <FailedDelivery model={model} message={last} />
        </div>
      )}
    </Bubbles>
  );
}

function OneMessage({ model, message }: {
  readonly model: WorkspaceModel;
  readonly message: ApiMessage;
}) {
  const hasFiles = listedFiles(message.attachments).length > 0;
  const id = messageElementId(message.id);
  if (message.deletedAt !== undefined) return <Bubble id={id} deleted />;
  return (
    <>
      {(message.text !== "" || !hasFiles) && (
        <Bubble id={id}>
          <MessageText text={message.text} />
        </Bubble>
      )}
      <QuickReplyChips quickReplies={message.quickReplies} />
      {hasFiles && (
        <div class="files bubbles-files" id={message.text === "" ? id : undefined}>
          <MessageFiles model={model} messageId={message.id} files={message.attachments} />
        </div>
      )}
      <BubbleNotes
        {...model.clock.value}
        reactions={reactionGroups(message.reactions)}
        edited={message.editedAt !== undefined}
        earlierTexts={message.earlierTexts?.map(({ text, at }) => ({ text, at: Date.parse(at) }))}
      />
    </>
  );
}
