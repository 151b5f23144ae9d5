import { page } from "fresh";
import { ok, type Result } from "@/core/result.ts";
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
import { MemberChoice } from "../(_parts)/MemberChoice.tsx";
import { must } from "../(_parts)/must.ts";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../(_parts)/settings_frame.ts";

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
      const to = done.value === "removed" ? "/settings/teams" : `/settings/teams/${id}`;
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
  const { teams } = state.core;
  const principal = userWho(state, "workspace.manage");
  if (url.searchParams.get("action") === "remove") {
    const removed = await teams.remove(principal, id);
    return removed.ok ? ok("removed") : removed;
  }
  const saved = await teams.update(principal, id, {
    name: formText(form, "name"),
    memberIds: [...formTexts(form, "memberIds")],
  });
  return saved.ok ? ok("saved") : saved;
}

async function pageData(state: State, id: string, problem: FormProblem | null) {
  const { core } = state;
  const principal = userWho(state, "workspace.manage");
  const team = must(await core.teams.get(principal, id));
  const users = must(await core.access.users(principal));
  const inboxes = must(await core.inboxes.list(principal));
  return {
    frame: await settingsFrame(state),
    team,
    users: users.filter((user) => user.active),
    inboxes: inboxes.filter(({ teamIds }) => teamIds.includes(id)),
    problem,
  };
}

export default define.page<typeof handler>(function EditTeam({ data, url }) {
  const { frame, team, users, inboxes, problem } = data;
  const here = `/settings/teams/${team.id}`;
  const names = new Intl.ListFormat("en").format(inboxes.map(({ name }) => name));
  return (
    <SettingsPage
      frame={frame}
      title={team.name}
      current="users"
      url={url}
      problem={problem?.message}
      header={
        <>
          <Crumbs path={[{ label: "Teams", href: "/settings/teams" }]} current={team.name} />
          <PageHeader title={team.name} />
        </>
      }
    >
      <form class="form" method="post" action={here} aria-label="Team">
        <TextField
          name="name"
          label={LABELS.name}
          required
          maxLength={60}
          value={team.name}
          error={problem?.fields.name}
        />
        <MemberChoice
          label={LABELS.memberIds}
          users={users}
          chosen={team.memberIds}
          hint={names === ""
            ? "No inbox is this team's yet: choose that in the inbox's settings."
            : `Its members work in ${names}.`}
          error={problem?.fields.memberIds}
        />
        <div class="cluster">
          <Button kind="primary" size="large" type="submit">Save</Button>
        </div>
      </form>
      <PageSection title="Remove">
        <div class="box">
          <BoxRow title="Remove this team" text={removalWords(names)}>
            <form method="post" action={`${here}?action=remove`}>
              <Button kind="danger-quiet" type="submit">Remove</Button>
            </form>
          </BoxRow>
        </div>
      </PageSection>
    </SettingsPage>
  );
});

/** @param inboxes their names as a list, empty when none is the team's */
function removalWords(inboxes: string): string {
  const access = inboxes === ""
    ? ""
    : ` Who works in ${inboxes} only by this team no longer sees it.`;
  return `Its conversations stay, without a team, and with whoever has them.${access}`;
}
