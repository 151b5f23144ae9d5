import { HttpError, page } from "fresh";
import type { ChannelType, FoundAccounts } from "@/core/mod.ts";
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
import { AccountAppStep } from "../../(_connect)/AccountAppStep.tsx";
import { AccountList } from "../../(_connect)/AccountList.tsx";
import { ACCOUNT_STEPS } from "../../(_connect)/connect_steps.ts";
import { TokenStep } from "../../(_connect)/TokenStep.tsx";
import { appsOf } from "../../(_parts)/apps_of.ts";
import { must } from "../../(_parts)/must.ts";
import { SettingsPage } from "../../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../../(_parts)/settings_frame.ts";

type AccountType = ChannelType & { readonly accounts: NonNullable<ChannelType["accounts"]> };

/** What was posted, and what came of it. */
interface Posted {
  readonly appId: string;
  readonly inboxId: string;
  readonly found: FoundAccounts | null;
  readonly chosen: readonly string[];
  readonly problem: FormProblem | null;
}

export const handler = define.handlers({
  async GET(ctx) {
    return page(await pageData(ctx.state, ctx.params.type ?? "", ctx.url));
  },

  /** Looks what a secret opens; with a ticket, connects what was chosen of it. */
  async POST(ctx) {
    const { type, accounts: { secret } } = typeOf(ctx.state, ctx.params.type ?? "");
    const principal = userWho(ctx.state, "channel.manage");
    const { accounts } = ctx.state.core;
    const { signal } = ctx.req;
    const form = await readForm(ctx.req);
    if (!form.ok) return await again({ ...NOTHING, problem: formProblem(form.error, {}) });
    const appId = formText(form.value, "appId");
    const inboxId = formText(form.value, "inboxId");
    const chosen = form.value.getAll("account").map(String);
    const ticket = formText(form.value, "ticket");
    const by = ticket === "" ? { secret: formText(form.value, "secret") } : { ticket };
    const labels = { secret: secret.label };
    const known = { ...NOTHING, appId, inboxId, chosen };

    if (ticket !== "" && chosen.length > 0) {
      const query = { type, appId, by, accountKeys: chosen, inboxId };
      const made = await accounts.connect(principal, query, signal);
      if (made.ok) {
        const [only, ...more] = made.value;
        const one = only !== undefined && more.length === 0;
        return ctx.redirect(`/settings/channels${one ? `/${only.id}/test?new` : ""}`, 303);
      }
      const problem = formProblem(made.error, {});
      const found = await accounts.find(principal, { type, appId, by }, signal);
      return await again({ ...known, found: found.ok ? found.value : null, problem });
    }
    const found = await accounts.find(principal, { type, appId, by }, signal);
    if (!found.ok) return await again({ ...known, problem: formProblem(found.error, labels) });
    const problem = ticket === "" ? null : NOTHING_CHOSEN;
    return await again({ ...known, found: found.value, problem });

    async function again(posted: Posted) {
      const data = await pageData(ctx.state, ctx.params.type ?? "", ctx.url, posted);
      return page(data, { status: posted.problem?.status ?? 200 });
    }
  },
});

const NOTHING: Posted = { appId: "", inboxId: "", found: null, chosen: [], problem: null };
const NOTHING_CHOSEN: FormProblem = { status: 400, message: "Choose one at least.", fields: {} };

/** A kind of channel whose accounts are chosen from a list. */
function typeOf(state: State, id: string): AccountType {
  const type = state.core.channels.types().find((one) => one.type === id);
  if (type === undefined || type.accounts === null) throw new HttpError(404);
  return { ...type, accounts: type.accounts };
}

async function pageData(state: State, id: string, { searchParams }: URL, posted = NOTHING) {
  const principal = userWho(state, "channel.manage");
  const type = typeOf(state, id);
  const { appKind } = type.accounts;
  const appType = state.core.apps.types().find(({ adapter }) => adapter === appKind);
  if (appType === undefined) throw new HttpError(404);
  const apps = await appsOf(state, type);
  return {
    frame: await settingsFrame(state),
    type,
    appType,
    apps: apps.filter(({ adapter }) => adapter === appKind),
    inboxes: must(await state.core.inboxes.list(principal)),
    ...posted,
    inboxId: posted.inboxId || (searchParams.get("inbox") ?? ""),
  };
}

type PageData = Awaited<ReturnType<typeof pageData>>;

export default define.page<typeof handler>(function ConnectAccount({ data, url }) {
  const { frame, type, apps, found, problem } = data;
  const { role, icon } = channelLook(type.type);
  const { title, lead } = type.accounts;
  const isChoosing = found !== null && found.accounts.length > 0;
  return (
    <SettingsPage
      frame={frame}
      title={title}
      current="channels"
      url={url}
      wide
      problem={problem?.message}
      foot={isChoosing
        ? (
          <SaveBar note="You can change everything later.">
            <LinkButton kind="ghost" size="large" href="/settings/channels">Cancel</LinkButton>
            <Button kind="primary" size="large" type="submit" form="channel">
              Connect and test
            </Button>
          </SaveBar>
        )
        : undefined}
      header={
        <>
          <Crumbs
            path={[
              { label: "Channels", href: "/settings/channels" },
              { label: "Add", href: "/settings/channels/new" },
            ]}
            current={type.title}
          />
          <PageHeader title={title} tile={{ icon, role }} lead={lead} />
          <Wizard steps={ACCOUNT_STEPS} current={apps.length === 0 ? 0 : 1} />
        </>
      }
    >
      <Stage {...data} />
    </SettingsPage>
  );
});

function Stage({ type, appType, apps, found, appId, inboxes, inboxId, chosen, problem }: PageData) {
  const inbox = inboxId === "" ? "" : `?${new URLSearchParams({ inbox: inboxId })}`;
  const here = `/settings/channels/connect/${type.type}${inbox}`;
  const { accounts } = type;
  if (apps.length === 0) return <AccountAppStep app={appType} here={here} />;
  if (found !== null) {
    return (
      <AccountList
        action={here}
        back={here}
        {...{ found, appId, inboxes, inboxId, chosen }}
      />
    );
  }
  return (
    <TokenStep
      action={here}
      byHand={`/settings/channels/new/${type.type}?by=hand`}
      error={problem?.fields.secret}
      {...{ accounts, appType, apps, appId }}
    />
  );
}
