/** People joined by pairs. */

/** Sets of ids that grow together. */
export class Sets {
  private readonly parent = new Map<string, string>();
  private readonly members = new Map<string, string[]>();

  root(id: string): string {
    let at = id;
    for (let up = this.parent.get(at); up !== undefined; up = this.parent.get(at)) at = up;
    // Every id on the way is hung below the root, so that the next way is short.
    for (let one = id; one !== at;) {
      const up = this.parent.get(one) ?? at;
      this.parent.set(one, at);
      one = up;
    }
    return at;
  }

  of(id: string): readonly string[] {
    return this.members.get(this.root(id)) ?? [id];
  }

  join(a: string, b: string): void {
    const [one, two] = [this.root(a), this.root(b)];
    if (one === two) return;
    const [into, from] = this.of(one).length >= this.of(two).length ? [one, two] : [two, one];
    this.members.set(into, [...this.of(into), ...this.of(from)]);
    this.members.delete(from);
    this.parent.set(from, into);
  }
}
