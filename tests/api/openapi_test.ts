import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe } from "../../routes/(_api)/openapi.ts";
import { createApi } from "../../routes/(_api)/mod.ts";
import { openTestWorld } from "../fakes/test_world.ts";
import { OPERATIONS } from "./operations.ts";

const BASE = "/api/v1";
const METHODS = ["get", "post", "put", "patch", "delete"] as const;

Deno.test("openapi.json names every operation, and the table of these tests calls each", async () => {
  const documented = (await documentedOperations()).map(({ id }) => id);

  assert.deepEqual(documented.toSorted(), OPERATIONS.map(({ id }) => id).toSorted());
  assert.equal(new Set(documented).size, documented.length);
});

Deno.test("every operation answers as openapi.json says", async (t) => {
  const operations = await documentedOperations();
  const document = await describe(createApi());
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  await using world = await openTestWorld();

  for (const { id, status, call } of OPERATIONS) {
    await t.step(id, async () => {
      const operation = operations.find((one) => one.id === id)!;
      const { path, ...request } = await call(world);

      const response = await world.app.fetch(BASE + path, world.owner.sender, request);

      if (response.status !== status) assert.fail(`${response.status} ${await response.text()}`);
      assert.match(path.split("?")[0]!, operation.pattern);
      const answer = operation.responses[String(status)];
      assert.ok(answer, `${status} is not documented`);
      if (status >= 400) {
        const problem = { $ref: "#/components/schemas/Problem", components: document.components };
        return assert.ok(ajv.validate(problem, await response.json()), ajv.errorsText());
      }
      const [type, media] = Object.entries(answer.content ?? {})[0] ?? [];
      if (type === undefined) return assert.equal(await response.text(), "");
      const sent = response.headers.get("content-type")!.split(";")[0];
      if (type === "application/octet-stream") return await response.body?.cancel();
      assert.equal(sent, type);
      if (type !== "application/json") return await response.body?.cancel();
      const schema = { ...media!.schema, components: document.components };
      const isValid = ajv.compile(schema);
      assert.ok(isValid(await response.json()), JSON.stringify(isValid.errors));
    });
  }
});

Deno.test("every operation refuses unknown parameters and fields, and callers it does not know", async (t) => {
  const operations = await documentedOperations();
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const document = await describe(createApi());
  const schema = { $ref: "#/components/schemas/Problem", components: document.components };
  const isProblem = ajv.compile(schema);
  await using world = await openTestWorld();

  async function assertProblem(response: Response, status: number, named?: string) {
    const text = await response.text();
    assert.equal(response.status, status, text);
    assert.equal(response.headers.get("content-type"), "application/problem+json");
    const problem: { status: number; errors?: { path: string }[] } = JSON.parse(text);
    assert.ok(isProblem({ ...problem }), JSON.stringify(isProblem.errors));
    assert.equal(problem.status, status);
    if (named !== undefined) {
      assert.ok(problem.errors?.some(({ path }) => path === named), text);
    }
  }

  for (const { id, rights, call } of OPERATIONS) {
    await t.step(id, async () => {
      const { fetch } = world.app;
      const { responses } = operations.find((one) => one.id === id)!;
      const { path, ...request } = await call(world);
      const parameter = `${BASE}${path}${path.includes("?") ? "&" : "?"}no_such=1`;

      await assertProblem(await fetch(parameter, world.owner.sender, request), 400, "no_such");
      assert.ok(responses["400"], "400 is not documented");
      if (rights !== "public") {
        await assertProblem(await fetch(BASE + path, null, request), 401);
        assert.ok(responses["401"], "401 is not documented");
      }
      if (!isObject(request.json)) return;
      const extra = { ...request, json: { ...request.json, noSuch: 1 } };
      await assertProblem(await fetch(BASE + path, world.owner.sender, extra), 400, "noSuch");
    });
  }
});

interface Documented {
  readonly id: string;
  readonly pattern: RegExp;
  readonly responses: Record<
    string,
    { readonly content?: Record<string, { readonly schema?: object }> }
  >;
}

async function documentedOperations(): Promise<readonly Documented[]> {
  const { paths } = await describe(createApi());
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const pattern = new RegExp(`^${path.slice(BASE.length).replace(/\{\w+\}/g, "[^/]+")}$`);
      // The document's own types allow references where we write none.
      const responses = operation.responses as Documented["responses"];
      return [{ id: operation.operationId ?? "", pattern, responses }];
    })
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
