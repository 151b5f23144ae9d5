/** One number in Prometheus' text format. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: "gauge" | "counter";
  readonly value: number;
}

export const PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** Metrics as Prometheus reads them. */
export function formatMetrics(metrics: readonly Metric[]): string {
  return metrics.map(({ name, help, type, value }) =>
    `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`
  ).join("");
}
