import { page } from "fresh";
import { Button } from "@/islands/(_components)/Button.tsx";
import { Crumbs } from "@/islands/(_components)/Crumbs.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { SaveBar } from "@/islands/(_components)/SaveBar.tsx";
import { define } from "../../(_shared)/define.ts";
import { readForm } from "../../(_shared)/read_form.ts";
import { FieldNames } from "../(_parts)/FieldNames.tsx";
import { EMPTY_MACRO, macroInput, readMacroForm } from "../(_parts)/macro_form.ts";
import { macroPageData, macroProblem } from "../(_parts)/macro_page.ts";
import { MacroForm } from "../(_parts)/MacroForm.tsx";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import { userWho } from "../(_parts)/settings_frame.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return page(await macroPageData(ctx.state, EMPTY_MACRO, null));
  },

  async POST(ctx) {
    const principal = userWho(ctx.state, "snippet.write");
    const form = await readForm(ctx.req);
    const values = form.ok ? readMacroForm(form.value) : EMPTY_MACRO;
    const made = form.ok ? await ctx.state.core.macros.create(principal, macroInput(values)) : form;
    if (made.ok) return ctx.redirect("/settings/macros?done=created", 303);
    const problem = macroProblem(made.error, values);
    return page(await macroPageData(ctx.state, values, problem), { status: problem.status });
  },
});

export default define.page<typeof handler>(function NewMacro({ data, url }) {
  const { frame, problem } = data;
  return (
    <SettingsPage
      frame={frame}
      title="New macro"
      current="macros"
      url={url}
      wide
      problem={problem?.message}
      foot={
        <SaveBar note="It is shown what it will do before it does.">
          <Button kind="primary" size="large" type="submit" form="macro">Create</Button>
        </SaveBar>
      }
      header={
        <>
          <Crumbs path={[{ label: "Macros", href: "/settings/macros" }]} current="New" />
          <PageHeader title="New macro" lead="Words, actions, or both. Press m to run it." />
        </>
      }
    >
      <div class="page-cols">
        <MacroForm action="/settings/macros/new" errors={problem?.fields ?? {}} {...data} />
        <FieldNames />
      </div>
    </SettingsPage>
  );
});
