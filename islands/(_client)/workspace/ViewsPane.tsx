import type { ComponentChildren } from "preact";
import { channelLook } from "../../(_components)/channel_look.ts";
import { Icon } from "../../(_components)/Icon.tsx";
import { Kbd } from "../../(_components)/Kbd.tsx";
import { IconLink } from "./IconLink.tsx";
import { EMPTY_START } from "./outside/letter_draft.ts";
import { SavedViews } from "./SavedViews.tsx";
import { countOf, VIEW_WORDS } from "./view_words.ts";
import { ViewLink } from "./ViewLink.tsx";
import type { WorkspaceModel } from "./workspace_model.ts";
import {
  formatRoute,
  listRoute,
  PERSONAL_VIEWS,
  type View,
  VIEWS,
  type WorkspaceRoute,
} from "./workspace_route.ts";

/** The lists an agent can look at, with live counts. */
export function ViewsPane({ model }: { readonly model: WorkspaceModel }) {
  const { data } = model;
  const route = model.navigation.route.value;
  const counts = model.conversations.counts.value;
  const groups = [{ id: "all", name: "All inboxes" }, ...data.inboxes];
  const isFew = data.inboxes.length <= 3;
  return (
    <aside class="views" aria-label="Views">
      <header class="bar">
        <b class="views-name truncate" title={data.workspaceName}>{data.workspaceName}</b>
        <span class="spacer" />
        {data.me.role !== "viewer" && (
          <IconLink
            icon="compose"
            label="New conversation"
            href="/inbox/new"
            onClick={(event) => {
              event.preventDefault();
              model.starting.value = EMPTY_START;
            }}
          />
        )}
        <IconLink
          icon="x"
          label="Close the views"
          href={formatRoute({ ...route, pane: null })}
          class="views-closer"
        />
      </header>
      <div class="views-search">
        <a class="search-button" href="/search">
          <Icon name="search" size={14} />Search<Kbd keys={["/"]} />
        </a>
      </div>
      <nav class="views-scroll" aria-label="Lists">
        <div class="view-group">
          {(["mine", ...PERSONAL_VIEWS] as const).map((view) => (
            <FixedView key={view} model={model} scope="all" view={view} />
          ))}
        </div>
        {groups.map(({ id, name }) => (
          <ViewGroup
            key={id}
            name={name}
            count={countOf(counts, listRoute(id, "open"))}
            isOpen={isFew || id === "all" || id === route.scope}
          >
            {VIEWS.filter((view) => id !== "all" || view !== "mine").map((view) => (
              <FixedView key={view} model={model} scope={id} view={view} />
            ))}
          </ViewGroup>
        ))}
        <SavedViews model={model} />
        {data.channels.length > 1 && (
          <ViewGroup name="Channels" isOpen={data.channels.length <= 12 || isOfChannel(route)}>
            <ChannelViews model={model} />
          </ViewGroup>
        )}
      </nav>
      <ChannelHealth model={model} />
    </aside>
  );
}

/** Lists under a heading that folds them away. */
export function ViewGroup({ name, count, isOpen, children }: {
  readonly name: string;
  readonly count?: number | undefined;
  readonly isOpen: boolean;
  readonly children: ComponentChildren;
}) {
  return (
    <details class="view-group" open={isOpen}>
      <summary class="view-head">
        <Icon name="down" size={14} />
        <span class="truncate">{name}</span>
        {count !== undefined && <span class="num">{count}</span>}
      </summary>
      {children}
    </details>
  );
}

function FixedView({ model, scope, view }: {
  readonly model: WorkspaceModel;
  readonly scope: string;
  readonly view: View;
}) {
  const { icon, title } = VIEW_WORDS[view];
  return <ViewLink model={model} to={listRoute(scope, view)} icon={icon} title={title} />;
}

/** Each channel, and each kind of which there are several. */
function ChannelViews({ model }: { readonly model: WorkspaceModel }) {
  const { channels, traits } = model.data;
  const kinds = [...Map.groupBy(channels, ({ type }) => type)];
  const counts = model.conversations.counts.value.all?.channels ?? {};
  return kinds.map(([type, ofKind]) => {
    const { icon, label } = channelLook(type);
    const count = ofKind.reduce((sum, { id }) => sum + (counts[id] ?? 0), 0);
    return (
      <>
        {ofKind.length > 1 && (
          <ViewLink
            model={model}
            to={listRoute("all", "open", { channelType: type })}
            icon={icon}
            title={`All: ${traits[type]?.title ?? label}`}
            count={count}
          />
        )}
        {ofKind.map(({ id, name }) => (
          <ViewLink
            key={id}
            model={model}
            to={listRoute("all", "open", { channelId: id })}
            icon={icon}
            title={name}
          />
        ))}
      </>
    );
  });
}

function isOfChannel({ channelId, channelType }: WorkspaceRoute): boolean {
  return channelId !== undefined || channelType !== undefined;
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
