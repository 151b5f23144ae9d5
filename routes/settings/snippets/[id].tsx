import { HttpError, page } from "fresh";
import { BoxRow } from "@/islands/(_components)/BoxRow.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { Crumbs } from "@/islands/(_components)/Crumbs.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { PageSection } from "@/islands/(_components)/PageSection.tsx";
import { SaveBar } from "@/islands/(_components)/SaveBar.tsx";
import { define, type State } from "../../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../../(_shared)/form_problem.ts";
import { readForm } from "../../(_shared)/read_form.ts";
import { FieldNames } from "../(_parts)/FieldNames.tsx";
import { foldersOf } from "../(_parts)/FolderField.tsx";
import { must } from "../(_parts)/must.ts";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../(_parts)/settings_frame.ts";
import { sharingOptions, sharingValue } from "../(_parts)/sharing_field.ts";
import {
  readSnippetForm,
  SNIPPET_LABELS,
  SnippetForm,
  snippetInput,
  type SnippetValues,
} from "../(_parts)/SnippetForm.tsx";

export const handler = define.handlers({
  async GET(ctx) {
    return page(await pageData(ctx.state, ctx.params.id ?? "", null));
  },

  async POST(ctx) {
    const { snippets } = ctx.state.core;
    const id = ctx.params.id ?? "";
    const principal = userWho(ctx.state, "snippet.write");
    if (ctx.url.searchParams.get("action") === "remove") {
      must(await snippets.remove(principal, id));
      return ctx.redirect("/settings/snippets?done=removed", 303);
    }
    const form = await readForm(ctx.req);
    const values = form.ok ? readSnippetForm(form.value) : undefined;
    const saved = form.ok && values !== undefined ? await save(ctx.state, id, values) : form;
    if (saved.ok) return ctx.redirect("/settings/snippets?done=saved", 303);
    const problem = formProblem(saved.error, SNIPPET_LABELS);
    return page(await pageData(ctx.state, id, problem, values), { status: problem.status });
  },
});

/** Words that were not touched keep the form they have. */
async function save({ core, ...state }: State, id: string, values: SnippetValues) {
  const principal = userWho({ core, ...state }, "snippet.write");
  const before = await core.snippets.get(principal, id);
  if (!before.ok) return before;
  const { text, ...rest } = snippetInput(values);
  const isSame = text?.trim() === before.value.text;
  return await core.snippets.update(principal, id, isSame ? rest : { ...rest, text });
}

async function pageData(
  state: State,
  id: string,
  problem: FormProblem | null,
  posted?: SnippetValues,
) {
  const { core } = state;
  const principal = userWho(state, "snippet.write");
  const snippet = must(await core.snippets.get(principal, id));
  if (!snippet.isEditable) throw new HttpError(403);
  const { name, shortcut, folder, text, sharing } = snippet;
  const stored = { name, shortcut, folder, text, sharing: sharingValue(sharing) };
  return {
    frame: await settingsFrame(state),
    id,
    name,
    values: posted ?? stored,
    problem,
    folders: foldersOf(must(await core.snippets.list(principal))),
    sharings: sharingOptions(principal, must(await core.teams.list(principal))),
  };
}

export default define.page<typeof handler>(function EditSnippet({ data, url }) {
  const { frame, id, name, problem } = data;
  const here = `/settings/snippets/${id}`;
  return (
    <SettingsPage
      frame={frame}
      title={name}
      current="snippets"
      url={url}
      wide
      problem={problem?.message}
      foot={
        <SaveBar note="Whoever may use it sees the change at once.">
          <Button kind="primary" size="large" type="submit" form="snippet">Save</Button>
        </SaveBar>
      }
      header={
        <>
          <Crumbs path={[{ label: "Snippets", href: "/settings/snippets" }]} current={name} />
          <PageHeader title={name} />
        </>
      }
    >
      <div class="page-cols">
        <div>
          <SnippetForm action={here} {...data} />
          <PageSection title="Remove">
            <div class="box">
              <BoxRow title="Remove this snippet" text="What was written with it stays.">
                <form method="post" action={`${here}?action=remove`}>
                  <Button kind="danger-quiet" type="submit">Remove</Button>
                </form>
              </BoxRow>
            </div>
          </PageSection>
        </div>
        <FieldNames />
      </div>
    </SettingsPage>
  );
});
