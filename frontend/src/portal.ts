/** Every portal page works without this; with it, the search suggests and choices are kept. */
import "./portal.css";

import { startDialogs } from "./shell/dialogs";
import { startForms } from "./shell/forms";
import { startLook } from "./shell/look";
import { startRequests } from "./shell/requests";
import { startSuggestions } from "./shell/suggestions";

startLook();
startDialogs();
startForms();
startRequests();
startSuggestions();
