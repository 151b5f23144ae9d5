import { HttpError as PageError, page } from "fresh";
import { ok, type Result } from "@/core/result.ts";
import { BoxRow } from "@/islands/(_components)/BoxRow.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { Crumbs } from "@/islands/(_components)/Crumbs.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { PageSection } from "@/islands/(_components)/PageSection.tsx";
import { SelectControl } from "@/islands/(_components)/Select.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import { define, type State } from "../../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../../(_shared)/form_problem.ts";
import type { HttpError } from "../../(_shared)/http_error.ts";
import { formText, readForm } from "../../(_shared)/read_form.ts";
import { HueChoice, hueOfForm } from "../(_parts)/HueChoice.tsx";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../(_parts)/settings_frame.ts";

const LABELS = { name: "Name", hue: "Colour", intoId: "Tag" } as const;

export const handler = define.handlers({
  async GET(ctx) {
    return page(await pageData(ctx.state, ctx.params.id ?? "", null));
  },

  async POST(ctx) {
    const id = ctx.params.id ?? "";
    const form = await readForm(ctx.req);
    const done = form.ok ? await change(ctx.state, id, ctx.url, form.value) : form;
    if (done.ok) return ctx.redirect(`/settings/tags?done=${done.value}`, 303);
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
  const { tags } = state.core;
  const principal = userWho(state, "workspace.manage");
  switch (url.searchParams.get("action")) {
    case "remove": {
      const removed = await tags.remove(principal, id);
      return removed.ok ? ok("removed") : removed;
    }
    case "merge": {
      const merged = await tags.merge(principal, id, formText(form, "intoId"));
      return merged.ok ? ok("saved") : merged;
    }
    default: {
      const saved = await tags.update(principal, id, {
        name: formText(form, "name"),
        ...hueOfForm(formText(form, "hue")),
      });
      return saved.ok ? ok("saved") : saved;
    }
  }
}

async function pageData(state: State, id: string, problem: FormProblem | null) {
  const principal = userWho(state, "workspace.manage");
  const tags = await state.core.tags.list(principal);
  const tag = tags.find((one) => one.id === id);
  if (tag === undefined) throw new PageError(404);
  return {
    frame: await settingsFrame(state),
    tag,
    others: tags.filter((one) => one.id !== id),
    problem,
  };
}

export default define.page<typeof handler>(function EditTag({ data, url }) {
  const { frame, tag, others, problem } = data;
  const here = `/settings/tags/${tag.id}`;
  return (
    <SettingsPage
      frame={frame}
      title={tag.name}
      current="tags"
      url={url}
      problem={problem?.message}
      header={
        <>
          <Crumbs path={[{ label: "Tags", href: "/settings/tags" }]} current={tag.name} />
          <PageHeader title={tag.name} />
        </>
      }
    >
      <form class="form" method="post" action={here} aria-label="Tag">
        <TextField
          name="name"
          label={LABELS.name}
          required
          maxLength={50}
          value={tag.name}
          hint="Conversations follow within moments. The old name goes on meaning this tag."
          error={problem?.fields.name}
        />
        <HueChoice hue={tag.hue} />
        <div class="cluster">
          <Button kind="primary" size="large" type="submit">Save</Button>
        </div>
      </form>
      <PageSection title="Merge or delete">
        <div class="box">
          {others.length > 0 && (
            <BoxRow
              title="Merge into another tag"
              text="Its conversations get the other tag instead. This cannot be undone."
            >
              <form class="cluster" method="post" action={`${here}?action=merge`}>
                <SelectControl
                  name="intoId"
                  aria-label="Merge into"
                  options={others.map(({ id, name }) => ({ value: id, label: name }))}
                />
                <Button type="submit">Merge</Button>
              </form>
            </BoxRow>
          )}
          <BoxRow
            title="Delete this tag"
            text="It is taken off all conversations, closed ones too. This cannot be undone."
          >
            <form method="post" action={`${here}?action=remove`}>
              <Button kind="danger-quiet" type="submit">Delete</Button>
            </form>
          </BoxRow>
        </div>
      </PageSection>
    </SettingsPage>
  );
});
