import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "../../(_components)/Button.tsx";
import { EmptyState } from "../../(_components)/EmptyState.tsx";
import { Icon } from "../../(_components)/Icon.tsx";
import { LinkButton } from "../../(_components)/LinkButton.tsx";
import { Segments } from "../../(_components)/Segments.tsx";
import { SkeletonRow } from "../../(_components)/SkeletonRow.tsx";
import { FilterButton } from "./FilterButton.tsx";
import { IconLink } from "./IconLink.tsx";
import { LaneMenu } from "./LaneMenu.tsx";
import { lazyPart } from "./lazy_part.tsx";
import { ListRow, rowId } from "./ListRow.tsx";
import { MissingNotice } from "./MissingNotice.tsx";
import { SortMenu } from "./SortMenu.tsx";
import { useVirtualRows } from "./use_virtual_rows.ts";
import { countOf, wordsOf } from "./view_words.ts";
import type { WorkspaceModel } from "./workspace_model.ts";
import {
  formatRoute,
  isPersonalView,
  isSameList,
  listRoute,
  queryOfList,
  type WorkspaceRoute,
} from "./workspace_route.ts";

const BulkBar = lazyPart(() => import("./BulkBar.tsx").then((file) => file.BulkBar), {
  fallback: (
    <>
      <div class="bulk" />
      <div class="subbar bulk-more" />
    </>
  ),
});

/** The conversations of one list. */
export function ListPane({ model }: { readonly model: WorkspaceModel }) {
  return (
    <section class="pane list" aria-label="Conversations">
      {model.selection.size > 0 ? <BulkBar model={model} /> : <ListHeader model={model} />}
      <MissingNotice model={model} />
      <Rows model={model} />
    </section>
  );
}

function ListHeader({ model }: { readonly model: WorkspaceModel }) {
  const route = model.navigation.route.value;
  const { title } = wordsOf(model, route);
  const inbox = model.data.inboxes.find(({ id }) => id === route.scope);
  const count = countOf(model.conversations.counts.value, { ...route, only: undefined });
  const viewsHref = formatRoute({ ...route, conversationId: null, pane: "views" });
  return (
    <>
      <header class="bar">
        <IconLink icon="panel-left" label="Views" href={viewsHref} class="views-opener wide-only" />
        <h1 class="truncate" title={inbox ? `${title} in ${inbox.name}` : title}>
          <a class="list-title" href={viewsHref}>
            {title}
            <Icon name="down" />
          </a>
          <span class="wide-only">{title}</span>
        </h1>
        {count !== undefined && <span class="meta num list-count">{count}</span>}
        <span class="spacer" />
        <IconLink icon="search" label="Search" href="/search" class="phone-only" />
        <FilterButton model={model} />
        {(route.view === "automatic" || route.lane !== undefined) && <LaneMenu model={model} />}
        <SortMenu model={model} />
      </header>
      <div class="subbar">
        {hasSegments(route) && (
          <Segments
            label="Which conversations"
            current={route.only ?? "all"}
            segments={SEGMENTS.map(({ label, only }) => ({
              id: only ?? "all",
              label,
              count: only && countOf(model.conversations.counts.value, { ...route, only }),
              href: formatRoute({ ...route, only, conversationId: null, pane: null }),
            }))}
          />
        )}
        <span class="spacer" />
        <WaitingPill model={model} />
      </div>
    </>
  );
}

const SEGMENTS = [
  { label: "Everyone", only: undefined },
  { label: "Mine", only: "mine" },
  { label: "Unread", only: "unread" },
] as const;

/** Where "mine" would say nothing, or everything, there is nothing to choose. */
function hasSegments({ view }: WorkspaceRoute): boolean {
  return view !== "mine" && view !== "unassigned" && !isPersonalView(view);
}

