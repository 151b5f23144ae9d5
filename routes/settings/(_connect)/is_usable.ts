import type { ShownApp, SuggestedWay } from "@/core/mod.ts";

/** Whether a way can be gone now: one that signs in with an app needs one. */
export function isUsable({ appKind }: SuggestedWay, apps: readonly ShownApp[]): boolean {
  return appKind === undefined || apps.some(({ adapter }) => adapter === appKind);
}
