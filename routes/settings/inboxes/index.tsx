import { page } from "fresh";
import { membersOf } from "@/core/model/members_of.ts";
import { Avatar } from "@/islands/(_components)/Avatar.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { EmptyState } from "@/islands/(_components)/EmptyState.tsx";
import { InboxArt } from "@/islands/(_components)/InboxArt.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import { define, type State } from "../../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../../(_shared)/form_problem.ts";
import { formText, readForm } from "../../(_shared)/read_form.ts";
import { must } from "../(_parts)/must.ts";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../(_parts)/settings_frame.ts";

const LABELS = { name: "Name" } as const;
interface NewInbox {
  readonly name: string;
  readonly problem: FormProblem | null;
}

export const handler = define.handlers({
  async GET(ctx) {
    const isNew = ctx.url.searchParams.has("new");
    return page(await pageData(ctx.state, isNew ? { name: "", problem: null } : null));
  },

  async POST(ctx) {
    const principal = userWho(ctx.state, "inbox.manage");
    const form = await readForm(ctx.req);
    const name = form.ok ? formText(form.value, "name") : "";
    // Who makes an inbox works in it until they say otherwise.
    const made = form.ok
      ? await ctx.state.core.inboxes.create(principal, { name, memberIds: [principal.user.id] })
      : form;
    if (made.ok) return ctx.redirect(`/settings/inboxes/${made.value.id}?done=created`, 303);
    const problem = formProblem(made.error, LABELS);
    return page(await pageData(ctx.state, { name, problem }), { status: problem.status });
  },
});

async function pageData(state: State, newInbox: NewInbox | null) {
  const { core } = state;
  const principal = userWho(state, "inbox.manage");
  const inboxes = must(await core.inboxes.list(principal));
  const channels = must(await core.channels.list(principal));
  const users = must(await core.access.users(principal)).filter(({ active }) => active);
  const teams = must(await core.teams.list(principal));
  return {
    frame: await settingsFrame(state),
    newInbox,
    inboxes: inboxes.map((inbox) => ({
      id: inbox.id,
      name: inbox.name,
      channels: channels.filter(({ inboxId }) => inboxId === inbox.id).length,
      members: users.filter((user) => membersOf(inbox, teams).has(user.id))
        .map((user) => ({ id: user.id, name: user.name })),
    })),
  };
}

type PageData = Awaited<ReturnType<typeof pageData>>;

export default define.page<typeof handler>(function Inboxes({ data, url }) {
  const { frame, inboxes, newInbox } = data;
  return (
    <SettingsPage
      frame={frame}
      title="Inboxes"
      current="inboxes"
      url={url}
      problem={newInbox?.problem?.message}
      header={
        <PageHeader
          title="Inboxes"
          lead="Where a team works. Who is in an inbox sees its conversations, nobody else does."
          actions={
            <LinkButton kind="primary" size="large" icon="plus" href="/settings/inboxes?new">
              Add an inbox
            </LinkButton>
          }
        />
      }
    >
      {newInbox && <NewInboxForm {...newInbox} />}
      <div class="box">
        {inboxes.length === 0
          ? (
            <EmptyState art={<InboxArt />} title="No inbox yet">
              Conversations come into inboxes. Add the first one.
            </EmptyState>
          )
          : <InboxTable inboxes={inboxes} />}
      </div>
    </SettingsPage>
  );
});

function NewInboxForm({ name, problem }: NewInbox) {
  return (
    <form class="box box-form" method="post" action="/settings/inboxes" aria-label="Add an inbox">
      <TextField
        name="name"
        label={LABELS.name}
        required
        autofocus
        maxLength={100}
        placeholder="Support"
        value={name}
        error={problem?.fields.name}
      />
      <div class="cluster">
        <Button kind="primary" size="large" type="submit">Add it</Button>
        <LinkButton kind="ghost" size="large" href="/settings/inboxes">Cancel</LinkButton>
      </div>
    </form>
  );
}

function InboxTable({ inboxes }: Pick<PageData, "inboxes">) {
  return (
    <table class="table" data-stack>
      <thead>
        <tr>
          <th scope="col">Inbox</th>
          <th scope="col">Members</th>
          <th scope="col" class="num hide-s">Channels</th>
          <th scope="col">
            <span class="sr">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {inboxes.map(({ id, name, members, channels }) => (
          <tr key={id}>
            <td>
              <b class="strong">{name}</b>
            </td>
            <td>
              <span class="cell">
                <span class="avatars">
                  {members.slice(0, 5).map((member) => (
                    <Avatar key={member.id} {...member} of="team" size={20} label={member.name} />
                  ))}
                </span>
                <span class="meta">
                  {members.length === 1 ? "1 member" : `${members.length} members`}
                </span>
              </span>
            </td>
            <td class="num hide-s">{channels}</td>
            <td class="act">
              <LinkButton size="small" href={`/settings/inboxes/${id}`}>
                Edit<span class="sr">{name}</span>
              </LinkButton>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
