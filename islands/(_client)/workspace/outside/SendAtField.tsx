import { useSignal } from "@preact/signals";
import { readWhen } from "../../../../core/model/read_when.ts";
import { formatUpcoming } from "../../../(_components)/format_time.ts";
import type { WorkspaceModel } from "../workspace_model.ts";

/** When it is sent, in words: "tomorrow 9", "in 3 h". Empty: now. */
export function SendAtField({ model, onChange }: {
  readonly model: WorkspaceModel;
  /** @param at epoch ms; null: now */
  readonly onChange: (at: number | null | "unclear") => void;
}) {
  const words = useSignal("");
  const at = useSignal<number | null>(null);
  const { timeZone, now } = model.clock.value;
  const isUnclear = words.value.trim() !== "" && at.value === null;
  return (
    <label class="send-at">
      <span class="sr">Send later</span>
      <input
        class="input"
        placeholder="Later: tomorrow 9"
        aria-describedby="send-at-meant"
        aria-invalid={isUnclear ? "true" : undefined}
        value={words.value}
        onInput={(event) => {
          words.value = event.currentTarget.value;
          const isNow = words.value.trim() === "";
          at.value = isNow
            ? null
            : readWhen(words.value, model.ports.now(), timeZone, navigator.language);
          onChange(isNow ? null : at.value ?? "unclear");
        }}
      />
      <small id="send-at-meant" class={isUnclear ? "danger" : "meta"} role="status">
        {at.value !== null
          ? formatUpcoming(at.value, { now, timeZone })
          : isUnclear
          ? "When is that?"
          : ""}
      </small>
    </label>
  );
}
