import type { Outgoing } from "../state.ts";
import { useWidget } from "./context.ts";
import { Icon } from "./Icon.tsx";
import { Words } from "./Words.tsx";

/** A message on its way; nothing typed is lost, and what failed says why. */
export function OutgoingMessage({ message, isOnline }: {
  readonly message: Outgoing;
  readonly isOnline: boolean;
}) {
  const { chat, language: { texts } } = useWidget();
  const { id, text, files, state, reason } = message;
  const hasFailed = state === "failed";
  return (
    <div class="pw-g me">
      <div>
        <div class={hasFailed ? "pw-b fail" : "pw-b"}>
          <Words text={text || files.map(({ name }) => name).join(", ")} />
        </div>
        <p class="pw-mt">
          {hasFailed
            ? (
              <span class="pw-fail" role="alert" title={reason}>
                <Icon name="alert" />
                {texts.notSent}{" "}
                <button type="button" onClick={() => chat.sender.retry(id)}>{texts.retry}</button>
                {" "}
                <button type="button" onClick={() => chat.sender.discard(id)}>
                  {texts.remove}
                </button>
              </span>
            )
            : (
              <>
                <Icon name="clock" />
                {isOnline ? texts.sending : texts.waiting}
              </>
            )}
        </p>
      </div>
    </div>
  );
}
