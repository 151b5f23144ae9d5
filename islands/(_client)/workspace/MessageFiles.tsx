import type { ApiAttachment } from "../../../core/model/api.ts";
import { FileCard } from "../../(_components)/FileCard.tsx";

/** Kinds the server shows inline. */
const SHOWN = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
/** A thumbnail is the picture itself; larger ones wait for a click. */
const MAX_THUMB_BYTES = 5_000_000;

/** The files of a message. Images inside a mail's own text are not listed again. */
export function MessageFiles({ files }: { readonly files: readonly ApiAttachment[] }) {
  return (
    <>
      {listedFiles(files).map(({ id, name, type, size, url }) => (
        <FileCard
          key={id}
          name={name}
          type={type}
          size={size}
          href={url}
          thumbUrl={SHOWN.has(type) && size <= MAX_THUMB_BYTES ? url : undefined}
        />
      ))}
    </>
  );
}

export function listedFiles(files: readonly ApiAttachment[]): readonly ApiAttachment[] {
  return files.filter(({ contentId, type }) => contentId === undefined || !SHOWN.has(type));
}
