package io.gatehouse.runtime.vtl;

/**
 * A reference with backslashes before it: two print as one, and an odd one keeps the reference as
 * it is written; but where the reference has no value, an even number and a last odd one stay
 * (Velocity 1.7).
 */
record EscapedReference(String backslashes, Reference reference) implements Node {

  @Override
  public Flow render(Rendering r, Output out) {
    Object value = reference.value(r);
    if (value == null) {
      int n = backslashes.length();
      out.append(n % 2 == 0 ? backslashes : backslashes.substring(n / 2));
      out.append(reference.source());
      return Flow.NEXT;
    }
    out.append(backslashes.substring(0, backslashes.length() / 2));
    if (backslashes.length() % 2 == 1) {
      out.append(reference.source());
    } else {
      Printer.print(value, r, out);
    }
    return Flow.NEXT;
  }
}
