package io.gatehouse.model.snapshot;

import software.amazon.awssdk.services.apigateway.model.Stage;

/**
 * Whether a stage's answers tell in a header why the gateway refused or failed. They do, unless a
 * tag of the stage says {@code off}: tags are what every tool of the vendor's can set.
 */
public final class ReasonHeader {

  public static final String TAG = "gatehouse:reason-header";

  /** The only value that means something. */
  public static final String OFF = "off";

  private ReasonHeader() {}

  public static boolean isOn(Stage stage) {
    return !OFF.equals(stage.tags().get(TAG));
  }
}
