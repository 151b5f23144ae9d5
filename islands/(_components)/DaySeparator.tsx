import { Time, type TimeProps } from "./Time.tsx";

/** The line between days of a thread. */
export function DaySeparator(props: Pick<TimeProps, "at" | "now" | "timeZone">) {
  return (
    <div class="day">
      <Time {...props} as="day" />
    </div>
  );
}
