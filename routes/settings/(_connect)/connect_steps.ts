import type { ChannelType } from "@/core/mod.ts";

/** The pages of connecting a channel whose settings are looked up. */
export const CONNECT_STEPS = ["Address", "Sign in", "Test"] as const;
/** Of one that is an account of an app. */
export const ACCOUNT_STEPS = ["App", "Choose", "Test"] as const;

/** How connecting a kind of channel goes, for the page that tests it; its own words where it has some. */
export function connecting(type: ChannelType | null) {
  const words = type?.accounts ?? type?.suggest ?? null;
  return { words, steps: type?.accounts == null ? CONNECT_STEPS : ACCOUNT_STEPS };
}
