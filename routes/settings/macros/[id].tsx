import { HttpError, page } from "fresh";
import { BoxRow } from "@/islands/(_components)/BoxRow.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { Crumbs } from "@/islands/(_components)/Crumbs.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { PageSection } from "@/islands/(_components)/PageSection.tsx";
import { SaveBar } from "@/islands/(_components)/SaveBar.tsx";
import { define, type State } from "../../(_shared)/define.ts";
import type { FormProblem } from "../../(_shared)/form_problem.ts";
import { readForm } from "../../(_shared)/read_form.ts";
import { FieldNames } from "../(_parts)/FieldNames.tsx";
import {
  EMPTY_MACRO,
  macroInput,
  type MacroValues,
  macroValues,
  readMacroForm,
} from "../(_parts)/macro_form.ts";
import { macroPageData, macroProblem } from "../(_parts)/macro_page.ts";
import { MacroForm } from "../(_parts)/MacroForm.tsx";
import { must } from "../(_parts)/must.ts";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import { userWho } from "../(_parts)/settings_frame.ts";
import { sharingValue } from "../(_parts)/sharing_field.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return page(await pageData(ctx.state, ctx.params.id ?? "", null));
  },

  async POST(ctx) {
    const { macros } = ctx.state.core;
    const id = ctx.params.id ?? "";
    const principal = userWho(ctx.state, "snippet.write");
    if (ctx.url.searchParams.get("action") === "remove") {
      must(await macros.remove(principal, id));
      return ctx.redirect("/settings/macros?done=removed", 303);
    }
    const form = await readForm(ctx.req);
    const values = form.ok ? readMacroForm(form.value) : EMPTY_MACRO;
    const saved = form.ok ? await save(ctx.state, id, values) : form;
    if (saved.ok) return ctx.redirect("/settings/macros?done=saved", 303);
    const problem = macroProblem(saved.error, values);
    return page(await pageData(ctx.state, id, problem, values), { status: problem.status });
  },
});

/** Words that were not touched keep the form they have. */
async function save({ core, ...state }: State, id: string, values: MacroValues) {
  const principal = userWho({ core, ...state }, "snippet.write");
  const before = await core.macros.get(principal, id);
  if (!before.ok) return before;
  const { text, ...rest } = macroInput(values);
  const isSame = text?.trim() === before.value.text;
  return await core.macros.update(principal, id, isSame ? rest : { ...rest, text });
}

async function pageData(
  state: State,
  id: string,
  problem: FormProblem | null,
  posted?: MacroValues,
) {
  const macro = must(await state.core.macros.get(userWho(state, "snippet.write"), id));
  if (!macro.isEditable) throw new HttpError(403);
  const values = posted ?? macroValues(macro, sharingValue(macro.sharing));
  return { ...await macroPageData(state, values, problem), id, name: macro.name };
}

export default define.page<typeof handler>(function EditMacro({ data, url }) {
  const { frame, id, name, problem } = data;
  const here = `/settings/macros/${id}`;
  return (
    <SettingsPage
      frame={frame}
      title={name}
      current="macros"
      url={url}
      wide
      problem={problem?.message}
      foot={
        <SaveBar note="Whoever may use it sees the change at once.">
          <Button kind="primary" size="large" type="submit" form="macro">Save</Button>
        </SaveBar>
      }
      header={
        <>
          <Crumbs path={[{ label: "Macros", href: "/settings/macros" }]} current={name} />
          <PageHeader title={name} />
        </>
      }
    >
      <div class="page-cols">
        <div>
          <MacroForm action={here} errors={problem?.fields ?? {}} {...data} />
          <PageSection title="Remove">
            <div class="box">
              <BoxRow title="Remove this macro" text="What was done with it stays.">
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
