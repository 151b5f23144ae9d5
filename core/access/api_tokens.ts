import { equalText } from "../constant_time.ts";
import { type CoreError, notFound } from "../errors.ts";
import { type Once, once } from "../idempotency.ts";
import type { Role } from "../model/user.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, transact } from "../store/mod.ts";
import type { ApiTokenRecord } from "../store/mod.ts";
import { can, mayChangeRole } from "./can.ts";
import type { AccessContext } from "./context.ts";
import { ApiTokenInput } from "./inputs.ts";
import { parseInput } from "./parse_input.ts";
import { actorOf, type Principal, roleOf } from "./principal.ts";
import { hashToken, tokenOfRecord } from "./secret_token.ts";

/** An API token as it is listed; the token itself is shown once. */
export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: number;
}

export interface ApiTokens {
  /** Errors: invalid, forbidden. */
  createToken(
    principal: Principal,
    input: ApiTokenInput,
    options?: Once,
  ): Promise<Result<{ readonly token: string; readonly record: ApiToken }, CoreError>>;
  /** Newest first. Errors: forbidden. */
  tokens(principal: Principal): Promise<Result<readonly ApiToken[], CoreError>>;
  /** Errors: forbidden, not_found. */
  revokeToken(principal: Principal, id: string): Promise<Result<null, CoreError>>;
  /** Who holds a bearer token: one of these, or PARLEY_API_TOKEN. */
  principalOfToken(bearer: string): Promise<Principal | null>;
  /** Whether a token still stands. */
  isTokenAlive(id: string): Promise<boolean>;
}

/** Id of the token that comes from the environment. */
const ENV_ID = "tok_environment";

export function createApiTokens({ store, ports, config }: AccessContext): ApiTokens {
  async function tokenOf(id: string, options: Once): Promise<string> {
    const { random } = ports;
    return `par_${await tokenOfRecord(id, options, { random, vault: store.vault })}`;
  }

  async function find(id: string): Promise<{ hash: string; record: ApiTokenRecord } | null> {
    for await (const { path, value } of store.list(keys.apiTokens())) {
      if (value.id === id) return { hash: String(path.at(-1)), record: value };
    }
    return null;
  }

  return {
    async createToken(principal, input, options = {}) {
      if (!can(principal, "workspace.manage")) return err({ code: "forbidden" });
      const parsed = parseInput(ApiTokenInput, input);
      if (!parsed.ok) return parsed;
      const { name, role } = parsed.value;
      if (!mayChangeRole(roleOf(principal), role)) return err({ code: "forbidden" });
      const id = ports.ids.next("tok");
      const token = await tokenOf(id, options);
      const hash = hashToken(token);
      const done = await transact(store, (tx) =>
        once(tx, options, () => {
          const record: ApiToken = { id, name, role, createdAt: tx.now };
          tx.set(keys.apiToken(hash), record);
          return Promise.resolve(ok(record));
        }));
      if (!done.ok) return done;
      const record = done.value;
      return ok({ token: record.id === id ? token : await tokenOf(record.id, options), record });
    },

    async tokens(principal) {
      if (!can(principal, "workspace.manage")) return err({ code: "forbidden" });
      const all: ApiToken[] = [];
      for await (const { value } of store.list(keys.apiTokens())) all.push(value);
      return ok(all.sort((a, b) => b.createdAt - a.createdAt));
    },

    async revokeToken(principal, id) {
      if (!can(principal, "workspace.manage")) return err({ code: "forbidden" });
      const found = await find(id);
      if (found === null) return err(notFound("token"));
      if (!mayChangeRole(roleOf(principal), found.record.role)) return err({ code: "forbidden" });
      return await transact(store, async (tx): Promise<Result<null, CoreError>> => {
        if (await tx.get(keys.apiToken(found.hash)) === null) return err(notFound("token"));
        tx.delete(keys.apiToken(found.hash));
        tx.emit({ type: "access.changed", actor: actorOf(principal), userId: id });
        return ok(null);
      });
    },

    async principalOfToken(bearer) {
      const hash = hashToken(bearer);
      if (config.apiToken !== null && equalText(hash, hashToken(config.apiToken))) {
        return { type: "token", id: ENV_ID, name: "PARLEY_API_TOKEN", role: "owner" };
      }
      if (!/^par_[\w-]{43}$/.test(bearer)) return null;
      const record = await store.get(keys.apiToken(hash));
      return record && { type: "token", id: record.id, name: record.name, role: record.role };
    },

    async isTokenAlive(id) {
      return id === ENV_ID ? config.apiToken !== null : await find(id) !== null;
    },
  };
}
