import type { ApiContact, ApiMessage } from "../../../core/model/api.ts";
import { Button } from "../../(_components)/Button.tsx";
import { MailNotice } from "../../(_components)/MailNotice.tsx";
import { showImagesOf } from "./actions.ts";
import type { FrameImages } from "./frame_images.ts";
import { keysOf } from "./shortcuts.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

export interface ImagesNoticeProps {
  readonly model: WorkspaceModel;
  readonly message: ApiMessage;
  readonly images: FrameImages;
}

/** Above a mail: what was held back of it, and how to have it. Null when there is nothing to say. */
export function ImagesNotice({ model, message, images }: ImagesNoticeProps) {
  const { blocked, trackers, shown } = images;
  const kinds = [
    ...blocked > 0 ? [blocked === 1 ? "1 remote image" : `${blocked} remote images`] : [],
    ...trackers > 0 ? [trackers === 1 ? "1 tracker" : `${trackers} trackers`] : [],
  ];
  const held = kinds.length === 0 ? "" : `${kinds.join(", ")} blocked`;
  if (shown === "sender") {
    return (
      <MailNotice
        icon="image"
        actions={<SenderChoice model={model} message={message} isAlways={false} />}
      >
        {["Images of this sender are shown", held].filter(Boolean).join(" · ")}
      </MailNotice>
    );
  }
  if (held === "") return null;
  return (
    <MailNotice
      icon="image-off"
      actions={blocked > 0 && (
        <>
          <ShowOnce model={model} message={message} />
          <SenderChoice model={model} message={message} isAlways />
        </>
      )}
    >
      {held}
    </MailNotice>
  );
}

interface ChoiceProps {
  readonly model: WorkspaceModel;
  readonly message: ApiMessage;
}

function ShowOnce({ model, message }: ChoiceProps) {
  const show = (event: MouseEvent) => {
    event.preventDefault();
    model.shownImages.value = new Set([...model.shownImages.peek(), message.id]);
  };
  return (
    <a
      class="button"
      data-kind="ghost"
      data-size="small"
      href={`?images=${encodeURIComponent(message.id)}`}
      title={`Show the images of this mail (${
        keysOf("show_images")
      }). Their servers do not learn who looks.`}
      onClick={show}
    >
      Show
    </a>
  );
}

/** Always, or no longer. Offered for senders that are vouched for: anybody can write another's address into a mail. */
function SenderChoice({ model, message, isAlways }: ChoiceProps & { readonly isAlways: boolean }) {
  const contact = model.currentThread.value?.contact ?? null;
  const address = message.email?.from?.address.toLowerCase();
  if (!model.data.canWrite || address === undefined || contact?.id !== message.author.id) {
    return null;
  }
  if (message.email?.senderVerified !== true) {
    return (
      <small
        class="roomy"
        title="Always is for senders that are verified: somebody vouches for them"
      >
        Only this once
      </small>
    );
  }
  const next = withSender(contact, address, isAlways);
  const choose = (event: Event) => {
    event.preventDefault();
    void showImagesOf(model, contact.id, next);
  };
  return (
    <form method="post" onSubmit={choose}>
      <input type="hidden" name="action" value="images" />
      <input type="hidden" name="messageId" value={message.id} />
      <input type="hidden" name="always" value={isAlways ? "1" : "0"} />
      <Button type="submit" size="small" kind="ghost">
        {isAlways ? `Always for ${firstName(message.author.name)}` : "Stop"}
      </Button>
    </form>
  );
}

/** As the sender is called; an address or a long name says less than "this sender". */
function firstName(name: string): string {
  const [first = ""] = name.trim().split(/\s+/);
  return first === "" || first.length > 16 || first.includes("@") ? "this sender" : first;
}

function withSender(
  { imagesFrom = [] }: ApiContact,
  address: string,
  isAlways: boolean,
): readonly string[] {
  const others = imagesFrom.filter((one) => one !== address);
  return isAlways ? [...others, address] : others;
}
