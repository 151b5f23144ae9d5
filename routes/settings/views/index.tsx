import { page } from "fresh";
import { Button } from "@/islands/(_components)/Button.tsx";
import { EmptyState } from "@/islands/(_components)/EmptyState.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { canChangeView } from "@/core/mod.ts";
import { define } from "../../(_shared)/define.ts";
import { filterWords } from "../(_parts)/filter_words.ts";
import { must } from "../(_parts)/must.ts";
import { namesOfFilters } from "../(_parts)/names_of_filters.ts";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import { settingsFrame, userOf } from "../(_parts)/settings_frame.ts";
import { sharingWords } from "../(_parts)/sharing_field.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { core } = ctx.state;
    const principal = userOf(ctx.state);
    const [all, teams, nameOf] = await Promise.all([
      core.views.list(principal),
      core.teams.list(principal),
      namesOfFilters(core, principal),
    ]);
    return page({
      frame: await settingsFrame(ctx.state),
      rows: all.map((view, n) => ({
        id: view.id,
        name: view.name,
        href: `/inbox/all/${view.id}${view.sort === "newest" ? "" : `?sort=${view.sort}`}`,
        words: filterWords(view.filter, nameOf),
        sharedWith: sharingWords(view.sharing, must(teams)),
        canChange: canChangeView(principal, view),
        // Behind which view it stands when it has moved one place up.
        upAfter: n === 0 ? null : all[n - 2]?.id ?? "",
      })),
    });
  },

  /** Moves a view one place up. */
  async POST(ctx) {
    const query = ctx.url.searchParams;
    const { views } = ctx.state.core;
    const afterId = query.get("after") || null;
    must(await views.update(userOf(ctx.state), query.get("move") ?? "", { afterId }));
    return ctx.redirect("/settings/views", 303);
  },
});

export default define.page<typeof handler>(function SavedViewsPage({ data, url }) {
  const { frame, rows } = data;
  return (
    <SettingsPage
      frame={frame}
      title="Views"
      current="views"
      url={url}
      wide
      header={
        <PageHeader
          title="Views"
          lead="Filters you keep as lists of their own: yours, your teams' and everybody's."
          actions={<LinkButton href="/inbox">Open the inbox</LinkButton>}
        />
      }
    >
      <div class="box">
        {rows.length === 0
          ? (
            <EmptyState title="No view is saved yet">
              Filter a list of the inbox, give it a name, and save it as a view.
            </EmptyState>
          )
          : (
            <table class="table" data-stack>
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col" class="hide-m">Shared with</th>
                  <th scope="col">
                    <span class="sr">Actions</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ id, name, href, words, sharedWith, canChange, upAfter }) => (
                  <tr key={id}>
                    <td>
                      <span class="shelf-words">
                        <a class="strong truncate" href={href}>{name}</a>
                        <small class="meta truncate" title={words}>{words}</small>
                      </span>
                    </td>
                    <td class="hide-m">{sharedWith}</td>
                    <td class="act">
                      {canChange && (
                        <span class="cluster">
                          {upAfter !== null && (
                            <form
                              method="post"
                              action={`/settings/views?move=${id}&after=${upAfter}`}
                            >
                              <Button kind="ghost" size="small" type="submit">
                                Up<span class="sr">: {name}</span>
                              </Button>
                            </form>
                          )}
                          <LinkButton size="small" href={`/settings/views/${id}`}>
                            Edit<span class="sr">{name}</span>
                          </LinkButton>
                        </span>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
      </div>
    </SettingsPage>
  );
});
