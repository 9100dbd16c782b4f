// What was typed and is not stored yet, kept in the browser with every key until the server has it.

export class Drafts {
  constructor(user) { this.prefix = `draft-${user}-`; }

  // {version, value}: what was typed, and the version of what it was typed on.
  of(name) {
    try { return JSON.parse(localStorage.getItem(this.prefix + name)); } catch { return null; }
  }

  keep(name, value, version = 0) {
    try { localStorage.setItem(this.prefix + name, JSON.stringify({ version, value })); }
    catch { /* a browser without a store still saves to the server */ }
  }

  any() {
    try { return Object.keys(localStorage).some((key) => key.startsWith(this.prefix)); } catch { return false; }
  }

  drop(name) {
    try { localStorage.removeItem(this.prefix + name); } catch { /* as above */ }
  }
}
