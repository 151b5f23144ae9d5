/**
 * What commands ask in the command bar before they do something: who, which, until when. By the command's id; loaded
 * with the bar, not with the page.
 */
import type { BarPage } from "../../command_bar/bar_page.ts";
import { pickerPage } from "../pickers/picker_page.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import { splitPage } from "./split_page.ts";

export const ASKS: Readonly<Record<string, (model: WorkspaceModel) => BarPage>> = {
  assign: (model) => pickerPage(model, "assign"),
  snooze: (model) => pickerPage(model, "snooze"),
  tag: (model) => pickerPage(model, "tag"),
  priority: (model) => pickerPage(model, "priority"),
  move: (model) => pickerPage(model, "move"),
  split: splitPage,
};
