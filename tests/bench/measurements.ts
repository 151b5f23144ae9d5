/** Figures of the benchmarks: how samples become one number, and numbers a table. */

/** What one benchmark must reach. */
export type Limit =
  | { readonly kind: "at least"; readonly value: number }
  | { readonly kind: "at most"; readonly value: number };

/** One line of the result. */
export interface Line {
  readonly name: string;
  readonly unit: "ratio" | "/s" | "ms" | "MB" | "KB";
  /** Median over the rounds. */
  readonly value: number;
  readonly rounds: readonly number[];
  /** Absent: said for information. */
  readonly limit?: Limit;
}

/** Value below which a share of the samples lies (nearest rank). @param share 0–1 @throws RangeError without samples */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new RangeError("Cannot take a percentile: there are no samples");
  return found;
}

/** The middle of the rounds; the lower one of two. */
export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/** Samples of each benchmark, one per round. */
export class Samples {
  readonly #of = new Map<string, number[]>();

  add(name: string, value: number): void {
    this.#of.set(name, [...this.#of.get(name) ?? [], value]);
  }

  line(key: string, name: string, unit: Line["unit"], limit?: Line["limit"]): Line {
    const rounds = this.#of.get(key) ?? [];
    return { name, unit, value: median(rounds), rounds, ...limit === undefined ? {} : { limit } };
  }
}

/** True also where nothing was asked. */
export function isMet({ value, limit }: Pick<Line, "value" | "limit">): boolean {
  if (limit === undefined) return true;
  return limit.kind === "at least" ? value >= limit.value : value <= limit.value;
}

/** Columns: name, median, range over the rounds, limit, verdict. */
export function formatTable(lines: readonly Line[]): string {
  const cells = lines.map((line) => [
    line.name,
    format(line.value, line.unit),
    `${format(Math.min(...line.rounds), line.unit)}..${
      format(Math.max(...line.rounds), line.unit)
    }`,
    line.limit === undefined
      ? ""
      : `${line.limit.kind === "at least" ? "≥" : "≤"} ${format(line.limit.value, line.unit)}`,
    line.limit === undefined ? "" : isMet(line) ? "ok" : "MISSED",
  ]);
  const rows = [["", "median", "rounds", "limit", ""], ...cells];
  const widths =
    rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    }).join("  ").trimEnd()
  ).join("\n");
}

function format(value: number, unit: Line["unit"]): string {
  switch (unit) {
    case "ratio":
      return value.toFixed(2);
    case "ms":
      return `${value.toFixed(1)} ms`;
    case "MB":
      return `${Math.round(value)} MB`;
    case "KB":
      return `${value.toFixed(1)} KB`;
    case "/s":
      return `${Math.round(value)}/s`;
  }
}