/** What is new waits here, so that no row moves by itself. */
function WaitingPill({ model }: { readonly model: WorkspaceModel }) {
  const { size } = model.conversations.list.value.waiting;
  if (size === 0) return null;
  const show = () => {
    model.conversations.showWaiting();
    document.querySelector(".rows")?.scrollTo({ top: 0 });
  };
  return (
    <button type="button" class="pill" onClick={show}>
      <Icon name="arrow-up" size={12} />
      {size} new
    </button>
  );
}

function Rows({ model }: { readonly model: WorkspaceModel }) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = model.conversations.rows.value;
  const list = model.conversations.list.value;
  const status = model.conversations.status.value;
  const drawn = useVirtualRows(scroller, rows.length);
  const cursor = model.cursor.value;

  // Before the next key, so that "j" and Enter in one breath open the right one; a row far away is drawn first.
  const wanted = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (cursor.moves === 0) return;
    wanted.current = cursor.id;
    drawn.scrollTo(cursor.index);
  }, [cursor]);
  useLayoutEffect(() => {
    const row = wanted.current === null ? null : document.getElementById(rowId(wanted.current));
    if (row === null) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });
  useEffect(() => {
    if (drawn.end > rows.length - 15 && status === "ready" && !list.isDry) {
      void model.conversations.loadMore();
    }
  }, [drawn.end, rows.length, status]);

  const hold = () => model.conversations.hold(true);
  const release = () => model.conversations.hold(false);
  return (
    <div
      class="pane-scroll rows"
      ref={scroller}
      onPointerEnter={hold}
      onPointerLeave={release}
    >
      {drawn.above > 0 && <div class="rows-space" style={{ height: drawn.above }} />}
      {rows.slice(drawn.start, drawn.end).map((conversation) => (
        <ListRow key={conversation.id} model={model} conversation={conversation} />
      ))}
      {drawn.below > 0 && <div class="rows-space" style={{ height: drawn.below }} />}
      {rows.length === 0 && <NoRows model={model} />}
      {rows.length > 0 && list.next !== null && <MoreRows model={model} />}
    </div>
  );
}

function NoRows({ model }: { readonly model: WorkspaceModel }) {
  const { conversations, navigation } = model;
  const route = navigation.route.value;
  switch (conversations.status.value) {
    case "loading":
      return (
        <div class="rows-waiting">{[1, 2, 3, 4, 5, 6].map((n) => <SkeletonRow key={n} />)}</div>
      );
    case "failed":
      return (
        <EmptyState
          title="This list did not load"
          actions={<Button onClick={() => void conversations.refresh()}>Try again</Button>}
        >
          The server did not answer. Nothing is lost.
        </EmptyState>
      );
    case "ready": {
      const isOpen = route.view === "open" && isSameList(route, listRoute(route.scope, "open"));
      const openHref = formatRoute(listRoute(route.scope, "open"));
      const { empty } = wordsOf(model, route);
      return (
        <EmptyState
          title={isOpen
            ? "Nothing is open"
            : conversations.list.value.next === null
            ? "Nothing here"
            : "Nothing so far"}
          actions={conversations.list.value.next !== null
            ? <MoreRows model={model} />
            : isOpen
            ? undefined
            : <LinkButton href={openHref}>Show all open</LinkButton>}
        >
          {conversations.list.value.next === null ? empty : "More may follow further back."}
        </EmptyState>
      );
    }
  }
}

/** With script the next page comes by itself when its place is near. */
function MoreRows({ model }: { readonly model: WorkspaceModel }) {
  const { conversations, navigation } = model;
  const { next } = conversations.list.value;
  const route = navigation.route.value;
  const query = new URLSearchParams({ ...queryOfList(route), cursor: next ?? "" });
  const more = (event: MouseEvent) => {
    event.preventDefault();
    void conversations.loadMore();
  };
  return (
    <p class="rows-more">
      <LinkButton
        kind="ghost"
        href={`/inbox/${encodeURIComponent(route.scope)}/${route.view}?${query}`}
        onClick={more}
      >
        {conversations.status.value === "failed"
          ? "Did not load, try again"
          : conversations.list.value.isDry
          ? "Look further back"
          : "More conversations"}
      </LinkButton>
    </p>
  );
}
