import { Icon } from "./Icon.tsx";

export interface SlaProps {
  /** "42m", "Reply in 42m", "18m late". */
  readonly text: string;
  readonly level?: "near" | "late" | "met" | undefined;
  readonly size?: "small" | undefined;
}

/** Time left until the next promise. Rows show it only when near or late. */
export function Sla({ text, level, size }: SlaProps) {
  return (
    <span class="sla" data-level={level} data-size={size}>
      <Icon name={level === "met" ? "check" : "clock"} size={12} />
      {text}
    </span>
  );
}
