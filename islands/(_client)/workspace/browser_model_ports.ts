import { after } from "../keys/after.ts";
import type { Api } from "./api.ts";
import { Drafts } from "./drafts.ts";
import type { ModelPorts } from "./workspace_model.ts";

/** The real world behind the workspace. On the server it only draws: nothing here is called there. */
export function browserModelPorts(api: Api, userId: string): ModelPorts {
  return {
    api,
    drafts: new Drafts(localStorageOrNull(), userId),
    now: () => Date.now(),
    after,
    newId: () => {
      // randomUUID exists only in secure contexts; this works on plain http too.
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    },
  };
}

/** Deno has a localStorage of its own; a browser may forbid its use by throwing. */
export function localStorageOrNull(): Storage | null {
  if (typeof document === "undefined") return null;
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}
