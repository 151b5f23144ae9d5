import { HttpError, page } from "fresh";
import type { ChannelType, FoundSuggestion, ShownApp, SuggestedWay } from "@/core/mod.ts";
import { Banner } from "@/islands/(_components)/Banner.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { channelLook } from "@/islands/(_components)/channel_look.ts";
import { Crumbs } from "@/islands/(_components)/Crumbs.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { SaveBar } from "@/islands/(_components)/SaveBar.tsx";
import { Wizard } from "@/islands/(_components)/Wizard.tsx";
import { define, type State } from "../../../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../../../(_shared)/form_problem.ts";
import { formText, readForm } from "../../../(_shared)/read_form.ts";
import { AppNeeded } from "../../(_connect)/AppNeeded.tsx";
import { AddressStep } from "../../(_connect)/AddressStep.tsx";
import { withAskedSecrets } from "../../(_connect)/asked_secrets.ts";
import { CONNECT_STEPS } from "../../(_connect)/connect_steps.ts";
import { HelpText } from "../../(_connect)/HelpText.tsx";
import { isUsable } from "../../(_connect)/is_usable.ts";
import { SignInStep } from "../../(_connect)/SignInStep.tsx";
import { configFields, type MissingNeeds, withLists } from "../../(_form)/config_fields.ts";
import { configLabels, secretPaths, usedSecretPaths } from "../../(_form)/config_labels.ts";
import { withStoredSecrets } from "../../(_form)/config_value.ts";
import { missingNeeds } from "../../(_form)/missing_needs.ts";
import { readConfigForm } from "../../(_form)/read_config_form.ts";
import { appsOf } from "../../(_parts)/apps_of.ts";
import { ChannelAbilities } from "../../(_parts)/ChannelAbilities.tsx";
import { CHANNEL_LABELS, ChannelForm } from "../../(_parts)/ChannelForm.tsx";
import { fieldLists } from "../../(_parts)/field_lists.ts";
import { must } from "../../(_parts)/must.ts";
import { SettingsPage } from "../../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../../(_parts)/settings_frame.ts";

