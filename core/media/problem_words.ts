import { MAX_FILE_BYTES } from "../attachments/mod.ts";
import type { MediaProblem } from "./next_fetch.ts";

const WORDS: Readonly<Record<MediaProblem, string>> = {
  unavailable: "The provider could not be reached",
  rate_limited: "The provider let nothing through for too long",
  expired: "The provider no longer has it",
  unauthorized: "The provider does not accept the channel's credentials",
  refused: "Its address is not one that may be asked",
  too_large: `It is larger than ${MAX_FILE_BYTES / 1_048_576} MB`,
  unusable: "Something else came in its place",
  rejected: "The provider does not give it out",
  empty: "It came empty",
  gone: "Its channel is gone",
};

/** Why a file is missing, in words for agents. A record of a later version may hold a code this one does not know. */
export function problemWords(problem: string | undefined): string {
  return Object.entries(WORDS).find(([code]) => code === problem)?.[1] ?? WORDS.unavailable;
}
