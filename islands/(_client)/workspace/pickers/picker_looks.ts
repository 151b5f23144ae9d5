import type { IconName } from "../../../(_components)/icon_names.ts";
import type { PickerKind } from "../workspace_model.ts";

/** What each menu says of itself. */
export const PICKER_LOOKS: Readonly<
  Record<PickerKind, {
    readonly label: string;
    readonly icon: IconName;
    readonly placeholder: string;
    readonly nothing: string;
  }>
> = {
  assign: {
    label: "Assign to",
    icon: "search",
    placeholder: "Assign to…",
    nothing: "Nobody by that name works here",
  },
  snooze: {
    label: "Snooze until",
    icon: "snooze",
    placeholder: "Try “fri 3pm” or “2 weeks”",
    nothing: "Not a time yet. Try “fri 3pm”, “in 2 h”, “24 dec”",
  },
  tag: { label: "Tags", icon: "tag", placeholder: "Add or find a tag", nothing: "No tag yet" },
  priority: { label: "Priority", icon: "star", placeholder: "Priority…", nothing: "No such one" },
  move: {
    label: "Move to inbox",
    icon: "inbox",
    placeholder: "Move to…",
    nothing: "No other inbox by that name",
  },
};
