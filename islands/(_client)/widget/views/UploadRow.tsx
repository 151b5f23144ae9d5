import { formatBytes, formatProgress } from "../format.ts";
import type { Upload } from "../state.ts";
import { fill } from "@/core/model/fill.ts";
import { useWidget } from "./context.ts";
import { Icon } from "./Icon.tsx";

/** A file on its way, with how far it is; or why it did not get there. */
export function UploadRow({ upload }: { readonly upload: Upload }) {
  const { chat, language } = useWidget();
  const { texts } = language;
  const { key, name, size, sent, problem } = upload;
  const isSending = upload.state === "sending";
  const maxBytes = chat.state.config?.limits.maxFileBytes ?? 0;
  return (
    <div class="pw-g me">
      <div>
        <div class="pw-file">
          <span class="pw-fi">
            <Icon name="file" />
          </span>
          <span>
            <b>
              <bdi>{name}</bdi>
            </b>
            <small>
              {isSending ? formatProgress(sent, size, language) : formatBytes(size, language)}
            </small>
          </span>
          <button
            type="button"
            aria-label={`${texts.remove}: ${name}`}
            onClick={() => chat.uploads.cancel(key)}
          >
            <Icon name="x" />
          </button>
          {isSending && <progress aria-label={name} max={Math.max(size, 1)} value={sent} />}
        </div>
        {!isSending && (
          <p class="pw-mt">
            <span class="pw-fail" role="alert">
              <Icon name="alert" />
              {problem === "too_large"
                ? fill(texts.tooLarge, { max: formatBytes(maxBytes, language) })
                : texts.uploadFailed} {problem !== "too_large" && (
                <button
                  type="button"
                  onClick={() => chat.uploads.retry(key)}
                >
                  {texts.retry}
                </button>
              )}
            </span>
          </p>
        )}
      </div>
    </div>
  );
}
