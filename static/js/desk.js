// What every page of the desk gets beside its HTML. Nothing here is needed to work.
import { selectMany } from "./desk_bulk.js";
import { offerCopy } from "./desk_copy.js";
import { takeDrops } from "./desk_drop.js";
import { editText } from "./desk_edit.js";
import { watchOthers } from "./desk_here.js";
import { startKeys } from "./desk_keys.js";
import { closeMenus, showTabs } from "./desk_menu.js";
import { askForSelected } from "./desk_source.js";
import { speak } from "./desk_status.js";

closeMenus();
askForSelected();
selectMany();
showTabs();
offerCopy();
editText();
takeDrops();
speak();
watchOthers();
startKeys();
