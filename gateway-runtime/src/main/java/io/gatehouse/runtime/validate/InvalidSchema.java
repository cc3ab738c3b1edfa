package io.gatehouse.runtime.validate;

/** Why a model's schema cannot be used, in a sentence for the API's author. */
public final class InvalidSchema extends Exception {

  private static final long serialVersionUID = 1L;

  public InvalidSchema(String sentence) {
    super(sentence, null, false, false);
  }
}
