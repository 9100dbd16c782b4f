// What was done on the page, so that it can be undone and done again, step by step.

export class History {
  constructor(say) {
    this.say = say;
    this.done = [];
    this.undone = [];
    this.turn = Promise.resolve();
  }

  // A step is {undo, redo}: functions that may take their time, and throw what hinders them.
  add(step) {
    this.done.push(step);
    this.undone = [];
  }

  undo() { this.move(this.done, this.undone, "undo", "Nothing to undo on this page."); }

  redo() { this.move(this.undone, this.done, "redo", "Nothing to do again on this page."); }

  // One after the other, however fast the keys come.
  move(from, to, way, nothing) {
    this.turn = this.turn.then(async () => {
      const step = from.pop();
      if (!step) return this.say(nothing);
      try {
        await step[way]();
        to.push(step);
      } catch (refusal) {
        from.push(step);
        this.say(refusal.message);
      }
    });
  }
}
