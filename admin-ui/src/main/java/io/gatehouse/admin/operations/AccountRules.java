package io.gatehouse.admin.operations;

import io.gatehouse.model.wire.ApiError;

/** What the things of an account have in common: how long their texts may be. */
final class AccountRules {

  static final int LONGEST_TEXT = 1024;

  private AccountRules() {}

  static void refuseIf(boolean asked, String what) {
    if (asked) {
      throw ApiError.notImplemented(what);
    }
  }

  /** The text, which may be null for none. */
  static String text(String member, String text) {
    if (text != null && text.length() > LONGEST_TEXT) {
      throw ApiError.badRequest(
          "The %s may have at most %d characters".formatted(member, LONGEST_TEXT));
    }
    return text;
  }
}
