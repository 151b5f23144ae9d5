import { Time, type TimeProps } from "./Time.tsx";

/** What people think of a message: one drawing, and who tapped it. */
export interface ReactionGroup {
  readonly emoji: string;
  /** As many as there are people; unknown ones are "". */
  readonly names: readonly string[];
}

export interface BubbleNotesProps extends Pick<TimeProps, "now" | "timeZone"> {
  readonly reactions?: readonly ReactionGroup[] | undefined;
  /** The texts a changed message had before, oldest first: epoch ms. */
  readonly earlierTexts?: readonly { readonly text: string; readonly at: number }[] | undefined;
  /** It was changed, also where nobody knows its earlier texts. */
  readonly edited?: boolean | undefined;
}

/** Under a bubble: reactions, and that it was changed, with what it said before. */
export function BubbleNotes(
  { reactions = [], earlierTexts = [], edited, ...time }: BubbleNotesProps,
) {
  if (reactions.length === 0 && !edited) return null;
  return (
    <div class="bubble-notes">
      {reactions.map(({ emoji, names }) => (
        <span key={emoji} class="reaction" title={whoInWords(names)}>
          <span aria-hidden="true">
            {emoji}
            {names.length > 1 && <b class="reaction-count">{names.length}</b>}
          </span>
          <span class="sr">{`${emoji} ${whoInWords(names)}`}</span>
        </span>
      ))}
      {edited && earlierTexts.length === 0 && <span>Edited</span>}
      {edited && earlierTexts.length > 0 && (
        <details class="earlier-texts">
          <summary>Edited</summary>
          <ol aria-label="Earlier texts">
            {earlierTexts.map(({ text, at }, index) => (
              <li key={index}>
                <Time {...time} at={at} as="clock" />
                <span class="prewrap">{text}</span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  );
}

function whoInWords(names: readonly string[]): string {
  const known = names.filter((name) => name !== "");
  const others = names.length - known.length;
  if (known.length === 0) return others === 1 ? "Somebody" : `${others} people`;
  return [...known, ...others === 0 ? [] : [`${others} more`]].join(", ");
}
