import { canChangeView, type Principal } from "@/core/mod.ts";
import type { ApiView } from "@/core/model/api_views.ts";
import type { View } from "@/core/model/view.ts";
import { isoTime } from "./views.ts";

/** A saved view as the API shows it to a caller. */
export function savedView(
  view: View,
  principal: Principal,
): ApiView {
  const { position: _, createdAt, updatedAt, ...shown } = view;
  return {
    ...shown,
    canChange: canChangeView(principal, view),
    createdAt: isoTime(createdAt),
    updatedAt: isoTime(updatedAt),
  };
}
