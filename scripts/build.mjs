// Installs and builds, unless nothing has changed since the last time.
import { ensureBuilt } from "./workspace.mjs";

ensureBuilt();
