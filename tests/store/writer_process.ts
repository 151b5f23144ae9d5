/** A process for the test of openStore() to kill: commits without end, and prints what was answered. */
import { fakePorts } from "../fakes/ports.ts";
import { TEST_SECRET } from "../fakes/store.ts";
import { keys, openStore, transact } from "../../core/store/mod.ts";

const [path = "", lockPath = ""] = Deno.args;
const opened = await openStore({
  path,
  lockPath,
  ports: fakePorts(),
  secrets: { current: TEST_SECRET, old: [] },
});
if (!opened.ok) throw new Error(opened.error.message);
const store = opened.value;
const key = keys.quota("count", "all");
while (true) {
  const count = await transact(store, async (tx) => {
    const next = (await tx.get(key) ?? 0) + 1;
    tx.set(key, next);
    tx.emit({ type: "settings.changed", actor: { type: "system", id: null, name: "Parley" } });
    return next;
  });
  console.log(count);
}
