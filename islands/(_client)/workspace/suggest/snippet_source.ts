import type { ApiConversation } from "../../../../core/model/api.ts";
import type { ApiMacro, ApiSnippet } from "../../../../core/model/api_snippets.ts";
import { escapeHtml } from "../../../../core/model/escape_html.ts";
import { fillFields } from "../../../../core/model/fill_fields.ts";
import type { DraftKind } from "../drafts.ts";
import { fieldsOf } from "../snippets/field_facts.ts";
import { findByWords } from "../snippets/find_by_words.ts";
import { macroWords } from "../snippets/macro_words.ts";
import { runMacro } from "../snippets/run_macro.ts";
import { usableMacros } from "../snippets/usable_macros.ts";
import { sayMissing } from "../snippets/write_in_composer.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import type { Suggestion, SuggestionSource } from "./suggestion.ts";

const SNIPPETS = 6;
const MACROS = 3;
/** Of a snippet's words in the list. */
const DETAIL = 100;

/** Snippets by shortcut, name or folder, then macros: "/war". */
export function snippetSource({ model, conversation, kind }: {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
  readonly kind: DraftKind;
}): SuggestionSource {
  const values = fieldsOf(model, conversation);

  function snippetOption(snippet: ApiSnippet): Suggestion {
    const { id, shortcut, text, html, usedCount } = snippet;
    const filled = fillFields(text, values);
    return {
      key: id,
      words: `/${shortcut}`,
      detail: filled.text.replace(/\s+/g, " ").slice(0, DETAIL),
      ...(usedCount > 0 && { end: usedCount === 1 ? "1 use" : `${usedCount} uses` }),
      icon: "snippet",
      choose(replace) {
        replace({
          text: filled.text,
          ...(html !== undefined && { html: fillFields(html, values, escapeHtml).text }),
        });
        sayMissing(model, [...new Set(filled.missing.map(({ name }) => name))]);
        void model.ports.api.useSnippet(id);
      },
    };
  }

  function macroOption(macro: ApiMacro): Suggestion {
    return {
      key: macro.id,
      words: macro.name,
      detail: macroWords(macro, model.data),
      end: "macro",
      icon: "zap",
      choose(replace) {
        replace({ text: "" });
        const now = model.conversations.get(conversation.id) ?? conversation;
        void runMacro(model, macro, [now]);
      },
    };
  }

  function offered(query: string): readonly Suggestion[] {
    const { snippets, macros } = model.snippets;
    const usable = usableMacros(macros.peek().items, kind);
    return [
      ...findByWords(snippets.peek().items, query).slice(0, SNIPPETS).map(snippetOption),
      ...findByWords(usable, query).slice(0, MACROS).map(macroOption),
    ];
  }

  return {
    sign: "/",
    label: "Snippets and macros",
    minLength: 0,
    async find(query) {
      const { snippets: store } = model;
      const isFirst = store.snippets.peek().status !== "ready";
      if (isFirst || query === "") void store.load();
      // What was read before is shown at once, unless it holds nothing that fits.
      if (isFirst) await store.settled();
      let found = offered(query);
      if (found.length === 0) {
        await store.settled();
        found = offered(query);
      }
      const written = model.composers.get(conversation.id, kind).text;
      const kept = written.slice(0, Math.max(0, written.lastIndexOf(`/${query}`))).trim();
      return kept === "" || query !== "" ? found : [...found, newSnippet(kept)];
    },
  };
}

/** Takes what is written to the page that makes a snippet, in a tab of its own. */
function newSnippet(text: string): Suggestion {
  return {
    key: "new",
    words: "New snippet from this text",
    icon: "plus",
    choose(replace) {
      replace({ text: "" });
      // A form, not an address: words to a customer belong into no history.
      const form = document.createElement("form");
      form.method = "post";
      form.action = "/settings/snippets/new?draft";
      form.target = "_blank";
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "text";
      field.value = text;
      form.append(field);
      document.body.append(form);
      form.submit();
      form.remove();
    },
  };
}
