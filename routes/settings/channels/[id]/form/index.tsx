import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import FormBuilder from "@/islands/FormBuilder.tsx";
import { type DraftProblem, problemOf } from "@/islands/(_client)/form_builder/check_draft.ts";
import { editDraft } from "@/islands/(_client)/form_builder/edit_draft.ts";
import type { FormDraft } from "@/core/model/form_draft.ts";
import { contentOf, draftOf } from "@/islands/(_client)/form_builder/form_draft.ts";
import { parseStep, readPosted } from "@/islands/(_client)/form_builder/post_draft.ts";
import { define, type State } from "../../../../(_shared)/define.ts";
import { toProblem } from "../../../../(_shared)/http_error.ts";
import { formText, readForm } from "../../../../(_shared)/read_form.ts";
import { formChannel } from "../../../(_parts)/form_channel.ts";
import { must } from "../../../(_parts)/must.ts";
import { userWho } from "../../../(_parts)/settings_frame.ts";

/** A draft that is shown again, with what kept it from being stored. */
interface Shown {
  readonly draft: FormDraft;
  /** The state it was begun from. */
  readonly updatedAt: number;
  readonly problems: readonly DraftProblem[];
  readonly isConflict: boolean;
}

export const handler = define.handlers({
  async GET(ctx) {
    return page(await pageData(ctx.state, ctx.params.id ?? "", ctx.url));
  },

  /** Saves the posted draft, or shows it again after one step of editing. Nothing of it is lost either way. */
  async POST(ctx) {
    const id = ctx.params.id ?? "";
    const { content } = await formChannel(ctx.state, id);
    const posted = await readForm(ctx.req);
    if (!posted.ok) throw new HttpError(toProblem(posted.error).status);
    const form = posted.value;
    const kept = content.fields.map(({ name }) => name);
    const draft = readPosted(form, kept);
    if (draft === null) throw new HttpError(400);
    const updatedAt = Number(formText(form, "updatedAt")) || 0;
    const what = formText(form, "do");
    const step = parseStep(what);
    if (step !== null) {
      const next = editDraft(draft, step, kept);
      const shown = { draft: next, updatedAt, problems: [], isConflict: false };
      return page(await pageData(ctx.state, id, ctx.url, shown));
    }
    const saved = await ctx.state.core.channels.update(
      userWho(ctx.state, "channel.manage"),
      id,
      {
        config: { ...contentOf(draft) },
        ...what === "overwrite" ? {} : { ifUpdatedAt: updatedAt },
      },
    );
    if (saved.ok) {
      const name = draft.fields.find(({ key }) => key === draft.selected)?.name;
      const open = name === undefined ? "" : `&field=${encodeURIComponent(name)}`;
      return ctx.redirect(`/settings/channels/${id}/form?done=saved${open}`, 303);
    }
    const problem = toProblem(saved.error);
    const isConflict = saved.error.code === "conflict";
    const problems = saved.error.code === "invalid"
      ? saved.error.errors.map(({ path, message }) =>
        problemOf(draft, path.split(".").slice(1), message)
      )
      : isConflict
      ? []
      : [{ key: null, setting: "", message: problem.detail }];
    const wrong = problems.find(({ key }) => key !== null)?.key;
    const shown = {
      // What is wrong is opened.
      draft: wrong === undefined ? draft : { ...draft, selected: wrong },
      updatedAt,
      problems,
      isConflict,
    };
    return page(await pageData(ctx.state, id, ctx.url, shown), { status: problem.status });
  },
});

async function pageData(state: State, id: string, url: URL, shown?: Shown) {
  const { channel, content } = await formChannel(state, id);
  const inboxes = must(await state.core.inboxes.list(userWho(state, "channel.manage")));
  const stored = draftOf(content, url.searchParams.get("field"));
  return {
    settingsUrl: `/settings/channels/${id}`,
    openUrl: `/forms/${id}`,
    channelName: channel.name,
    isPaused: channel.status === "paused",
    draft: shown?.draft ?? stored,
    stored: JSON.stringify(contentOf(stored)),
    kept: content.fields.map(({ name }) => name),
    updatedAt: shown?.updatedAt ?? channel.updatedAt,
    problems: shown?.problems ?? [],
    isConflict: shown?.isConflict ?? false,
    isSaved: shown === undefined && url.searchParams.get("done") === "saved",
    after: [
      { icon: "shield", what: "First", how: "Spam check" },
      {
        icon: "form",
        what: "then a conversation",
        how: `in ${inboxes.find((inbox) => inbox.id === channel.inboxId)?.name ?? "its inbox"}`,
      },
      { icon: "mail", what: "and your answer", how: "by mail, with its number" },
    ],
  } as const;
}

export default define.page<typeof handler>(function BuildForm({ data }) {
  return (
    <div class="app">
      <Head>
        <title>{data.channelName} · Form · Parley</title>
      </Head>
      <FormBuilder {...data} />
    </div>
  );
});
