import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import { EmptyState } from "@/islands/(_components)/EmptyState.tsx";
import { ErrorArt } from "@/islands/(_components)/ErrorArt.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { SoloShell } from "@/islands/(_components)/SoloShell.tsx";
import { define } from "./(_shared)/define.ts";

interface Words {
  readonly title: string;
  readonly text: string;
}

const WORDS: Readonly<Record<number, Words>> = {
  403: {
    title: "This is not open to you",
    text: "Your role does not include it. An admin of your workspace can change that.",
  },
  404: {
    title: "There is nothing here",
    text: "The address is wrong, or what was here is gone or belongs to an inbox you are not in.",
  },
  405: { title: "This page cannot do that", text: "Go back and try it from the page itself." },
  413: { title: "That is too large", text: "Nothing was stored. Send less at once." },
};
const BROKEN: Words = {
  title: "This did not load",
  text: "Our side made a mistake. Nothing you sent before is lost; try again in a moment.",
};

export const handler = define.handlers((ctx) => {
  const status = ctx.error instanceof HttpError ? ctx.error.status : 500;
  if (status < 500) return page({ status, code: null });
  const code = crypto.randomUUID().slice(0, 8);
  // The core's log is a port of the core; an error that ends here is told the process with the code the page shows.
  console.error(`Cannot answer ${ctx.req.method} ${ctx.url.pathname} (${code})`, ctx.error);
  return page({ status, code }, { status });
});

/** Says what happened, what is safe, and the next step. */
export default define.page<typeof handler>(function ErrorPage({ data, state }) {
  const { title, text } = WORDS[data.status] ?? BROKEN;
  const home = state.principal === null ? "/sign-in" : "/";
  return (
    <SoloShell>
      <Head>
        <title>{title} · Parley</title>
      </Head>
      <EmptyState
        art={<ErrorArt />}
        title={title}
        headingLevel={1}
        actions={
          <LinkButton kind="primary" href={home}>
            {state.principal === null ? "Sign in" : "Go to the inbox"}
          </LinkButton>
        }
        note={data.code && (
          <>
            Copy for your admin: <code>{data.code}</code>
          </>
        )}
      >
        {text}
      </EmptyState>
    </SoloShell>
  );
});
