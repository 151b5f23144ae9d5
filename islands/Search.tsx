import { useMemo } from "preact/hooks";
import { after } from "./(_client)/keys/after.ts";
import { findInBrowser } from "./(_client)/search/find_in_browser.ts";
import type { SearchData } from "./(_client)/search/search_data.ts";
import { formatSearch, SearchModel } from "./(_client)/search/search_model.ts";
import { SearchScreen } from "./(_client)/search/SearchScreen.tsx";

export interface SearchProps {
  readonly data: SearchData;
}

/** The search page. Rendered whole by the server; alive in the browser. */
export default function Search({ data }: SearchProps) {
  const model = useMemo(
    () =>
      new SearchModel(data, {
        find: findInBrowser(data.clock.timeZone),
        after,
        remember: (route) => history.replaceState(null, "", formatSearch(route)),
      }),
    [],
  );
  return <SearchScreen data={data} model={model} />;
}
