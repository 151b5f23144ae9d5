/** Refusals of the Graph API, as it words them. */
import type { SendErrorCode } from "../../../core/channel/mod.ts";

/** One refusal, and what it means to Parley. */
export interface GraphError {
  readonly name: string;
  readonly status: number;
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly code: number;
    readonly error_subcode?: number;
    readonly is_transient?: boolean;
  };
  readonly headers?: Readonly<Record<string, string>>;
  /** What a send that meets it comes to. */
  readonly code: SendErrorCode;
}

type Row = readonly [
  name: string,
  status: number,
  code: number,
  subcode: number | null,
  message: string,
  meaning: SendErrorCode,
];

const ROWS: readonly Row[] = [
  ["unknown", 500, 1, 99, "An unknown error occurred", "unavailable"],
  ["temporary", 503, 2, null, "Service temporarily unavailable", "unavailable"],
  ["temporary send failure", 400, 1200, null, "Temporary send message failure", "unavailable"],
  ["app limit", 400, 4, null, "(#4) Application request limit reached", "rate_limited"],
  ["user limit", 400, 17, null, "(#17) User request limit reached", "rate_limited"],
  ["page limit", 400, 32, null, "(#32) Page request limit reached", "rate_limited"],
  ["custom limit", 400, 613, null, "(#613) Calls exceed the rate limit", "rate_limited"],
  ["business limit", 400, 80006, null, "(#80006) Too many Messenger calls", "rate_limited"],
  ["outside the window", 400, 10, 2018278, "(#10) Sent outside of the window", "window_closed"],
  ["outside the window, old", 400, 10, 2018065, "(#10) Outside of the window", "window_closed"],
  ["outside Instagram's window", 400, 10, 2534022, "(#10) Outside window", "window_closed"],
  [
    "not receiving messages",
    400,
    10,
    2018108,
    "(#10) This person isn't receiving messages from you right now",
    "recipient_unreachable",
  ],
  ["not available", 400, 551, null, "(#551) Not available right now", "recipient_unreachable"],
  ["not available, by 200", 403, 200, 1545041, "(#200) Not available", "recipient_unreachable"],
  ["no such person", 400, 100, 2018001, "(#100) No matching user", "recipient_unreachable"],
  ["invalid parameter", 400, 100, null, "(#100) Invalid parameter", "rejected"],
  ["file not taken", 400, 100, 2018047, "(#100) Upload attachment failure", "rejected"],
  ["app removed", 400, 190, 458, "Error validating access token", "unauthorized"],
  ["password changed", 400, 190, 460, "Error validating access token", "unauthorized"],
  ["token expired", 401, 190, 463, "Error validating access token", "unauthorized"],
  ["token invalid", 401, 190, 467, "Error validating access token", "unauthorized"],
  ["no permission", 403, 200, null, "(#200) Requires pages_messaging", "permission"],
  ["no permission of the app", 403, 10, null, "(#10) Application has no permission", "permission"],
  ["no capability", 400, 3, null, "(#3) No capability to make this call", "permission"],
  ["page permission", 403, 283, null, "(#283) Requires pages_read_engagement", "permission"],
  ["not to this person", 403, 230, null, "(#230) Permissions disallow message", "policy_blocked"],
  ["blocked by policy", 400, 368, null, "(#368) Action deemed abusive", "policy_blocked"],
  ["page restricted", 400, 10, 1893063, "(#10) The Page is restricted", "policy_blocked"],
  ["account restricted", 400, 10, 2534122, "(#10) Restricted", "policy_blocked"],
  ["account restricted, other", 400, 10, 2534029, "(#10) Restricted", "policy_blocked"],
];

/** Every row of them. */
export const GRAPH_ERRORS: readonly GraphError[] = ROWS.map((
  [name, status, code, subcode, message, meaning],
) => ({
  name,
  status,
  error: {
    message,
    type: code === 190 || code === 200 ? "OAuthException" : "GraphMethodException",
    code,
    ...subcode !== null && { error_subcode: subcode },
    ...(code === 2 || code === 1200) && { is_transient: true },
  },
  code: meaning,
}));

/** The one with this name. @throws when there is none */
export function graphError(name: string): GraphError {
  const found = GRAPH_ERRORS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`Cannot answer "${name}": there is no such error`);
  return found;
}

/** A limit that names when it ends, as Messenger's does. @param minutes until then */
export function businessLimit(pageId: string, minutes: number): GraphError {
  const usage = {
    [pageId]: [{
      type: "messenger",
      call_count: 100,
      total_cputime: 20,
      total_time: 30,
      estimated_time_to_regain_access: minutes,
    }],
  };
  const headers = { "X-Business-Use-Case-Usage": JSON.stringify(usage) };
  return { ...graphError("business limit"), headers };
}

/** Its body as it goes over the wire. */
export function errorBody({ error }: GraphError, trace = "AtRaCe0000000000000000"): string {
  return JSON.stringify({ error: { ...error, fbtrace_id: trace } });
}
