import { page } from "fresh";
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
import { HueChoice, hueOfForm } from "../(_parts)/HueChoice.tsx";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../(_parts)/settings_frame.ts";

const LABELS = { name: "Name", hue: "Colour" } as const;

interface NewTag {
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
    const made = form.ok
      ? await ctx.state.core.tags.create(principal, {
        name,
        ...hueOfForm(formText(form.value, "hue")),
      })
      : form;
    if (made.ok) return ctx.redirect("/settings/tags?done=created", 303);
    const problem = formProblem(made.error, LABELS);
    return page(await pageData(ctx.state, { name, problem }), { status: problem.status });
  },
});

async function pageData(state: State, newTag: NewTag | null) {
  const principal = userWho(state, "workspace.manage");
  return {
    frame: await settingsFrame(state),
    newTag,
    tags: await state.core.tags.list(principal),
  };
}

type PageData = Awaited<ReturnType<typeof pageData>>;

export default define.page<typeof handler>(function Tags({ data, url }) {
  const { frame, tags, newTag } = data;
  return (
    <SettingsPage
      frame={frame}
      title="Tags"
      current="tags"
      url={url}
      problem={newTag?.problem?.message}
      header={
        <PageHeader
          title="Tags"
          lead="Words on conversations, to find them again. A new one is also made by using it."
          actions={
            <LinkButton kind="primary" size="large" icon="plus" href="/settings/tags?new">
              Add a tag
            </LinkButton>
          }
        />
      }
    >
      {newTag && <NewTagForm {...newTag} />}
      <div class="box">
        {tags.length === 0
          ? (
            <EmptyState art={<InboxArt />} title="No tag yet">
              Press t on a conversation and write what it is about.
            </EmptyState>
          )
          : <TagTable tags={tags} />}
      </div>
    </SettingsPage>
  );
});

function NewTagForm({ name, problem }: NewTag) {
  return (
    <form class="box invite" method="post" action="/settings/tags" aria-label="Add a tag">
      <TextField
        name="name"
        label={LABELS.name}
        required
        autofocus
        maxLength={50}
        placeholder="Warranty"
        value={name}
        error={problem?.fields.name}
      />
      <HueChoice hue={null} />
      <div class="cluster">
        <Button kind="primary" size="large" type="submit">Add it</Button>
        <LinkButton kind="ghost" size="large" href="/settings/tags">Cancel</LinkButton>
      </div>
    </form>
  );
}

function TagTable({ tags }: Pick<PageData, "tags">) {
  return (
    <table class="table" data-stack>
      <thead>
        <tr>
          <th scope="col">Tag</th>
          <th scope="col">Open and snoozed</th>
          <th scope="col">
            <span class="sr">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {tags.map(({ id, name, hue, liveCount }) => (
          <tr key={id}>
            <td>
              <Tag name={name} hue={hue} />
            </td>
            <td>
              <span class="meta num">
                {liveCount === 1 ? "1 conversation" : `${liveCount} conversations`}
              </span>
            </td>
            <td class="act">
              <LinkButton size="small" href={`/settings/tags/${id}`}>
                Edit<span class="sr">{name}</span>
              </LinkButton>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
