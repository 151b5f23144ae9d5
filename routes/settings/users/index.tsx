import { page } from "fresh";
import type { Inbox } from "@/core/model/inbox.ts";
import { membersOf } from "@/core/model/members_of.ts";
import type { Team } from "@/core/model/team.ts";
import type { Role } from "@/core/model/user.ts";
import { Avatar } from "@/islands/(_components)/Avatar.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { Status } from "@/islands/(_components)/Status.tsx";
import { Tag } from "@/islands/(_components)/Tag.tsx";
import { define, type State } from "../../(_shared)/define.ts";
import { formProblem } from "../../(_shared)/form_problem.ts";
import { formText, formTexts, readForm } from "../../(_shared)/read_form.ts";
import { readPreferences } from "../../(_shared)/read_preferences.ts";
import { InvitationRow } from "../(_parts)/InvitationRow.tsx";
import { INVITE_LABELS, InviteForm, type InviteFormProps } from "../(_parts)/InviteForm.tsx";
import { ROLE_NAMES, toRole } from "../(_parts)/roles.ts";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../(_parts)/settings_frame.ts";
import { must } from "../(_parts)/must.ts";
import { PeopleTabs } from "../(_parts)/PeopleTabs.tsx";

type Invite = Omit<InviteFormProps, "inboxes" | "roles"> | null;

export const handler = define.handlers({
  async GET(ctx) {
    const isInviting = ctx.url.searchParams.has("invite");
    const invite: Invite = isInviting
      ? { email: "", role: "agent", inboxIds: null, problem: null, url: null }
      : null;
    return page(await pageData(ctx.state, invite));
  },

  async POST(ctx) {
    const principal = userWho(ctx.state, "workspace.manage");
    const form = await readForm(ctx.req);
    if (!form.ok) {
      const problem = formProblem(form.error, INVITE_LABELS);
      const invite: Invite = { email: "", role: "agent", inboxIds: null, problem, url: null };
      return page(await pageData(ctx.state, invite), { status: problem.status });
    }
    if (ctx.url.searchParams.get("action") === "revoke") {
      must(await ctx.state.core.access.revokeInvitation(principal, formText(form.value, "id")));
      return ctx.redirect("/settings/users?done=revoked", 303);
    }
    const asked = {
      email: formText(form.value, "email"),
      role: toRole(formText(form.value, "role")),
      inboxIds: formTexts(form.value, "inboxIds"),
    };
    const invited = await ctx.state.core.access.invite(principal, {
      ...asked,
      inboxIds: [...asked.inboxIds],
    });
    if (!invited.ok) {
      const problem = formProblem(invited.error, INVITE_LABELS);
      return page(await pageData(ctx.state, { ...asked, problem, url: null }), {
        status: problem.status,
      });
    }
    // Shown once: only its hash is stored, so a redirect could not show it any more.
    const invite: Invite = { ...asked, problem: null, url: invited.value.url };
    return page(await pageData(ctx.state, invite), { status: 201 });
  },
});

async function pageData(state: State, invite: Invite) {
  const { core } = state;
  const principal = userWho(state, "workspace.manage");
  const users = must(await core.access.users(principal));
  return {
    frame: await settingsFrame(state),
    me: principal.user.id,
    roles: rolesFor(principal.user.role),
    users: await Promise.all(users.map(async (user) => ({
      ...user,
      pictureUrl: user.avatarAttachmentId === null
        ? null
        : await core.attachments.sign(user.avatarAttachmentId),
    }))),
    invitations: must(await core.access.invitations(principal)),
    inboxes: must(await core.inboxes.list(principal)),
    teams: must(await core.teams.list(principal)),
    invite,
    now: state.t0,
  };
}

/** Roles somebody may give: only an owner makes owners. */
function rolesFor(role: Role): readonly Role[] {
  return role === "owner" ? ["owner", "admin", "agent", "viewer"] : ["admin", "agent", "viewer"];
}

type PageData = Awaited<ReturnType<typeof pageData>>;

export default define.page<typeof handler>(function Users({ data, url, req }) {
  const { frame, users, invitations, inboxes, teams, invite, roles } = data;
  const clock = { now: data.now, timeZone: readPreferences(req).timeZone };
  return (
    <SettingsPage
      frame={frame}
      title="Team"
      current="users"
      url={url}
      wide
      problem={invite?.problem?.message}
      header={
        <PageHeader
          title="Team"
          lead="Who can sign in, and what they may do."
          actions={
            <LinkButton kind="primary" size="large" icon="plus" href="/settings/users?invite">
              Invite
            </LinkButton>
          }
        />
      }
    >
      <PeopleTabs current="members" members={users.length} teams={teams.length} />
      {invite && <InviteForm {...invite} inboxes={inboxes} roles={roles} />}
      <div class="box">
        <table class="table members" data-stack>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Role</th>
              <th scope="col" class="hide-m">Teams</th>
              <th scope="col" class="hide-m">Inboxes</th>
              <th scope="col">Availability</th>
              <th scope="col">
                <span class="sr">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {users.map((user) => (
              <UserRow
                key={user.id}
                user={user}
                inboxes={inboxes}
                teams={teams}
                isMe={user.id === data.me}
              />
            ))}
            {invitations.map((invitation) => (
              <InvitationRow
                key={invitation.id}
                invitation={invitation}
                inboxes={inboxes}
                clock={clock}
              />
            ))}
          </tbody>
        </table>
      </div>
    </SettingsPage>
  );
});

function UserRow({ user, inboxes, teams, isMe }: {
  readonly user: PageData["users"][number];
  readonly inboxes: readonly Inbox[];
  readonly teams: readonly Team[];
  readonly isMe: boolean;
}) {
  const available = user.availability === "available";
  return (
    <tr>
      <td>
        <div class="cell">
          <Avatar
            id={user.id}
            name={user.name}
            of="team"
            pictureUrl={user.pictureUrl}
            presence={!user.active ? "off" : available ? "on" : "away"}
          />
          <span class="truncate">
            <b class="strong">
              {user.name} {isMe && <span class="meta">you</span>}
            </b>
            <small class="meta truncate">{user.email}</small>
          </span>
        </div>
      </td>
      <td>{ROLE_NAMES[user.role]}</td>
      <td class="hide-m">
        <span class="cluster">
          {teams.filter(({ memberIds }) => memberIds.includes(user.id)).map(({ id, name }) => (
            <Tag key={id} name={name} hue={null} />
          ))}
        </span>
      </td>
      <td class="hide-m">
        <span class="cluster">
          {inboxes.filter((inbox) => membersOf(inbox, teams).has(user.id)).map(({ id, name }) => (
            <Tag key={id} name={name} hue={null} />
          ))}
        </span>
      </td>
      <td>
        {user.active ? (available ? "Available" : "Away") : <Status icon="x">Deactivated</Status>}
      </td>
      <td class="act">
        <LinkButton size="small" href={`/settings/users/${user.id}`}>
          Edit<span class="sr">{user.name}</span>
        </LinkButton>
      </td>
    </tr>
  );
}
