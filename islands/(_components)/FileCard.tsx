import { formatBytes } from "./format_bytes.ts";
import { Icon } from "./Icon.tsx";
import { Progress } from "./Progress.tsx";

export interface FileCardProps {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Media type; images get another glyph. */
  readonly type: string;
  /** What is to be known of its kind, before its size: "Outlook's format"; the title says more. */
  readonly note?: { readonly label: string; readonly title: string } | undefined;
  /** Where to fetch it; absent while it is uploading. */
  readonly href?: string | undefined;
  /** A picture of at most a few hundred pixels, for images that may be shown inline. */
  readonly thumbUrl?: string | undefined;
  /** 0–100 while it is uploading. */
  readonly uploadPercent?: number | undefined;
  /** It is being fetched from its sender's service. */
  readonly isLoading?: boolean | undefined;
}

/** An attached file. */
export function FileCard(props: FileCardProps) {
  const { name, size, type, note, href, thumbUrl, uploadPercent, isLoading } = props;
  const about = [
    note?.label,
    isLoading ? "Loading…" : formatBytes(size),
  ].filter(Boolean).join(", ");
  const content = (
    <>
      <span class="thumb" data-state={isLoading ? "loading" : undefined}>
        {thumbUrl === undefined
          ? <Icon name={type.startsWith("image/") ? "image" : "file"} />
          : <img src={thumbUrl} alt="" width={32} height={32} loading="lazy" />}
      </span>
      <span class="truncate">
        <b class="truncate" title={name}>{name}</b>
        {uploadPercent === undefined
          ? <small class="truncate" title={note?.title}>{about}</small>
          : <Progress percent={uploadPercent} label={`Uploading ${name}`} />}
      </span>
    </>
  );
  return href === undefined
    ? <div class="file" aria-busy={isLoading ? "true" : undefined}>{content}</div>
    : <a class="file" href={href} download={name}>{content}</a>;
}
