import { page } from "fresh";
import type { Role } from "@/core/model/user.ts";
import { ok, type Result } from "@/core/result.ts";
import { BoxRow } from "@/islands/(_components)/BoxRow.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { Crumbs } from "@/islands/(_components)/Crumbs.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { PageSection } from "@/islands/(_components)/PageSection.tsx";
import { Select } from "@/islands/(_components)/Select.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import { define, type State } from "../../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../../(_shared)/form_problem.ts";
import type { HttpError } from "../../(_shared)/http_error.ts";
import { formText, readForm } from "../../(_shared)/read_form.ts";
import { must } from "../(_parts)/must.ts";
import { ROLE_HINTS, ROLE_NAMES, toRole } from "../(_parts)/roles.ts";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../(_parts)/settings_frame.ts";

const LABELS = { name: "Name", role: "Role" } as const;

export const handler = define.handlers({
  async GET(ctx) {
    return page(await pageData(ctx.state, ctx.params.id ?? "", null));
  },

  async POST(ctx) {
    const id = ctx.params.id ?? "";
    const form = await readForm(ctx.req);
    const done = form.ok
      ? await change(ctx.state, id, ctx.url.searchParams.get("action"), form.value)
      : form;
    if (done.ok) return ctx.redirect(`/settings/users/${id}?done=${done.value}`, 303);
    const problem = formProblem(done.error, LABELS);
    return page(await pageData(ctx.state, id, problem), { status: problem.status });
  },
});

async function pageData(state: State, id: string, problem: FormProblem | null) {
  const principal = userWho(state, "workspace.manage");
  const { core } = state;
  const user = must(await core.access.user(principal, id));
  const teams = must(await core.teams.list(principal));
  return {
    frame: await settingsFrame(state),
    user,
    teams: teams.filter(({ memberIds }) => memberIds.includes(id)),
    isMe: user.id === principal.user.id,
    isOwner: principal.user.role === "owner",
    problem,
  };
}

/** @returns the code of what was done. */
async function change(
  state: State,
  id: string,
  action: string | null,
  form: FormData,
): Promise<Result<"saved" | "deactivated" | "activated", HttpError>> {
  const { core } = state;
  const principal = userWho(state, "workspace.manage");
  switch (action) {
    case "deactivate": {
      const done = await core.access.deactivateUser(principal, id);
      return done.ok ? ok("deactivated") : done;
    }
    case "activate": {
      const done = await core.access.updateUser(principal, id, { active: true });
      return done.ok ? ok("activated") : done;
    }
    default: {
      const done = await core.access.updateUser(principal, id, {
        name: formText(form, "name"),
        role: toRole(formText(form, "role")),
      });
      return done.ok ? ok("saved") : done;
    }
  }
}

export default define.page<typeof handler>(function EditUser({ data, url }) {
  const { frame, user, teams, isMe, isOwner, problem } = data;
  const roles: readonly Role[] = isOwner || user.role === "owner"
    ? ["owner", "admin", "agent", "viewer"]
    : ["admin", "agent", "viewer"];
  const here = `/settings/users/${user.id}`;
  return (
    <SettingsPage
      frame={frame}
      title={user.name}
      current="users"
      url={url}
      problem={problem?.message}
      header={
        <>
          <Crumbs path={[{ label: "Team", href: "/settings/users" }]} current={user.name} />
          <PageHeader title={user.name} lead={user.email} />
        </>
      }
    >
      <form class="form" method="post" action={here} aria-label="Role">
        <TextField
          name="name"
          label={LABELS.name}
          required
          maxLength={100}
          value={user.name}
          error={problem?.fields.name}
        />
        <Select
          name="role"
          label={LABELS.role}
          value={user.role}
          options={roles.map((value) => ({
            value,
            label: `${ROLE_NAMES[value]}: ${ROLE_HINTS[value]}`,
          }))}
          error={problem?.fields.role}
        />
        <div class="cluster">
          <Button kind="primary" size="large" type="submit">Save</Button>
        </div>
      </form>
      <PageSection title="Teams">
        <div class="box">
          {teams.length === 0 && (
            <BoxRow title="In no team" text="Teams choose their members.">
              <LinkButton href="/settings/teams">Teams</LinkButton>
            </BoxRow>
          )}
          {teams.map(({ id, name, memberIds }) => (
            <BoxRow
              key={id}
              title={name}
              text={memberIds.length === 1 ? "1 member" : `${memberIds.length} members`}
            >
              <LinkButton size="small" href={`/settings/teams/${id}`}>
                Edit<span class="sr">{name}</span>
              </LinkButton>
            </BoxRow>
          ))}
        </div>
      </PageSection>
      <PageSection title="Access">
        <div class="box">
          {user.active
            ? (
              <BoxRow
                title="Deactivate"
                text={isMe
                  ? "You cannot deactivate yourself."
                  : "Signs them out at once. Their conversations and messages stay."}
              >
                {!isMe && (
                  <form method="post" action={`${here}?action=deactivate`}>
                    <Button kind="danger-quiet" type="submit">Deactivate</Button>
                  </form>
                )}
              </BoxRow>
            )
            : (
              <BoxRow title="Deactivated" text="They cannot sign in.">
                <form method="post" action={`${here}?action=activate`}>
                  <Button type="submit">Let them in again</Button>
                </form>
              </BoxRow>
            )}
        </div>
      </PageSection>
    </SettingsPage>
  );
});
