/** `/forms/:channelId`: a form's page, and where forms are posted, of Parley's own or of any site. */
import { page as answerPage } from "fresh";
import type { FormPage, PostedEntry, Result } from "@/core/mod.ts";
import { define, type State } from "../../(_shared)/define.ts";
import { errorResponse, type HttpError, toProblem } from "../../(_shared)/http_error.ts";
import { ownOrigins } from "../../(_shared)/origin_check.ts";
import { MAX_BODY_BYTES, MAX_FILE_BYTES } from "../../(_shared)/read_body.ts";
import { FormScreen } from "../(_parts)/FormScreen.tsx";
import { preflight, withCors } from "../(_parts)/form_cors.ts";
import {
  formAgain,
  shownProblems,
  takenJson,
  toHttpError,
  type ViewData,
} from "../(_parts)/form_view.ts";
import { formWords } from "../(_parts)/form_words.ts";
import { pageHeaders } from "../(_parts)/page_headers.ts";
import { bodyTypeOf, type PostedBody, readPostedForm } from "../(_parts)/read_posted_form.ts";

/** A request and what is known of its form. */
interface Asked {
  readonly req: Request;
  readonly url: URL;
  readonly state: State;
  readonly channelId: string;
  readonly isDevelopment: boolean;
}

export const handler = define.handlers({
  async GET(ctx) {
    const asked = askedOf(ctx);
    const { forms } = ctx.state.core;
    const page = await forms.page(asked.channelId);
    if (page === null) return show(asked, null, { kind: "gone" }, 404);
    const sent = ctx.url.searchParams.get("sent");
    const number = sent === null ? null : await forms.readNumber(asked.channelId, sent);
    return sent === null
      ? show(asked, page, formAgain(page, presetOf(page, ctx.url), []), 200)
      : show(asked, page, { kind: "done", page, number }, 200);
  },

  async POST(ctx) {
    const asked = askedOf(ctx);
    const { forms } = ctx.state.core;
    const page = await forms.page(asked.channelId);
    if (page === null) {
      return wantsJson(ctx.req, null)
        ? withCors(errorResponse({ code: "not_found", what: "form" }), null, [])
        : show(asked, null, { kind: "gone" }, 404);
    }
    const answer = await post(asked, page);
    if (!(answer instanceof Response)) return answer;
    return withCors(answer, ctx.req.headers.get("origin"), page.allowedDomains);
  },

  async OPTIONS(ctx) {
    const page = await ctx.state.core.forms.page(ctx.params.channelId ?? "");
    return preflight(ctx.req.headers.get("origin"), page?.allowedDomains ?? []);
  },
});

export default define.page<typeof handler>(function FormRoute({ data }) {
  return <FormScreen {...data} />;
});

type Answer = Response | ReturnType<typeof show>;

