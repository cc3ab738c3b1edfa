package io.gatehouse.admin.iam;

import io.gatehouse.admin.store.Page;

/** How much of a list is answered at once. */
final class Listing {

  private static final int USUAL = 100;

  private Listing() {}

  /** Both may be null, as the SDK's requests leave them. */
  static Page.Ask ask(String marker, Integer maxItems) {
    return new Page.Ask(marker, maxItems == null ? Integer.valueOf(USUAL) : maxItems);
  }

  /** The path that a listing asks for; all of them where it asks for none. */
  static String prefix(String pathPrefix) {
    return pathPrefix == null || pathPrefix.isEmpty() ? "/" : pathPrefix;
  }
}
