import type { ApiDrafts } from "../../../core/model/api.ts";
import type { PersonHere } from "./presence_store.ts";

/** What is said of the colleagues in a conversation. */
export interface HereWords {
  /** The liveliest first. */
  readonly faces: readonly {
    readonly id: string;
    readonly name: string;
    readonly isIdle: boolean;
  }[];
  /** One word of what the liveliest does. */
  readonly short: string;
  /** Everybody, in sentences. */
  readonly title: string;
  readonly isTyping: boolean;
  /** Nobody looks at it now. */
  readonly isIdle: boolean;
}

const RANK = { typing: 0, drafting: 1, viewing: 2, unsent: 3, idle: 4 } as const;
type State = keyof typeof RANK;

const SHORT: Readonly<Record<State, string>> = {
  typing: "Writing",
  drafting: "Drafting",
  viewing: "Viewing",
  unsent: "Has a draft",
  idle: "Away",
};

const SENTENCE: Readonly<Record<State, string>> = {
  typing: "is writing here",
  drafting: "is drafting here",
  viewing: "is looking at this too",
  unsent: "has an unsent draft here",
  idle: "has this open, and is away",
};

/** @param drafts of colleagues who are not here now. @returns null when there is nobody */
export function hereWords(
  people: readonly PersonHere[],
  drafts: ApiDrafts["others"],
): HereWords | null {
  const away = new Map(drafts.map(({ userId, name }) => [userId, name]));
  const all: { readonly id: string; readonly name: string; readonly state: State }[] = [
    ...people,
    ...[...away].map(([id, name]) => ({ id, name, state: "unsent" as const })),
  ].sort((a, b) => RANK[a.state] - RANK[b.state]);
  const [first] = all;
  if (first === undefined) return null;
  return {
    faces: all.map(({ id, name, state }) => ({
      id,
      name,
      isIdle: state === "idle" || state === "unsent",
    })),
    short: SHORT[first.state],
    title: all.map(({ name, state }) => `${name} ${SENTENCE[state]}`).join(". "),
    isTyping: first.state === "typing",
    isIdle: first.state === "idle" || first.state === "unsent",
  };
}
