import { page } from "fresh";
import { renderToString } from "preact-render-to-string";
import type { ChannelWithSecrets, TestNews } from "@/core/mod.ts";
import { ok, type Result } from "@/core/result.ts";
import { define, type State } from "../../../../(_shared)/define.ts";
import { formProblem } from "../../../../(_shared)/form_problem.ts";
import type { HttpError } from "../../../../(_shared)/http_error.ts";
import { formText, readForm } from "../../../../(_shared)/read_form.ts";
import { withAskedSecrets } from "../../../(_connect)/asked_secrets.ts";
import { streamDocument } from "../../../(_connect)/stream_document.ts";
import { TestNewsRow } from "../../../(_connect)/TestedStepRow.tsx";
import { type TestOutcome, TestPage } from "../../../(_connect)/TestPage.tsx";
import { configFields } from "../../../(_form)/config_fields.ts";
import { usedSecretPaths } from "../../../(_form)/config_labels.ts";
import { must } from "../../../(_parts)/must.ts";
import { settingsFrame, userWho } from "../../../(_parts)/settings_frame.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return page(await pageData(ctx.state, ctx.params.id ?? "", ctx.url));
  },

  /** Runs the test, and shows each step as it ends. */
  async POST(ctx) {
    const id = ctx.params.id ?? "";
    const principal = userWho(ctx.state, "channel.manage");
    const form = await readForm(ctx.req);
    const changed = form.ok ? await change(ctx.state, id, form.value) : form;
    const leaving = new AbortController();
    const signal = AbortSignal.any([ctx.req.signal, leaving.signal]);
    const news = changed.ok
      ? await ctx.state.core.channels.test(principal, id, { isWhole: true, signal })
      : changed;
    const data = await pageData(ctx.state, id, ctx.url);
    if (!news.ok) {
      const problem = formProblem(news.error, {});
      const shown = { ...data, problem: problem.message ?? "The settings cannot be changed." };
      return page(shown, { status: problem.status });
    }
    const outcome = { checked: 0, failed: 0 };
    const action = ctx.url.pathname + ctx.url.search;
    return streamDocument({
      begin: await document("running"),
      pieces: rows(news.value),
      end: () => document(outcome),
      cancel: () => leaving.abort(),
    });

    async function document(outcome: TestOutcome | "running"): Promise<string> {
      return await (await ctx.render(<TestPage {...data} outcome={outcome} />)).text();
    }

    async function* rows(all: AsyncIterable<TestNews>) {
      for await (const one of all) {
        if (one.kind === "ended") {
          outcome.checked++;
          if (!one.step.ok) outcome.failed++;
        }
        yield renderToString(<TestNewsRow news={one} action={action} />);
      }
    }
  },
});

/** Stores what a step offered to change: a secret that was wrong, or settings that suit what was found. */
async function change(
  state: State,
  id: string,
  form: FormData,
): Promise<Result<null, HttpError>> {
  const { channels } = state.core;
  const principal = userWho(state, "channel.manage");
  const channel = must(await channels.get(principal, id));
  const type = channels.types().find((one) => one.type === channel.type);
  const known = type === undefined
    ? []
    : usedSecretPaths(configFields(type.configSchema), channel.config);
  const config = withAskedSecrets(channel.config, form, { known, isReplacing: true });
  const offered = readChange(formText(form, "change"));
  if (config === channel.config && offered === null) return ok(null);
  const updated = await channels.update(principal, id, { config: { ...config, ...offered } });
  return updated.ok ? ok(null) : updated;
}

/** The schema of the channel judges what is in it. */
function readChange(text: string): Readonly<Record<string, unknown>> | null {
  if (text === "") return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? { ...value }
      : null;
  } catch {
    return null;
  }
}

async function pageData(state: State, id: string, url: URL) {
  const principal = userWho(state, "channel.manage");
  const channel: ChannelWithSecrets = must(await state.core.channels.get(principal, id));
  const type = state.core.channels.types().find((one) => one.type === channel.type) ?? null;
  const problem: string | null = null;
  return {
    frame: await settingsFrame(state),
    channel,
    type,
    url,
    isNew: url.searchParams.has("new"),
    // Widened: what went wrong is known only after a POST.
    problem: problem as string | null,
  };
}

export default define.page<typeof handler>(function TestChannel({ data }) {
  return <TestPage {...data} outcome="waiting" />;
});
