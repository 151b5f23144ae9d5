import { page } from "fresh";
import { ok, type Result } from "@/core/result.ts";
import { Avatar } from "@/islands/(_components)/Avatar.tsx";
import { BoxRow } from "@/islands/(_components)/BoxRow.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { Crumbs } from "@/islands/(_components)/Crumbs.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { PageSection } from "@/islands/(_components)/PageSection.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import { define, type State } from "../../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../../(_shared)/form_problem.ts";
import type { HttpError } from "../../(_shared)/http_error.ts";
import { formText, formTexts, readForm } from "../../(_shared)/read_form.ts";
import { must } from "../(_parts)/must.ts";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../(_parts)/settings_frame.ts";
import { ROLE_NAMES } from "../(_parts)/roles.ts";

const LABELS = { name: "Name", memberIds: "Members" } as const;

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
  });
  return saved.ok ? ok("saved") : saved;
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
    problem,
  };
}

export default define.page<typeof handler>(function EditInbox({ data, url }) {
  const { frame, inbox, users, problem } = data;
  const here = `/settings/inboxes/${inbox.id}`;
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
        <fieldset class="field">
          <legend class="label">{LABELS.memberIds}</legend>
          <div class="box">
            {users.map((user) => (
              <label class="box-row" key={user.id}>
                <Avatar id={user.id} name={user.name} of="team" />
                <span class="grow">
                  <b>{user.name}</b>
                  <small>{ROLE_NAMES[user.role]}, {user.email}</small>
                </span>
                <input
                  class="check"
                  type="checkbox"
                  name="memberIds"
                  value={user.id}
                  checked={inbox.memberIds.includes(user.id)}
                />
              </label>
            ))}
          </div>
          <span class="hint">
            Owners and admins see every inbox; as members they also find it among their own.
          </span>
        </fieldset>
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
