/** The parts of libraries without own types that are used here. */

export type Attributes = Record<string, string>;

export interface SanitizeHtmlLibrary {
  default(html: string, options: {
    readonly allowedTags: readonly string[];
    readonly nonTextTags: readonly string[];
    readonly allowedAttributes: false;
    readonly allowedSchemes: readonly string[];
    readonly allowedSchemesByTag: Readonly<Record<string, readonly string[]>>;
    readonly parseStyleAttributes: false;
    readonly transformTags: Readonly<
      Record<
        string,
        (tagName: string, attribs: Attributes) => { tagName: string; attribs: Attributes }
      >
    >;
    readonly exclusiveFilter?: (
      frame: { readonly tag: string; readonly attribs: Attributes },
    ) => boolean;
  }): string;
}

export interface HtmlToTextLibrary {
  convert(html: string, options: {
    readonly wordwrap: false;
    readonly selectors: readonly {
      readonly selector: string;
      readonly format?: string;
      readonly options?: Readonly<Record<string, unknown>>;
    }[];
  }): string;
}
