import type { VisitorFileJson } from "@/core/model/visitor_api.ts";
import { formatBytes } from "../format.ts";
import { useWidget } from "./context.ts";
import { Icon } from "./Icon.tsx";

/** What the server shows in place; everything else it only lets one save. */
const IMAGES = ["image/png", "image/jpeg", "image/gif", "image/webp"];

export function Attachment({ file }: { readonly file: VisitorFileJson }) {
  const { language } = useWidget();
  // Not here: its name is all there is. The width and height are those of a file that is.
  if (file.state !== undefined) {
    return (
      <div class="pw-file" aria-busy={file.state === "loading" ? "true" : undefined}>
        <span class="pw-fi">
          <Icon name="file" />
        </span>
        <span>
          <b>
            <bdi>{file.name}</bdi>
          </b>
        </span>
      </div>
    );
  }
  if (IMAGES.includes(file.type)) {
    return (
      <a class="pw-shot" href={file.url} target="_blank" rel="noopener">
        <img src={file.url} alt={file.name} loading="lazy" />
      </a>
    );
  }
  return (
    <a class="pw-file" href={file.url} download={file.name} target="_blank" rel="noopener">
      <span class="pw-fi">
        <Icon name="file" />
      </span>
      <span>
        <b>
          <bdi>{file.name}</bdi>
        </b>
        <small>{formatBytes(file.size, language)}</small>
      </span>
    </a>
  );
}
