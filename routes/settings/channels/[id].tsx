import { page } from "fresh";
import { ok, type Result } from "@/core/result.ts";
import { Banner } from "@/islands/(_components)/Banner.tsx";
import { BoxRow } from "@/islands/(_components)/BoxRow.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { channelLook } from "@/islands/(_components)/channel_look.ts";
import { CopyField } from "@/islands/(_components)/CopyField.tsx";
import { Crumbs } from "@/islands/(_components)/Crumbs.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { PageSection } from "@/islands/(_components)/PageSection.tsx";
import { SaveBar } from "@/islands/(_components)/SaveBar.tsx";
import CopyButton from "@/islands/CopyButton.tsx";
import { define, type State } from "../../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../../(_shared)/form_problem.ts";
import type { HttpError } from "../../(_shared)/http_error.ts";
import { formText, readForm } from "../../(_shared)/read_form.ts";
import { type ConfigField, configFields, withLists } from "../(_form)/config_fields.ts";
import { configLabels, secretPaths } from "../(_form)/config_labels.ts";
import { isSecretSet, withStoredSecrets } from "../(_form)/config_value.ts";
import { missingNeeds } from "../(_form)/missing_needs.ts";
import { readConfigForm } from "../(_form)/read_config_form.ts";
import { appsOf } from "../(_parts)/apps_of.ts";
import { ChannelAbilities } from "../(_parts)/ChannelAbilities.tsx";
import { ChannelDangers } from "../(_parts)/ChannelDangers.tsx";
import { CHANNEL_LABELS, ChannelForm } from "../(_parts)/ChannelForm.tsx";
import { ChannelHealth } from "../(_parts)/ChannelHealth.tsx";
import { ChannelSignInBox } from "../(_parts)/ChannelSignInBox.tsx";
import { DirectLinks } from "../(_parts)/DirectLinks.tsx";
import { FormLinks } from "../(_parts)/FormLinks.tsx";
import { ForwardGuide } from "../(_parts)/ForwardGuide.tsx";
import { fieldLists } from "../(_parts)/field_lists.ts";
import { must } from "../(_parts)/must.ts";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../(_parts)/settings_frame.ts";
import { SignInButton } from "../(_parts)/SignInButton.tsx";
import { ThreadRulesBox } from "../(_parts)/ThreadRulesBox.tsx";
import { WidgetSnippet } from "../(_parts)/WidgetSnippet.tsx";

/** What was posted and could not be stored. */
interface Posted {
  readonly name: string;
  readonly inboxId: string;
  readonly appId?: string | null;
  readonly config: Readonly<Record<string, unknown>>;
  readonly problem: FormProblem;
}

export const handler = define.handlers({
  async GET(ctx) {
    return page(await pageData(ctx.state, ctx.params.id ?? "", ctx.url));
  },

  async POST(ctx) {
    const id = ctx.params.id ?? "";
    const action = ctx.url.searchParams.get("action");
    const form = await readForm(ctx.req);
    if (!form.ok) return await again(formProblem(form.error, CHANNEL_LABELS));
    if (action !== null) {
      const done = await act(ctx.state, id, action, form.value);
      if (!done.ok) return await again(formProblem(done.error, CHANNEL_LABELS));
      const to = done.value === "removed" ? "/settings/channels" : `/settings/channels/${id}`;
      return ctx.redirect(`${to}?done=${done.value}`, 303);
    }
    const failed = await save(ctx.state, id, form.value);
    if (failed === null) return ctx.redirect(`/settings/channels/${id}?done=saved`, 303);
    return page(await pageData(ctx.state, id, ctx.url, failed), { status: failed.problem.status });

    async function again(problem: FormProblem) {
      const data = await pageData(ctx.state, id, ctx.url);
      return page({ ...data, problem }, { status: problem.status });
    }
  },
});

/** Pauses, resumes, removes, or forgets a rule. @returns the code of what was done. */
async function act(
  state: State,
  id: string,
  action: string,
  form: FormData,
): Promise<Result<"saved" | "removed", HttpError>> {
  const { channels, threadRules } = state.core;
  const principal = userWho(state, "channel.manage");
  if (action === "forget-rule") {
    const forgotten = await threadRules.remove(principal, id, formText(form, "ruleId"));
    return forgotten.ok ? ok("saved") : forgotten;
  }
  if (action === "remove") {
    const removed = await channels.remove(principal, id);
    return removed.ok ? ok("removed") : removed;
  }
  const status = action === "pause" ? "paused" : "ready";
  const changed = await channels.update(principal, id, { status });
  return changed.ok ? ok("saved") : changed;
}

/** @returns null when it was stored. */
async function save(state: State, id: string, form: FormData): Promise<Posted | null> {
  const { channels } = state.core;
  const principal = userWho(state, "channel.manage");
  const channel = must(await channels.get(principal, id));
  const fields = fieldsOf(state, channel.type);
  const values = {
    name: formText(form, "name"),
    inboxId: formText(form, "inboxId"),
    // Asked for only where there is one to choose.
    ...form.has("appId") ? { appId: formText(form, "appId") || null } : {},
    config: readConfigForm(fields, form, channel.config),
  };
  const saved = await channels.update(principal, id, values);
  if (saved.ok) return null;
  return {
    ...values,
    config: withStoredSecrets(values.config, channel.config, secretPaths(fields)),
    problem: formProblem(saved.error, { ...CHANNEL_LABELS, ...configLabels(fields) }),
  };
}

