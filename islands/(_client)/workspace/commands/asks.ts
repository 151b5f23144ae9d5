/**
 * What commands ask in the command bar before they do something: who, which, until when. By the command's id; loaded
 * with the bar, not with the page.
 */
import type { BarPage } from "../../command_bar/bar_page.ts";
import { assignPage } from "../assign_page.ts";
import type { WorkspaceModel } from "../workspace_model.ts";

export const ASKS: Readonly<Record<string, (model: WorkspaceModel) => BarPage>> = {
  assign: assignPage,
};