interface Values {
  readonly name: string;
  readonly inboxId: string;
  readonly appId?: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** What the page shows: the address is asked for, what was found is completed, or everything is filled in. */
type Stage =
  | { readonly kind: "address"; readonly address: string }
  | { readonly kind: "sign_in"; readonly suggestion: FoundSuggestion; readonly way: SuggestedWay }
  | {
    readonly kind: "needs_app";
    readonly suggestion: FoundSuggestion;
    readonly way: SuggestedWay & { readonly appKind: string };
  }
  | { readonly kind: "form"; readonly values: Values; readonly way: SuggestedWay | null };

export const handler = define.handlers({
  async GET(ctx) {
    const type = typeOf(ctx.state, ctx.params.type ?? "");
    const principal = userWho(ctx.state, "channel.manage");
    const { searchParams } = ctx.url;
    const inboxId = searchParams.get("inbox") ?? "";
    const address = searchParams.get("address");
    if (type.accounts !== null && !searchParams.has("by")) {
      return ctx.redirect(`/settings/channels/connect/${type.type}${ctx.url.search}`, 303);
    }
    const name = type.hasForm ? "Contact form" : "";
    const byHand: Stage = { kind: "form", values: { name, inboxId, config: {} }, way: null };
    if (type.suggest === null || searchParams.has("by")) {
      return page(await pageData(ctx.state, type, byHand, inboxId));
    }
    if (address === null) {
      const stage = { kind: "address", address: "" } as const;
      return page(await pageData(ctx.state, type, stage, inboxId));
    }
    const found = await ctx.state.core.channels.suggest(
      principal,
      { type: type.type, address },
      ctx.req.signal,
    );
    if (!found.ok) {
      const problem = formProblem(found.error, { address: type.suggest.label });
      const stage = { kind: "address", address } as const;
      return page(await pageData(ctx.state, type, stage, inboxId, problem), {
        status: problem.status,
      });
    }
    const apps = await appsOf(ctx.state, type);
    const stage = stageOf(found.value, { wanted: searchParams.get("way"), inboxId, apps });
    return page(await pageData(ctx.state, type, stage, inboxId));
  },

  async POST(ctx) {
    const type = typeOf(ctx.state, ctx.params.type ?? "");
    const principal = userWho(ctx.state, "channel.manage");
    const fields = askedFields(type);
    const form = await readForm(ctx.req);
    const values: Values = form.ok
      ? {
        name: formText(form.value, "name"),
        inboxId: formText(form.value, "inboxId"),
        ...formText(form.value, "appId") === "" ? {} : { appId: formText(form.value, "appId") },
        config: completed(readConfigForm(fields, form.value)),
      }
      : { name: "", inboxId: "", config: {} };
    const made = form.ok
      ? await ctx.state.core.channels.create(principal, { type: type.type, ...values })
      : form;
    if (made.ok && made.value.signIn !== null) {
      // 307 keeps it a POST: the sign-in begins at once.
      return ctx.redirect(`/oauth/start?channelId=${made.value.id}`, 307);
    }
    if (made.ok) {
      const { id } = made.value;
      const next = type.hasForm
        ? `${id}/form?done=created`
        : type.suggest === null && type.accounts === null
        ? `${id}?done=created`
        : `${id}/test?new`;
      return ctx.redirect(`/settings/channels/${next}`, 303);
    }
    const problem = formProblem(made.error, { ...CHANNEL_LABELS, ...configLabels(fields) });
    const config = withStoredSecrets(values.config, {}, secretPaths(fields));
    const stage: Stage = { kind: "form", values: { ...values, config }, way: null };
    return page(await pageData(ctx.state, type, stage, values.inboxId, problem), {
      status: problem.status,
    });

    function completed(config: Record<string, unknown>) {
      if (!form.ok) return config;
      const known = usedSecretPaths(fields, config);
      return withAskedSecrets(config, form.value, { known, isReplacing: false });
    }
  },
});

/** @param options `wanted`: id of the way that was chosen; null for the best */
function stageOf(
  suggestion: FoundSuggestion,
  { wanted, inboxId, apps }: {
    readonly wanted: string | null;
    readonly inboxId: string;
    readonly apps: readonly ShownApp[];
  },
): Stage {
  const usable = suggestion.ways.filter((way) => isUsable(way, apps));
  const way = usable.find(({ id }) => id === wanted) ?? usable[0] ?? null;
  if (way?.isComplete) return { kind: "sign_in", suggestion, way };
  const needing = suggestion.ways.find((one) => !isUsable(one, apps));
  if (needing?.appKind !== undefined && (wanted ?? needing.id) === needing.id) {
    return { kind: "needs_app", suggestion, way: { ...needing, appKind: needing.appKind } };
  }
  const { address } = suggestion;
  return { kind: "form", values: { name: address, inboxId, config: way?.config ?? {} }, way };
}

function typeOf(state: State, id: string): ChannelType {
  const type = state.core.channels.types().find((one) => one.type === id);
  if (type === undefined) throw new HttpError(404);
  return type;
}

/** What is asked for before a channel is made: a form begins as a good one, and is built afterwards. */
function askedFields({ configSchema, hasForm }: ChannelType, missing: MissingNeeds = {}) {
  return hasForm ? [] : configFields(configSchema, missing);
}

async function pageData(
  state: State,
  type: ChannelType,
  stage: Stage,
  inboxId: string,
  problem: FormProblem | null = null,
) {
  const principal = userWho(state, "channel.manage");
  return {
    type,
    apps: await appsOf(state, type),
    missing: missingNeeds(state.config),
    lists: await fieldLists(state),
    stage,
    inboxId,
    frame: await settingsFrame(state),
    inboxes: must(await state.core.inboxes.list(principal)),
    problem,
  };
}

type PageData = Awaited<ReturnType<typeof pageData>>;

export default define.page<typeof handler>(function NewChannelOfType({ data, url }) {
  const { frame, type, stage, problem } = data;
  const { role, icon } = channelLook(type.type);
  const title = type.suggest?.title ?? type.title;
  return (
    <SettingsPage
      frame={frame}
      title={type.suggest?.title ?? `Add: ${type.title}`}
      current="channels"
      url={url}
      wide
      problem={problem?.message}
      foot={stage.kind === "address" || stage.kind === "needs_app"
        ? undefined
        : (
          <SaveBar note="You can change everything later.">
            <LinkButton kind="ghost" size="large" href="/settings/channels">Cancel</LinkButton>
            <Button kind="primary" size="large" type="submit" form="channel">
              {stage.kind === "form"
                ? "Add it"
                : stage.way.appKind === undefined
                ? "Save and test"
                : stage.way.title}
            </Button>
          </SaveBar>
        )}
      header={
        <>
          <Crumbs
            path={[
              { label: "Channels", href: "/settings/channels" },
              { label: "Add", href: "/settings/channels/new" },
            ]}
            current={type.title}
          />
          <PageHeader
            title={title}
            tile={{ icon, role }}
            lead={type.suggest?.lead ?? type.description}
          />
          {type.suggest && (
            <Wizard steps={CONNECT_STEPS} current={stage.kind === "address" ? 0 : 1} />
          )}
        </>
      }
    >
      <StageContent {...data} />
    </SettingsPage>
  );
});

function StageContent(data: PageData) {
  const { type, stage, inboxId, inboxes, apps, missing, lists, problem } = data;
  const action = `/settings/channels/new/${type.type}`;
  const fields = withLists(askedFields(type, missing), lists);
  switch (stage.kind) {
    case "address":
      // Only a type with a way to look settings up asks for an address.
      return type.suggest && (
        <AddressStep
          action={action}
          suggest={type.suggest}
          address={stage.address}
          inboxId={inboxId}
          error={problem?.fields.address}
        />
      );
    case "sign_in":
      return (
        <>
          {stage.suggestion.isConnected && (
            <Banner kind="warn" boxed>
              {stage.suggestion.address}{" "}
              is connected already: a second channel reads the same mail again.
            </Banner>
          )}
          <SignInStep {...stage} {...{ action, fields, inboxes, inboxId, apps }} />
        </>
      );
    case "needs_app":
      return <AppNeeded {...stage} {...{ action, inboxId }} />;
    case "form":
      return (
        <div class="page-cols">
          <div class="stack">
            {stage.way && stage.way.help !== "" && (
              <HelpText text={stage.way.help} url={stage.way.helpUrl} />
            )}
            <ChannelForm
              action={action}
              inboxes={inboxes}
              fields={fields}
              {...stage.values}
              apps={apps}
              appId={stage.values.appId ?? ""}
              problem={problem}
            />
          </div>
          <ChannelAbilities capabilities={type.capabilities} />
        </div>
      );
  }
}
