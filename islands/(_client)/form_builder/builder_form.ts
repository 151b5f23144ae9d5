/** Id of the form that the builder's buttons and inputs belong to: the shown form stands between them, and in no form. */
export const BUILDER = "builder";
