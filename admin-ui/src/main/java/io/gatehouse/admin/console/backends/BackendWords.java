package io.gatehouse.admin.console.backends;

import com.vaadin.flow.component.Component;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.operations.Backends.Backend;
import io.gatehouse.admin.operations.Backends.State;

/** States of backends as people read them. */
final class BackendWords {

  private BackendWords() {}

  static Component badge(Backend backend) {
    Badge badge = new Badge(word(backend.state()), tone(backend.state()));
    String failure = backend.lastFailure().isEmpty() ? "" : ": " + backend.lastFailure();
    badge
        .getElement()
        .setAttribute("title", "Seen by " + String.join(", ", backend.seenBy()) + failure);
    return badge;
  }

  private static String word(State state) {
    return switch (state) {
      case HEALTHY -> "healthy";
      case UNHEALTHY -> "unhealthy";
      case OPEN -> "circuit open";
      case HALF_OPEN -> "on trial";
    };
  }

  private static Tone tone(State state) {
    return switch (state) {
      case HEALTHY -> Tone.OK;
      case UNHEALTHY, OPEN -> Tone.ERROR;
      case HALF_OPEN -> Tone.WARNING;
    };
  }
}
