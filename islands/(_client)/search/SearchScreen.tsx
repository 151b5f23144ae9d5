import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { AppRail } from "../../(_components)/AppRail.tsx";
import { Banner } from "../../(_components)/Banner.tsx";
import { RailMe } from "../../(_components)/RailMe.tsx";
import { FoundContact, hrefOfContact } from "./FoundContact.tsx";
import { FoundConversation, hrefOf } from "./FoundConversation.tsx";
import { NothingFound } from "./NothingFound.tsx";
import type { SearchData } from "./search_data.ts";
import { SearchField } from "./SearchField.tsx";
import { SearchFilters } from "./SearchFilters.tsx";
import { formatSearch, type FoundPage, type SearchModel } from "./search_model.ts";
import type { Suggestion } from "./suggest_filters.ts";

/** Words and filters at once; what is found stands in its sentence. */
export function SearchScreen({ data, model }: {
  readonly data: SearchData;
  readonly model: SearchModel;
}) {
  const edit = useSignal<Suggestion | null>(null);
  useEffect(() => () => model.stop(), []);
  const { value: found } = model.found;
  const open = () => {
    const at = model.cursor.peek();
    const contact = model.tab.peek() === "contacts" ? found?.contacts[at] : undefined;
    const hit = model.tab.peek() === "contacts" ? undefined : found?.items[at];
    if (contact) location.assign(hrefOfContact(contact));
    else if (hit) location.assign(hrefOf(hit));
  };
  return (
    <div class="app">
      <div class="page-panes" data-pane="page" data-views="none">
        <AppRail current="inbox" me={<RailMe user={data.me} />} />
        <main class="pane search" aria-label="Search">
          <h1 class="sr">Search</h1>
          <form
            class="bar search-bar"
            action="/search"
            onSubmit={(event) => event.preventDefault()}
          >
            <SearchField model={model} names={data.names} edit={edit.value} onOpen={open} />
          </form>
          <SearchFilters model={model} onEdit={(begun) => edit.value = begun} />
          <SearchTabs model={model} />
          <Found data={data} model={model} />
          <p class="sr" role="status">{wordsOf(found, model.status.value)}</p>
        </main>
      </div>
    </div>
  );
}

function SearchTabs({ model }: { readonly model: SearchModel }) {
  const { value: found } = model.found;
  const tab = model.tab.value;
  const link = (id: typeof tab, label: string, count: string) => (
    <a
      href={formatSearch({ q: model.q.value, tab: id })}
      aria-current={id === tab ? "page" : undefined}
      onClick={(event) => {
        event.preventDefault();
        model.show(id);
      }}
    >
      {label}
      {found !== null && <span class="num">{count}</span>}
    </a>
  );
  const count = (found?.items.length ?? 0) + (found?.next ? "+" : "");
  return (
    <nav class="tabs" aria-label="Results">
      {link("conversations", "Conversations", count)}
      {link("contacts", "Contacts", String(found?.contacts.length ?? 0))}
      {found !== null && (
        <span class="meta wide-only search-took">
          Newest first, in {Math.max(1, Math.round(found.tookMs))} ms
        </span>
      )}
    </nav>
  );
}

function Found({ data, model }: { readonly data: SearchData; readonly model: SearchModel }) {
  const scroller = useRef<HTMLDivElement>(null);
  const { value: found } = model.found;
  const status = model.status.value;
  const cursor = model.cursor.value;
  const isContacts = model.tab.value === "contacts";
  useEffect(() => {
    scroller.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [cursor]);
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = scroller.current ?? document.body;
    if (!isContacts && scrollHeight - scrollTop - clientHeight < 400) void model.more();
  };
  const isEmpty = (isContacts ? found?.contacts : found?.items)?.length === 0;
  return (
    <div
      ref={scroller}
      class="pane-scroll rows"
      tabIndex={0}
      role="region"
      aria-label="Found"
      aria-busy={status === "searching"}
      onScroll={onScroll}
    >
      {status === "failed" && (
        <Banner
          kind="danger"
          role="alert"
          action={
            <button
              type="button"
              class="button"
              data-size="small"
              onClick={() => void model.search()}
            >
              Try again
            </button>
          }
        >
          {model.problem.value}
        </Banner>
      )}
      {found !== null && <Doubts found={found} />}
      {found === null || isEmpty
        ? <NothingFound q={found === null ? null : model.q.value} tab={model.tab.value} />
        : isContacts
        ? found.contacts.map((contact, index) => (
          <FoundContact
            key={contact.id}
            id={`found-${index}`}
            contact={contact}
            isCurrent={index === cursor}
          />
        ))
        : found.items.map((hit, index) => (
          <FoundConversation
            key={hit.conversation.id}
            id={`found-${index}`}
            hit={hit}
            isCurrent={index === cursor}
            assignee={data.people.find(({ id }) => id === hit.conversation.assigneeId)}
            clock={data.clock}
          />
        ))}
      {!isContacts && found?.next && (
        // Without script it is a link; with it, scrolling is enough.
        <a
          class="rows-more"
          href={`${formatSearch({ q: model.q.value, tab: "conversations" })}&cursor=${
            encodeURIComponent(found.next)
          }`}
          onClick={(event) => {
            event.preventDefault();
            void model.more();
          }}
        >
          Older ones
        </a>
      )}
    </div>
  );
}

/** What was not understood, and that there may be more. */
function Doubts({ found }: { readonly found: FoundPage }) {
  return (
    <>
      {found.unclear.length > 0 && (
        <Banner kind="warn">
          Not understood, so it narrows nothing: {found.unclear.join(", ")}
        </Banner>
      )}
      {!found.isComplete && (
        <Banner kind="info">The search index is being built: there may be more.</Banner>
      )}
    </>
  );
}

function wordsOf(found: FoundPage | null, status: SearchModel["status"]["value"]): string {
  if (status === "searching" || found === null) return "";
  const { items, contacts, next } = found;
  return `${items.length}${
    next === null ? "" : " or more"
  } conversations, ${contacts.length} contacts`;
}
