import type { Draft, DraftContent, KeptDraft, OtherDraft } from "../model/draft.ts";

/** A draft lives this long after it was last touched. */
export const DRAFT_KEPT_MS = 30 * 24 * 60 * 60 * 1_000;
/** That a draft was sent is remembered for longer than any save is on its way. */
export const ENDED_KEPT_MS = 24 * 60 * 60 * 1_000;
/** What other tabs wrote is offered back; of more than anybody looks at, the oldest goes. */
export const MAX_OTHERS = 20;

/** What a tab wants kept. */
export interface Save {
  readonly id: string;
  readonly from: KeptDraft["from"];
  /** The version it goes on from; undefined: whatever is there. */
  readonly after: number | undefined;
  /** What other tabs wrote was looked at and is not wanted any more. */
  readonly dropsOthers: boolean;
  readonly content: Omit<DraftContent, "others">;
}

export type SaveDecision =
  | { readonly kind: "write"; readonly draft: KeptDraft & { readonly content: DraftContent } }
  /** The same tab saved something newer before: this one overtook nobody. */
  | { readonly kind: "stale" }
  /** It was sent or thrown away. */
  | { readonly kind: "ended" };

/**
 * What becomes of a save. The newer writing wins; what another tab wrote meanwhile is kept beside it. Pure.
 * @param stored with its content; null for none, or one that ran out
 */
export function decideSave(
  stored: Draft | null,
  storedContent: DraftContent | null,
  save: Save,
  now: number,
): SaveDecision {
  if (stored?.state === "ended" && stored.id === save.id) return { kind: "ended" };
  const kept = stored?.state === "kept" ? stored : null;
  if (kept?.id === save.id && kept.from.tab === save.from.tab && save.from.n <= kept.from.n) {
    return { kind: "stale" };
  }
  const others = kept === null || storedContent === null
    ? []
    : othersAfter(kept, storedContent, save);
  return {
    kind: "write",
    draft: {
      state: "kept",
      id: save.id,
      version: (stored?.version ?? 0) + 1,
      parts: 0,
      updatedAt: now,
      expiresAt: now + DRAFT_KEPT_MS,
      from: save.from,
      content: { ...save.content, others },
    },
  };
}

function othersAfter(
  kept: KeptDraft,
  before: DraftContent,
  { after, from, dropsOthers, content }: Save,
): readonly OtherDraft[] {
  const others = dropsOthers ? [] : before.others;
  const isUnseen = after !== undefined && after !== kept.version && kept.from.tab !== from.tab;
  if (!isUnseen || isWithin(before, content)) return others;
  const { text, html } = before;
  const replaced = {
    tab: kept.from.tab,
    at: kept.version + 1,
    text,
    ...html === undefined ? {} : { html },
  };
  // A tab that has not seen that it lost goes on in its own words: they hold what it wrote before.
  const rest = others.filter(({ tab, at }) => tab !== from.tab || after >= at);
  return [replaced, ...rest].slice(0, MAX_OTHERS);
}

/** Nothing would be lost. */
function isWithin(before: DraftContent, after: Omit<DraftContent, "others">): boolean {
  return before.text.trim() === "" || after.text.includes(before.text.trim());
}
