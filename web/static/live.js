// The visitors' page: shows the live state, and nothing else.

import { start } from "./show.js";

start();
