import { Icon } from "./Icon.tsx";

export interface MissingFileProps {
  readonly name: string;
  /** Why it is not here, in two or three words: there is room for no more. */
  readonly short: string;
  /** The same in a sentence. */
  readonly reason: string;
  /** A press asks for it again: it is the button of the form around it. */
  readonly canRetry?: boolean | undefined;
}

/** A file that a message names and that could not be fetched; as large as one that is here, so that nothing moves. */
export function MissingFile({ name, short, reason, canRetry }: MissingFileProps) {
  const content = (
    <>
      <span class="thumb">
        <Icon name={canRetry ? "refresh" : "warning"} />
      </span>
      <span class="truncate">
        {canRetry && <span class="sr">Try again:</span>}
        <b class="truncate">{name}</b>
        <small class="truncate">{short}</small>
      </span>
    </>
  );
  return canRetry
    ? (
      <button type="submit" class="file" data-state="missing" title={`${reason}. Try again`}>
        {content}
      </button>
    )
    : <div class="file" data-state="missing" title={`${name}: ${reason}`}>{content}</div>;
}
