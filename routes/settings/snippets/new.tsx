import { page } from "fresh";
import { Button } from "@/islands/(_components)/Button.tsx";
import { Crumbs } from "@/islands/(_components)/Crumbs.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { SaveBar } from "@/islands/(_components)/SaveBar.tsx";
import { define, type State } from "../../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../../(_shared)/form_problem.ts";
import { readForm } from "../../(_shared)/read_form.ts";
import { FieldNames } from "../(_parts)/FieldNames.tsx";
import { foldersOf } from "../(_parts)/FolderField.tsx";
import { must } from "../(_parts)/must.ts";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../(_parts)/settings_frame.ts";
import { sharingOptions } from "../(_parts)/sharing_field.ts";
import {
  readSnippetForm,
  SNIPPET_LABELS,
  SnippetForm,
  snippetInput,
  type SnippetValues,
} from "../(_parts)/SnippetForm.tsx";

const EMPTY: SnippetValues = { name: "", shortcut: "", folder: "", text: "", sharing: "private" };

export const handler = define.handlers({
  async GET(ctx) {
    return page(await pageData(ctx.state, EMPTY, null));
  },

  async POST(ctx) {
    const principal = userWho(ctx.state, "snippet.write");
    const form = await readForm(ctx.req);
    const values = form.ok ? readSnippetForm(form.value) : EMPTY;
    // Words of a composer, to be kept: nothing is saved yet.
    if (ctx.url.searchParams.has("draft")) return page(await pageData(ctx.state, values, null));
    const made = form.ok
      ? await ctx.state.core.snippets.create(principal, snippetInput(values))
      : form;
    if (made.ok) return ctx.redirect("/settings/snippets?done=created", 303);
    const problem = formProblem(made.error, SNIPPET_LABELS);
    return page(await pageData(ctx.state, values, problem), { status: problem.status });
  },
});

async function pageData(state: State, values: SnippetValues, problem: FormProblem | null) {
  const { core } = state;
  const principal = userWho(state, "snippet.write");
  return {
    frame: await settingsFrame(state),
    values,
    problem,
    folders: foldersOf(must(await core.snippets.list(principal))),
    sharings: sharingOptions(principal, must(await core.teams.list(principal))),
  };
}

export default define.page<typeof handler>(function NewSnippet({ data, url }) {
  const { frame, problem } = data;
  return (
    <SettingsPage
      frame={frame}
      title="New snippet"
      current="snippets"
      url={url}
      wide
      problem={problem?.message}
      foot={
        <SaveBar note="Whoever may use it sees the change at once.">
          <Button kind="primary" size="large" type="submit" form="snippet">Create</Button>
        </SaveBar>
      }
      header={
        <>
          <Crumbs path={[{ label: "Snippets", href: "/settings/snippets" }]} current="New" />
          <PageHeader title="New snippet" lead="Type / and its shortcut where you write." />
        </>
      }
    >
      <div class="page-cols">
        <SnippetForm action="/settings/snippets/new" {...data} />
        <FieldNames />
      </div>
    </SettingsPage>
  );
});
