package io.gatehouse.model.snapshot;

import software.amazon.awssdk.services.apigateway.model.Stage;

/**
 * Whether a stage's answers tell callers in headers what is left of their usage plan. They do,
 * unless a tag of the stage says {@code off}: tags are what every tool of the vendor's can set.
 */
public final class LimitHeadersTag {

  public static final String TAG = "gatehouse:limit-headers";

  /** The only value that means something. */
  public static final String OFF = "off";

  private LimitHeadersTag() {}

  public static boolean isOn(Stage stage) {
    return !OFF.equals(stage.tags().get(TAG));
  }
}
