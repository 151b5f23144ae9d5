import { page } from "fresh";
import { Avatar } from "@/islands/(_components)/Avatar.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { EmptyState } from "@/islands/(_components)/EmptyState.tsx";
import { InboxArt } from "@/islands/(_components)/InboxArt.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { Tag } from "@/islands/(_components)/Tag.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import { define, type State } from "../../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../../(_shared)/form_problem.ts";
import { formText, readForm } from "../../(_shared)/read_form.ts";
import { must } from "../(_parts)/must.ts";
import { PeopleTabs } from "../(_parts)/PeopleTabs.tsx";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../(_parts)/settings_frame.ts";

const LABELS = { name: "Name" } as const;
interface NewTeam {
  readonly name: string;
  readonly problem: FormProblem | null;
}

export const handler = define.handlers({
  async GET(ctx) {
    const isNew = ctx.url.searchParams.has("new");
    return page(await pageData(ctx.state, isNew ? { name: "", problem: null } : null));
  },

  async POST(ctx) {
    const principal = userWho(ctx.state, "workspace.manage");
    const form = await readForm(ctx.req);
    const name = form.ok ? formText(form.value, "name") : "";
    const made = form.ok ? await ctx.state.core.teams.create(principal, { name }) : form;
    if (made.ok) return ctx.redirect(`/settings/teams/${made.value.id}?done=created`, 303);
    const problem = formProblem(made.error, LABELS);
    return page(await pageData(ctx.state, { name, problem }), { status: problem.status });
  },
});

async function pageData(state: State, newTeam: NewTeam | null) {
  const { core } = state;
  const principal = userWho(state, "workspace.manage");
  const teams = must(await core.teams.list(principal));
  const inboxes = must(await core.inboxes.list(principal));
  const users = must(await core.access.users(principal));
  const active = users.filter((user) => user.active);
  return {
    frame: await settingsFrame(state),
    newTeam,
    members: users.length,
    teams: teams.map(({ id, name, memberIds }) => ({
      id,
      name,
      inboxes: inboxes.filter(({ teamIds }) => teamIds.includes(id)),
      members: active.filter((user) => memberIds.includes(user.id)),
    })),
  };
}

type PageData = Awaited<ReturnType<typeof pageData>>;

export default define.page<typeof handler>(function Teams({ data, url }) {
  const { frame, teams, newTeam, members } = data;
  return (
    <SettingsPage
      frame={frame}
      title="Teams"
      current="users"
      url={url}
      wide
      problem={newTeam?.problem?.message}
      header={
        <PageHeader
          title="Team"
          lead="People who work together: an inbox can be theirs, and conversations can be given to them."
          actions={
            <LinkButton kind="primary" size="large" icon="plus" href="/settings/teams?new">
              Add a team
            </LinkButton>
          }
        />
      }
    >
      <PeopleTabs current="teams" members={members} teams={teams.length} />
      {newTeam && <NewTeamForm {...newTeam} />}
      <div class="box">
        {teams.length === 0
          ? (
            <EmptyState art={<InboxArt />} title="No team yet">
              With teams, a whole group works in an inbox, takes a conversation, or is mentioned at
              once.
            </EmptyState>
          )
          : <TeamTable teams={teams} />}
      </div>
    </SettingsPage>
  );
});

function NewTeamForm({ name, problem }: NewTeam) {
  return (
    <form class="box box-form" method="post" action="/settings/teams" aria-label="Add a team">
      <TextField
        name="name"
        label={LABELS.name}
        required
        autofocus
        maxLength={60}
        placeholder="Workshop"
        value={name}
        error={problem?.fields.name}
      />
      <div class="cluster">
        <Button kind="primary" size="large" type="submit">Add it</Button>
        <LinkButton kind="ghost" size="large" href="/settings/teams">Cancel</LinkButton>
      </div>
    </form>
  );
}

function TeamTable({ teams }: Pick<PageData, "teams">) {
  return (
    <table class="table" data-stack>
      <thead>
        <tr>
          <th scope="col">Team</th>
          <th scope="col">Members</th>
          <th scope="col" class="hide-m">Inboxes</th>
          <th scope="col">
            <span class="sr">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {teams.map(({ id, name, members, inboxes }) => (
          <tr key={id}>
            <td>
              <b class="strong">{name}</b>
            </td>
            <td>
              <span class="cell">
                <span class="avatars">
                  {members.slice(0, 5).map((user) => (
                    <Avatar
                      key={user.id}
                      id={user.id}
                      name={user.name}
                      of="team"
                      size={20}
                      label={user.name}
                    />
                  ))}
                </span>
                <span class="meta">
                  {members.length === 1 ? "1 member" : `${members.length} members`}
                </span>
              </span>
            </td>
            <td class="hide-m">
              <span class="cluster">
                {inboxes.map((inbox) => <Tag key={inbox.id} name={inbox.name} hue={null} />)}
              </span>
            </td>
            <td class="act">
              <LinkButton size="small" href={`/settings/teams/${id}`}>
                Edit<span class="sr">{name}</span>
              </LinkButton>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
