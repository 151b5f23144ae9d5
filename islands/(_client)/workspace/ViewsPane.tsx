import { Icon } from "../../(_components)/Icon.tsx";
import { flag } from "../../(_components)/flag.ts";
import { IconLink } from "./IconLink.tsx";
import { countOf, VIEW_WORDS } from "./view_words.ts";
import type { WorkspaceModel } from "./workspace_model.ts";
import { formatRoute, type View, VIEWS, type WorkspaceRoute } from "./workspace_route.ts";

/** The lists an agent can look at, with live counts. */
export function ViewsPane({ model }: { readonly model: WorkspaceModel }) {
  const { data } = model;
  const route = model.navigation.route.value;
  const groups = [{ id: "all", name: "All inboxes" }, ...data.inboxes];
  const isFew = data.inboxes.length <= 3;
  const closed = { ...route, pane: null };
  return (
    <aside class="views" aria-label="Views">
      <header class="bar">
        <b class="views-name truncate" title={data.workspaceName}>{data.workspaceName}</b>
        <span class="spacer" />
        <IconLink
          icon="x"
          label="Close the views"
          href={formatRoute(closed)}
          class="views-closer"
        />
      </header>
      <nav class="views-scroll" aria-label="Lists">
        <div class="view-group">
          <ViewLink model={model} route={route} scope="all" view="mine" />
        </div>
        {groups.map(({ id, name }) => (
          <details
            class="view-group"
            key={id}
            open={isFew || id === "all" || id === route.scope}
          >
            <summary class="view-head">
              <Icon name="down" size={14} />
              <span class="truncate">{name}</span>
              <span class="num">{countOf(model.conversations.counts.value, id, "open")}</span>
            </summary>
            {VIEWS.filter((view) => id !== "all" || view !== "mine").map((view) => (
              <ViewLink key={view} model={model} route={route} scope={id} view={view} />
            ))}
          </details>
        ))}
      </nav>
      <ChannelHealth model={model} />
    </aside>
  );
}

function ViewLink({ model, route, scope, view }: {
  readonly model: WorkspaceModel;
  readonly route: WorkspaceRoute;
  readonly scope: string;
  readonly view: View;
}) {
  const { icon, title } = VIEW_WORDS[view];
  const count = countOf(model.conversations.counts.value, scope, view);
  const isCurrent = route.scope === scope && route.view === view;
  // Somebody waits for the reader, or for anybody.
  const isCalling = (view === "mine" || view === "unassigned") && (count ?? 0) > 0;
  return (
    <a
      class="view"
      href={formatRoute({
        ...route,
        scope,
        view,
        lane: undefined,
        conversationId: null,
        pane: null,
      })}
      aria-current={isCurrent ? "page" : undefined}
      data-unread={flag(isCalling)}
    >
      <Icon name={icon} />
      <span class="truncate">{title}</span>
      {count !== undefined && <span class="num">{count}</span>}
    </a>
  );
}

function ChannelHealth({ model }: { readonly model: WorkspaceModel }) {
  const { channels, me } = model.data;
  const broken = channels.filter(({ status }) => status === "error").length;
  if (channels.length === 0) return null;
  const words = broken === 0
    ? "All channels are healthy"
    : broken === 1
    ? "1 channel needs attention"
    : `${broken} channels need attention`;
  const content = (
    <>
      <span class="presence" data-state={broken === 0 ? "on" : "away"} />
      {words}
    </>
  );
  const canManage = me.role === "owner" || me.role === "admin";
  return broken > 0 && canManage
    ? <a class="views-foot" href="/settings/channels">{content}</a>
    : <footer class="views-foot">{content}</footer>;
}
