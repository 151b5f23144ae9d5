import { HttpError, page } from "fresh";
import { BoxRow } from "@/islands/(_components)/BoxRow.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { Crumbs } from "@/islands/(_components)/Crumbs.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { PageSection } from "@/islands/(_components)/PageSection.tsx";
import { SaveBar } from "@/islands/(_components)/SaveBar.tsx";
import { define, type State } from "../../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../../(_shared)/form_problem.ts";
import { formText, readForm } from "../../(_shared)/read_form.ts";
import { configFields } from "../(_form)/config_fields.ts";
import { configLabels, secretPaths } from "../(_form)/config_labels.ts";
import { withStoredSecrets } from "../(_form)/config_value.ts";
import { readConfigForm } from "../(_form)/read_config_form.ts";
import { APP_LABELS, AppForm } from "../(_parts)/AppForm.tsx";
import { AppReview } from "../(_parts)/AppReview.tsx";
import { AppGuide } from "../(_parts)/AppGuide.tsx";
import { must } from "../(_parts)/must.ts";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../(_parts)/settings_frame.ts";

interface Values {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

export const handler = define.handlers({
  async GET(ctx) {
    return page(await pageData(ctx.state, ctx.params.id ?? ""));
  },

  async POST(ctx) {
    const id = ctx.params.id ?? "";
    const { apps } = ctx.state.core;
    const principal = userWho(ctx.state, "channel.manage");
    const { app, type } = await pageData(ctx.state, id);
    if (ctx.url.searchParams.get("action") === "remove") {
      const removed = await apps.remove(principal, id);
      if (removed.ok) return ctx.redirect("/settings/apps?done=removed", 303);
      return await again(formProblem(removed.error, APP_LABELS));
    }
    const form = await readForm(ctx.req);
    if (!form.ok) return await again(formProblem(form.error, APP_LABELS));
    const fields = configFields(type.configSchema);
    const values: Values = {
      name: formText(form.value, "name"),
      config: readConfigForm(fields, form.value, app.config),
    };
    const saved = await apps.update(principal, id, values);
    if (saved.ok) return ctx.redirect(`/settings/apps/${id}?done=saved`, 303);
    const config = withStoredSecrets(values.config, app.config, secretPaths(fields));
    const problem = formProblem(saved.error, { ...APP_LABELS, ...configLabels(fields) });
    return await again(problem, { ...values, config });

    async function again(problem: FormProblem, posted?: Values) {
      return page(await pageData(ctx.state, id, problem, posted), { status: problem.status });
    }
  },
});

async function pageData(
  state: State,
  id: string,
  problem: FormProblem | null = null,
  posted?: Values,
) {
  const { apps } = state.core;
  const app = must(await apps.get(userWho(state, "channel.manage"), id));
  const type = apps.types().find(({ adapter }) => adapter === app.adapter);
  // Its adapter is no longer installed: there is no form for it.
  if (type === undefined) throw new HttpError(404);
  return { frame: await settingsFrame(state), app, type, values: posted ?? app, problem };
}

export default define.page<typeof handler>(function EditApp({ data, url }) {
  const { frame, app, type, values, problem } = data;
  const here = `/settings/apps/${app.id}`;
  return (
    <SettingsPage
      frame={frame}
      title={app.name}
      current="apps"
      url={url}
      wide
      problem={problem?.message}
      foot={
        <SaveBar note="A stored secret stays unless you replace it.">
          <Button kind="primary" size="large" type="submit" form="app">Save</Button>
        </SaveBar>
      }
      header={
        <>
          <Crumbs path={[{ label: "Apps", href: "/settings/apps" }]} current={app.name} />
          <PageHeader
            title={app.name}
            tile={{ icon: "key", role: "mail" }}
            lead={type.description}
          />
        </>
      }
    >
      <div class="page-cols">
        <div>
          <AppForm
            action={here}
            type={type}
            app={app}
            name={values.name}
            config={values.config}
            problem={problem}
          />
          {type.review.length > 0 && <AppReview {...type} />}
          <PageSection title="Remove">
            <div class="box">
              <BoxRow title="Remove this app" text="Only while no channel uses it.">
                <form method="post" action={`${here}?action=remove`}>
                  <Button kind="danger-quiet" type="submit">Remove</Button>
                </form>
              </BoxRow>
            </div>
          </PageSection>
        </div>
        <AppGuide {...type} />
      </div>
    </SettingsPage>
  );
});
