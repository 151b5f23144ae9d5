import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";

export interface MissingFileProps {
  readonly name: string;
  /** Why it is not here, in a few words. */
  readonly reason: string;
  /** The way to get it after all. */
  readonly action?: ComponentChildren;
}

/** A file that a message names and that could not be fetched; as high as one that is here. */
export function MissingFile({ name, reason, action }: MissingFileProps) {
  return (
    <div class="file" data-state="missing">
      <span class="thumb">
        <Icon name="warning" />
      </span>
      <span class="truncate">
        <b class="truncate" title={name}>{name}</b>
        <small class="truncate" title={reason}>{reason}</small>
      </span>
      {action}
    </div>
  );
}
