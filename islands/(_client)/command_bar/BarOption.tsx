import { Avatar } from "../../(_components)/Avatar.tsx";
import { Icon } from "../../(_components)/Icon.tsx";
import { capsOf } from "../keys/caps_of.ts";
import type { BarItem } from "./bar_page.ts";

export interface BarOptionProps {
  readonly id: string;
  readonly item: BarItem;
  readonly isActive: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}

/** One line of the command bar. */
export function BarOption({ id, item, isActive, onPoint, onChoose }: BarOptionProps) {
  const { words, detail, icon, face, keys = [], isChosen, page } = item;
  return (
    <div
      id={id}
      class="menu-item"
      role="option"
      aria-selected={isActive ? "true" : "false"}
      data-active={isActive ? "" : undefined}
      // The field keeps the keyboard.
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={onPoint}
      onClick={onChoose}
    >
      {face !== undefined
        ? <Avatar id={face.id} name={face.name} of={face.of} size={20} />
        : icon !== undefined && <Icon name={icon} />}
      <span class="truncate">{page === undefined ? words : `${words}…`}</span>
      {detail !== undefined && <span class="quiet truncate">{detail}</span>}
      {isChosen && <Icon name="check" size={14} />}
      {keys.length > 0 && (
        <span class="keys" aria-hidden="true">
          {keys.flatMap(capsOf).map((cap, place) => <kbd class="kbd" key={place}>{cap}</kbd>)}
        </span>
      )}
    </div>
  );
}
