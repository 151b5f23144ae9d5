// The sheets of every page, in cascade order: a page without islands gets them too, though no script.
import "./islands/(_components)/css/fonts.css";
import "./islands/(_components)/css/tokens.css";
import "./islands/(_components)/css/base.css";
import "./islands/(_components)/css/components.css";
import "./islands/(_components)/css/hues.css";
import "./islands/(_components)/css/app.css";
import "./islands/(_components)/css/settings.css";
import "./islands/(_components)/css/form.css";
import "./islands/(_components)/css/form_page.css";
import "./islands/(_components)/css/form_builder.css";
import "./islands/(_components)/css/workspace.css";
import "./islands/(_components)/css/search.css";
