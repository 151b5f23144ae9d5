import { Head } from "fresh/runtime";
import { bundleUrl } from "../../(_shared)/respond_with_bundle.ts";
import { DoneCard } from "./DoneCard.tsx";
import type { ViewData } from "./form_view.ts";
import { FormCard } from "./FormCard.tsx";

/** The whole page of a form; within a site's page only its card. */
export function FormScreen(data: ViewData) {
  const { view, words, locale, isEmbedded } = data;
  const page = view.kind === "gone" ? null : view.page;
  const title = page === null
    ? words.gone
    : view.kind === "done"
    ? `${words.thanks} · ${page.look.title}`
    : page.look.title;
  const consents =
    page?.look.fields.flatMap(({ type, url }) =>
      type === "consent" && url !== undefined ? [url] : []
    ) ?? [];
  return (
    <main
      class={isEmbedded ? "hf hf-frame" : "hf hf-page"}
      style={page === null ? undefined : `--brand:${page.look.accentColor}`}
      lang={locale}
      data-sent={view.kind === "done" ? "" : undefined}
      data-answer={view.kind === "form" && view.problems.length > 0 ? "" : undefined}
    >
      <Head>
        <title>{title}</title>
        <meta name="robots" content="noindex" />
        <script src={bundleUrl("/forms/page.js", "form_page.js")} defer />
        {view.kind === "form" && page?.captcha && (
          <script src={page.captcha.scriptUrl} defer async />
        )}
      </Head>
      {!isEmbedded && (
        <div class="hf-top">
          <b class="hf-logo">{page?.companyName || "Parley"}</b>
        </div>
      )}
      <div class="hf-card">
        {view.kind === "form" && <FormCard {...{ view, words, isEmbedded }} />}
        {view.kind === "done" && <DoneCard view={view} words={words} isEmbedded={isEmbedded} />}
        {view.kind === "gone" && (
          <>
            <h1>{words.gone}</h1>
            <p class="hf-intro">{words.goneWhy}</p>
          </>
        )}
      </div>
      {!isEmbedded && (
        <footer class="hf-foot">
          <span>
            {words.by} <b>Parley</b>
          </span>
          {consents.slice(0, 1).map((url) => <a key={url} href={url}>{words.notice}</a>)}
        </footer>
      )}
    </main>
  );
}
