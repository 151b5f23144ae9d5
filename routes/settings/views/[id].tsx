import { HttpError, page } from "fresh";
import { canChangeView } from "@/core/mod.ts";
import { BoxRow } from "@/islands/(_components)/BoxRow.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { Crumbs } from "@/islands/(_components)/Crumbs.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { PageSection } from "@/islands/(_components)/PageSection.tsx";
import { Select } from "@/islands/(_components)/Select.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import { SORT_WORDS } from "@/islands/(_client)/workspace/view_words.ts";
import { ViewSort } from "@/core/model/view.ts";
import { define, type State } from "../../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../../(_shared)/form_problem.ts";
import { formText, readForm } from "../../(_shared)/read_form.ts";
import { filterWords } from "../(_parts)/filter_words.ts";
import { must } from "../(_parts)/must.ts";
import { namesOfFilters } from "../(_parts)/names_of_filters.ts";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import { settingsFrame, userOf } from "../(_parts)/settings_frame.ts";
import { sharingOf, sharingOptions, sharingValue } from "../(_parts)/sharing_field.ts";

const BASE = "/settings/views";
const LABELS = { name: "Name", sort: "Order", sharing: "Who sees it" };

export const handler = define.handlers({
  async GET(ctx) {
    return page(await pageData(ctx.state, ctx.params.id ?? "", null));
  },

  async POST(ctx) {
    const { views } = ctx.state.core;
    const id = ctx.params.id ?? "";
    const principal = userOf(ctx.state);
    if (ctx.url.searchParams.get("action") === "remove") {
      must(await views.remove(principal, id));
      return ctx.redirect(`${BASE}?done=removed`, 303);
    }
    const form = await readForm(ctx.req);
    const saved = form.ok
      ? await views.update(principal, id, {
        name: formText(form.value, "name"),
        sort: ViewSort.safeParse(formText(form.value, "sort")).data,
        sharing: sharingOf(formText(form.value, "sharing")),
      })
      : form;
    if (saved.ok) return ctx.redirect(`${BASE}?done=saved`, 303);
    const problem = formProblem(saved.error, LABELS);
    return page(await pageData(ctx.state, id, problem), { status: problem.status });
  },
});

async function pageData(state: State, id: string, problem: FormProblem | null) {
  const { core } = state;
  const principal = userOf(state);
  const view = must(await core.views.get(principal, id));
  if (!canChangeView(principal, view)) throw new HttpError(403);
  return {
    frame: await settingsFrame(state),
    id,
    name: view.name,
    sort: view.sort,
    sharing: sharingValue(view.sharing),
    sharings: sharingOptions(principal, must(await core.teams.list(principal))),
    words: filterWords(view.filter, await namesOfFilters(core, principal)),
    problem,
  };
}

export default define.page<typeof handler>(function EditView({ data, url }) {
  const { frame, id, name, sort, sharing, sharings, words, problem } = data;
  const here = `${BASE}/${id}`;
  return (
    <SettingsPage
      frame={frame}
      title={name}
      current="views"
      url={url}
      problem={problem?.message}
      header={
        <>
          <Crumbs path={[{ label: "Views", href: BASE }]} current={name} />
          <PageHeader title={name} lead={words} />
        </>
      }
    >
      <form class="form" method="post" action={here}>
        <TextField
          name="name"
          label="Name"
          required
          maxLength={60}
          value={name}
          error={problem?.fields["name"]}
        />
        <Select
          name="sort"
          label="Order"
          value={sort}
          options={ViewSort.options.filter((one) => one !== "sla" || sort === "sla")
            .map((value) => ({ value, label: SORT_WORDS[value] }))}
        />
        <Select name="sharing" label="Who sees it" value={sharing} options={sharings} />
        <div class="cluster">
          <Button kind="primary" size="large" type="submit">Save</Button>
          <LinkButton size="large" href={`/inbox/all/${id}`}>
            Open, and change what it holds
          </LinkButton>
        </div>
      </form>
      <PageSection title="Delete">
        <div class="box">
          <BoxRow title="Delete this view" text="The conversations it holds stay where they are.">
            <form method="post" action={`${here}?action=remove`}>
              <Button kind="danger-quiet" type="submit">Delete</Button>
            </form>
          </BoxRow>
        </div>
      </PageSection>
    </SettingsPage>
  );
});
