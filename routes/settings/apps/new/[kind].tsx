import { HttpError, page } from "fresh";
import { Button } from "@/islands/(_components)/Button.tsx";
import { Crumbs } from "@/islands/(_components)/Crumbs.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { SaveBar } from "@/islands/(_components)/SaveBar.tsx";
import { define, type State } from "../../../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../../../(_shared)/form_problem.ts";
import { localPath } from "../../../(_shared)/local_path.ts";
import { formText, readForm } from "../../../(_shared)/read_form.ts";
import { configFields } from "../../(_form)/config_fields.ts";
import { configLabels, secretPaths } from "../../(_form)/config_labels.ts";
import { withStoredSecrets } from "../../(_form)/config_value.ts";
import { readConfigForm } from "../../(_form)/read_config_form.ts";
import { APP_LABELS, AppForm } from "../../(_parts)/AppForm.tsx";
import { AppGuide } from "../../(_parts)/AppGuide.tsx";
import { SettingsPage } from "../../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../../(_parts)/settings_frame.ts";

interface Values {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

export const handler = define.handlers({
  async GET(ctx) {
    const type = typeOf(ctx.state, ctx.params.kind ?? "");
    return page(await pageData(ctx.state, type.adapter, { name: type.title, config: {} }));
  },

  async POST(ctx) {
    const type = typeOf(ctx.state, ctx.params.kind ?? "");
    const principal = userWho(ctx.state, "channel.manage");
    const fields = configFields(type.configSchema);
    const form = await readForm(ctx.req);
    const values: Values = form.ok
      ? { name: formText(form.value, "name"), config: readConfigForm(fields, form.value) }
      : { name: "", config: {} };
    const made = form.ok
      ? await ctx.state.core.apps.create(principal, { adapter: type.adapter, ...values })
      : form;
    if (made.ok) {
      // Whoever came from connecting a channel goes on there.
      const next = localPath(ctx.url.searchParams.get("next"), "/settings/apps?done=created");
      return ctx.redirect(next, 303);
    }
    const problem = formProblem(made.error, { ...APP_LABELS, ...configLabels(fields) });
    const config = withStoredSecrets(values.config, {}, secretPaths(fields));
    return page(await pageData(ctx.state, type.adapter, { ...values, config }, problem), {
      status: problem.status,
    });
  },
});

function typeOf(state: State, kind: string) {
  const type = state.core.apps.types().find(({ adapter }) => adapter === kind);
  if (type === undefined) throw new HttpError(404);
  return type;
}

async function pageData(
  state: State,
  kind: string,
  values: Values,
  problem: FormProblem | null = null,
) {
  userWho(state, "channel.manage");
  return { type: typeOf(state, kind), frame: await settingsFrame(state), values, problem };
}

export default define.page<typeof handler>(function NewApp({ data, url }) {
  const { frame, type, values, problem } = data;
  return (
    <SettingsPage
      frame={frame}
      title={`Add: ${type.title}`}
      current="apps"
      url={url}
      wide
      problem={problem?.message}
      foot={
        <SaveBar note="The secret is stored encrypted, and never shown again.">
          <LinkButton kind="ghost" size="large" href="/settings/apps">Cancel</LinkButton>
          <Button kind="primary" size="large" type="submit" form="app">Add it</Button>
        </SaveBar>
      }
      header={
        <>
          <Crumbs path={[{ label: "Apps", href: "/settings/apps" }]} current={type.title} />
          <PageHeader
            title={type.title}
            tile={{ icon: "key", role: "mail" }}
            lead={type.description}
          />
        </>
      }
    >
      <div class="page-cols">
        <AppForm
          action={`/settings/apps/new/${type.adapter}${url.search}`}
          type={type}
          {...values}
          problem={problem}
        />
        <AppGuide {...type} />
      </div>
    </SettingsPage>
  );
});
