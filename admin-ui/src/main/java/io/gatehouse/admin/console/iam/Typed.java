package io.gatehouse.admin.console.iam;

import io.gatehouse.model.wire.ApiError;

/** What people have typed to show that they mean it. */
final class Typed {

  private Typed() {}

  /**
   * @param word for the thing: "user"
   * @throws ApiError when something else was typed
   */
  static void require(String word, String name, String typed) {
    if (!typed.strip().equals(name)) {
      throw ApiError.badRequest("Type the %s's name, %s, to delete it".formatted(word, name));
    }
  }
}