function fieldsOf(state: State, type: string): readonly ConfigField[] {
  const found = state.core.channels.types().find((one) => one.type === type);
  return found === undefined ? [] : configFields(found.configSchema);
}

async function pageData(state: State, id: string, url: URL, posted?: Posted) {
  const { core, config } = state;
  const principal = userWho(state, "channel.manage");
  const channel = must(await core.channels.get(principal, id));
  const type = core.channels.types().find(({ type }) => type === channel.type) ?? null;
  return {
    frame: await settingsFrame(state),
    inboxes: must(await core.inboxes.list(principal)),
    channel,
    hasHistory: await core.imports.isOffered(principal, id),
    name: channel.name,
    rules: type?.capabilities.email === true && !type.hasForm
      ? must(await core.threadRules.list(principal, id))
      : null,
    values: posted ?? channel,
    type,
    apps: await appsOf(state, type),
    missing: missingNeeds(config),
    lists: await fieldLists(state),
    origin: config.url ?? url.origin,
    problem: posted?.problem ?? null,
    hasSecret: secretPaths(fieldsOf(state, channel.type))
      .some((path) => isSecretSet(channel.config, path)),
  };
}

export default define.page<typeof handler>(function EditChannel({ data, url }) {
  const { frame, inboxes, apps, missing, channel, values, type, origin, problem, rules } = data;
  const here = `/settings/channels/${channel.id}`;
  const { role, icon } = channelLook(channel.type);
  const isSignedOut = channel.signIn !== null && channel.status === "error";
  return (
    <SettingsPage
      frame={frame}
      title={channel.name}
      current="channels"
      url={url}
      wide
      problem={problem?.message}
      foot={
        <SaveBar
          note={data.hasSecret
            ? "A stored secret stays unless you replace it."
            : "The test uses what is saved."}
        >
          <Button size="large" type="submit" form="test">Test</Button>
          <Button kind="primary" size="large" type="submit" form="channel">Save</Button>
        </SaveBar>
      }
      header={
        <>
          <Crumbs
            path={[{ label: "Channels", href: "/settings/channels" }]}
            current={channel.name}
          />
          <PageHeader
            title={channel.name}
            lead={type?.title ?? channel.type}
            tile={{ icon, role }}
            // The banner below says why, where there is one.
            actions={
              <ChannelHealth status={channel.status} error={isSignedOut ? null : channel.error} />
            }
          />
        </>
      }
    >
      {channel.signIn && isSignedOut && (
        <Banner
          kind="danger"
          boxed
          action={
            <div class="end">
              <SignInButton channelId={channel.id} signIn={channel.signIn} size="small" />
            </div>
          }
        >
          {channel.error}
        </Banner>
      )}
      <form id="test" method="post" action={`${here}/test`} />
      {type?.hasForm && <FormLinks here={here} />}
      <div class="page-cols">
        <div>
          <ChannelForm
            action={here}
            inboxes={inboxes}
            fields={type === null
              ? []
              : withLists(configFields(type.configSchema, missing), data.lists)}
            name={values.name}
            inboxId={values.inboxId}
            apps={apps}
            appId={values.appId ?? ""}
            config={values.config}
            problem={problem}
          >
            {channel.webhookUrl !== null && (
              <CopyField
                name="webhook"
                label="Webhook address"
                value={channel.webhookUrl}
                hint="Where deliveries for this channel are posted."
                action={<CopyButton text={channel.webhookUrl} label="Copy the address" />}
              />
            )}
          </ChannelForm>
          {channel.signIn && <ChannelSignInBox channelId={channel.id} signIn={channel.signIn} />}
          {type?.capabilities.transports.includes("stream") && (
            <WidgetSnippet origin={origin} channelId={channel.id} />
          )}
          {channel.forwardAddress !== null && !channel.isFallback && (
            <ForwardGuide forwardAddress={channel.forwardAddress} />
          )}
          {channel.directLinks.length > 0 && <DirectLinks links={channel.directLinks} />}
          {rules !== null && <ThreadRulesBox action={here} rules={rules} />}
          {data.hasHistory && (
            <PageSection title="Older mail">
              <div class="box">
                <BoxRow
                  title="Import a folder"
                  text="Mail from before the mailbox was connected, without notifying anybody."
                >
                  <LinkButton href={`${here}/import`}>Import</LinkButton>
                </BoxRow>
              </div>
            </PageSection>
          )}
          <ChannelDangers action={here} isPaused={channel.status === "paused"} />
        </div>
        {channel.capabilities && <ChannelAbilities capabilities={channel.capabilities} />}
      </div>
    </SettingsPage>
  );
});
