/** The shell's one entry: styles, htmx, Bootstrap's behaviour, and what makes a page feel quick. */
import "@tabler/core/dist/css/tabler.min.css";
import "./styles/index.css";
import htmx from "htmx.org";
import { startAreas } from "./shell/areas";
import { startDrafts } from "./shell/drafts";
import { startDrawer } from "./shell/drawer";
import { startIdle } from "./shell/idle";
import { startKeys } from "./shell/keys";
import { startMenus } from "./shell/menus";
import { startProgress } from "./shell/progress";
import { startSearch } from "./shell/search";
import { startTokens } from "./shell/server";
import { startTheme } from "./shell/theme";

startTokens();
startTheme();
startMenus();
startProgress(document.body);
startDrawer();
startSearch();
startKeys();
startDrafts();
startIdle();
startAreas();
htmx.onLoad((element) => startAreas(element as HTMLElement));
