/**
 * Loaded before the unit tests: a test fails that prints something. One that expects output puts its
 * own function in place of the console's.
 */
const printed: string[] = [];
for (const name of ["debug", "log", "info", "warn", "error"] as const) {
  console[name] = (...values: unknown[]) => {
    printed.push(`console.${name}: ${values.map((value) => Deno.inspect(value)).join(" ")}`);
  };
}

Deno.test.afterEach(() => {
  const lines = printed.splice(0);
  if (lines.length > 0) throw new Error(`Unexpected output\n${lines.join("\n")}`);
});
