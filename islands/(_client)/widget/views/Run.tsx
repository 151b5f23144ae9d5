import type { VisitorMessageJson } from "@/core/model/visitor_api.ts";
import { formatTime } from "../format.ts";
import { isOwn, type ThreadItem } from "../thread_items.ts";
import { Attachment } from "./Attachment.tsx";
import { useWidget } from "./context.ts";
import { FaceOf } from "./FaceOf.tsx";
import { Icon } from "./Icon.tsx";
import { Words } from "./Words.tsx";

/** One person's messages, one under the other. */
export function Run({ run }: { readonly run: Extract<ThreadItem, { kind: "run" }> }) {
  const { language } = useWidget();
  const [first] = run.messages;
  if (first === undefined) return null;
  if (isOwn(first)) {
    return (
      <div class="pw-g me">
        <div>
          {run.messages.map((one) => <Bubble key={one.id} message={one} />)}
          {run.status !== null
            ? <Status run={run} />
            : first.via === "email" && <p class="pw-mt">{language.texts.byEmail}</p>}
        </div>
      </div>
    );
  }
  return (
    <div class="pw-g">
      <FaceOf face={run.author} />
      <div>
        <p class="pw-nm">
          <bdi>{run.author.name}</bdi> ·{" "}
          <time dateTime={first.createdAt}>
            {formatTime(Date.parse(first.createdAt), language)}
          </time>
        </p>
        {run.messages.map((one) => <Bubble key={one.id} message={one} />)}
      </div>
    </div>
  );
}

function Bubble({ message }: { readonly message: VisitorMessageJson }) {
  return (
    <>
      {message.text !== "" && (
        <div class="pw-b">
          <Words text={message.text} />
        </div>
      )}
      {message.attachments.map((file) => <Attachment key={file.id} file={file} />)}
    </>
  );
}

function Status({ run }: { readonly run: Extract<ThreadItem, { kind: "run" }> }) {
  const { language } = useWidget();
  const isRead = run.status === "read";
  const at = Date.parse(run.messages.at(-1)?.createdAt ?? "");
  return (
    <p class="pw-mt">
      <Icon name={isRead ? "checks" : "check"} class={isRead ? "rd" : ""} />
      {isRead ? language.texts.read : language.texts.sent} {formatTime(at, language)}
      {run.messages[0]?.via === "email" && <span>· {language.texts.byEmail}</span>}
    </p>
  );
}
