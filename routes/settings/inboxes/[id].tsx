import { page } from "fresh";
import { DEFAULT_SPAM_POLICY } from "@/core/mod.ts";
import { ok, type Result } from "@/core/result.ts";
import { BoxRow } from "@/islands/(_components)/BoxRow.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { Choice } from "@/islands/(_components)/Choice.tsx";
import { CopyField } from "@/islands/(_components)/CopyField.tsx";
import { Crumbs } from "@/islands/(_components)/Crumbs.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { PageSection } from "@/islands/(_components)/PageSection.tsx";
import { TextArea } from "@/islands/(_components)/TextArea.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import CopyButton from "@/islands/CopyButton.tsx";
import { define, type State } from "../../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../../(_shared)/form_problem.ts";
import type { HttpError } from "../../(_shared)/http_error.ts";
import { formText, formTexts, readForm } from "../../(_shared)/read_form.ts";
import { MemberChoice } from "../(_parts)/MemberChoice.tsx";
import { must } from "../(_parts)/must.ts";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../(_parts)/settings_frame.ts";

const LABELS = {
  name: "Name",
  memberIds: "Members",
  teamIds: "Teams",
  "spamPolicy.allow": "Never spam",
  "spamPolicy.deny": "Always spam",
  "spamPolicy.keepDays": "Days until spam is deleted",
} as const;

export const handler = define.handlers({
  async GET(ctx) {
    return page(await pageData(ctx.state, ctx.params.id ?? "", null));
  },

  async POST(ctx) {
    const id = ctx.params.id ?? "";
    const form = await readForm(ctx.req);
    const done = form.ok ? await change(ctx.state, id, ctx.url, form.value) : form;
    if (done.ok) {
      const to = done.value === "removed" ? "/settings/inboxes" : `/settings/inboxes/${id}`;
      return ctx.redirect(`${to}?done=${done.value}`, 303);
    }
    const problem = formProblem(done.error, LABELS);
    return page(await pageData(ctx.state, id, problem), { status: problem.status });
  },
});

/** @returns the code of what was done. */
async function change(
  state: State,
  id: string,
  url: URL,
  form: FormData,
): Promise<Result<"removed" | "saved", HttpError>> {
  const { inboxes } = state.core;
  const principal = userWho(state, "inbox.manage");
  if (url.searchParams.get("action") === "remove") {
    const removed = await inboxes.remove(principal, id);
    return removed.ok ? ok("removed") : removed;
  }
  const saved = await inboxes.update(principal, id, {
    name: formText(form, "name"),
    memberIds: [...formTexts(form, "memberIds")],
    teamIds: [...formTexts(form, "teamIds")],
    spamPolicy: spamPolicyOf(form),
  });
  return saved.ok ? ok("saved") : saved;
}

function spamPolicyOf(form: FormData) {
  const lines = (name: string) =>
    formText(form, name).split(/[\n,;]+/).map((line) => line.trim()).filter((line) => line !== "");
  const keepDays = formText(form, "keepDays").trim();
  return {
    allow: lines("allow"),
    deny: lines("deny"),
    keepDays: keepDays === "" ? null : Number(keepDays),
  };
}

async function pageData(state: State, id: string, problem: FormProblem | null) {
  const { core } = state;
  const principal = userWho(state, "inbox.manage");
  const inbox = must(await core.inboxes.get(principal, id));
  const users = must(await core.access.users(principal));
  return {
    frame: await settingsFrame(state),
    inbox,
    users: users.filter(({ active }) => active),
    teams: must(await core.teams.list(principal)),
    problem,
  };
}

export default define.page<typeof handler>(function EditInbox({ data, url }) {
  const { frame, inbox, users, teams, problem } = data;
  const here = `/settings/inboxes/${inbox.id}`;
  const spam = inbox.spamPolicy ?? DEFAULT_SPAM_POLICY;
  return (
    <SettingsPage
      frame={frame}
      title={inbox.name}
      current="inboxes"
      url={url}
      problem={problem?.message}
      header={
        <>
          <Crumbs path={[{ label: "Inboxes", href: "/settings/inboxes" }]} current={inbox.name} />
          <PageHeader title={inbox.name} />
        </>
      }
    >
      <form class="form" method="post" action={here} aria-label="Inbox">
        <TextField
          name="name"
          label={LABELS.name}
          required
          maxLength={100}
          value={inbox.name}
          error={problem?.fields.name}
        />
        {inbox.fallback && (
          <CopyField
            name="fallback"
            label="Fallback address"
            value={inbox.fallback.address}
            hint={
              <>
                Mail to it comes here from the first day, and answers leave by it while a mailbox
                does not work.{" "}
                <a href={`/settings/channels/${inbox.fallback.channelId}`}>
                  Its sender name and signature
                </a>
              </>
            }
            action={<CopyButton text={inbox.fallback.address} label="Copy the address" />}
          />
        )}
        <MemberChoice
          label={LABELS.memberIds}
          users={users}
          chosen={inbox.memberIds}
          hint="Owners and admins see every inbox; as members they also find it among their own."
          error={problem?.fields.memberIds}
        />
        {teams.length > 0 && (
          <fieldset class="field">
            <legend class="label">{LABELS.teamIds}</legend>
            {teams.map(({ id, name, memberIds }) => (
              <Choice
                key={id}
                kind="checkbox"
                name="teamIds"
                value={id}
                checked={inbox.teamIds.includes(id)}
                hint={memberIds.length === 1 ? "1 member" : `${memberIds.length} members`}
              >
                {name}
              </Choice>
            ))}
            <span class="hint">All members of these teams work here too.</span>
          </fieldset>
        )}
        <TextArea
          name="allow"
          label={LABELS["spamPolicy.allow"]}
          hint="Addresses or domains, one per line."
          value={spam.allow.join("\n")}
          error={problem?.fields["spamPolicy.allow"]}
        />
        <TextArea
          name="deny"
          label={LABELS["spamPolicy.deny"]}
          hint="Addresses or domains, one per line."
          value={spam.deny.join("\n")}
          error={problem?.fields["spamPolicy.deny"]}
        />
        <TextField
          name="keepDays"
          type="number"
          min={1}
          max={3650}
          label={LABELS["spamPolicy.keepDays"]}
          hint="Then it is gone for good. Empty keeps it."
          value={spam.keepDays === null ? "" : String(spam.keepDays)}
          error={problem?.fields["spamPolicy.keepDays"]}
        />
        <div class="cluster">
          <Button kind="primary" size="large" type="submit">Save</Button>
        </div>
      </form>
      <PageSection title="Remove">
        <div class="box">
          <BoxRow
            title="Remove this inbox"
            text="Only once it has no channel and no conversation. Nothing is deleted with it."
          >
            <form method="post" action={`${here}?action=remove`}>
              <Button kind="danger-quiet" type="submit">Remove</Button>
            </form>
          </BoxRow>
        </div>
      </PageSection>
    </SettingsPage>
  );
});
