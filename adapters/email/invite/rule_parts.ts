/** `FREQ=YEARLY;BYMONTH=3` by name, in upper case. */
export function ruleParts(rule: string): ReadonlyMap<string, string> {
  return new Map(
    rule.trim().toUpperCase().split(";", 50).map((part) => {
      const [name = "", value = ""] = part.split("=", 2);
      return [name, value] as const;
    }),
  );
}
