import type { ApiConversation } from "../../../../core/model/api.ts";
import { readWhen } from "../../../../core/model/read_when.ts";
import { type WhenPreset, whenPresets } from "../../../../core/model/when_presets.ts";
import { formatDate, formatPreset, formatUpcoming } from "../../../(_components)/format_time.ts";
import { applyToMany } from "../apply_to_many.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import { fitsQuery, type PickerItem, type PickerItems } from "./picker_item.ts";

const PICTURES = {
  later: "clock",
  tomorrow: "sun",
  monday: "calendar",
  next_week: "later",
} as const;

/** Presets, and what was typed as it is understood, in the reader's own time. */
export function snoozeItems(
  model: WorkspaceModel,
  conversations: readonly ApiConversation[],
): PickerItems {
  const { timeZone } = model.clock.peek();
  const now = model.ports.now();
  const until = (at: number) => {
    const snoozedUntil = new Date(at).toISOString();
    const words = `Snoozed until ${formatUpcoming(at, { now, timeZone })}`;
    void applyToMany(model, conversations, { snoozedUntil }, words);
  };
  const presets = whenPresets(now, timeZone);
  const itemOf = ({ id, words, at }: WhenPreset): PickerItem => ({
    id,
    words,
    icon: PICTURES[id],
    end: formatPreset(at, { now, timeZone }),
    run: () => until(at),
  });
  return (query) => {
    if (query.trim() === "") return presets.map(itemOf);
    const at = readWhen(query, now, timeZone, navigator.language);
    const fitting = presets.filter((preset) => fitsQuery(preset.words, query) && preset.at !== at);
    if (at === null) return fitting.map(itemOf);
    const typed: PickerItem = {
      id: "typed",
      words: formatUpcoming(at, { now, timeZone }),
      icon: "snooze",
      end: formatDate(at, timeZone),
      run: () => until(at),
    };
    return [typed, ...fitting.map(itemOf)];
  };
}
