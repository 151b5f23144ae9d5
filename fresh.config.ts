/** The Vite config: the Fresh app, and the browser code which is not an island. */
import { fresh } from "@fresh/plugin-vite";
import { defineConfig } from "vite";
import { browserBundles } from "./.tasks/browser_bundles.ts";

export default defineConfig({
  // Beside the plugin's own entry: the side thread, which `serve.ts` finds by this name.
  environments: { ssr: { build: { rollupOptions: { input: { worker: "worker.ts" } } } } },
  build: {
    rollupOptions: {
      onwarn(warning, report) {
        // zod's comments are for esbuild; nothing is lost where Rollup drops them.
        if (warning.code !== "INVALID_ANNOTATION") report(warning);
      },
    },
  },
  plugins: [
    fresh({
      ignore: [
        /[._]test\.(?:[tj]sx?|[mc][tj]s)$/,
        // Shared browser code and components: used by islands, none themselves.
        /[\\/]islands[\\/]\(_(?:client|components)\)[\\/]/,
      ],
    }),
    browserBundles({
      "form_page.js": "islands/(_client)/forms/form_page.ts",
      "form_embed.js": "islands/(_client)/forms/embed.ts",
      "sw.js": "islands/(_client)/service_worker/worker.ts",
      "widget.js": "islands/(_client)/widget/loader.ts",
      "widget_frame.js": "islands/(_client)/widget/frame.tsx",
    }),
  ],
});
