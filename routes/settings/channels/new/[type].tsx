import { HttpError, page } from "fresh";
import { Button } from "@/islands/(_components)/Button.tsx";
import { channelLook } from "@/islands/(_components)/channel_look.ts";
import { Crumbs } from "@/islands/(_components)/Crumbs.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { SaveBar } from "@/islands/(_components)/SaveBar.tsx";
import { define, type State } from "../../../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../../../(_shared)/form_problem.ts";
import { formText, readForm } from "../../../(_shared)/read_form.ts";
import { configFields } from "../../(_form)/config_fields.ts";
import { configLabels, secretPaths } from "../../(_form)/config_labels.ts";
import { withStoredSecrets } from "../../(_form)/config_value.ts";
import { readConfigForm } from "../../(_form)/read_config_form.ts";
import { appsOf } from "../../(_parts)/apps_of.ts";
import { ChannelAbilities } from "../../(_parts)/ChannelAbilities.tsx";
import { CHANNEL_LABELS, ChannelForm } from "../../(_parts)/ChannelForm.tsx";
import { must } from "../../(_parts)/must.ts";
import { SettingsPage } from "../../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../../(_parts)/settings_frame.ts";

interface Values {
  readonly name: string;
  readonly inboxId: string;
  readonly appId?: string;
  readonly config: Readonly<Record<string, unknown>>;
}

export const handler = define.handlers({
  async GET(ctx) {
    const inboxId = ctx.url.searchParams.get("inbox") ?? "";
    return page(
      await pageData(ctx.state, ctx.params.type ?? "", { name: "", inboxId, config: {} }),
    );
  },

  async POST(ctx) {
    const type = typeOf(ctx.state, ctx.params.type ?? "");
    const principal = userWho(ctx.state, "channel.manage");
    const fields = configFields(type.configSchema);
    const form = await readForm(ctx.req);
    const values: Values = form.ok
      ? {
        name: formText(form.value, "name"),
        inboxId: formText(form.value, "inboxId"),
        ...formText(form.value, "appId") === "" ? {} : { appId: formText(form.value, "appId") },
        config: readConfigForm(fields, form.value),
      }
      : { name: "", inboxId: "", config: {} };
    const made = form.ok
      ? await ctx.state.core.channels.create(principal, { type: type.type, ...values })
      : form;
    if (made.ok && made.value.signIn !== null) {
      // 307 keeps it a POST: the sign-in begins at once.
      return ctx.redirect(`/oauth/start?channelId=${made.value.id}`, 307);
    }
    if (made.ok) return ctx.redirect(`/settings/channels/${made.value.id}?done=created`, 303);
    const problem = formProblem(made.error, { ...CHANNEL_LABELS, ...configLabels(fields) });
    const config = withStoredSecrets(values.config, {}, secretPaths(fields));
    return page(await pageData(ctx.state, type.type, { ...values, config }, problem), {
      status: problem.status,
    });
  },
});

function typeOf(state: State, id: string) {
  const type = state.core.channels.types().find((one) => one.type === id);
  if (type === undefined) throw new HttpError(404);
  return type;
}

async function pageData(
  state: State,
  typeId: string,
  values: Values,
  problem: FormProblem | null = null,
) {
  const principal = userWho(state, "channel.manage");
  const type = typeOf(state, typeId);
  return {
    type,
    apps: await appsOf(state, type),
    frame: await settingsFrame(state),
    inboxes: must(await state.core.inboxes.list(principal)),
    values,
    problem,
  };
}

export default define.page<typeof handler>(function NewChannelOfType({ data, url }) {
  const { frame, type, apps, inboxes, values, problem } = data;
  const { role, icon } = channelLook(type.type);
  return (
    <SettingsPage
      frame={frame}
      title={`Add: ${type.title}`}
      current="channels"
      url={url}
      wide
      problem={problem?.message}
      foot={
        <SaveBar note="You can change everything later.">
          <LinkButton kind="ghost" size="large" href="/settings/channels">Cancel</LinkButton>
          <Button kind="primary" size="large" type="submit" form="channel">Add it</Button>
        </SaveBar>
      }
      header={
        <>
          <Crumbs
            path={[
              { label: "Channels", href: "/settings/channels" },
              { label: "Add", href: "/settings/channels/new" },
            ]}
            current={type.title}
          />
          <PageHeader title={type.title} tile={{ icon, role }} lead={type.description} />
        </>
      }
    >
      <div class="page-cols">
        <ChannelForm
          action={`/settings/channels/new/${type.type}`}
          inboxes={inboxes}
          fields={configFields(type.configSchema)}
          {...values}
          apps={apps}
          appId={values.appId ?? ""}
          problem={problem}
        />
        <ChannelAbilities capabilities={type.capabilities} />
      </div>
    </SettingsPage>
  );
});
