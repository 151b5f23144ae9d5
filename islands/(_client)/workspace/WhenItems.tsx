import { useSignal } from "@preact/signals";
import { readWhen } from "../../../core/model/read_when.ts";
import { whenPresets } from "../../../core/model/when_presets.ts";
import { formatPreset, formatUpcoming, type TimeContext } from "../../(_components)/format_time.ts";
import { Icon } from "../../(_components)/Icon.tsx";

/** Moments to choose from in a menu, and a field for any other, in words. */
export function WhenItems({ clock, isBlocked, onChoose }: {
  readonly clock: TimeContext;
  readonly isBlocked?: boolean;
  /** @param at epoch ms */
  readonly onChoose: (at: number) => void;
}) {
  const typed = useSignal("");
  const { now, timeZone } = clock;
  const read = readWhen(typed.value, now, timeZone, navigator.language);
  const hint = typed.value.trim() === ""
    ? ""
    : read === null
    ? "Not a time yet"
    : formatUpcoming(read, clock);
  const disabled = isBlocked ? "true" : undefined;
  return (
    <>
      {whenPresets(now, timeZone).map(({ id, words, at }) => (
        <button
          key={id}
          type="button"
          class="menu-item"
          aria-disabled={disabled}
          onClick={() => onChoose(at)}
        >
          <Icon name="later" />
          {words}
          <span class="end">{formatPreset(at, clock)}</span>
        </button>
      ))}
      <label class="when-field">
        <Icon name="calendar" />
        <input
          aria-label="Another time, in words"
          aria-describedby="when-hint"
          placeholder="fri 3pm, in 2 h, 24 dec"
          autocomplete="off"
          value={typed.value}
          onInput={(event) => typed.value = event.currentTarget.value}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.isComposing) return;
            // The form around it would send now.
            event.preventDefault();
            event.stopPropagation();
            if (read !== null) onChoose(read);
          }}
        />
        <span id="when-hint" class="end" role="status">{hint}</span>
      </label>
    </>
  );
}
