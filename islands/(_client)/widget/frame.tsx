/** The page inside the widget's frame. */
import { render } from "preact";

render(<main class="pw">Chat</main>, document.body);