async function post(asked: Asked, page: FormPage): Promise<Answer> {
  const { req, url, state, channelId } = asked;
  const { forms } = state.core;
  const { words } = formWords(req.headers.get("accept-language"));
  const admitted = await forms.admit(channelId, state.remoteAddress);
  // Refused before the body is read, unless it is small and a person may have typed it.
  const isSmall = Number(req.headers.get("content-length") ?? Infinity) <= MAX_BODY_BYTES;
  if (!admitted.ok && (wantsJson(req, null) || !isSmall)) {
    await req.body?.cancel();
    return errorResponse(toHttpError(admitted.error, []));
  }
  const body = await readPostedForm(req);
  const isJson = wantsJson(req, body);
  if (!body.ok) {
    if (isJson || body.error.code !== "too_large") return errorResponse(body.error);
    const message = words.tooLarge.replace("{megabytes}", String(MAX_FILE_BYTES / 1024 / 1024));
    return showAgain(asked, page, [], [{ name: null, label: "", message }], body.error);
  }
  const { entries, files } = body.value;
  if (!admitted.ok) {
    const { error } = admitted;
    if (error.code !== "rate_limited") return errorResponse(toHttpError(error, []));
    const minutes = String(Math.ceil(error.retryAfterMs / 60_000));
    const message = words.tooMany.replace("{minutes}", minutes);
    return showAgain(asked, page, entries, [{ name: null, label: "", message }], error);
  }
  const origin = req.headers.get("origin");
  const referrer = req.headers.get("referer");
  const own = ownOrigins(url, state.config);
  const idempotencyKey = req.headers.get("idempotency-key");
  const taken = await forms.take(channelId, {
    entries,
    files,
    origin,
    referrer,
    isOwnPage: own.includes(origin ?? URL.parse(referrer ?? "")?.origin ?? ""),
    remoteAddress: state.remoteAddress,
    ...idempotencyKey !== null && idempotencyKey !== "" ? { idempotencyKey } : {},
  }, req.signal);
  if (!taken.ok) {
    const { error } = taken;
    const shown = error.code === "form_invalid" ? shownProblems(page, error.problems, words) : [];
    const failure = toHttpError(error, shown);
    return isJson || error.code !== "form_invalid"
      ? errorResponse(failure)
      : showAgain(asked, page, entries, shown, failure);
  }
  if (isJson) return Response.json(takenJson(taken.value, page, words));
  const isEmbedded = isEmbeddedIn(url);
  const { number, next } = taken.value;
  // A frame stays with us: where the page itself goes on is a link of the thank-you.
  const target = next !== null && !isEmbedded
    ? next
    : `${url.pathname}?${isEmbedded ? "embed=1&" : ""}sent=${
      number === null ? "" : await forms.signNumber(channelId, number)
    }`;
  return new Response(null, { status: 303, headers: { location: target } });
}

function askedOf(
  { req, url, state, params, config }: {
    readonly req: Request;
    readonly url: URL;
    readonly state: State;
    readonly params: Readonly<Record<string, string>>;
    readonly config: { readonly mode: string };
  },
): Asked {
  const isDevelopment = config.mode === "development";
  return { req, url, state, channelId: params.channelId ?? "", isDevelopment };
}

/** Whether a script posted it, or asks for JSON. */
function wantsJson(req: Request, body: Result<PostedBody, HttpError> | null): boolean {
  return req.headers.has("x-requested-with") || bodyTypeOf(req) === "application/json" ||
    /\bapplication\/(?:[\w.-]+\+)?json\b/.test(req.headers.get("accept") ?? "") ||
    (body?.ok === true && body.value.isJson);
}

function isEmbeddedIn(url: URL): boolean {
  return url.searchParams.get("embed") === "1";
}

/** What a link to the form fills in: `?email=ana@shop.example`. */
function presetOf({ look }: FormPage, url: URL): readonly PostedEntry[] {
  return look.fields.flatMap(({ name, type, value = "" }) => {
    const given = type === "hidden" || type === "consent" ? [] : url.searchParams.getAll(name);
    const first = given.length > 0 ? given.map((one) => one.slice(0, 2_000)) : [value];
    return first.map((one) => ({ name, value: one }));
  });
}

function showAgain(
  asked: Asked,
  page: FormPage,
  entries: readonly PostedEntry[],
  shown: Parameters<typeof formAgain>[2],
  error: HttpError,
) {
  const problem = toProblem(error);
  return show(asked, page, formAgain(page, entries, shown), problem.status, problem.headers);
}

function show(
  { req, url, isDevelopment }: Asked,
  page: FormPage | null,
  view: ViewData["view"],
  status: number,
  headers: Readonly<Record<string, string>> = {},
) {
  const isEmbedded = isEmbeddedIn(url);
  const data: ViewData = { view, isEmbedded, ...formWords(req.headers.get("accept-language")) };
  return answerPage(data, {
    status,
    headers: { ...headers, ...pageHeaders(page, { isEmbedded, isDevelopment }) },
  });
}
