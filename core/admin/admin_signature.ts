import { equalText } from "../constant_time.ts";
import type { Vault } from "../store/mod.ts";

/** How far the clocks of command line and server may be apart, and how long a request can be replayed at most. */
export const ADMIN_WINDOW_MS = 60_000;

const PURPOSE = "admin";

/** Value of the `Parley-Admin` header: proves that the sender holds the secret. `t=<epoch ms>,v1=<hex>`. */
export async function signAdminRequest(
  vault: Pick<Vault, "mac">,
  body: string,
  now: number,
): Promise<string> {
  return `t=${now},v1=${(await vault.mac(PURPOSE, `${now}.${body}`)).toHex()}`;
}

/** Whether a header was made for this body within the last minute. */
export async function isAdminRequest(
  vault: Pick<Vault, "macs">,
  header: string,
  body: string,
  now: number,
): Promise<boolean> {
  const [, time = "", given = ""] = /^t=(\d{1,15}),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  if (time === "" || Math.abs(now - Number(time)) > ADMIN_WINDOW_MS) return false;
  const wanted = await vault.macs(PURPOSE, `${time}.${body}`);
  return wanted.some((mac) => equalText(mac.toHex(), given));
}
