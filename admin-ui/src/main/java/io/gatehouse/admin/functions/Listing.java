package io.gatehouse.admin.functions;

import io.gatehouse.admin.store.Page;

/** How much of a list is answered at once. */
final class Listing {

  private static final int MOST = 50;

  private Listing() {}

  /** Both may be null, as the SDK's requests leave them. */
  static Page.Ask ask(String marker, Integer maxItems) {
    return new Page.Ask(
        marker, maxItems == null || maxItems > MOST ? Integer.valueOf(MOST) : maxItems);
  }
}
