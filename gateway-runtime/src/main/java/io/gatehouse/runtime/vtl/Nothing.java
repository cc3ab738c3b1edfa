package io.gatehouse.runtime.vtl;

/**
 * What the vendor's own objects give for what they do not have: unlike an undefined reference it
 * prints nothing, and it can be assigned (recorded: data-plane-misc.json, where {@code #set($result
 * = $input.body.testAccess)$result} printed nothing). It is false, and equals both null and the
 * empty string.
 */
enum Nothing {
  NOTHING;

  @Override
  public String toString() {
    return "";
  }
}
