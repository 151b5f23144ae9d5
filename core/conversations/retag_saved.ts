/** A tag's new name in what is kept to be used again: the filters of saved views and the actions of macros. */
import { takeTurn } from "../access/mod.ts";
import { SYSTEM } from "../model/change.ts";
import type { MacroAction } from "../model/macro.ts";
import { conditionsOf } from "../model/match_filter.ts";
import type { ViewFilter, ViewNode } from "../model/view_filter.ts";
import { keys, type Store, transact, type Tx } from "../store/mod.ts";
import { foldTagName, tagNamed } from "../tags/mod.ts";

/**
 * Saved views and macros that say a name say the one it stands for now; a tag that is gone stays in them, where it is
 * no conversation's. One small commit each. @throws when aborted
 */
export async function retagSaved(store: Store, name: string, signal: AbortSignal): Promise<void> {
  for await (const { value: { id, filter } } of store.list(keys.views(), { signal })) {
    if (namesTag(filter, name)) await transact(store, (tx) => retagView(tx, id, name));
  }
  for await (const { value: { id, actions } } of store.list(keys.macros(), { signal })) {
    if (!actions.some((action) => actionNamesTag(action, name))) continue;
    await transact(store, (tx) => retagMacro(tx, id, name), { queue: id });
  }
  signal.throwIfAborted();
}

async function retagView(tx: Tx, id: string, name: string): Promise<void> {
  // Whoever numbers the views anew writes them as they were listed.
  await takeTurn(tx, "views");
  const view = await tx.get(keys.view(id));
  const tag = await tagNamed((key) => tx.get(key), name);
  if (view === null || tag === null) return;
  const filter = renamedFilter(view.filter, name, tag.name);
  tx.set(keys.view(id), { ...view, filter });
  tx.emit({ type: "view.changed", actor: SYSTEM });
}

async function retagMacro(tx: Tx, id: string, name: string): Promise<void> {
  const macro = await tx.get(keys.macro(id));
  const tag = await tagNamed((key) => tx.get(key), name);
  if (macro === null || tag === null) return;
  const actions = macro.actions.map((action) =>
    action.type !== "tags" ? action : {
      ...action,
      add: renamed(action.add, name, tag.name),
      remove: renamed(action.remove, name, tag.name),
    }
  );
  tx.set(keys.macro(id), { ...macro, actions });
}

function namesTag(filter: ViewFilter, name: string): boolean {
  return conditionsOf(filter).some((condition) =>
    condition.field === "tag" && has(condition.value, name)
  );
}

function actionNamesTag(action: MacroAction, name: string): boolean {
  return action.type === "tags" && (has(action.add, name) || has(action.remove, name));
}

/** The filter with one tag called otherwise. Pure. */
function renamedFilter(filter: ViewFilter, from: string, to: string): ViewFilter {
  const inside = (nodes: readonly ViewNode[]) =>
    nodes.map((node): ViewNode => {
      if (!("field" in node)) return renamedFilter(node, from, to);
      return node.field === "tag" ? { ...node, value: renamed(node.value, from, to) } : node;
    });
  return "all" in filter ? { all: inside(filter.all) } : { any: inside(filter.any) };
}

function renamed(names: readonly string[], from: string, to: string): readonly string[] {
  const folded = foldTagName(from);
  return [...new Set(names.map((name) => foldTagName(name) === folded ? to : name))];
}

function has(names: readonly string[], name: string): boolean {
  const folded = foldTagName(name);
  return names.some((one) => foldTagName(one) === folded);
}
