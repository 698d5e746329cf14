// What every page of the desk gets beside its HTML. Nothing here is needed to work.
import { closeMenus } from "./desk_menu.js";

closeMenus();
