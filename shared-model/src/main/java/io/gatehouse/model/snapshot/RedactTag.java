package io.gatehouse.model.snapshot;

import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.services.apigateway.model.Stage;

/**
 * Whose values a stage's logs never show, besides those of the usual secrets: a tag of the stage
 * names headers, query parameters and members of JSON bodies, with commas between them. Tags are
 * what every tool of the vendor's can set.
 */
public final class RedactTag {

  public static final String TAG = "gatehouse:redact";

  private RedactTag() {}

  /** The vendor's own tags have no commas, so blanks will do. */
  public static List<String> names(Stage stage) {
    return Arrays.stream(stage.tags().getOrDefault(TAG, "").split("[,\\s]+"))
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }
}
