// What every page of the desk gets beside its HTML. Nothing here is needed to work.
import { offerCopy } from "./desk_copy.js";
import { takeDrops } from "./desk_drop.js";
import { countWords } from "./desk_edit.js";
import { startKeys } from "./desk_keys.js";
import { closeMenus } from "./desk_menu.js";
import { speak } from "./desk_status.js";

closeMenus();
offerCopy();
countWords();
takeDrops();
speak();
startKeys();
