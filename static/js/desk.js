// What every page of the desk gets beside its HTML. Nothing here is needed to work.
import { selectMany } from "./desk_bulk.js";
import { offerCopy } from "./desk_copy.js";
import { takeDrops } from "./desk_drop.js";
import { editText } from "./desk_edit.js";
import { watchOthers } from "./desk_here.js";
import { followKeys, startKeys } from "./desk_keys.js";
import { offerColleagues } from "./desk_mention.js";
import { closeMenus, showTabs } from "./desk_menu.js";
import { goOnAtOnce } from "./desk_next.js";
import { followText } from "./desk_redline.js";
import { askForSelected } from "./desk_source.js";
import { speak } from "./desk_status.js";

// For a page, and for each letter that is shown on it later.
function arrive() {
  askForSelected();
  selectMany();
  showTabs();
  offerCopy();
  editText();
  offerColleagues();
  followKeys();
}

closeMenus();
takeDrops();
followText();
startKeys();
arrive();
speak();
watchOthers();
goOnAtOnce(arrive);
