import { useSignal } from "@preact/signals";
import type { ApiMessage } from "../../../core/model/api.ts";
import { signatureStart } from "../../../core/model/signature_lines.ts";
import { splitQuotedText } from "../../../core/model/quoted_text.ts";
import { DeliveryState } from "../../(_components)/DeliveryState.tsx";
import { Icon } from "../../(_components)/Icon.tsx";
import { MailMessage } from "../../(_components)/MailMessage.tsx";
import { authorOf, messageElementId } from "./author_of.ts";
import { ByMail } from "./ByMail.tsx";
import { deliveryWords } from "./delivery_words.ts";
import { FailedDelivery } from "./FailedDelivery.tsx";
import { NO_IMAGES } from "./frame_images.ts";
import { FilledForm } from "./FilledForm.tsx";
import { ImagesNotice } from "./ImagesNotice.tsx";
import { InviteItem } from "./InviteItem.tsx";
import { MailFrame } from "./MailFrame.tsx";
import { MessageMenu } from "./MessageMenu.tsx";
import { ProtectionNotice } from "./ProtectionNotice.tsx";
import { listedFiles, MessageFiles } from "./MessageFiles.tsx";
import { MessageText } from "./MessageText.tsx";
import { ScheduledDelivery } from "./ScheduledDelivery.tsx";
import { SubjectNotice } from "./SubjectNotice.tsx";
import { WhyButton } from "./WhyButton.tsx";
import type { WorkspaceModel } from "./workspace_model.ts";

interface MailItemProps {
  readonly model: WorkspaceModel;
  readonly message: ApiMessage;
}

/** A letter: theirs is paper, ours is tinted. */
export function MailItem({ model, message }: MailItemProps) {
  const images = useSignal(NO_IMAGES);
  const isOut = message.kind === "reply";
  const isFailed = message.status === "failed" || message.status === "ambiguous";
  const showsImages = model.shownImages.value.has(message.id);
  const { imagesFrom = [] } = model.currentThread.value?.contact ?? {};
  const isTrusted = imagesFrom.includes(message.email?.from?.address.toLowerCase() ?? "");
  const hasFiles = listedFiles(message.attachments).length > 0;
  return (
    <MailMessage
      {...model.clock.value}
      id={messageElementId(message.id)}
      at={Date.parse(message.createdAt)}
      out={isOut}
      failed={isFailed}
      author={authorOf(model, message)}
      from={isOut ? undefined : message.email?.from?.address}
      to={recipients(message)}
      warning={isOut ? <ByMail message={message} /> : <SenderWarning message={message} />}
      actions={
        <>
          <MessageMenu model={model} message={message} />
          <WhyButton message={message} />
        </>
      }
      notice={
        <>
          <SubjectNotice model={model} message={message} />
          <ProtectionNotice message={message} />
          <ImagesNotice model={model} message={message} images={images.value} />
        </>
      }
      invite={message.email?.invite && (
        <InviteItem invite={message.email.invite} timeZone={model.clock.value.timeZone} />
      )}
      files={hasFiles && (
        <MessageFiles model={model} messageId={message.id} files={message.attachments} />
      )}
      foot={isFailed ? <FailedDelivery model={model} message={message} /> : isOut && (
        <>
          <DeliveryState
            status={message.status}
            text={deliveryWords(message, model.clock.value)}
          />
          <ScheduledDelivery model={model} message={message} />
        </>
      )}
    >
      {message.hasHtml
        ? (
          <MailFrame
            messageId={message.id}
            title={`Mail from ${message.author.name}`}
            showsImages={showsImages}
            isTrusted={isTrusted}
            onImages={(found) => {
              images.value = found;
              model.holdImages(message.id, found.blocked > 0);
            }}
          />
        )
        : message.fields !== undefined
        ? <FilledForm fields={message.fields} text={message.text} />
        : message.text !== "" && <MailText text={message.text} />}
    </MailMessage>
  );
}

/** What to look at before the sender is answered; the graver one first. */
function SenderWarning({ message: { email, trace } }: { readonly message: ApiMessage }) {
  const isNew = trace.some(({ step }) => step === "new_participant");
  if (email === undefined || (!isNew && email.senderVerified)) return null;
  const title = isNew
    ? "Nobody here had written to this sender: look whom you answer"
    : "Nobody vouches that this sender is who the mail says";
  return (
    <span class="mail-unverified" title={title}>
      <Icon name="warning" size={12} />
      <span class="roomy">{isNew ? "New in this conversation" : "Sender not verified"}</span>
    </span>
  );
}

function MailText({ text }: { readonly text: string }) {
  const { text: own, quote } = splitQuotedText(text, "show");
  const lines = own.split("\n");
  const end = signatureStart(lines, "show") ?? lines.length;
  const written = lines.slice(0, end).join("\n").trimEnd();
  const signature = lines.slice(end).join("\n").trim();
  const isSigned = signature !== "" && written !== "";
  return (
    <>
      <p>
        <MessageText text={isSigned ? written : own} />
      </p>
      {isSigned && <Folded label="Signature" text={signature} />}
      {quote !== "" && <Folded label="Quoted text" text={quote} />}
    </>
  );
}

function Folded({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <details class="quote">
      <summary>
        <Icon name="more" size={14} />
        {label}
      </summary>
      <blockquote>
        <MessageText text={text} />
      </blockquote>
    </details>
  );
}

function recipients({ email }: ApiMessage): string | undefined {
  if (email === undefined || email.to.length === 0) return undefined;
  const list = (addresses: readonly { readonly address: string }[]) =>
    addresses.map(({ address }) => address).join(", ");
  const parts = [`To ${list(email.to)}`];
  if (email.cc.length > 0) parts.push(`Cc ${list(email.cc)}`);
  if (email.bcc.length > 0) parts.push(`Bcc ${list(email.bcc)}`);
  return parts.join(", ");
}
