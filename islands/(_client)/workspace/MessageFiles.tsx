import type { ApiAttachment } from "../../../core/model/api.ts";
import { FileCard, type FileCardProps } from "../../(_components)/FileCard.tsx";
import { MissingFile } from "../../(_components)/MissingFile.tsx";
import { retryFile } from "./actions.ts";
import { missingWords } from "./missing_words.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** Kinds the server shows inline. */
const SHOWN = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
/** A thumbnail is the picture itself; larger ones wait for a click. */
const MAX_THUMB_BYTES = 5_000_000;

/** The files of a message: images open here, others are saved. Images inside a mail's own text are not listed again. */
export function MessageFiles({ model, messageId, files }: {
  readonly model: WorkspaceModel;
  readonly messageId: string;
  readonly files: readonly ApiAttachment[];
}) {
  const open = (file: ApiAttachment) => (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    model.preview.value = file;
  };
  return (
    <>
      {listedFiles(files).map((file) => {
        const { id, name, type, size, url, state } = file;
        if (state === "loading") {
          return <FileCard key={id} name={name} type={type} size={size} isLoading />;
        }
        if (state === "missing") return <Missing key={id} {...{ model, messageId, file }} />;
        const card = (
          <FileCard
            key={id}
            name={name}
            type={type}
            size={size}
            note={fileNote(file)}
            href={url}
            thumbUrl={SHOWN.has(type) && size <= MAX_THUMB_BYTES ? url : undefined}
          />
        );
        // The link inside keeps its keys and its address; only a plain press is taken over.
        return SHOWN.has(type) ? <div key={id} onClick={open(file)}>{card}</div> : card;
      })}
    </>
  );
}

/** Says why a file is not here; whoever may write can have it fetched again, also without script. */
function Missing({ model, messageId, file }: {
  readonly model: WorkspaceModel;
  readonly messageId: string;
  readonly file: ApiAttachment;
}) {
  const again = (event: Event) => {
    event.preventDefault();
    void retryFile(model, file.id);
  };
  const card = (
    <MissingFile
      name={file.name}
      short={missingWords(file.error?.code)}
      reason={file.error?.message ?? "It could not be loaded"}
      canRetry={model.data.canWrite}
    />
  );
  if (!model.data.canWrite) return card;
  return (
    <form method="post" onSubmit={again}>
      <input type="hidden" name="action" value="retry_file" />
      <input type="hidden" name="messageId" value={messageId} />
      <input type="hidden" name="fileId" value={file.id} />
      {card}
    </form>
  );
}

/** Files whose name tells nobody what to do with them. */
function fileNote({ type, name }: ApiAttachment): FileCardProps["note"] {
  if (type === "application/ms-tnef" || /^winmail\.dat$/i.test(name)) {
    const title = "Outlook packed the sender's files into a format of its own; ask for them " +
      "without it, or open this with a reader for TNEF";
    return { label: "Outlook's format", title };
  }
  return type === "message/rfc822"
    ? { label: "Attached mail", title: "Opens in a mail program" }
    : undefined;
}

export function listedFiles(files: readonly ApiAttachment[]): readonly ApiAttachment[] {
  return files.filter(({ contentId, type, state }) =>
    contentId === undefined || !SHOWN.has(type) || state !== undefined
  );
}
