import { hueOf } from "../../core/model/hue.ts";

export interface TagProps {
  readonly name: string;
  /** Degrees; from the name when absent, none when null. */
  readonly hue?: number | null | undefined;
  readonly size?: "small" | undefined;
}

/** A word somebody put on a conversation; the dot's colour helps to find it again. */
export function Tag({ name, hue, size }: TagProps) {
  const degrees = hue === undefined ? hueOf(name) : hue;
  return (
    <span
      class="tag"
      data-hue={degrees === null ? undefined : ((Math.round(degrees / 10) * 10) % 360 + 360) % 360}
      data-size={size}
      title={name}
    >
      <span class="truncate">{name}</span>
    </span>
  );
}
