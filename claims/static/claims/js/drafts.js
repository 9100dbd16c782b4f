// Notes that have no label to be saved with yet, kept in the browser until they have.

export class Drafts {
  constructor(user) { this.prefix = `draft-${user}-`; }

  of(claimId) {
    try { return localStorage.getItem(this.prefix + claimId) ?? ""; } catch { return ""; }
  }

  keep(claimId, note) {
    try {
      if (note) localStorage.setItem(this.prefix + claimId, note);
      else localStorage.removeItem(this.prefix + claimId);
    } catch { /* a browser without a store still saves to the server */ }
  }

  drop(claimId) { this.keep(claimId, ""); }
}
