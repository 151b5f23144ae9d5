import { Head } from "fresh/runtime";
import Offline from "@/islands/Offline.tsx";
import { SoloShell } from "@/islands/(_components)/SoloShell.tsx";
import { define } from "./(_shared)/define.ts";

/** What the service worker shows in place of a page when nobody answers. The same for everybody: it is kept. */
export default define.page(function OfflinePage() {
  return (
    <>
      <Head>
        <title>No connection · Parley</title>
      </Head>
      <SoloShell>
        <Offline />
      </SoloShell>
    </>
  );
});
