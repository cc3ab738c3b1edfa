package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.vtl.TemplateFailure.Kind;

/** {@code #foreach}. */
record Foreach(int variable, Expression list, Block body, int at) implements Node {

  @Override
  public Flow render(Rendering r, Output out) {
    r.at = at;
    Object[] items = Values.items(list.value(r), r);
    if (items == null || items.length == 0) {
      return Flow.NEXT;
    }
    Object before = r.get(variable);
    Saved saved = Saved.of(r);
    Loop loop = new Loop(r.loop, items.length);
    r.loop = loop;
    Flow flow = Flow.NEXT;
    for (int i = 0; i < items.length && flow == Flow.NEXT; i++) {
      if (i == Limits.LOOP) {
        r.at = at;
        throw r.failure(
            Kind.LOOP_TOO_LONG, "A #foreach goes round more than " + Limits.LOOP + " times");
      }
      loop.index = i;
      r.set(variable, items[i]);
      describe(loop, r);
      flow = body.render(r, out);
    }
    r.loop = loop.parent;
    r.set(variable, before);
    saved.restore(r);
    return flow == Flow.STOP ? Flow.STOP : Flow.NEXT;
  }

  private static void describe(Loop loop, Rendering r) {
    if (r.foreach >= 0) {
      r.set(r.foreach, loop);
    }
    if (r.velocityCount >= 0) {
      r.set(r.velocityCount, loop.index + 1);
    }
    if (r.velocityHasNext >= 0) {
      r.set(r.velocityHasNext, loop.hasNext());
    }
  }

  /** The loop variables as they were before the loop. */
  private record Saved(Object foreach, Object count, Object hasNext) {

    static Saved of(Rendering r) {
      return new Saved(read(r, r.foreach), read(r, r.velocityCount), read(r, r.velocityHasNext));
    }

    private static Object read(Rendering r, int variable) {
      return variable < 0 ? null : r.get(variable);
    }

    void restore(Rendering r) {
      write(r, r.foreach, foreach);
      write(r, r.velocityCount, count);
      write(r, r.velocityHasNext, hasNext);
    }

    private static void write(Rendering r, int variable, Object value) {
      if (variable >= 0) {
        r.set(variable, value);
      }
    }
  }
}
