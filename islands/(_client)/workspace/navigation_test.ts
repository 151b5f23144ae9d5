import assert from "node:assert/strict";
import { Navigation, type NavigationHost } from "./navigation.ts";
import { FIRST_ROUTE, formatRoute } from "./workspace_route.ts";

function createHistory() {
  const log: string[] = [];
  let pop = (_url: URL) => {};
  const host: NavigationHost = {
    push: (path) => void log.push(`push ${path}`),
    replace: (path) => void log.push(`replace ${path}`),
    back: () => void log.push("back"),
    onPop(listener) {
      pop = listener;
      return () => {};
    },
  };
  return { host, log, pop: (path: string) => pop(new URL(path, "http://parley.example")) };
}

const OPEN = { ...FIRST_ROUTE, conversationId: "cnv_1" };

Deno.test("go() writes the address once per place", () => {
  const { host, log } = createHistory();
  const navigation = new Navigation(FIRST_ROUTE);
  navigation.attach(host, () => {});

  navigation.go(OPEN);
  navigation.go(OPEN);

  assert.deepEqual(log, [`push ${formatRoute(OPEN)}`]);
  assert.equal(navigation.route.value.conversationId, "cnv_1");
});

Deno.test("attach() follows back and forward", () => {
  const { host, pop } = createHistory();
  const navigation = new Navigation(FIRST_ROUTE);
  let changes = 0;
  navigation.attach(host, () => changes++);
  navigation.go(OPEN);

  pop("/inbox/all/open");
  pop("/elsewhere");

  assert.equal(navigation.route.value.conversationId, null);
  assert.equal(changes, 1);
});

Deno.test("goBackTo() steps back over our own steps only", () => {
  const { host, log, pop } = createHistory();
  const navigation = new Navigation(OPEN);
  navigation.attach(host, () => {});

  navigation.goBackTo(FIRST_ROUTE);
  navigation.go(OPEN);
  navigation.goBackTo(FIRST_ROUTE);
  pop(formatRoute(FIRST_ROUTE));
  navigation.goBackTo(FIRST_ROUTE);

  assert.deepEqual(log, [
    `replace ${formatRoute(FIRST_ROUTE)}`,
    `push ${formatRoute(OPEN)}`,
    "back",
    `replace ${formatRoute(FIRST_ROUTE)}`,
  ]);
});
