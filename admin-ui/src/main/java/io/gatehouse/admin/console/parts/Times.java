package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.html.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Times as people read them: how long ago, with the exact one on hover. */
public final class Times {

  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);

  private Times() {}

  public static Span ago(Optional<Instant> time, Instant now) {
    if (time.isEmpty()) {
      return new Span("–");
    }
    Span span = new Span(inWords(time.get(), now));
    span.addClassName("gh-number");
    span.getElement().setAttribute("title", EXACT.format(time.get()));
    return span;
  }

  /** To the second, where a hover would not do. */
  public static String exact(Instant time) {
    return EXACT.format(time);
  }

  static String inWords(Instant time, Instant now) {
    Duration age = Duration.between(time, now);
    if (age.toSeconds() < 60) {
      return "just now";
    }
    if (age.toMinutes() < 60) {
      return age.toMinutes() + " min ago";
    }
    if (age.toHours() < 24) {
      return age.toHours() + " h ago";
    }
    return age.toDays() < 14 ? age.toDays() + " d ago" : DAY.format(time);
  }
}
