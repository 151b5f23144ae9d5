import type { SearchPage } from "@/core/mod.ts";
import type { ApiSearchPage } from "@/core/model/api_search.ts";
import { contactView, conversationView, isoTime } from "./views.ts";

/** What was found, as the API shows it. */
export function searchPageView(page: SearchPage): ApiSearchPage {
  return {
    items: page.items.map(({ conversation, subject, message, excerpt }) => ({
      conversation: conversationView(conversation),
      subject: markedView(subject),
      message: { ...message, createdAt: isoTime(message.createdAt) },
      excerpt: markedView(excerpt),
    })),
    contacts: page.contacts.map(contactView),
    unclear: [...page.unclear],
    isComplete: page.isComplete,
    next: page.next,
  };
}

function markedView({ text, marks }: SearchPage["items"][number]["excerpt"]) {
  return { text, marks: marks.map(([from, to]): [number, number] => [from, to]) };
}
