import { asset } from "fresh/runtime";
import { define } from "./(_shared)/define.ts";
import { themeOf } from "./(_shared)/theme.ts";

/** The document around every page. */
export default define.page(function App({ Component, req }) {
  return (
    <html lang="en" data-theme={themeOf(req) ?? undefined}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <title>Parley</title>
        <link rel="manifest" href="/manifest.webmanifest" />
        <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
        <link rel="icon" href={asset("/favicon.svg")} type="image/svg+xml" />
      </head>
      <body>
        <Component />
      </body>
    </html>
  );
});
