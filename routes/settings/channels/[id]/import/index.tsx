import { page } from "fresh";
import { Head } from "fresh/runtime";
import type { ApiImport } from "@/core/model/api_admin.ts";
import { type HistoryFolder, invalid } from "@/core/mod.ts";
import { err, ok, type Result } from "@/core/result.ts";
import { Crumbs } from "@/islands/(_components)/Crumbs.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { PageSection } from "@/islands/(_components)/PageSection.tsx";
import ImportList from "@/islands/ImportList.tsx";
import { define, type State } from "../../../../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../../../../(_shared)/form_problem.ts";
import type { HttpError } from "../../../../(_shared)/http_error.ts";
import { formText, formTexts, readForm } from "../../../../(_shared)/read_form.ts";
import { importView } from "../../../../(_shared)/views.ts";
import { IMPORT_LABELS, ImportForm } from "../../../(_parts)/ImportForm.tsx";
import { must } from "../../../(_parts)/must.ts";
import { SettingsPage } from "../../../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../../../(_parts)/settings_frame.ts";

/** What somebody waits for a mail server to name its folders, at most. */
const FOLDERS_WITHIN_MS = 8_000;
/** Without script, the page is asked for again while something is imported. */
const REFRESH_SECONDS = 5;
const MAX_FOLDERS = 500;

interface Chosen {
  readonly folders: readonly string[];
  readonly since: string;
  readonly problem: FormProblem;
}

export const handler = define.handlers({
  async GET(ctx) {
    return page(await pageData(ctx.state, ctx.params.id ?? "", ctx.req));
  },

  async POST(ctx) {
    const id = ctx.params.id ?? "";
    const form = await readForm(ctx.req);
    const done = form.ok ? await act(ctx.state, id, form.value) : form;
    if (done.ok) return ctx.redirect(`/settings/channels/${id}/import`, 303);
    const problem = formProblem(done.error, IMPORT_LABELS);
    const data = await pageData(ctx.state, id, ctx.req, {
      folders: form.ok ? formTexts(form.value, "folder") : [],
      since: form.ok ? formText(form.value, "since") : "",
      problem,
    });
    return page(data, { status: problem.status });
  },
});

/** Begins imports, or stops or goes on with one. */
async function act(
  { core, ...state }: State,
  channelId: string,
  form: FormData,
): Promise<Result<unknown, HttpError>> {
  const principal = userWho({ core, ...state }, "channel.manage");
  switch (formText(form, "action")) {
    case "cancel":
      return await core.imports.cancel(principal, formText(form, "id"));
    case "resume":
      return await core.imports.resume(principal, formText(form, "id"));
  }
  const sinceAt = readDate(formText(form, "since"));
  if (!sinceAt.ok) return sinceAt;
  const folders = formTexts(form, "folder").slice(0, MAX_FOLDERS);
  if (folders.length === 0) return err(invalid("folders", "Choose at least one folder"));
  for (const folder of folders) {
    const begun = await core.imports.begin(principal, {
      channelId,
      folder,
      sinceAt: sinceAt.value,
    });
    // What was begun goes on: the page shows it.
    if (!begun.ok) return begun;
  }
  return ok(null);
}

/** The first moment of a day in UTC; null for no day. */
function readDate(text: string): Result<number | null, HttpError> {
  if (text === "") return ok(null);
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return Number.isNaN(at) ? err(invalid("since", "Is not a day")) : ok(at);
}

async function pageData(state: State, id: string, req: Request, chosen?: Chosen) {
  const { core } = state;
  const principal = userWho(state, "channel.manage");
  const channel = must(await core.channels.get(principal, id));
  const imports: readonly ApiImport[] = must(await core.imports.list(principal, id))
    .map(importView);
  const isBusy = imports.some(({ state }) => state === "running" || state === "waiting");
  // While something is imported the page may be asked for often, and its mail server need not be.
  const isChoosing = !isBusy || chosen !== undefined || new URL(req.url).searchParams.has("more");
  return {
    frame: await settingsFrame(state),
    channel,
    imports,
    isBusy,
    folders: isChoosing ? await foldersOf(state, id, req.signal) : null,
    chosen: chosen ?? null,
  };
}

async function foldersOf(
  state: State,
  id: string,
  signal: AbortSignal,
): Promise<Result<readonly HistoryFolder[], string>> {
  const principal = userWho(state, "channel.manage");
  const found = await state.core.imports.folders(
    principal,
    id,
    AbortSignal.any([signal, AbortSignal.timeout(FOLDERS_WITHIN_MS)]),
  );
  if (found.ok) return found;
  return err("message" in found.error && found.error.message || "It does not answer.");
}

export default define.page<typeof handler>(function ImportMail({ data, url }) {
  const { frame, channel, imports, isBusy, folders, chosen } = data;
  const settings = `/settings/channels/${channel.id}`;
  const here = `${settings}/import`;
  return (
    <SettingsPage
      frame={frame}
      title="Import older mail"
      current="channels"
      url={url}
      problem={chosen?.problem.message}
      header={
        <>
          <Crumbs
            path={[
              { label: "Channels", href: "/settings/channels" },
              { label: channel.name, href: settings },
            ]}
            current="Import"
          />
          <PageHeader
            title="Import older mail"
            lead="Mail from before the mailbox was connected becomes closed conversations at their own times. Nobody is notified, and nothing comes in twice."
          />
        </>
      }
    >
      {isBusy && folders === null && (
        <Head>
          <noscript>
            <meta http-equiv="refresh" content={String(REFRESH_SECONDS)} />
          </noscript>
        </Head>
      )}
      {imports.length > 0 && (
        <PageSection title="Imports">
          <ImportList channelId={channel.id} imports={imports} action={here} />
          {folders === null && (
            <p class="page-note">
              <LinkButton href={`${here}?more`}>Import more folders</LinkButton>
            </p>
          )}
        </PageSection>
      )}
      {folders !== null && (
        <ImportForm
          action={here}
          folders={folders}
          chosen={chosen?.folders ?? []}
          since={chosen?.since ?? ""}
          problem={chosen?.problem ?? null}
        />
      )}
    </SettingsPage>
  );
});
