import { useEffect, useMemo, useRef } from "preact/hooks";
import { AppRail } from "../../(_components)/AppRail.tsx";
import { RailMe } from "../../(_components)/RailMe.tsx";
import { ListPane } from "./ListPane.tsx";
import { lazyPart } from "./lazy_part.tsx";
import { screenParts } from "./screen_parts.ts";
import { followLink } from "./show_route.ts";
import { SidePane } from "./SidePane.tsx";
import { type RunningWorkspace, startWorkspace } from "./start_workspace.ts";
import { ThreadPane } from "./ThreadPane.tsx";
import { ToastPlace } from "./ToastPlace.tsx";
import { ViewsPane } from "./ViewsPane.tsx";
import type { WorkspaceModel } from "./workspace_model.ts";

const ConnectionBar = lazyPart(
  () => import("./ConnectionBar.tsx").then((file) => file.ConnectionBar),
);
const ShortcutSheet = lazyPart(
  () => import("./ShortcutSheet.tsx").then((file) => file.ShortcutSheet),
  { failure: "toast" },
);
const WorkspaceBar = lazyPart(
  () => import("./WorkspaceBar.tsx").then((file) => file.WorkspaceBar),
  { failure: "toast" },
);
const ActionPicker = lazyPart(
  () => import("./pickers/ActionPicker.tsx").then((file) => file.ActionPicker),
  { failure: "toast" },
);
const MergeDialog = lazyPart(
  () => import("./MergeDialog.tsx").then((file) => file.MergeDialog),
  { failure: "toast" },
);
const MacroMenu = lazyPart(
  () => import("./snippets/MacroMenu.tsx").then((file) => file.MacroMenu),
  { failure: "toast" },
);
const FilterDialog = lazyPart(
  () => import("./filter/FilterDialog.tsx").then((file) => file.FilterDialog),
  { failure: "toast" },
);
const ForwardDialog = lazyPart(
  () => import("./outside/ForwardDialog.tsx").then((file) => file.ForwardDialog),
  { failure: "toast" },
);
const StartDialog = lazyPart(
  () => import("./outside/StartDialog.tsx").then((file) => file.StartDialog),
  { failure: "toast" },
);
const PicturePreview = lazyPart(
  () => import("./PicturePreview.tsx").then((file) => file.PicturePreview),
  { failure: "toast" },
);

/** The first screen stands by then. */
const PRELOAD_MS = 1_500;

/** The whole screen: rail, views, list, thread, side. */
export function WorkspaceScreen({ model }: { readonly model: WorkspaceModel }) {
  const running = useRef<RunningWorkspace | null>(null);
  const parts = useMemo(() => screenParts(model), []);
  useEffect(() => {
    const started = startWorkspace(model, parts);
    running.current = started;
    // Its first key opens it at once.
    const cancel = model.ports.after(PRELOAD_MS, ActionPicker.preload);
    return () => {
      cancel();
      started[Symbol.dispose]();
    };
  }, []);

  const { pane, conversationId } = model.navigation.route.value;
  const { me } = model.data;
  const picker = model.picker.value;
  // Nobody to tell about, or folded away by choice.
  const isSideHidden = conversationId === null ||
    (model.current.value === null && model.currentThread.value?.status !== "loading") ||
    (model.isSideClosed.value && pane !== "side");
  return (
    <div class="app workspace" onClick={(event) => followLink(model, event)}>
      <ConnectionBar model={model} onRetry={() => running.current?.reconnect()} />
      <div
        class="panes"
        data-pane={pane ?? (conversationId === null ? "list" : "thread")}
        data-views={pane === "views" ? "open" : undefined}
        data-side={pane === "side" ? "open" : isSideHidden ? "closed" : undefined}
      >
        <AppRail current="inbox" me={<RailMe user={{ ...me, pictureUrl: me.avatarUrl }} />} />
        <ViewsPane model={model} />
        <ListPane model={model} />
        <ThreadPane model={model} />
        <SidePane
          model={model}
          conversation={model.current.value}
          loaded={model.currentThread.value}
        />
        {pane !== null && <DrawerScrim model={model} />}
      </div>
      <ToastPlace model={model} />
      <p class="sr" role="status">{model.announcement.value}</p>
      {model.isSheetOpen.value && <ShortcutSheet model={model} />}
      {model.isFilterOpen.value && <FilterDialog model={model} />}
      {model.bar.value !== null && <WorkspaceBar model={model} parts={parts} />}
      {picker !== null && <ActionPicker key={picker} model={model} kind={picker} />}
      {model.isMergeOpen.value && <MergeDialog model={model} />}
      {model.isMacroMenuOpen.value && <MacroMenu model={model} />}
      {model.forwarding.value !== null && (
        <ForwardDialog model={model} draft={model.forwarding.value} />
      )}
      {model.starting.value !== null && <StartDialog model={model} draft={model.starting.value} />}
      {model.preview.value !== null && <PicturePreview model={model} />}
    </div>
  );
}

/** A press beside a drawer closes it. */
function DrawerScrim({ model }: { readonly model: WorkspaceModel }) {
  const { navigation } = model;
  const close = () => navigation.goBackTo({ ...navigation.route.peek(), pane: null });
  return <div class="drawer-scrim" onClick={close} />;
}
