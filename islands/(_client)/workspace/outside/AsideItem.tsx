import { useSignal } from "@preact/signals";
import type { ApiMessage } from "../../../../core/model/api.ts";
import { Button } from "../../../(_components)/Button.tsx";
import { CommentMessage } from "../../../(_components)/CommentMessage.tsx";
import { DeliveryState } from "../../../(_components)/DeliveryState.tsx";
import { authorOf, messageElementId } from "../author_of.ts";
import { deliveryWords } from "../delivery_words.ts";
import { FailedDelivery } from "../FailedDelivery.tsx";
import { NO_IMAGES } from "../frame_images.ts";
import { ImagesNotice } from "../ImagesNotice.tsx";
import { MailFrame } from "../MailFrame.tsx";
import { listedFiles, MessageFiles } from "../MessageFiles.tsx";
import { MessageText } from "../MessageText.tsx";
import { WhyButton } from "../WhyButton.tsx";
import type { WorkspaceModel } from "../workspace_model.ts";
import { asideWords, splitForwarded } from "./aside_words.ts";
import { forwardDraft } from "./letter_draft.ts";

/** What the team and somebody outside wrote each other: tinted like a comment, for the customer never sees it. */
export function AsideItem({ model, message }: {
  readonly model: WorkspaceModel;
  readonly message: ApiMessage;
}) {
  const images = useSignal(NO_IMAGES);
  const isTheirs = message.author.type === "contact";
  const isFailed = message.status === "failed" || message.status === "ambiguous";
  const { note, forwarded } = splitForwarded(message.text);
  const hasFiles = listedFiles(message.attachments).length > 0;
  return (
    <CommentMessage
      {...model.clock.value}
      id={messageElementId(message.id)}
      at={Date.parse(message.createdAt)}
      author={authorOf(model, message)}
      only={asideWords(message)}
      files={hasFiles && (
        <MessageFiles model={model} messageId={message.id} files={message.attachments} />
      )}
      actions={<WhyButton message={message} />}
    >
      <ImagesNotice model={model} message={message} images={images.value} />
      {isTheirs && message.hasHtml
        ? (
          <MailFrame
            messageId={message.id}
            title={`Mail from ${message.author.name}`}
            showsImages={model.shownImages.value.has(message.id)}
            isTrusted={false}
            onImages={(found) => {
              images.value = found;
              model.holdImages(message.id, found.blocked > 0);
            }}
          />
        )
        : note !== "" && (
          <p>
            <MessageText text={note} />
          </p>
        )}
      {forwarded !== "" && (
        <details class="quote">
          <summary>What was passed on</summary>
          <blockquote>
            <MessageText text={forwarded} />
          </blockquote>
        </details>
      )}
      <div class="aside-foot">
        {isFailed ? <FailedDelivery model={model} message={message} /> : !isTheirs && (
          <DeliveryState
            status={message.status}
            text={deliveryWords(message, model.clock.value)}
          />
        )}
        {model.data.canWrite && isTheirs && (
          <Button
            size="small"
            icon="reply"
            onClick={() => model.forwarding.value = forwardDraft(message.conversationId, message)}
          >
            Answer {message.author.name}
          </Button>
        )}
      </div>
    </CommentMessage>
  );
}
