/** What a request to an app gives, in a form that tests can write out. */
import type { App } from "fresh";

export interface Observed {
  readonly status: number;
  readonly body: string;
  readonly type: string | null;
  /** All other headers. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends one request. What differs between builds (state script, markers, ids) is cut out. */
export async function observe<State>(
  app: App<State>,
  path: string,
  init?: RequestInit,
): Promise<Observed> {
  const res = await app.handler()(new Request(`http://localhost${path}`, init));
  const { "content-type": type = null, ...headers } = Object.fromEntries(res.headers);
  return { status: res.status, body: strip(await res.text()), type, headers };
}

/** `status body`, for tables. */
export async function answerTo<State>(
  app: App<State>,
  path: string,
  init?: RequestInit,
): Promise<string> {
  const { status, body } = await observe(app, path, init);
  return `${status} ${body}`;
}

/** Runs `task` while the app's report of a bug on the console is expected, and counts the reports. */
export async function countReports(task: () => Promise<void>): Promise<number> {
  const original = console.error;
  let reports = 0;
  console.error = () => reports++;
  try {
    await task();
  } finally {
    console.error = original;
  }
  return reports;
}

function strip(html: string): string {
  return html.replace(/<script type="(module|application\/json)".*?<\/script>/g, "")
    .replace(/<!--.*?-->/g, "")
    .replace(/__frsh_c=\w*/g, "__frsh_c=ID");
}
