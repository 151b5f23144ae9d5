import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../../(_components)/Button.tsx";
import { Dialog } from "../../../(_components)/Dialog.tsx";
import { Select } from "../../../(_components)/Select.tsx";
import { TextField } from "../../../(_components)/TextField.tsx";
import type { ApiViewInput } from "../../../../core/model/api_views.ts";
import { fail } from "../fail.ts";
import { showRoute } from "../show_route.ts";
import { SORT_WORDS } from "../view_words.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import {
  isSavedView,
  listRoute,
  type SavedView,
  type Sort,
  type WorkspaceRoute,
} from "../workspace_route.ts";
import { filterFrom, finished, sizeOf } from "./edit_filter.ts";
import { FilterGroup } from "./FilterGroup.tsx";

const MAX_CONDITIONS = 30;
const SORTS: readonly Sort[] = ["newest", "oldest", "waiting", "priority"];

/** Builds a filter: to look at what it finds, or to keep it as a view. */
export function FilterDialog({ model }: { readonly model: WorkspaceModel }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const route = model.navigation.route.peek();
  const saved = isSavedView(route.view) ? model.views.get(route.view) : undefined;
  const own = saved?.canChange === true ? saved : undefined;
  const filter = useSignal(filterFrom(route, model.conversations.rules));
  const name = useSignal(saved?.name ?? "");
  const sort = useSignal<Sort>(saved?.sort ?? route.sort);
  const sharing = useSignal(saved === undefined ? "private" : sharingValue(saved.sharing));
  const isBusy = useSignal(false);
  useEffect(() => dialog.current?.showModal(), []);

  const done = finished(filter.value);
  const close = () => model.isFilterOpen.value = false;
  const go = (to: WorkspaceRoute) => {
    close();
    model.navigation.go(to);
    void showRoute(model);
  };
  const show = () => {
    if (done === null) return;
    go(listRoute("all", "filter", { filter: JSON.stringify(done), sort: sort.value }));
  };
  const save = async (id: string | null) => {
    if (done === null || name.value.trim() === "" || isBusy.value) return;
    isBusy.value = true;
    const input: ApiViewInput = {
      name: name.value.trim(),
      filter: done,
      sort: sort.value,
      sharing: sharingOf(sharing.value),
    };
    const answer = id === null
      ? await model.views.create(input)
      : await model.views.update(id, input);
    isBusy.value = false;
    if (!answer.ok) return fail(model, "Not saved", answer.error);
    await model.conversations.refreshCounts();
    const isShown = id !== null && id === route.view && sort.value === route.sort;
    // Ids of views are made in one place, and begin so.
    go(listRoute("all", answer.value.id as SavedView, { sort: sort.value }));
    if (isShown) await model.conversations.refresh();
  };
  const remove = async () => {
    if (own === undefined || !confirm(`Delete the view “${own.name}”? What it holds stays.`)) {
      return;
    }
    const answer = await model.views.remove(own.id);
    if (!answer.ok) return fail(model, "Not deleted", answer.error);
    go(listRoute("all", "open"));
  };
  return (
    <Dialog
      id="filter-dialog"
      title={own === undefined ? "Filter" : "Change this view"}
      size="wide"
      dialogRef={dialog}
      onClose={close}
      footer={
        <>
          {own !== undefined && (
            <Button kind="danger-quiet" onClick={() => void remove()}>Delete view</Button>
          )}
          <span class="spacer" />
          <Button
            kind="secondary"
            disabled={done === null || name.value.trim() === ""}
            onClick={() => void save(null)}
          >
            {own === undefined ? "Save as view" : "Save as another"}
          </Button>
          {own === undefined
            ? <Button kind="primary" disabled={done === null} onClick={show}>Show</Button>
            : (
              <Button
                kind="primary"
                disabled={done === null || name.value.trim() === ""}
                onClick={() => void save(own.id)}
              >
                Save
              </Button>
            )}
        </>
      }
    >
      <FilterGroup
        model={model}
        filter={filter.value}
        group={filter.value}
        path={[]}
        isFull={sizeOf(filter.value) >= MAX_CONDITIONS}
        onChange={(next) => filter.value = next}
      />
      <div class="filter-keep">
        <TextField
          name="view-name"
          label="Name of the view"
          hint="To find it again among the views."
          maxLength={60}
          value={name.value}
          onInput={(event) => name.value = event.currentTarget.value}
        />
        <Select
          name="view-sort"
          label="Order"
          options={SORTS.map((value) => ({ value, label: SORT_WORDS[value] }))}
          value={sort.value}
          onChange={(event) =>
            sort.value = SORTS.find((one) => one === event.currentTarget.value) ?? "newest"}
        />
        {model.data.me.role !== "viewer" && (
          <Select
            name="view-sharing"
            label="Who sees it"
            options={[
              { value: "private", label: "Only me" },
              { value: "everyone", label: "Everyone" },
              ...teamsOf(model).map(({ id, name }) => ({ value: id, label: `Team ${name}` })),
            ]}
            value={sharing.value}
            onChange={(event) => sharing.value = event.currentTarget.value}
          />
        )}
      </div>
    </Dialog>
  );
}

/** Teams the reader can share with: their own, or all for who manages the workspace. */
function teamsOf({ data }: WorkspaceModel) {
  const isManager = data.me.role === "owner" || data.me.role === "admin";
  return data.teams.filter(({ memberIds }) => isManager || memberIds.includes(data.me.id));
}

type Sharing = NonNullable<ApiViewInput["sharing"]>;

/** As one value of the control; teams' ids are like no other value. */
function sharingValue(sharing: Sharing): string {
  return sharing.kind === "team" ? sharing.teamId : sharing.kind;
}

function sharingOf(value: string): Sharing {
  if (value === "private" || value === "everyone") return { kind: value };
  return { kind: "team", teamId: value };
}
